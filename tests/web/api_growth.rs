//! No call of the API that reads takes more statements where there is more.

use super::{
    Server,
    account::code,
    api::*,
    authz::table::TABLE,
    browser::Browser,
    person::friday,
    queries::{add, shop},
};
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An account to which more is added, its project, and a client of it.
pub struct Growing<'a> {
    pub server: &'a Server,
    cookie: String,
    page: String,
    pub project: String,
    pub client: Client,
}

impl<'a> Growing<'a> {
    pub async fn new(server: &'a Server) -> Self {
        let mut browser = Browser::new(server);
        browser.register("anna").await;
        let page = shop(&mut browser).await;
        let project = page.rsplit('/').next().unwrap().to_owned();
        let form = [("name", "script"), ("scope", "write"), ("days", "")];
        let token = browser.post("/account/tokens", &form).await;
        Self {
            server,
            cookie: browser.cookie.clone().unwrap(),
            page,
            project,
            client: Client::with_token(server, code(&token, "Token")),
        }
    }

    pub async fn add(&self, number: usize) {
        add(self.server, &self.cookie, &self.page, number).await;
    }

    /// What a call of `client` says, and how many statements it takes.
    pub async fn cost(
        &self,
        client: &Client,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (Value, u64) {
        let before = self.server.store.queries();
        let reply = client.send(method, path, body).await;
        let cost = self.server.store.queries() - before;
        assert!(
            (200..300).contains(&reply.status()),
            "{path}: {}",
            reply.json()
        );
        (reply.json(), cost)
    }
}

/// Each that the API has.
#[tokio::test]
async fn no_call_that_reads_grows() {
    let server = friday().await;
    let growing = Growing::new(&server).await;
    let Growing {
        client, project, ..
    } = &growing;
    let budget = json!({"budget": {"minor": 100_000, "currency": "EUR"}, "billable": true});
    client
        .patch(&format!("/projects/{project}"), budget)
        .await
        .ok();
    let first = json!({"entry": "first @shop #tag"});
    let session = client.post("/sessions", first).await.made();
    growing.add(0).await;
    let first = async |list: &str, field: &str| {
        let list = client.get(list).await.ok();
        let item = &list["items"][0];
        let found = if field.is_empty() {
            &item["id"]
        } else {
            &item[field]["id"]
        };
        found
            .as_str()
            .unwrap_or_else(|| panic!("{list}"))
            .to_owned()
    };
    let member = first(&format!("/projects/{project}/members"), "account").await;
    let ids = [
        ("/sessions/{id}", at(&session)),
        ("/projects/{id}", format!("/projects/{project}")),
        (
            "/clients/{id}",
            format!("/clients/{}", first("/clients", "").await),
        ),
        ("/tags/{id}", format!("/tags/{}", first("/tags", "").await)),
        (
            "/rates/{id}",
            format!("/rates/{}", first("/rates", "").await),
        ),
        ("{account}", member),
    ];
    let calls = TABLE.iter().filter_map(|row| row.0.strip_prefix("GET "));
    let calls = calls.map(|call| {
        ids.iter()
            .fold(call.to_owned(), |call, (word, id)| call.replace(word, id))
    });
    let (left_out, calls): (Vec<_>, Vec<_>) = calls.partition(|call| call.contains('{'));
    // One device or token is a line of its list.
    assert_eq!(left_out, ["/devices/{id}", "/tokens/{id}"]);
    let costs = async || {
        let mut costs = BTreeMap::new();
        for call in &calls {
            client.get(call).await.ok();
            let (_, cost) = growing.cost(client, Method::GET, call, None).await;
            costs.insert(call.clone(), cost);
        }
        costs
    };
    let few = costs().await;
    for number in 1..12 {
        growing.add(number).await;
    }
    assert_eq!(costs().await, few);
}
