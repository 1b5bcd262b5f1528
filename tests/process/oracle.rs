//! The independent log of what the server acknowledged, and how the database compares to it.

use super::kill::Work;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    collections::{BTreeMap, HashSet},
    net::SocketAddr,
    path::{Path, PathBuf},
};
use stint::{
    domain::{CommandId, Session, Span},
    server::store::FILE,
};

/// So many of the latest acknowledgements of a writer are asked for again.
const ASKED_AGAIN: usize = 3;

pub struct Oracle {
    file: PathBuf,
    acknowledged: HashSet<String>,
}

impl Oracle {
    pub fn new(folder: &Path) -> Self {
        Self {
            file: folder.join(FILE),
            acknowledged: HashSet::new(),
        }
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    /// Compares what the writers did last with the database, and with what a restarted server says.
    pub async fn compare(&mut self, addr: SocketAddr, works: &[Work]) {
        let mut database = self.open().await;
        for work in works {
            for (form, receipt) in &work.acknowledged {
                let id = form.command.to_string();
                let changes = changes_of(&mut database, form.command).await;
                assert_eq!(
                    changes,
                    Some(receipt.changes.len()),
                    "{id} was acknowledged"
                );
                assert!(self.acknowledged.insert(id), "the same command twice");
            }
            for (form, receipt) in work.acknowledged.iter().rev().take(ASKED_AGAIN) {
                let again = work.browser.submit(addr, form).await.unwrap();
                assert_eq!(again, *receipt, "another answer to the same command");
            }
            let before = changes_of(&mut database, work.unanswered.command).await;
            if before.is_none() {
                assert_eq!(left_behind(&mut database, work.unanswered.command).await, 0);
            }
            let again = work.browser.try_submit(addr, &work.unanswered).await;
            let Some(receipt) = again.unwrap() else {
                assert_eq!(
                    before, None,
                    "carried out, and refused when it was sent again"
                );
                continue;
            };
            assert_eq!(
                before.unwrap_or(receipt.changes.len()),
                receipt.changes.len(),
                "half a command"
            );
            self.acknowledged
                .insert(work.unanswered.command.to_string());
        }
        assert_eq!(number(&mut database, TWO_RUNNING).await, 0);
        database.close().await.unwrap();
    }

    /// Every acknowledgement of all cycles, the soundness of the file, and that the sessions are
    /// what the changes made of them.
    pub async fn compare_everything(&self) {
        let mut database = self.open().await;
        let stored: Vec<String> = sqlx::query_scalar("select id from command")
            .fetch_all(&mut database)
            .await
            .unwrap();
        let stored: HashSet<String> = stored.into_iter().collect();
        assert_eq!(self.acknowledged.difference(&stored).next(), None, "lost");
        let sound: Vec<String> = sqlx::query_scalar("pragma integrity_check")
            .fetch_all(&mut database)
            .await
            .unwrap();
        assert_eq!(sound, ["ok"]);
        let dangling = sqlx::query("pragma foreign_key_check")
            .fetch_all(&mut database)
            .await
            .unwrap();
        assert_eq!(dangling.len(), 0);
        assert_eq!(sessions(&mut database).await, replayed(&mut database).await);
        database.close().await.unwrap();
    }

    async fn open(&self) -> SqliteConnection {
        SqliteConnectOptions::new()
            .filename(&self.file)
            .read_only(true)
            .connect()
            .await
            .unwrap()
    }
}

const TWO_RUNNING: &str = "select count(*) from (select 1 from session where stopped_at is null
    group by account_id having count(*) > 1)";

async fn number(database: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(database).await.unwrap()
}

/// How many changes a command made; `None` if it is not there. Looked up by account, as the keys are:
/// a thousand cycles leave 400,000 commands.
async fn changes_of(database: &mut SqliteConnection, command: CommandId) -> Option<usize> {
    let count: Option<i64> = sqlx::query_scalar(
        "select (select count(*) from change
                 where change.account_id = command.account_id and command_id = command.id)
         from account cross join command on account_id = account.id and command.id = $1",
    )
    .bind(command.to_string())
    .fetch_optional(database)
    .await
    .unwrap();
    count.map(|count| count.try_into().unwrap())
}

/// Traces of a command that is not there.
async fn left_behind(database: &mut SqliteConnection, command: CommandId) -> i64 {
    sqlx::query_scalar(
        "select coalesce(sum(
             (select count(*) from change where account_id = account.id and command_id = $1)
             + (select count(*) from session where account_id = account.id and session.id = $1)), 0)
         from account",
    )
    .bind(command.to_string())
    .fetch_one(database)
    .await
    .unwrap()
}

/// A session as far as it is compared: name, start, stop, version.
type Facts = (String, i64, Option<i64>, i64);

async fn sessions(database: &mut SqliteConnection) -> BTreeMap<String, Facts> {
    let rows: Vec<(String, String, i64, Option<i64>, i64)> =
        sqlx::query_as("select id, name, started_at, stopped_at, version from session")
            .fetch_all(database)
            .await
            .unwrap();
    rows.into_iter()
        .map(|(id, name, start, stop, version)| (id, (name, start, stop, version)))
        .collect()
}

/// The sessions that the history of changes leads to.
async fn replayed(database: &mut SqliteConnection) -> BTreeMap<String, Facts> {
    let changes: Vec<(String, Option<String>)> = sqlx::query_as(
        "select session_id, after from change join command on command.id = command_id
         and command.account_id = change.account_id order by command.account_id, seq, position",
    )
    .fetch_all(database)
    .await
    .unwrap();
    let mut sessions = BTreeMap::new();
    for (id, after) in changes {
        match after {
            Some(after) => drop(sessions.insert(id, facts(&serde_json::from_str(&after).unwrap()))),
            None => drop(sessions.remove(&id)),
        }
    }
    sessions
}

fn facts(session: &Session) -> Facts {
    let (start, stop) = match session.span {
        Span::Running { since } => (since, None),
        Span::Done { from, to } => (from, Some(to.timestamp())),
    };
    (
        session.name.as_str().to_owned(),
        start.timestamp(),
        stop,
        session.version,
    )
}
