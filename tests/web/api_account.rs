//! The account itself: preferences, password, second factor, recovery, and the end of it.

use super::{api::Client, person::*};
use chrono::TimeDelta;
use serde_json::{Value, json};
use stint::domain::Instant;
use totp_rs::{Builder, Secret};

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
    guest
        .patch("/me", json!({"username": "anna"}))
        .await
        .problem(404, "not-found");
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
async fn the_second_factor_is_asked_for_wherever_somebody_signs_in() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let anonymous = Client::anonymous(&server);
    let wrong = anna
        .post("/me/second-factor", json!({"password": "wrong horse"}))
        .await;
    assert_eq!(wrong.wrong(), "password");
    let offer = anna
        .post("/me/second-factor", json!({"password": PASSWORD}))
        .await
        .ok();
    let app = App::new(text(&offer, "secret"));
    // Not in force before it was confirmed.
    sign_in(&server, "anna").await;
    let confirm = async |code: &str| {
        anna.post("/me/second-factor/confirm", json!({"code": code}))
            .await
    };
    confirm("000000").await.problem(401, "wrong-code");
    let code = app.code(server.clock.now());
    assert_eq!(confirm(&code).await.status(), 204);
    assert_eq!(anna.get("/me").await.ok()["second_factor"], true);

    let login = async |code: Option<&str>| {
        let body = json!({"username": "anna", "password": PASSWORD, "code": code});
        anonymous.post("/login", body).await
    };
    login(None).await.problem(401, "code-needed");
    login(Some("")).await.problem(401, "code-needed");
    try_sign_in(&server, "anna", "wrong horse")
        .await
        .problem(401, "wrong-credentials");
    login(Some(&code)).await.problem(401, "wrong-code");
    server.clock.advance(TimeDelta::seconds(30));
    let code = app.code(server.clock.now());
    login(Some(&code)).await.ok();
    login(Some(&code)).await.problem(401, "wrong-code");

    let made = anna.post("/link-codes", None).await.made();
    let link = async |second: Option<&str>| {
        let body = json!({"code": made["code"], "second_code": second});
        anonymous.post("/link", body).await
    };
    link(None).await.problem(401, "code-needed");
    link(Some(&code)).await.problem(401, "wrong-code");
    server.clock.advance(TimeDelta::seconds(30));
    link(Some(&app.code(server.clock.now()))).await.ok();

    let spare = &grant["recovery_codes"];
    let lost = |code: Value| json!({"username": "anna", "recovery_code": spare[0], "new_password": "staple correct", "code": code});
    anonymous
        .post("/recover", lost(Value::Null))
        .await
        .problem(401, "code-needed");
    anonymous
        .post("/recover", lost(spare[0].clone()))
        .await
        .problem(401, "wrong-code");
    let recovered = anonymous
        .post("/recover", lost(spare[1].clone()))
        .await
        .ok();
    let anna = client(&server, &recovered);
    assert_eq!(anna.get("/me").await.ok()["recovery_codes"], 8);
    let body = json!({"username": "anna", "password": "staple correct", "code": spare[2]});
    anonymous.post("/login", body.clone()).await.ok();
    anonymous
        .post("/login", body)
        .await
        .problem(401, "wrong-code");

    let end = json!({"password": "staple correct", "code": spare[2]});
    anna.post("/me/second-factor/remove", end)
        .await
        .problem(401, "wrong-code");
    let end = json!({"password": "staple correct", "code": spare[3]});
    assert_eq!(
        anna.post("/me/second-factor/remove", end).await.status(),
        204
    );
    try_sign_in(&server, "anna", "staple correct").await.ok();
}

