//! No call of the API takes more statements where there is more: what it writes is all that counts.

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
struct Growing<'a> {
    server: &'a Server,
    cookie: String,
    page: String,
    project: String,
    client: Client,
}

impl<'a> Growing<'a> {
    async fn new(server: &'a Server) -> Self {
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

    async fn add(&self, number: usize) {
        add(self.server, &self.cookie, &self.page, number).await;
    }

    /// What a call says, and how many statements it takes.
    async fn cost(&self, method: Method, path: &str, body: Option<Value>) -> (Value, u64) {
        let before = self.server.store.queries();
        let reply = self.client.send(method, path, body).await;
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
            let (_, cost) = growing.cost(Method::GET, call, None).await;
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

/// Those that change sessions and what they belong to, of which the same is changed each time.
#[tokio::test]
async fn no_call_that_writes_grows() {
    let server = friday().await;
    let growing = Growing::new(&server).await;
    growing.add(0).await;
    // What is asked for at first is read into memory.
    writes(&growing, 0).await;
    growing.add(1).await;
    let few = writes(&growing, 1).await;
    for number in 2..12 {
        growing.add(number).await;
    }
    assert_eq!(writes(&growing, 2).await, few);
}

/// What each of them costs.
async fn writes(growing: &Growing<'_>, round: u32) -> Vec<(String, u64)> {
    let mut costs = Vec::new();
    let mut call = async |method: &Method, path: &str, body: Option<Value>| {
        let (said, cost) = growing.cost(method.clone(), path, body).await;
        let list = path.split('/').nth(1).unwrap_or_default();
        costs.push((format!("{method} {list}"), cost));
        said
    };
    let (post, patch, delete) = (&Method::POST, &Method::PATCH, &Method::DELETE);
    let (from, to) = ("2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z");
    let done = json!({"name": "done", "started_at": from, "stopped_at": to, "project_id": growing.project});
    let done = call(post, "/sessions", Some(done)).await;
    let line = json!({"entry": "run @shop #tag0 !"});
    let started = call(post, "/sessions", Some(line)).await;
    let session = at(&done);
    let renamed = json!({"name": "renamed", "billable": true});
    for (method, path, body) in [
        (patch, session.clone(), Some(renamed)),
        (post, format!("{}/stop", at(&started)), None),
        (post, format!("{session}/duplicate"), None),
        (post, format!("{session}/continue"), None),
        (post, "/undo".to_owned(), None),
        (post, "/redo".to_owned(), None),
    ] {
        call(method, &path, body).await;
    }
    let sessions = [id(&done), id(&started)];
    for (number, action) in [
        json!({"assign": {"sessions": sessions, "tags": ["tag0"], "billable": false}}),
        json!({"delete_all": {"sessions": sessions}}),
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("019e0f3a-7c00-7000-8000-{round:06}{number:06}");
        let commands = json!([{"id": id, "action": action}]);
        let said = call(post, "/commands", Some(commands)).await;
        assert_eq!(said["items"][0]["status"], 200, "{said}");
    }
    for (list, change) in [
        ("/tags", json!({"name": format!("renamed {round}")})),
        ("/clients", json!({"name": format!("renamed {round}")})),
        (
            "/projects",
            json!({"name": format!("renamed {round}"), "colour": "#2f6f8f"}),
        ),
    ] {
        let new = json!({"name": format!("new {round}")});
        let made = call(post, list, Some(new)).await;
        let path = format!("{list}/{}", id(&made));
        call(patch, &path, Some(change)).await;
        call(delete, &path, None).await;
    }
    let hourly = json!({"level": "account", "hourly": {"minor": 9000, "currency": "EUR"}, "from": "2026-12-24"});
    call(post, "/rates/preview", Some(hourly)).await;
    costs
}
