//! What tests share: a fresh database on disk, moments, and commands.

use chrono::TimeDelta;
use std::{
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
};
use stint::{
    domain::{
        AccountId, Action, Command, CommandId, End, Instant, Name, Receipt, Session, SessionId,
        Settings, Span, WorkRevision, ZoneName,
    },
    error::AppError,
    server::store::Store,
};
use tempfile::TempDir;

/// A store in a folder of its own, with one account, and a clock that tests move.
pub struct Bench {
    pub folder: TempDir,
    pub store: Store,
    pub account: AccountId,
    now: AtomicI64,
}

impl Bench {
    /// Opens a new database; it is Friday 20 November 2026, 09:00 in UTC.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let now = at("2026-11-20T09:00:00Z");
        let (viewer, _) = store
            .create_guest(&Settings::default(), "", now)
            .await
            .unwrap();
        Self {
            folder,
            store,
            account: viewer.account,
            now: AtomicI64::new(now.timestamp()),
        }
    }

    pub fn now(&self) -> Instant {
        moment(self.now.load(Ordering::Relaxed))
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Gives a command now.
    pub fn command(&self, action: Action) -> Command {
        Command {
            id: CommandId::new(self.now()),
            at: self.now(),
            action,
        }
    }

    /// Gives a command now and carries it out.
    pub async fn run(&self, action: Action) -> Result<Receipt, AppError> {
        self.store
            .run(self.account, &self.command(action), self.now())
            .await
    }

    /// Saves a finished session.
    pub async fn add(&self, name: &str, from: Instant, to: Instant) -> Session {
        only_session(&self.run(add(name, from, to)).await.unwrap())
    }

    pub async fn running(&self) -> Option<Session> {
        self.store.running(self.account).await.unwrap()
    }

    /// Every session of the account, newest first.
    pub async fn sessions(&self) -> Vec<Session> {
        self.store
            .sessions_within(self.account, moment(0), moment(4_102_444_799))
            .await
            .unwrap()
    }

    /// Changes the database behind the store's back.
    pub async fn damage(&self, sql: &'static str) {
        use sqlx::{ConnectOptions, Connection};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.store.path());
        let mut connection = options.connect().await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// The database as it is on disk, opened for reading.
    pub async fn count(&self, sql: &'static str) -> i64 {
        count(&self.store.path(), sql).await
    }
}

/// One number from a database file.
pub async fn count(file: &Path, sql: &'static str) -> i64 {
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .read_only(true);
    let mut connection = options.connect().await.unwrap();
    let count = sqlx::query_scalar(sql)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    count
}

/// A moment as in `2026-11-20T09:00:00Z`.
pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn moment(seconds: i64) -> Instant {
    Instant::from_timestamp(seconds, 0).unwrap()
}

pub fn seconds(seconds: i64) -> TimeDelta {
    TimeDelta::seconds(seconds)
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn zone(text: &str) -> ZoneName {
    text.parse().unwrap()
}

pub fn start(text: &str) -> Action {
    Action::Start {
        name: name(text),
        zone: ZoneName::utc(),
        from: None,
        work: WorkRevision::default(),
    }
}

pub fn stop() -> Action {
    Action::Stop {
        session: None,
        to: None,
        name: None,
        work: WorkRevision::default(),
    }
}

pub fn add(text: &str, from: Instant, to: Instant) -> Action {
    Action::Add {
        name: name(text),
        zone: ZoneName::utc(),
        span: Span::done(from, to).unwrap(),
        work: WorkRevision::default(),
    }
}

/// Gives a session another end.
pub fn end(session: SessionId, to: End) -> Action {
    Action::Revise {
        session,
        version: None,
        name: None,
        from: None,
        to: Some(to),
        work: WorkRevision::default(),
    }
}

pub fn rename(session: SessionId, text: &str) -> Action {
    Action::Rename {
        session,
        name: name(text),
        work: WorkRevision::default(),
    }
}

pub fn undo(receipt: &Receipt) -> Action {
    Action::Undo {
        command: receipt.command,
    }
}

/// The one session that a command left.
pub fn only_session(receipt: &Receipt) -> Session {
    let [change] = &receipt.changes[..] else {
        panic!("{} changes", receipt.changes.len())
    };
    change.after.clone().unwrap()
}
