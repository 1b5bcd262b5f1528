//! Registering, signing in, staying signed in, and being held back.

use super::{api::Client, person::*};
use chrono::TimeDelta;
use serde_json::json;
use stint::server::{
    login::{Guests, Policy, RegistrationPolicy},
    operator,
};

#[tokio::test]
async fn a_guest_becomes_an_account_and_keeps_everything() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let new = json!({"username": "Anna", "password": PASSWORD});
    let grant = guest.post("/register", new.clone()).await.made();
    assert_eq!(grant["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(grant["expires_in"], 900);

    let anna = client(&server, &grant);
    for client in [&guest, &anna, &sign_in(&server, "anna").await.0] {
        assert_eq!(client.get("/sessions/running").await.ok(), running);
        let me = client.get("/me").await.ok();
        assert_eq!(
            (&me["username"], &me["account"]),
            (&json!("Anna"), &grant["account"])
        );
    }
    // A guest no longer; nothing is registered twice.
    assert_eq!(
        guest.post("/register", new.clone()).await.wrong(),
        "username"
    );
    let other = json!({"username": "anna2", "password": PASSWORD});
    assert_eq!(guest.post("/register", other).await.wrong(), "username");
    assert_eq!(
        Client::anonymous(&server)
            .post("/register", new)
            .await
            .wrong(),
        "username"
    );
    let guest_token = Client::with_token(&server, "stint_pat_x");
    let other = json!({"username": "anna3", "password": PASSWORD});
    guest_token
        .post("/register", other)
        .await
        .problem(401, "unknown-token");
    assert_eq!(
        count(&server.store, "select count(*) from account").await,
        1
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_registration_is_said() {
    let server = friday().await;
    let anonymous = Client::anonymous(&server);
    for (username, password, field) in [
        ("", PASSWORD, "username"),
        ("an na", PASSWORD, "username"),
        ("anna", "short", "password"),
        ("anna", "password1", "password"),
        ("anna.marten", "anna.marten", "password"),
    ] {
        let new = json!({"username": username, "password": password});
        assert_eq!(
            anonymous.post("/register", new).await.wrong(),
            field,
            "{username} {password}"
        );
    }
    let new = json!({"username": "", "password": ""});
    let problem = anonymous
        .post("/register", new)
        .await
        .problem(422, "invalid");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
    assert_eq!(
        count(&server.store, "select count(*) from account").await,
        0
    );
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_cannot_be_told_apart() {
    let server = friday().await;
    register(&server, "anna").await;
    let mut told = Vec::new();
    for (username, password) in [
        ("anna", "wrong horse battery"),
        ("nobody", PASSWORD),
        ("no body\0", PASSWORD),
        ("anna", ""),
    ] {
        let hashes = server.app.login.hasher.hashes();
        let problem = try_sign_in(&server, username, password).await;
        let problem = problem.problem(401, "wrong-credentials");
        assert_eq!(server.app.login.hasher.hashes(), hashes + 1, "{username:?}");
        told.push(problem);
    }
    assert!(told.iter().all(|problem| *problem == told[0]));
    sign_in(&server, " ANNA ").await;
}

#[tokio::test]
async fn access_ends_after_a_quarter_of_an_hour_and_is_refreshed() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let queries = server.store.queries();
    server.clock.advance(TimeDelta::seconds(899));
    anna.get("/sessions/running").await;
    assert_eq!(
        server.store.queries(),
        queries + 1,
        "the token itself takes no query"
    );
    server.clock.advance(TimeDelta::seconds(1));
    anna.get("/me").await.problem(401, "expired-token");

    let anonymous = Client::anonymous(&server);
    let first = json!({"refresh_token": grant["refresh_token"]});
    let second = anonymous.post("/refresh", first.clone()).await.ok();
    let anna = client(&server, &second);
    anna.get("/me").await.ok();
    assert_ne!(second["refresh_token"], grant["refresh_token"]);
    assert_eq!(second["account"], grant["account"]);

    // Somebody else has it, too: nobody is let in with it any more, nor with what came of it.
    anonymous
        .post("/refresh", first)
        .await
        .problem(401, "revoked-token");
    anna.get("/me").await.problem(401, "revoked-token");
    let second = json!({"refresh_token": second["refresh_token"]});
    anonymous
        .post("/refresh", second)
        .await
        .problem(401, "unknown-token");
    for nonsense in ["", "stint_rt_", "stint_rt_a.b"] {
        let body = json!({"refresh_token": nonsense});
        anonymous
            .post("/refresh", body)
            .await
            .problem(401, "unknown-token");
    }
}

#[tokio::test]
async fn one_of_two_that_refresh_at_once_gets_new_tokens() {
    let server = friday().await;
    let (_, grant) = register(&server, "anna").await;
    let anonymous = Client::anonymous(&server);
    let body = json!({"refresh_token": grant["refresh_token"]});
    let (a, b) = tokio::join!(
        anonymous.post("/refresh", body.clone()),
        anonymous.post("/refresh", body)
    );
    let mut statuses = [a.status(), b.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn signing_out_ends_the_tokens_at_once() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let (other, _) = sign_in(&server, "anna").await;
    assert_eq!(anna.post("/logout", None).await.status(), 204);
    anna.get("/me").await.problem(401, "revoked-token");
    let body = json!({"refresh_token": grant["refresh_token"]});
    Client::anonymous(&server)
        .post("/refresh", body)
        .await
        .problem(401, "unknown-token");
    other.get("/me").await.ok();
}

#[tokio::test]
async fn whoever_runs_the_server_decides_who_gets_in() {
    let policy = Policy {
        guests: Guests::Off,
        registration: RegistrationPolicy::Invite,
        ..Policy::default()
    };
    let server = friday_with(policy).await;
    let clock = &server.clock;
    let anonymous = Client::anonymous(&server);
    anonymous.post("/guests", None).await.problem(403, "closed");
    let new = |code: &str| json!({"username": "anna", "password": PASSWORD, "invitation": code});
    assert_eq!(
        anonymous.post("/register", new("")).await.wrong(),
        "invitation"
    );
    let code = operator::invite(&server.store, clock.now())
        .await
        .unwrap()
        .to_string();
    let late = operator::invite(&server.store, clock.now() - TimeDelta::days(7))
        .await
        .unwrap();
    assert_eq!(
        anonymous
            .post("/register", new(&late.to_string()))
            .await
            .wrong(),
        "invitation"
    );
    anonymous.post("/register", new(&code)).await.made();
    // Whoever has no invitation learns no names, and costs no work.
    let hashes = server.app.login.hasher.hashes();
    for bad in [late.to_string(), code.clone()] {
        let refused = anonymous.post("/register", new(&bad)).await;
        assert_eq!(refused.wrong(), "invitation");
    }
    assert_eq!(server.app.login.hasher.hashes(), hashes);
    let again = json!({"username": "bert", "password": PASSWORD, "invitation": code});
    assert_eq!(
        anonymous.post("/register", again).await.wrong(),
        "invitation"
    );

    let closed = Policy {
        registration: RegistrationPolicy::Closed,
        ..Policy::default()
    };
    let server = friday_with(closed).await;
    let guest = Client::guest(&server).await;
    guest
        .post("/register", new(""))
        .await
        .problem(403, "closed");
}

#[tokio::test]
async fn an_operator_gives_a_new_password() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let anna_again = "Anna".parse().unwrap();
    let reset = operator::reset_password(&server.store, &anna_again, false, server.clock.now());
    let password = reset.await.unwrap().to_string();
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    try_sign_in(&server, "anna", &password).await.ok();
    assert_eq!(count(&server.store, "select count(*) from device").await, 1);
    let nobody = "nobody".parse().unwrap();
    let failed = operator::reset_password(&server.store, &nobody, false, server.clock.now()).await;
    assert_eq!(
        failed.unwrap_err().to_string(),
        "there is no user named nobody"
    );
    drop(anna);
}
