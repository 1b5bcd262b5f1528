//! What becomes of a request when whoever asks is shut out while it waits for its turn to write.

use super::{
    Server,
    account::Browser,
    api::{Client, id},
    api_second_factor::App,
    person::*,
};
use axum::http::Method;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

/// The database as another process has it open: what it does is not known to the server at once.
async fn other_process(server: &Server) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(server.store.path());
    options.connect().await.unwrap()
}

async fn carry_out(other: &mut SqliteConnection, sql: &'static str) {
    sqlx::query(sql).execute(other).await.unwrap();
}

/// Signs anna in with the right password, while another process does something after the password
/// was looked up and before the try is counted.
async fn sign_in_while(
    server: &Server,
    code: Option<&str>,
    sql: &'static str,
) -> super::api::Reply {
    let mut other = other_process(server).await;
    carry_out(&mut other, "begin immediate").await;
    let before = server.store.queries();
    let body = json!({"username": "anna", "password": PASSWORD, "code": code});
    let client = Client::anonymous(server);
    let entering = tokio::spawn(async move { client.post("/login", body).await });
    // The credentials were read, and a transaction waits to begin.
    while server.store.queries() < before + 2 {
        tokio::task::yield_now().await;
    }
    carry_out(&mut other, sql).await;
    carry_out(&mut other, "commit").await;
    entering.await.unwrap()
}

#[tokio::test]
async fn a_password_that_is_replaced_meanwhile_opens_nothing() {
    let server = friday().await;
    register(&server, "anna").await;
    let new = "update account set password_hash = 'another'";
    let refused = sign_in_while(&server, None, new).await;
    refused.problem(401, "wrong-credentials");
    let kept = "select count(*) from account where password_hash = 'another'";
    assert_eq!(count(&server.store, kept).await, 1);
    assert_eq!(count(&server.store, "select count(*) from device").await, 1);
}

#[tokio::test]
async fn a_second_factor_that_is_turned_on_meanwhile_is_asked_for() {
    let server = friday().await;
    register(&server, "anna").await;
    let on = "update account set totp_secret = 'AAAA', totp_since = 1";
    let refused = sign_in_while(&server, None, on).await;
    refused.problem(401, "code-needed");
    assert_eq!(count(&server.store, "select count(*) from device").await, 1);
}

#[tokio::test]
async fn nothing_lasting_is_made_for_a_client_that_was_signed_out() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let guest = Client::guest(&server).await;
    carry_out(&mut other_process(&server).await, "delete from device").await;
    let password = json!({"password": PASSWORD});
    let another = json!({"password": PASSWORD, "new_password": "staple correct"});
    let (post, patch) = (Method::POST, Method::PATCH);
    let calls = [
        (&anna, &post, "/link-codes", Value::Null),
        (
            &anna,
            &post,
            "/tokens",
            json!({"name": "script", "scope": "write"}),
        ),
        (&anna, &post, "/me/password", another),
        (&anna, &post, "/me/recovery-codes", password.clone()),
        (&anna, &post, "/me/second-factor", password.clone()),
        (&anna, &patch, "/me", json!({"username": "mine"})),
        (&anna, &Method::DELETE, "/me", password),
        (&anna, &Method::DELETE, "/devices", Value::Null),
        (&anna, &post, "/sessions", json!({"name": "tea"})),
        (
            &guest,
            &post,
            "/register",
            json!({"username": "mine", "password": PASSWORD}),
        ),
    ];
    for (client, method, path, body) in calls {
        let body = Some(body).filter(|body| !body.is_null());
        let refused = client.send(method.clone(), path, body).await;
        refused.problem(401, "revoked-token");
    }
    for table in [
        "select count(*) from link_code",
        "select count(*) from token",
        "select count(*) from session",
        "select count(*) from account where username = 'mine' or totp_secret is not null",
    ] {
        assert_eq!(count(&server.store, table).await, 0, "{table}");
    }
    try_sign_in(&server, "anna", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_second_factor_is_not_confirmed_by_a_client_that_was_signed_out() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let offer = anna.post("/me/second-factor", json!({"password": PASSWORD}));
    let app = App::new(text(&offer.await.ok(), "secret"));
    carry_out(&mut other_process(&server).await, "delete from device").await;
    let code = json!({"code": app.code(server.clock.now())});
    let refused = anna.post("/me/second-factor/confirm", code).await;
    refused.problem(401, "revoked-token");
    sign_in(&server, "anna").await;
}

/// The token was looked up a moment ago, and is not looked up again.
#[tokio::test]
async fn a_personal_token_that_was_removed_tracks_no_more() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let new = json!({"name": "script", "scope": "write"});
    let token = anna.post("/tokens", new).await.made();
    let script = Client::with_token(&server, text(&token, "token"));
    let tea = json!({"name": "tea"});
    let made = script.post("/sessions", tea.clone()).await.made();
    let noted = "select count(*) from token where used_at is not null";
    while count(&server.store, noted).await == 0 {
        tokio::task::yield_now().await;
    }
    settled(&server).await;
    script.get("/sessions/running").await.ok();
    carry_out(&mut other_process(&server).await, "delete from token").await;
    script.get("/sessions/running").await.ok();
    let refused = script.post("/sessions", tea).await;
    refused.problem(401, "unknown-token");
    let runs = anna.get("/sessions/running").await.ok();
    assert_eq!(id(&runs), id(&made));
}

/// Its cookie was looked up a moment ago, and is not looked up again.
#[tokio::test]
async fn a_browser_that_was_signed_out_is_led_to_sign_in() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    browser.start("before").await;
    let new_password = [("password", PASSWORD), ("new_password", "staple correct")];
    let forms = [
        ("/account/link-code", &[][..]),
        ("/account/tokens", &[("name", "script"), ("scope", "read")]),
        ("/account/username", &[("username", "mine")]),
        ("/account/password", &new_password),
        ("/account/second-factor", &[("password", PASSWORD)]),
        ("/account/recovery-codes", &[("password", PASSWORD)]),
        ("/account/sign-out-others", &[]),
        (
            "/account/delete",
            &[("password", PASSWORD), ("sure", "yes")],
        ),
    ];
    for (path, form) in forms {
        let mut browser = Browser::new(&server);
        browser.sign_in("anna", &[]).await;
        assert_eq!(browser.get("/account").await.status, 200);
        let mut other = other_process(&server).await;
        carry_out(&mut other, "delete from device").await;
        let answer = browser.post(path, form).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        assert_eq!(answer.header("location"), "/sign-in", "{path}");
    }
}
