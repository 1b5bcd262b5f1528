//! Connections to the database file, and what must hold on each of them.

use super::error::StoreError;
use crate::server::queries::count_query;
use log::LevelFilter;
use sqlx::{
    ConnectOptions, FromRow, Sqlite, SqliteConnection,
    query::QueryAs,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous,
    },
};
use std::{
    path::Path,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

/// How long a connection waits for a lock that someone else holds.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Oldest SQLite without the bug that can corrupt a database in WAL mode, see
/// <https://sqlite.org/wal.html#walresetbug>.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// A statement whose rows are read as `R`.
pub type Statement<'q, R> = QueryAs<'q, Sqlite, R, SqliteArguments>;

/// What a statement's rows can be read as.
pub trait Row: Send + Unpin + for<'r> FromRow<'r, SqliteRow> {}
impl<R: Send + Unpin + for<'r> FromRow<'r, SqliteRow>> Row for R {}

/// Counts the statements that are sent.
#[derive(Debug, Default)]
pub struct Meter(AtomicU64);

impl Meter {
    /// One more statement.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("stint_queries_total").increment(1);
        count_query();
    }

    /// All statements so far.
    pub fn total(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// For the one connection that writes.
pub fn writer_options(file: &Path) -> SqliteConnectOptions {
    options(file)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL may lose acknowledged commits in a power cut.
        .synchronous(SqliteSynchronous::Full)
}

/// For connections that cannot write, not even by mistake.
pub fn reader_options(file: &Path) -> SqliteConnectOptions {
    options(file).read_only(true)
}

/// A statement that takes as long is logged as a warning, where statements are logged.
const SLOW: Duration = Duration::from_secs(1);

/// Whether statements are logged.
static LOG_STATEMENTS: AtomicBool = AtomicBool::new(false);

/// Has each statement logged that connections opened from now on send: its text, in which `$1` and
/// the like stand for what people typed, its duration, and the request it belongs to.
pub fn log_statements() {
    LOG_STATEMENTS.store(true, Ordering::Relaxed);
}

fn options(file: &Path) -> SqliteConnectOptions {
    let options = quiet_options(file);
    if LOG_STATEMENTS.load(Ordering::Relaxed) {
        // To be silent, all are taken for slow and slow ones not logged; both have to be said anew.
        options
            .log_statements(LevelFilter::Info)
            .log_slow_statements(LevelFilter::Warn, SLOW)
    } else {
        options
    }
}

fn quiet_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("mmap_size", "0")
        // Sorting must not depend on room in the folder for temporary files.
        .pragma("temp_store", "memory")
        // Rows that sqlx's thread may be ahead: the default of 50 costs a fifth on long lists.
        .row_buffer_size(512)
        // Each costs as much as a short statement takes.
        .disable_statement_logging()
}

/// Opens a connection and checks that it is as durable and as strict as Stint promises.
pub async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    let mut connection = options.connect().await?;
    verify(&mut connection).await?;
    Ok(connection)
}

/// What a connection was opened with is what holds on it.
pub async fn verify(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(&mut *connection)
        .await?;
    let parts: Vec<u32> = version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    if parts[..] < OLDEST_SQLITE[..] {
        return Err(StoreError::Connection {
            what: "sqlite_version",
            found: version,
        });
    }
    let journal: String = sqlx::query_scalar("pragma journal_mode")
        .fetch_one(&mut *connection)
        .await?;
    if journal != "wal" {
        return Err(StoreError::Connection {
            what: "journal_mode",
            found: journal,
        });
    }
    let numbers: [(&'static str, &'static str, i64); 4] = [
        ("synchronous", "pragma synchronous", 2),
        ("foreign_keys", "pragma foreign_keys", 1),
        ("busy_timeout", "pragma busy_timeout", 5000),
        ("mmap_size", "pragma mmap_size", 0),
    ];
    for (what, pragma, wanted) in numbers {
        let found: i64 = sqlx::query_scalar(pragma)
            .fetch_one(&mut *connection)
            .await?;
        if found != wanted {
            return Err(StoreError::Connection {
                what,
                found: found.to_string(),
            });
        }
    }
    Ok(())
}
