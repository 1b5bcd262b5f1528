//! No call of the API that reads takes more statements where there is more.

use super::{
    account::code,
    api::*,
    authz::table::TABLE,
    browser::Browser,
    person::friday,
    queries::{add, shop},
};
use serde_json::json;
use std::collections::BTreeMap;

/// Each that the API has.
#[tokio::test]
async fn no_call_that_reads_grows() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    let page = shop(&mut browser).await;
    let project = page.rsplit('/').next().unwrap().to_owned();
    let cookie = browser.cookie.clone().unwrap();
    let form = [("name", "script"), ("scope", "write"), ("days", "")];
    let token = browser.post("/account/tokens", &form).await;
    let client = Client::with_token(&server, code(&token, "Token"));
    let budget = json!({"budget": {"minor": 100_000, "currency": "EUR"}, "billable": true});
    client
        .patch(&format!("/projects/{project}"), budget)
        .await
        .ok();
    let session = browser.start("first @shop #tag").await;
    add(&server, &cookie, &page, 0).await;
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
        ("/sessions/{id}", format!("/sessions/{session}")),
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
            let before = server.store.queries();
            client.get(call).await.ok();
            costs.insert(call.clone(), server.store.queries() - before);
        }
        costs
    };
    let few = costs().await;
    for number in 1..12 {
        add(&server, &cookie, &page, number).await;
    }
    assert_eq!(costs().await, few);
}
