//! What hurts when it is typed into the forms of pages: too long, or no text at all.

use super::{Answer, Server, account::Browser, api::Client, person::*, send};
use axum::{body::Body, http::Request};
use serde_json::json;
use stint::domain::form::intent;

/// As the page's script sends it.
async fn by_script(server: &Server, cookie: &str, path: &str, body: String) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie);
    send(&server.router, request.body(Body::from(body)).unwrap()).await
}

/// 64 kB, each byte of which a form writes as three.
fn long() -> String {
    "\u{fc}".repeat(32 * 1024)
}

#[tokio::test]
async fn a_name_of_64_kb_is_refused_beside_its_field() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let long = long();
    let command = uuid::Uuid::now_v7().to_string();
    let form = [
        ("form[command]", command.as_str()),
        ("form[intent]", intent::START),
        ("form[name]", &long),
        ("form[back]", "/"),
    ];
    let said = "A name has at most 500 characters.";
    let refused = browser.post("/rpc/submit", &form).await;
    assert_eq!(refused.status, 302);
    let page = browser.get(refused.header("location")).await;
    assert!(page.text().contains(said));
    assert!(page.text().contains(&long), "what was typed is gone");

    let cookie = browser.cookie.clone().unwrap();
    let body = serde_urlencoded::to_string(form).unwrap();
    let refused = by_script(&server, &cookie, "/rpc/submit", body).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(said), "{}", refused.text());
    for (path, field) in [
        ("/register", "username"),
        ("/account/tokens", "name"),
        ("/clients", "name"),
        ("/tags", "name"),
        ("/projects", "name"),
    ] {
        let form = [
            (field, long.as_str()),
            ("password", PASSWORD),
            ("scope", "read"),
        ];
        let refused = browser.post(path, &form).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.text().contains("class=\"field-error\""), "{path}");
    }
    let names = "select count(*) from session";
    assert_eq!(count(&server.store, names).await, 1);
}

#[tokio::test]
async fn a_form_may_weigh_256_kib() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let cookie = browser.cookie.clone().unwrap();
    for (bytes, status) in [(256 * 1024, 422), (256 * 1024 + 1, 413)] {
        let body = format!("name={}", "x".repeat(bytes - 5));
        assert_eq!(
            by_script(&server, &cookie, "/tags", body).await.status,
            status
        );
    }
}

/// Half a surrogate pair, and bytes that are no text at all: nothing is stored in their place.
#[tokio::test]
async fn what_is_no_text_is_refused() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let cookie = browser.cookie.clone().unwrap();
    let client = Client::guest(&server).await;
    let before = everything(&server).await;
    for no_text in ["%ED%A0%80", "%FF", "a%C3&b=%A9", "%E2%82"] {
        let command = uuid::Uuid::now_v7();
        let submitted = format!("form[command]={command}&form[intent]=start&form[name]={no_text}");
        let form = format!("name={no_text}");
        for (path, body) in [
            ("/rpc/submit", &submitted),
            ("/tags", &form),
            ("/account/tokens", &form),
            ("/register", &form),
        ] {
            let refused = by_script(&server, &cookie, path, body.clone()).await;
            assert_eq!(refused.status, 400, "{path}: {no_text}");
        }
        assert_eq!(
            browser.get(&format!("/?refused={no_text}")).await.status,
            400
        );
        let refused = client.get(&format!("/sessions?q={no_text}")).await;
        refused.problem(400, "malformed");
    }
    assert_eq!(everything(&server).await, before);
    // Text of whatever language is text.
    let found = client.get("/sessions?q=%E2%82%AC").await.ok();
    assert_eq!(found["items"], json!([]));
}