#[tokio::test]
async fn codes_of_the_second_factor_cannot_be_guessed_for_ever() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let offer = anna
        .post("/me/second-factor", json!({"password": PASSWORD}))
        .await
        .ok();
    let app = App::new(text(&offer, "secret"));
    let code = json!({"code": app.code(server.clock.now())});
    anna.post("/me/second-factor/confirm", code).await;
    let wrong = json!({"username": "anna", "password": PASSWORD, "code": "000000"});
    for _ in 0..10 {
        Client::anonymous(&server)
            .post("/login", wrong.clone())
            .await
            .problem(401, "wrong-code");
    }
    Client::anonymous(&server)
        .post("/login", wrong)
        .await
        .problem(429, "too-many");
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_ends_the_rest() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let anonymous = Client::anonymous(&server);
    let lost = |username: &str, code: &Value| json!({"username": username, "recovery_code": code, "new_password": "staple correct"});
    let code = &grant["recovery_codes"][0];
    let nobody = anonymous
        .post("/recover", lost("nobody", code))
        .await
        .problem(401, "wrong-code");
    for wrong in [json!("CCCC-CCCC-CCCC-CCCC-CCCC"), json!("")] {
        let told = anonymous.post("/recover", lost("anna", &wrong)).await;
        assert_eq!(told.problem(401, "wrong-code"), nobody);
    }
    anna.get("/me").await.ok();
    let recovered = anonymous.post("/recover", lost("anna", code)).await.ok();
    anna.get("/me").await.problem(401, "revoked-token");
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    try_sign_in(&server, "anna", "staple correct").await.ok();
    anonymous
        .post("/recover", lost("anna", code))
        .await
        .problem(401, "wrong-code");

    let anna = client(&server, &recovered);
    let password = json!({"password": "staple correct"});
    let renewed = anna.post("/me/recovery-codes", password).await.ok();
    let old = &grant["recovery_codes"][1];
    anonymous
        .post("/recover", lost("anna", old))
        .await
        .problem(401, "wrong-code");
    let new = &renewed["recovery_codes"][1];
    anonymous.post("/recover", lost("anna", new)).await.ok();
}

/// Whoever steals the database, and tries all that is in it wherever a secret is asked for, stays
/// outside.
#[tokio::test]
async fn a_copy_of_the_database_lets_no_one_in() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    anna.post("/tokens", json!({"name": "script", "scope": "write"}))
        .await
        .made();
    anna.post("/link-codes", None).await.made();
    anna.post("/me/second-factor", json!({"password": PASSWORD}))
        .await
        .ok();
    let guest = Client::guest(&server).await;
    guest.post("/sessions", json!({"name": "tea"})).await.made();
    let values = stored_texts(&server.store.path()).await;
    assert!(values.len() > 25, "{values:?}");
    let anonymous = Client::anonymous(&server);
    // The tries are not what is tested here.
    for value in &values {
        server.clock.advance(TimeDelta::hours(7));
        anna_is_not(&server, value).await;
        for prefix in ["stint_rt_", ""] {
            for tail in values.iter().filter(|tail| tail.len() == 43) {
                let body = json!({"refresh_token": format!("{prefix}{value}.{tail}")});
                assert_eq!(anonymous.post("/refresh", body).await.status(), 401);
            }
        }
        let body = json!({"code": value});
        assert_ne!(anonymous.post("/link", body).await.status(), 200, "{value}");
        let body =
            json!({"username": "anna", "recovery_code": value, "new_password": "staple correct"});
        assert_ne!(
            anonymous.post("/recover", body).await.status(),
            200,
            "{value}"
        );
        assert_ne!(
            try_sign_in(&server, "anna", value).await.status(),
            200,
            "{value}"
        );
    }
}

async fn anna_is_not(server: &super::Server, value: &str) {
    for token in [value.to_owned(), format!("stint_pat_{value}")] {
        // What a header cannot carry is no token.
        if token.chars().all(|c| c.is_ascii_graphic()) {
            let thief = Client::with_token(server, token.clone());
            assert_eq!(thief.get("/me").await.status(), 401, "{token}");
        }
    }
    if let Ok(secret) = value.parse() {
        assert_eq!(server.store.viewer(&secret).await.unwrap(), None, "{value}");
    }
}

/// Every text in every table.
async fn stored_texts(file: &std::path::Path) -> Vec<String> {
    use sqlx::{AssertSqlSafe, ConnectOptions};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .read_only(true);
    let mut connection = options.connect().await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and c.type = 'TEXT' collate nocase and m.name not like '%sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut texts = std::collections::BTreeSet::new();
    for (table, column) in columns {
        let sql = format!("select {column} from {table} where {column} is not null");
        let found: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        texts.extend(found.into_iter().map(|(text,)| text));
    }
    texts.into_iter().collect()
}

/// An authenticator app.
struct App(totp_rs::Totp);

impl App {
    fn new(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    fn code(&self, now: Instant) -> String {
        self.0
            .generate(now.timestamp().try_into().unwrap())
            .to_string()
    }
}
