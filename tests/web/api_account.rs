//! The account itself: preferences, user name, password, and the end of it.

use super::{
    api::Client,
    person::*,
    shut_out::{carry_out, other_process},
};
use serde_json::{Value, json};

#[tokio::test]
async fn preferences_are_read_and_changed() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let me = guest.get("/me").await.ok();
    assert_eq!(me["username"], Value::Null);
    assert_eq!(
        (&me["week_start"], &me["hour_format"]),
        (&json!("monday"), &json!("24"))
    );
    let patch = json!({"time_zone": "Asia/Kathmandu", "week_start": "sunday", "theme": "dark"});
    let changed = guest.patch("/me", patch).await.ok();
    let mut wanted = me.clone();
    wanted["time_zone"] = json!("Asia/Kathmandu");
    wanted["week_start"] = json!("sunday");
    wanted["theme"] = json!("dark");
    assert_eq!(changed, wanted);
    assert_eq!(guest.get("/me").await.ok(), wanted);
    for (patch, field) in [
        (json!({"time_zone": "Mars/Base"}), "time_zone"),
        (json!({"day_start_hour": 13}), "day_start_hour"),
        (json!({"week_start": "someday"}), "week_start"),
        (json!({"username": "a b"}), "username"),
        (json!({"colour": "red"}), "colour"),
    ] {
        assert_eq!(guest.patch("/me", patch).await.wrong(), field);
    }
    // A guest has no name to change; it registers.
    let named = json!({"username": "anna", "theme": "light"});
    let refused = guest.patch("/me", named).await.problem(422, "invalid");
    assert_eq!(refused["errors"][0]["field"], "username");
    assert!(text(&refused, "detail").contains("Register first"));
    assert_eq!(guest.get("/me").await.ok(), wanted);
}

#[tokio::test]
async fn a_profile_is_changed_whole_or_not_at_all() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let broken = "create trigger broken before update of theme on account
                  begin select raise(abort, 'no'); end";
    let mut other = other_process(&server).await;
    carry_out(&mut other, broken).await;
    let both = json!({"username": "bert", "theme": "dark"});
    assert_eq!(anna.patch("/me", both.clone()).await.status(), 500);
    let me = anna.get("/me").await.ok();
    assert_eq!(
        (&me["username"], &me["theme"]),
        (&json!("anna"), &json!("system"))
    );
    carry_out(&mut other, "drop trigger broken").await;
    let me = anna.patch("/me", both).await.ok();
    assert_eq!(
        (&me["username"], &me["theme"]),
        (&json!("bert"), &json!("dark"))
    );
}

#[tokio::test]
async fn a_user_name_is_changed_unless_it_is_taken() {
    let server = friday().await;
    register(&server, "bert").await;
    let (anna, _) = register(&server, "anna").await;
    assert_eq!(
        anna.patch("/me", json!({"username": "BERT"})).await.wrong(),
        "username"
    );
    anna.patch("/me", json!({"username": "ANNA"})).await.ok();
    anna.patch("/me", json!({"username": "annalena"}))
        .await
        .ok();
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    sign_in(&server, "annalena").await;
}

#[tokio::test]
async fn a_changed_password_signs_the_others_out() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (other, _) = sign_in(&server, "anna").await;
    let change = |old: &str, new: &str| json!({"password": old, "new_password": new});
    for (old, new, field) in [
        ("wrong horse", "staple correct", "password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "password1", "new_password"),
    ] {
        assert_eq!(
            anna.post("/me/password", change(old, new)).await.wrong(),
            field
        );
    }
    other.get("/me").await.ok();
    let changed = anna
        .post("/me/password", change(PASSWORD, "staple correct"))
        .await;
    assert_eq!(changed.status(), 204);
    anna.get("/me").await.ok();
    other.get("/me").await.problem(401, "revoked-token");
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    try_sign_in(&server, "anna", "staple correct").await.ok();
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing() {
    let server = friday().await;
    let (bert, _) = register(&server, "bert").await;
    bert.post("/sessions", json!({"name": "stays"}))
        .await
        .made();
    let (anna, _) = register(&server, "anna").await;
    let (other, _) = sign_in(&server, "anna").await;
    anna.post("/sessions", json!({"name": "goes"})).await.made();
    let token = anna
        .post("/tokens", json!({"name": "script", "scope": "read"}))
        .await
        .made();
    let script = client(&server, &json!({"access_token": token["token"]}));
    script.get("/me").await.ok();
    anna.post("/link-codes", None).await.made();

    let farewell = |password: Option<&str>| json!({"password": password});
    for password in [None, Some("wrong horse")] {
        let refused = anna
            .send("DELETE".parse().unwrap(), "/me", Some(farewell(password)))
            .await;
        assert_eq!(refused.wrong(), "password");
    }
    let gone = anna
        .send(
            "DELETE".parse().unwrap(),
            "/me",
            Some(farewell(Some(PASSWORD))),
        )
        .await;
    assert_eq!(gone.status(), 204);
    for client in [&anna, &other] {
        client.get("/me").await.problem(401, "revoked-token");
    }
    script.get("/me").await.problem(401, "unknown-token");
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    for (left, sql) in [
        (1, "select count(*) from account"),
        (1, "select count(*) from device"),
        (1, "select count(*) from session"),
        (1, "select count(*) from change"),
        (0, "select count(*) from token"),
        (0, "select count(*) from link_code"),
        (10, "select count(*) from recovery_code"),
    ] {
        assert_eq!(count(&server.store, sql).await, left, "{sql}");
    }
    // A guest has no password to give.
    let guest = Client::guest(&server).await;
    assert_eq!(guest.delete("/me").await.status(), 204);
    guest.get("/me").await.problem(401, "revoked-token");
}

#[tokio::test]
async fn two_changes_of_different_settings_at_once_are_both_kept() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let fields = [
        json!({"week_start": "sunday"}),
        json!({"theme": "dark"}),
        json!({"hour_format": "12"}),
        json!({"duration_format": "decimal"}),
        json!({"day_start_hour": 4}),
        json!({"time_zone": "Europe/Berlin"}),
    ];
    let mut patches = tokio::task::JoinSet::new();
    for field in fields.clone() {
        let client = guest.clone();
        patches.spawn(async move { client.patch("/me", field).await.ok() });
    }
    patches.join_all().await;
    let me = guest.get("/me").await.ok();
    for field in fields {
        for (name, value) in field.as_object().unwrap() {
            assert_eq!(me[name], *value, "{me}");
        }
    }
}
