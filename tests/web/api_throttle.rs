//! Guesses are counted and held back.

use super::{Server, api::Client, person::*};
use chrono::TimeDelta;
use serde_json::json;
use stint::{server::login::Policy, web::guard::Options};

#[tokio::test]
async fn guesses_are_held_back_and_a_restart_does_not_help() {
    let server = friday().await;
    let (_, grant) = register(&server, "anna").await;
    for _ in 0..10 {
        try_sign_in(&server, "anna", "a wrong guess")
            .await
            .problem(401, "wrong-credentials");
    }
    let held = try_sign_in(&server, "anna", PASSWORD).await;
    assert_eq!(held.0.header("retry-after"), "15");
    held.problem(429, "too-many");
    // Whether there is such a user makes no difference.
    for _ in 0..10 {
        try_sign_in(&server, "nobody", "a wrong guess")
            .await
            .problem(401, "wrong-credentials");
    }
    let hashes = server.app.login.hasher.hashes();
    try_sign_in(&server, "nobody", "a wrong guess")
        .await
        .problem(429, "too-many");
    assert_eq!(
        server.app.login.hasher.hashes(),
        hashes,
        "was worked on all the same"
    );

    let Server {
        folder,
        store,
        clock,
        app,
        router,
    } = server;
    drop((router, app));
    store.close().await;
    drop(store);
    let server = Server::over(folder, Options::default(), clock, Policy::default()).await;
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(429, "too-many");
    // The owner's own device is known, even with a token that has expired.
    server.clock.advance(TimeDelta::seconds(1));
    let known = Client::with_token(&server, text(&grant, "access_token"));
    let body = json!({"username": "anna", "password": PASSWORD});
    known.post("/login", body).await.ok();
    server.clock.advance(TimeDelta::seconds(14));
    sign_in(&server, "anna").await;
    // What went right is forgiven.
    try_sign_in(&server, "anna", "a wrong guess")
        .await
        .problem(401, "wrong-credentials");
}

#[tokio::test]
async fn many_guesses_at_once_are_all_counted() {
    let server = friday().await;
    register(&server, "anna").await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let client = Client::anonymous(&server);
        let body = json!({"username": "anna", "password": "a wrong guess"});
        guesses.spawn(async move { client.post("/login", body).await.status() });
    }
    let answers = guesses.join_all().await;
    let tried = answers.iter().filter(|status| **status == 401).count();
    assert_eq!(tried, 10, "{answers:?}");
}

#[tokio::test]
async fn one_address_cannot_ask_for_every_name() {
    let server = friday().await;
    register(&server, "anna").await;
    let hashes = server.app.login.hasher.hashes();
    let taken = json!({"username": "Anna", "password": PASSWORD});
    let ask = async || {
        let anonymous = Client::anonymous(&server);
        anonymous.post("/register", taken.clone()).await
    };
    for _ in 0..29 {
        assert_eq!(ask().await.wrong(), "username");
    }
    assert_eq!(server.app.login.hasher.hashes(), hashes, "was worked on");
    // Who gets an account counts for nothing.
    register(&server, "bert").await;
    register(&server, "carla").await;
    assert_eq!(ask().await.wrong(), "username");
    ask().await.problem(429, "too-many");
    let free = json!({"username": "dora", "password": PASSWORD});
    let held = Client::anonymous(&server).post("/register", free).await;
    held.problem(429, "too-many");
    // Who has one gets in meanwhile.
    sign_in(&server, "anna").await;
}

#[tokio::test]
async fn one_address_cannot_try_every_name() {
    let server = friday().await;
    register(&server, "anna").await;
    for number in 0..30 {
        let name = format!("user{number}");
        try_sign_in(&server, &name, "password1")
            .await
            .problem(401, "wrong-credentials");
    }
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(429, "too-many");
}
