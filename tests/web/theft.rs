//! What a thief can do with the database.

use super::{
    Server,
    api::{Client, id},
    api_second_factor::App,
    person::*,
};
use chrono::TimeDelta;
use serde_json::json;
use std::{collections::BTreeSet, path::Path};
use stint::server::{
    login::{Policy, RegistrationPolicy},
    operator,
};

/// Whoever steals the database, and tries all that is in it wherever a secret is asked for, stays
/// outside.
#[tokio::test]
async fn a_copy_of_the_database_lets_no_one_in() {
    let server = invited().await;
    let code = operator::invite(&server.store, server.clock.now()).await;
    let new =
        json!({"username": "anna", "password": PASSWORD, "invitation": code.unwrap().to_string()});
    let grant = Client::anonymous(&server).post("/register", new).await;
    let anna = client(&server, &grant.made());
    anna.post("/tokens", json!({"name": "script", "scope": "write"}))
        .await
        .made();
    anna.post("/link-codes", None).await.made();
    let project = anna.post("/projects", json!({"name": "web"})).await.made();
    let invitations = format!("/projects/{}/invitations", id(&project));
    anna.post(&invitations, json!({})).await.made();
    // What it shares with the server is in the database, and opens nothing alone.
    let app = App::of(&server, &anna).await;
    let waiting = operator::invite(&server.store, server.clock.now()).await;
    waiting.unwrap();
    let guest = Client::guest(&server).await;
    guest.post("/sessions", json!({"name": "tea"})).await.made();
    let values = stored_texts(&server.store.path()).await;
    assert!(values.len() > 25, "{values:?}");
    codes_do_not_open(&server, &values).await;
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
        let code = app.code(server.clock.now());
        let recover = json!({"username": "anna", "recovery_code": value,
            "new_password": "staple correct", "code": code});
        let sign_in = json!({"username": "anna", "password": value, "code": code});
        let shown = json!({"username": "anna", "password": PASSWORD, "code": value});
        for (path, body) in [
            ("/recover", recover),
            ("/login", sign_in),
            ("/login", shown),
        ] {
            let refused = anonymous.post(path, body).await;
            let status = refused.status();
            assert!([401, 422].contains(&status), "{path}: {value}: {refused:?}");
        }
    }
    // The code was not what kept the thief out.
    server.clock.advance(TimeDelta::hours(7));
    let code = app.code(server.clock.now());
    let body = json!({"username": "anna", "password": PASSWORD, "code": code});
    anonymous.post("/login", body).await.ok();
}

/// Where registering takes an invitation, and a proxy tells addresses apart.
async fn invited() -> Server {
    let policy = Policy {
        registration: RegistrationPolicy::Invite,
        proxies: "::".parse().unwrap(),
        ..Policy::default()
    };
    friday_with(policy).await
}

/// All at one moment, in which every code is good, and each try from an address of its own.
async fn codes_do_not_open(server: &Server, values: &[String]) {
    let thief = Client::guest(server).await;
    for (number, value) in values.iter().enumerate() {
        let from = format!("10.0.{}.{}", number / 250, number % 250);
        let nobody = Client::anonymous(server).header("x-forwarded-for", &*from);
        let code = json!({"code": value});
        let linked = nobody.post("/link", code.clone()).await;
        assert_eq!(linked.wrong(), "code", "{value}");
        let member = thief.post("/invitations/accept", code).await;
        assert_eq!(member.wrong(), "code", "{value}");
        let new = json!({"username": "thief", "password": PASSWORD, "invitation": value});
        let registered = nobody.post("/register", new).await;
        assert_eq!(registered.wrong(), "invitation", "{value}");
    }
}

async fn anna_is_not(server: &Server, value: &str) {
    for token in [value.to_owned(), format!("stint_pat_{value}")] {
        // What a header cannot carry is no token.
        if token.chars().all(|c| c.is_ascii_graphic()) {
            let thief = Client::with_token(server, token.clone());
            assert_eq!(thief.get("/me").await.status(), 401, "{token}");
        }
    }
    if let Ok(secret) = value.parse() {
        assert_eq!(
            server
                .store
                .viewer(&secret, server.clock.now())
                .await
                .unwrap(),
            None,
            "{value}"
        );
    }
}

/// Every text in every table.
async fn stored_texts(file: &Path) -> Vec<String> {
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
    let mut texts = BTreeSet::new();
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
