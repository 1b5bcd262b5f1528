//! What a thief can do with the database.

use super::{Server, api::Client, person::*};
use chrono::TimeDelta;
use serde_json::json;
use std::{collections::BTreeSet, path::Path};

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
