//! A person with an account, and the devices they use it from.

use super::{
    Server,
    api::{Client, FRIDAY, Reply},
};
use serde_json::{Value, json};
use stint::{domain::DeviceId, server::store::Store};

pub const PASSWORD: &str = "correct horse battery";

/// The server on that Friday.
pub async fn friday() -> Server {
    Server::at(FRIDAY).await
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
