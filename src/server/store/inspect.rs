//! Looks at a database file without changing a byte of it.

use super::{connection::reader_options, open::OpenError};
use sqlx::{ConnectOptions, Connection, SqliteConnection, migrate::Migrator};
use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

/// Marks a SQLite database as Stint's: "Stnt".
pub const APPLICATION_ID: u32 = 0x5374_6e74;

/// Up to this size in bytes every page is checked at each start: a year of a busy person's work,
/// checked in about 10 ms. Of larger databases it is the schema and the list of free pages, which the next
/// write would take; the rest is for `stint check`, and what is damaged there is met when it is read.
pub const CHECKED_AT_START: u64 = 16 * 1024 * 1024;

/// What lies where the database should be.
pub enum Found {
    Nothing,
    Database,
}

/// Tells by its first bytes whether the file is one of ours.
pub fn header(path: &Path) -> Result<Found, OpenError> {
    let mut file = match File::open(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let log = beside(path, "-wal");
            return if log.exists() {
                Err(OpenError::OnlyLog(path.to_owned()))
            } else {
                Ok(Found::Nothing)
            };
        }
        file => file.map_err(OpenError::unwritable(path))?,
    };
    let mut head = [0; 100];
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            let empty = fs::metadata(path).is_ok_and(|file| file.len() == 0);
            return Err(if empty {
                OpenError::Empty
            } else {
                OpenError::Foreign
            }(path.to_owned()));
        }
        Err(cause) => {
            return Err(OpenError::Unwritable {
                path: path.to_owned(),
                cause,
            });
        }
    }
    // See "Database Header" in <https://sqlite.org/fileformat2.html>.
    let ours =
        head.starts_with(b"SQLite format 3\0") && head[68..72] == APPLICATION_ID.to_be_bytes();
    if ours {
        Ok(Found::Database)
    } else {
        Err(OpenError::Foreign(path.to_owned()))
    }
}

/// Fails unless the file is one of ours.
pub fn existing(path: &Path) -> Result<(), OpenError> {
    match header(path)? {
        Found::Nothing => Err(OpenError::Nothing(path.to_owned())),
        Found::Database => Ok(()),
    }
}

/// The schema of a database, compared with what this version knows.
pub struct Contents {
    /// The last step taken.
    pub schema: i64,
    known: i64,
}

impl Contents {
    /// Whether steps are to be taken before this version can use the database.
    pub fn is_behind(&self) -> bool {
        self.schema < self.known
    }
}

/// Reads the schema and, if that does not take long, every page. Refuses what is damaged, and what
/// this version does not know.
pub async fn contents(path: &Path, migrations: &Migrator) -> Result<Contents, OpenError> {
    let failed = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = reader_options(path).connect().await.map_err(failed)?;
    let read = read_contents(path, &mut connection, migrations).await;
    connection.close().await.map_err(failed)?;
    read
}

async fn read_contents(
    path: &Path,
    connection: &mut SqliteConnection,
    migrations: &Migrator,
) -> Result<Contents, OpenError> {
    let failed = |error: sqlx::Error| OpenError::of(path, &error);
    let damaged = |cause: String| OpenError::Damaged {
        path: path.to_owned(),
        cause,
    };
    let steps: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("select version, checksum from _sqlx_migrations order by version")
            .fetch_all(&mut *connection)
            .await
            .map_err(|error| damaged(error.to_string()))?;
    let known = migrations
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0);
    for (step, checksum) in &steps {
        match migrations
            .iter()
            .find(|migration| migration.version == *step)
        {
            None => {
                return Err(OpenError::Newer {
                    path: path.to_owned(),
                    found: *step,
                    known,
                });
            }
            Some(migration) if *migration.checksum != checksum[..] => {
                return Err(OpenError::Altered {
                    path: path.to_owned(),
                    step: *step,
                });
            }
            Some(_) => {}
        }
    }
    let is_small = fs::metadata(path).is_ok_and(|file| file.len() <= CHECKED_AT_START);
    let check = if is_small {
        "pragma quick_check(1)"
    } else {
        "pragma quick_check(sqlite_schema)"
    };
    let problem: String = sqlx::query_scalar(check)
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if problem != "ok" {
        return Err(damaged(problem.replace('\n', " ")));
    }
    Ok(Contents {
        schema: steps.last().map_or(0, |(step, _)| *step),
        known,
    })
}

/// The file beside `path` whose name ends in addition with `tail`.
pub fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    name.into()
}
