//! What another process does to the database, while the server has it open.

use super::{Server, browser::Browser, person::everything};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

/// Everybody is shut out by another process, after the server looked up who they are. The tables of calls
/// and forms say what is then tried: whatever writes must find out.
pub struct SignedOut<'a> {
    server: &'a Server,
    other: SqliteConnection,
    before: Vec<String>,
}

impl<'a> SignedOut<'a> {
    /// The browser was here a moment before.
    pub async fn meanwhile(server: &'a Server, browser: &Browser<'_>) -> Self {
        assert_eq!(browser.get("/account").await.status, 200);
        Self::now(server).await
    }

    pub async fn now(server: &'a Server) -> Self {
        let mut other = other_process(server).await;
        for step in [
            "create temp table kept as select * from token",
            "delete from token",
            "update device set signed_out_at = 1 where signed_out_at is null",
        ] {
            carry_out(&mut other, step).await;
        }
        let before = everything(server).await;
        Self {
            server,
            other,
            before,
        }
    }

    /// Nothing was changed; and everybody is let in again.
    pub async fn end(mut self, call: &str) {
        let now = everything(self.server).await;
        assert_eq!(now, self.before, "{call} changed something");
        for step in [
            "update device set signed_out_at = null where signed_out_at = 1",
            "insert into token select * from temp.kept",
        ] {
            carry_out(&mut self.other, step).await;
        }
    }
}

/// The database as another process has it open: what it does is not known to the server at once.
pub async fn other_process(server: &Server) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(server.store.path());
    options.connect().await.unwrap()
}

pub async fn carry_out(other: &mut SqliteConnection, sql: &'static str) {
    sqlx::query(sql).execute(other).await.unwrap();
}
