//! Makes a database, and brings an older one to the schema of this version. Either happens as a
//! whole or not at all.

use super::{
    backup::{copy, put_in_place},
    connection::writer_options,
    inspect::{APPLICATION_ID, beside},
    open::OpenError,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::path::Path;

/// The schema of this version, step by step.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// Makes an empty database under another name and moves it into place when it is complete, so that
/// a crash leaves no half of one behind.
pub async fn create(file: &Path, migrations: &Migrator) -> Result<(), OpenError> {
    let part = beside(file, ".new");
    let made = async {
        remove(&part)?;
        // Nothing in it is worth keeping before it is in place, and then the whole file is synced.
        let options = SqliteConnectOptions::new()
            .filename(&part)
            .create_if_missing(true);
        let options = options
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off);
        let mut connection = options
            .disable_statement_logging()
            .connect()
            .await
            .map_err(text)?;
        let pragma = format!("pragma application_id = {APPLICATION_ID}");
        sqlx::query(AssertSqlSafe(pragma))
            .execute(&mut connection)
            .await
            .map_err(text)?;
        migrate(&mut connection, migrations).await?;
        connection.close().await.map_err(text)?;
        put_in_place(&part, file).map_err(text)
    };
    made.await.map_err(|cause: String| {
        // What is in the way next time is removed then.
        let _ = remove(&part);
        OpenError::Create {
            path: file.to_owned(),
            cause,
        }
    })
}

/// Takes the steps that an existing database lacks, after making a copy of it.
pub async fn upgrade(file: &Path, migrations: &Migrator) -> Result<(), OpenError> {
    let kept = file.with_file_name(format!(
        "stint-before-upgrade-{}.db",
        env!("CARGO_PKG_VERSION")
    ));
    copy(file, &kept).await.map_err(|error| OpenError::Copy {
        path: file.to_owned(),
        cause: error.to_string(),
    })?;
    tracing::warn!(copy = %kept.display(), "the database is brought to the schema of this version; a copy of it is kept");
    // Steps that rebuild a table would set off its cascades.
    let options = writer_options(file).foreign_keys(false);
    let upgraded = async {
        let mut connection = options.connect().await.map_err(text)?;
        let migrated = migrate(&mut connection, migrations).await;
        connection.close().await.map_err(text)?;
        migrated
    };
    upgraded.await.map_err(|cause| OpenError::Migration {
        path: file.to_owned(),
        cause: format!("{cause}; a copy is in {}", kept.display()),
    })
}

/// All steps in one transaction.
async fn migrate(connection: &mut SqliteConnection, migrations: &Migrator) -> Result<(), String> {
    let mut transaction = connection
        .begin_with("begin immediate")
        .await
        .map_err(text)?;
    migrations
        .run_direct(None, &mut *transaction, false)
        .await
        .map_err(text)?;
    let broken = sqlx::query("pragma foreign_key_check")
        .fetch_optional(&mut *transaction)
        .await
        .map_err(text)?;
    if broken.is_some() {
        return Err("rows refer to others that do not exist".to_owned());
    }
    transaction.commit().await.map_err(text)
}

fn remove(part: &Path) -> Result<(), String> {
    match std::fs::remove_file(part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(text(error)),
        _ => Ok(()),
    }
}

/// The error and what caused it, on one line.
fn text(error: impl std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        if !text.contains(&error.to_string()) {
            text = format!("{text}: {error}");
        }
        cause = error.source();
    }
    text.replace('\n', " ")
}
