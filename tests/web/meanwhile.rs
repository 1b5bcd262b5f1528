//! What becomes of a request when whoever asks is shut out while it waits for its turn to write.

use super::{
    Server,
    api::{Client, Reply, id},
    api_second_factor::App,
    person::*,
    shut_out::{SignedOut, carry_out, other_process},
};
use serde_json::json;

/// Signs anna in with the right password, while another process does something after the password
/// was looked up and before the try is counted: `reads` statements come before that.
async fn sign_in_while(client: Client, server: &Server, reads: u64, sql: &'static str) -> Reply {
    // Nothing else is counted.
    settled(server).await;
    let mut other = other_process(server).await;
    carry_out(&mut other, "begin immediate").await;
    let before = server.store.queries();
    let body = json!({"username": "anna", "password": PASSWORD});
    let entering = tokio::spawn(async move { client.post("/login", body).await });
    // The credentials were read, and a transaction waits to begin.
    while server.store.queries() < before + reads + 1 {
        tokio::task::yield_now().await;
    }
    carry_out(&mut other, sql).await;
    carry_out(&mut other, "commit").await;
    entering.await.unwrap()
}

/// A guest that was empty when it was asked about, and is not when the password was found right.
#[tokio::test]
async fn a_guest_that_begins_meanwhile_is_not_left_without_a_word() {
    let server = friday().await;
    register(&server, "anna").await;
    let guest = Client::guest(&server).await;
    let begun = "insert into tag (id, account_id, name, name_key, created_at)
                 select '019e0f3a-7c00-7000-8000-000000000001', id, 'mine', 'mine', 1 from account where username is null";
    let tries = "select count(*) from throttle where failures > 0";
    let before = count(&server.store, tries).await;
    // Its devices, whether it has work, and anna's credentials.
    let asked = sign_in_while(guest.clone(), &server, 3, begun).await;
    assert_eq!(asked.wrong(), "guest");
    guest.get("/me").await.ok();
    assert_eq!(count(&server.store, "select count(*) from device").await, 2);
    // It was no wrong guess.
    assert_eq!(count(&server.store, tries).await, before);
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    let anna = client(&server, &guest.post("/login", body).await.ok());
    assert!(anna.get("/tags").await.0.text().contains("mine"));
}

#[tokio::test]
async fn a_password_that_is_replaced_meanwhile_opens_nothing() {
    let server = friday().await;
    register(&server, "anna").await;
    let new = "update account set password_hash = 'another'";
    let refused = sign_in_while(Client::anonymous(&server), &server, 1, new).await;
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
    let refused = sign_in_while(Client::anonymous(&server), &server, 1, on).await;
    refused.problem(401, "code-needed");
    assert_eq!(count(&server.store, "select count(*) from device").await, 1);
}

#[tokio::test]
async fn a_guest_that_was_signed_out_meanwhile_is_not_registered() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let meanwhile = SignedOut::now(&server).await;
    let body = json!({"username": "mine", "password": PASSWORD});
    let refused = guest.post("/register", body).await;
    refused.problem(401, "revoked-token");
    meanwhile.end("/register").await;
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
