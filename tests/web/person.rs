//! A person with an account, and the devices they use it from.

use super::{
    Options, Server,
    api::{Client, FRIDAY, Reply},
};
use crate::harness::at;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, Row};
use stint::{
    domain::DeviceId,
    server::{clock::Clock, login::Policy, store::Store},
};

pub const PASSWORD: &str = "correct horse battery";

/// The server on that Friday.
pub async fn friday() -> Server {
    friday_with(Policy::default()).await
}

/// The same with others let in than usual.
pub async fn friday_with(policy: Policy) -> Server {
    let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::fixed(at(FRIDAY)));
    Server::over(folder, Options::default(), clock, policy).await
}

/// Registers somebody, and gives what they were given.
pub async fn register(server: &Server, username: &str) -> (Client, Value) {
    let new = json!({"username": username, "password": PASSWORD});
    let grant = Client::anonymous(server)
        .post("/register", new)
        .await
        .made();
    (client(server, &grant), grant)
}

/// Signs in with the right password.
pub async fn sign_in(server: &Server, username: &str) -> (Client, Value) {
    let grant = try_sign_in(server, username, PASSWORD).await.ok();
    (client(server, &grant), grant)
}

pub async fn try_sign_in(server: &Server, username: &str, password: &str) -> Reply {
    let body = json!({"username": username, "password": password});
    Client::anonymous(server).post("/login", body).await
}

/// A client with the access token of a grant.
pub fn client(server: &Server, grant: &Value) -> Client {
    Client::with_token(server, text(grant, "access_token"))
}

pub fn text<'a>(body: &'a Value, field: &str) -> &'a str {
    body[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} in {body}"))
}

/// Waits for the end of what was written so far. What is on disk is not yet known to the server, which
/// looks up anew only then.
pub async fn settled(server: &Server) {
    let now = server.clock.now();
    server.store.touch(DeviceId::new(now), now).await.unwrap();
}

/// How many rows of a table there are.
pub async fn count(store: &Store, sql: &'static str) -> i64 {
    crate::harness::count(&store.path(), sql).await
}

/// Every row of the database, but for when devices and tokens were last used, and tries that are counted.
pub async fn everything(server: &Server) -> Vec<String> {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(server.store.path())
        .read_only(true);
    let mut connection = options.connect().await.unwrap();
    let columns = sqlx::query(
        "select m.name, group_concat('quote(' || c.name || ')', '||'' ''||')
         from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name <> 'throttle'
           and not (m.name in ('account', 'device', 'token') and c.name in ('seen_at', 'used_at', 'left_at', 'back_at'))
         group by m.name",
    );
    let mut rows = Vec::new();
    for table in columns.fetch_all(&mut connection).await.unwrap() {
        let (name, columns): (String, String) = (table.get(0), table.get(1));
        let sql = sqlx::AssertSqlSafe(format!("select '{name}: ' || {columns} from \"{name}\""));
        let found = sqlx::query_scalar(sql).fetch_all(&mut connection);
        rows.extend(found.await.unwrap());
    }
    connection.close().await.unwrap();
    rows.sort_unstable();
    rows
}
