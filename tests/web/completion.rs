//! What is offered while a line is typed, and in which order.

use super::{Json, api::Client, browser::Browser, person::*};
use serde_json::{Value, json};

async fn offered(browser: &Browser<'_>, typed: &str) -> Vec<String> {
    offered_while(browser, typed, false).await
}

async fn offered_while(browser: &Browser<'_>, typed: &str, is_running: bool) -> Vec<String> {
    let caret = typed.encode_utf16().count();
    let line = json!({"typed": typed, "caret": caret, "is_running": is_running});
    let answer = browser.by_script("/rpc/suggest", Json(line)).await;
    let help: Value = serde_json::from_slice(&answer.body).unwrap();
    let shown = help["suggestions"].as_array().unwrap().iter();
    shown
        .map(|it| it["line"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn marks_that_begin_like_it_come_first_and_of_names_what_was_used_last() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    for number in 0..9 {
        let name = format!("a{number} web");
        anna.post("/projects", json!({"name": name})).await.made();
        anna.post("/tags", json!({"name": name})).await.made();
    }
    for name in ["Web", "Webshop"] {
        anna.post("/projects", json!({"name": name})).await.made();
        anna.post("/tags", json!({"name": name})).await.made();
    }
    anna.post("/clients", json!({"name": "Weber & Sons"}))
        .await
        .made();
    anna.post("/clients", json!({"name": "Acme"})).await.made();
    for line in [
        "8:00-9:00 2026-11-18 old @\"a7 web\" #\"a8 web\"",
        "8:00-9:00 2026-11-19 new @webshop",
    ] {
        anna.post("/sessions", json!({"entry": line})).await.made();
    }
    let found = offered(&browser, "@web").await;
    assert_eq!(
        found[..4],
        ["@Webshop ", "@Web ", "@\"a7 web\" ", "@\"a0 web\" "]
    );
    let found = offered(&browser, "#web").await;
    assert_eq!(
        found[..4],
        ["#Web ", "#Webshop ", "#\"a8 web\" ", "#\"a0 web\" "]
    );
    assert_eq!(found.len(), 8);
    // A client, to be gone on with, where nothing stands behind it.
    assert_eq!(offered(&browser, "x @weber").await, ["x @\"Weber & Sons/"]);
    assert_eq!(offered(&browser, "@acm").await, ["@Acme/"]);
    // Of names, the one used last.
    for name in ["call the web shop", "shopping"] {
        anna.post("/sessions", json!({"name": name})).await.made();
    }
    browser.start("web shop of a friend").await;
    let found = offered(&browser, "shop").await;
    assert_eq!(
        found,
        ["web shop of a friend", "shopping", "call the web shop"]
    );
}

/// What an account is offered is what it has, also when a guest has just come along.
#[tokio::test]
async fn the_names_of_a_guest_that_comes_along_are_offered() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    anna.post("/sessions", json!({"name": "web shop"}))
        .await
        .made();
    assert_eq!(offered(&browser, "shop").await, ["web shop"]);
    let guest = Client::guest(&server).await;
    let body = json!({"name": "shopping", "started_at": "2026-11-20T07:00:00Z", "stopped_at": "2026-11-20T08:00:00Z"});
    guest.post("/sessions", body).await.made();
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    guest.post("/login", body).await.ok();
    assert_eq!(offered(&browser, "shop").await, ["web shop", "shopping"]);
}

#[tokio::test]
async fn what_is_billable_comes_along_only_where_a_session_starts() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let billable = json!({"entry": "8:00-9:00 write @Book #draft !"});
    anna.post("/sessions", billable).await.made();
    let started = offered(&browser, "wri").await;
    assert_eq!(started, ["write @Book #draft !"]);
    // There, the mark would turn what is billable already.
    let named = offered_while(&browser, "wri", true).await;
    assert_eq!(named, ["write @Book #draft"]);
}
