//! Devices and personal tokens: listed, restricted, and ended at once.

use super::{
    api::{Client, id},
    person::*,
};
use chrono::TimeDelta;
use serde_json::json;

#[tokio::test]
async fn devices_are_listed_and_ended_at_once() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    server.clock.advance(TimeDelta::seconds(60));
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let body = json!({"username": "anna", "password": PASSWORD});
    let grant = Client::anonymous(&server)
        .header("user-agent", firefox)
        .post("/login", body)
        .await;
    let other = client(&server, &grant.ok());
    let (bert, _) = register(&server, "bert").await;

    let list = anna.get("/devices").await.ok();
    let devices = list["items"].as_array().unwrap();
    let told: Vec<_> = devices
        .iter()
        .map(|device| (&device["label"], &device["current"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("Firefox on Linux"), &json!(false)),
            (&json!(""), &json!(true))
        ]
    );
    let part = anna.get("/devices?limit=1").await.ok();
    let rest = format!("/devices?cursor={}", text(&part, "next_cursor"));
    assert_eq!(anna.get(&rest).await.ok()["items"], json!([devices[1]]));

    let foreign = format!("/devices/{}", id(&devices[0]));
    bert.delete(&foreign).await.problem(404, "not-found");
    anna.delete("/devices/nonsense")
        .await
        .problem(404, "not-found");
    other.get("/me").await.ok();
    assert_eq!(anna.delete(&foreign).await.status(), 204);
    other.get("/me").await.problem(401, "revoked-token");
    anna.delete(&foreign).await.problem(404, "not-found");

    let (third, _) = sign_in(&server, "anna").await;
    assert_eq!(anna.delete("/devices").await.status(), 204);
    third.get("/me").await.problem(401, "revoked-token");
    anna.get("/me").await.ok();
    bert.get("/me").await.ok();
}

#[tokio::test]
async fn a_revoked_device_stays_out_after_a_restart() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (other, _) = sign_in(&server, "anna").await;
    anna.delete("/devices").await;
    // Nothing that holds the database open stays.
    let token = |client: Client| client.token.unwrap();
    let (anna, other) = (token(anna), token(other));
    let server = server.restarted().await;
    let again = Client::with_token(&server, other);
    again.get("/me").await.problem(401, "revoked-token");
    Client::with_token(&server, anna).get("/me").await.ok();
}

#[tokio::test]
async fn a_personal_token_does_what_its_scope_says_until_it_ends() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let make = async |scope: &str, expires_at: Option<&str>| {
        let new = json!({"name": "script", "scope": scope, "expires_at": expires_at});
        anna.post("/tokens", new).await
    };
    assert_eq!(
        make("write", Some("2026-11-20T09:00:00Z")).await.wrong(),
        "expires_at"
    );
    assert_eq!(make("admin", None).await.wrong(), "scope");
    let (read, write) = (
        make("read", None).await.made(),
        make("write", Some("2026-11-20T10:00:00+00:00"))
            .await
            .made(),
    );
    assert!(text(&write, "token").starts_with("stint_pat_"));
    let reader = Client::with_token(&server, text(&read, "token"));
    let writer = Client::with_token(&server, text(&write, "token"));
    reader.get("/sessions/running").await;
    reader
        .post("/sessions", json!({"name": "tea"}))
        .await
        .problem(403, "read-only");
    writer
        .post("/sessions", json!({"name": "tea"}))
        .await
        .made();
    assert_eq!(reader.get("/sessions/running").await.ok()["name"], "tea");

    // That it is in use is noted meanwhile.
    let noted = "select count(*) from token where used_at is not null";
    while count(&server.store, noted).await < 2 {
        tokio::task::yield_now().await;
    }
    settled(&server).await;
    // Once looked up, it takes no query of its own.
    reader.get("/sessions/running").await.ok();
    let queries = server.store.queries();
    reader.get("/sessions/running").await.ok();
    assert_eq!(server.store.queries(), queries + 1);

    server.clock.advance(TimeDelta::hours(1));
    writer.get("/me").await.problem(401, "expired-token");
    let (anna, _) = sign_in(&server, "anna").await;
    let list = anna.get("/tokens").await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert!(!list.to_string().contains("stint_pat_"));
    let (bert, _) = register(&server, "bert").await;
    let its = format!("/tokens/{}", id(&read));
    bert.delete(&its).await.problem(404, "not-found");
    reader.get("/me").await.ok();
    assert_eq!(anna.delete(&its).await.status(), 204);
    reader.get("/me").await.problem(401, "unknown-token");
}

#[tokio::test]
async fn a_personal_token_makes_no_lasting_access() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let new = json!({"name": "script", "scope": "write"});
    let token = anna.post("/tokens", new.clone()).await.made();
    let script = Client::with_token(&server, text(&token, "token"));
    let its = format!("/tokens/{}", id(&token));
    let me = anna.get("/devices").await.ok();
    let device = format!("/devices/{}", id(&me["items"][0]));
    let password = json!({"password": PASSWORD});
    let calls = [
        ("POST", "/tokens", new),
        ("DELETE", &its, json!({})),
        ("DELETE", &device, json!({})),
        ("DELETE", "/devices", json!({})),
        ("POST", "/link-codes", json!({})),
        ("POST", "/logout", json!({})),
        (
            "POST",
            "/me/password",
            json!({"password": PASSWORD, "new_password": "staple correct"}),
        ),
        ("POST", "/me/recovery-codes", password.clone()),
        ("POST", "/me/second-factor", password.clone()),
        (
            "POST",
            "/me/second-factor/confirm",
            json!({"code": "000000"}),
        ),
        (
            "POST",
            "/me/second-factor/remove",
            json!({"password": PASSWORD, "code": "000000"}),
        ),
        ("PATCH", "/me", json!({"username": "mine"})),
        ("DELETE", "/me", password),
        (
            "POST",
            "/register",
            json!({"username": "mine", "password": PASSWORD}),
        ),
        (
            "POST",
            "/login",
            json!({"username": "anna", "password": PASSWORD}),
        ),
        (
            "POST",
            "/recover",
            json!({"username": "anna", "recovery_code": "CCCC", "new_password": PASSWORD}),
        ),
    ];
    for (method, path, body) in calls {
        let refused = script.send(method.parse().unwrap(), path, Some(body)).await;
        refused.problem(403, "needs-sign-in");
    }
    script.patch("/me", json!({"theme": "dark"})).await.ok();
    anna.get("/me").await.ok();
}
