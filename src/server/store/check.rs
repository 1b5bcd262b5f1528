//! Verifies a whole database, without changing it.

use super::{connection::reader_options, inspect, open::OpenError};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a database holds, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub path: PathBuf,
    pub bytes: u64,
    pub accounts: i64,
    pub sessions: i64,
    pub commands: i64,
    /// One line each; empty when all is well.
    pub problems: Vec<String>,
}

/// Reads every page and every reference of the database in `path`, also while it is in use.
pub async fn check(path: &Path) -> Result<Report, OpenError> {
    inspect::existing(path)?;
    let failed = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = reader_options(path).connect().await.map_err(failed)?;
    let bytes = fs::metadata(path).map_or(0, |file| file.len());
    let mut report = Report {
        path: path.to_owned(),
        bytes,
        accounts: 0,
        sessions: 0,
        commands: 0,
        problems: Vec::new(),
    };
    // A page that cannot be read at all ends the search with an error; that is a finding too.
    if let Err(error) = look(&mut connection, &mut report).await {
        report.problems.push(error.to_string());
    }
    connection.close().await.map_err(failed)?;
    Ok(report)
}

async fn look(connection: &mut SqliteConnection, report: &mut Report) -> Result<(), sqlx::Error> {
    let lines: Vec<String> = sqlx::query_scalar("pragma integrity_check")
        .fetch_all(&mut *connection)
        .await?;
    report
        .problems
        .extend(lines.into_iter().filter(|line| line != "ok"));
    for row in sqlx::query("pragma foreign_key_check")
        .fetch_all(&mut *connection)
        .await?
    {
        let (table, parent): (String, String) = (row.try_get("table")?, row.try_get("parent")?);
        report.problems.push(format!(
            "a row of {table} refers to a row of {parent} that does not exist"
        ));
    }
    (report.accounts, report.sessions, report.commands) = sqlx::query_as(
        "select (select count(*) from account), (select count(*) from session), (select count(*) from command)",
    )
    .fetch_one(&mut *connection)
    .await?;
    let accounts: i64 = sqlx::query_scalar(
        "select count(*) from account a where longest_seconds < (
             select max(s.stopped_at - s.started_at) from session s where s.account_id = a.id)",
    )
    .fetch_one(&mut *connection)
    .await?;
    if accounts > 0 {
        report.problems.push(format!(
            "{accounts} accounts do not know their longest session"
        ));
    }
    Ok(())
}
