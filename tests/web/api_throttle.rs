//! Guesses are counted and held back.

use super::{api::Client, api_second_factor::App, browser::Browser, person::*};
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::json;
use stint::server::{login::Policy, operator};

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

    let server = server.restarted().await;
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

#[tokio::test]
async fn an_operator_lets_in_whoever_is_held_back() {
    let server = friday().await;
    let (_, _) = register(&server, "anna").await;
    for _ in 0..10 {
        let guess = try_sign_in(&server, "anna", "a wrong guess").await;
        guess.problem(401, "wrong-credentials");
    }
    let held = try_sign_in(&server, "anna", PASSWORD).await;
    held.problem(429, "too-many");
    let anna = "Anna".parse().unwrap();
    let reset = operator::reset_password(&server.store, &anna, false, server.clock.now());
    let password = reset.await.unwrap().to_string();
    try_sign_in(&server, "anna", &password).await.ok();
}

/// Whoever shares an address with somebody who failed too often waits once, and not again after
/// each of them who gets in.
#[tokio::test]
async fn who_gets_in_keeps_nobody_waiting() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    register(&server, "bert").await;
    register(&server, "carla").await;
    App::of(&server, &anna).await;
    for number in 0..30 {
        let guess = try_sign_in(&server, &format!("user{number}"), "password1").await;
        guess.problem(401, "wrong-credentials");
    }
    let held = try_sign_in(&server, "bert", PASSWORD).await;
    held.problem(429, "too-many");
    server.clock.advance(TimeDelta::seconds(15));
    for _ in 0..2 {
        try_sign_in(&server, "bert", PASSWORD).await.ok();
        let asked = try_sign_in(&server, "anna", PASSWORD).await;
        asked.problem(401, "code-needed");
        try_sign_in(&server, "carla", PASSWORD).await.ok();
    }
    // Who fails again waits twice as long as before.
    let wrong = try_sign_in(&server, "bert", "a wrong guess").await;
    wrong.problem(401, "wrong-credentials");
    let held = try_sign_in(&server, "carla", PASSWORD).await;
    assert_eq!(held.0.header("retry-after"), "30");
}

/// Whoever is signed in and forgot the password, or found the device open, guesses no faster.
#[tokio::test]
async fn the_own_password_is_guessed_at_no_faster() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let change = async |password: &str| {
        let body = json!({"password": password, "new_password": "staple correct"});
        anna.post("/me/password", body).await
    };
    for _ in 0..10 {
        assert_eq!(change("a wrong guess").await.wrong(), "password");
    }
    change(PASSWORD).await.problem(429, "too-many");
    let delete = json!({"password": PASSWORD});
    let held = anna.send(Method::DELETE, "/me", Some(delete)).await;
    held.problem(429, "too-many");
    // Nobody is kept out by it.
    sign_in(&server, "anna").await;
    server.clock.advance(TimeDelta::seconds(15));
    assert_eq!(change(PASSWORD).await.status(), 204);
    assert_eq!(change("a wrong guess").await.wrong(), "password");
}

/// What `X-Forwarded-For` says counts where a proxy is trusted, and nowhere else.
#[tokio::test]
async fn addresses_are_told_apart_where_a_proxy_is_trusted() {
    for (proxies, other) in [("::", 401), ("2001:db8::1", 429)] {
        let policy = Policy {
            proxies: proxies.parse().unwrap(),
            ..Policy::default()
        };
        let server = friday_with(policy).await;
        let guess = async |from: &str, name: String| {
            let client = Client::anonymous(&server).header("x-forwarded-for", from);
            let body = json!({"username": name, "password": "a wrong guess"});
            client.post("/login", body).await.status()
        };
        for number in 0..30 {
            assert_eq!(guess("198.51.100.7", format!("user{number}")).await, 401);
        }
        assert_eq!(guess("198.51.100.7", "one".to_owned()).await, 429);
        assert_eq!(guess("198.51.100.8", "another".to_owned()).await, other);
        // What the client itself put in front changes nothing.
        let chain = "203.0.113.1, 198.51.100.7";
        assert_eq!(guess(chain, "third".to_owned()).await, 429);
    }
}

#[tokio::test]
async fn names_are_asked_for_no_faster_by_renaming() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    register(&server, "bert").await;
    let rename = async |name: &str| anna.patch("/me", json!({"username": name})).await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    for _ in 0..15 {
        assert_eq!(rename("bert").await.wrong(), "username");
        let form = [("username", "bert")];
        assert_eq!(browser.post("/account/username", &form).await.status, 422);
    }
    rename("bert").await.problem(429, "too-many");
    let form = [("username", "bert")];
    assert_eq!(browser.post("/account/username", &form).await.status, 429);
    let new = json!({"username": "dora", "password": PASSWORD});
    let held = Client::anonymous(&server).post("/register", new).await;
    held.problem(429, "too-many");
    // What has nothing to do with names goes on.
    anna.patch("/me", json!({"theme": "dark"})).await.ok();
    server.clock.advance(TimeDelta::seconds(15));
    rename("anna2").await.ok();
    rename("anna3").await.ok();
}
