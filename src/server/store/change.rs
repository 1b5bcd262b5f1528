//! Writes what a command did: the sessions, and the changes that are their history.

use super::{error::StoreError, writer::Write};
use crate::domain::{AccountId, Change, Command, Instant, Session, TagId};
use sqlx::AssertSqlSafe;

/// Makes, replaces or deletes the session that changed.
pub async fn write_session(
    write: &mut Write<'_>,
    account: AccountId,
    change: &Change,
    now: Instant,
) -> Result<(), StoreError> {
    let (query, session) = match (&change.before, &change.after) {
        (None, Some(session)) => {
            let insert = "insert into session
                    (account_id, id, version, name, started_at, stopped_at, time_zone, overlap_kept_at,
                     created_at, updated_at, project_id, billable)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)";
            (
                bind_session(insert, account, session, session.version, now),
                session,
            )
        }
        (Some(before), Some(session)) => {
            let update =
                "update session set name = $4, started_at = $5, stopped_at = $6, time_zone = $7,
                    overlap_kept_at = $8, updated_at = $9, project_id = $10, billable = $11, version = $12
                 where account_id = $1 and id = $2 and version = $3";
            (
                bind_session(update, account, session, before.version, now).bind(session.version),
                session,
            )
        }
        (Some(session), None) => {
            let delete = "delete from session where account_id = $1 and id = $2 and version = $3";
            let query = sqlx::query(delete)
                .bind(account.to_string())
                .bind(session.id.to_string());
            (query.bind(session.version), session)
        }
        (None, None) => return Ok(()),
    };
    if write.execute(query).await? != 1 {
        return Err(StoreError::Torn(session.id.to_string()));
    }
    write_tags(write, account, change).await
}

/// Puts the tags on a session that it has got, and takes away those that it has no more.
async fn write_tags(
    write: &mut Write<'_>,
    account: AccountId,
    change: &Change,
) -> Result<(), StoreError> {
    // With a deleted session its tags are gone already.
    let Some(after) = &change.after else {
        return Ok(());
    };
    let before = change.before.as_ref().map(|before| &before.work.tags);
    let before = before.map_or(&[][..], Vec::as_slice);
    let steps = [
        (
            "delete from session_tag where account_id = $1 and session_id = $2 and tag_id = $3",
            missing(before, &after.work.tags),
        ),
        (
            "insert into session_tag (account_id, session_id, tag_id) values ($1, $2, $3)",
            missing(&after.work.tags, before),
        ),
    ];
    for (sql, tags) in steps {
        for tag in tags {
            let query = sqlx::query(sql)
                .bind(account.to_string())
                .bind(after.id.to_string());
            write.execute(query.bind(tag.to_string())).await?;
        }
    }
    Ok(())
}

/// Those of `tags` that are not among `others`.
fn missing(tags: &[TagId], others: &[TagId]) -> Vec<TagId> {
    let is_missing = |tag: &&TagId| !others.contains(tag);
    tags.iter().filter(is_missing).copied().collect()
}

/// Appends changes to the history, in one statement.
pub async fn write_changes(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    changes: &[Change],
) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let row = |position: usize| {
        let first = 4 * position + 3;
        let (second, third, fourth) = (first + 1, first + 2, first + 3);
        format!("($1, $2, cast(${first} as bigint), ${second}, ${third}, ${fourth})")
    };
    let rows: Vec<String> = (0..changes.len()).map(row).collect();
    // The text depends on nothing but the number of changes.
    let insert = AssertSqlSafe(format!(
        "insert into change (account_id, command_id, position, session_id, before, after) values {}",
        rows.join(", ")
    ));
    let mut query = sqlx::query(insert)
        .bind(account.to_string())
        .bind(command.id.to_string());
    let side = |session: &Option<Session>| session.as_ref().map(json).transpose();
    for (position, change) in (0_i64..).zip(changes) {
        let session = change.session().map(|id| id.to_string());
        query = query.bind(position).bind(session);
        query = query.bind(side(&change.before)?).bind(side(&change.after)?);
    }
    write.execute(query).await.map(drop)
}

/// Remembers the longest session that ever finished; see `sessions_within`.
pub async fn write_longest(
    write: &mut Write<'_>,
    account: AccountId,
    changes: &[Change],
    known: i64,
) -> Result<(), StoreError> {
    let finished = changes.iter().filter_map(|change| change.after.as_ref());
    let lengths = finished
        .filter_map(|session| Some((session.span.to()? - session.span.from()).num_seconds()));
    if let Some(longest) = lengths.max().filter(|longest| *longest > known) {
        let query = sqlx::query("update account set longest_seconds = $2 where id = $1");
        write
            .execute(query.bind(account.to_string()).bind(longest))
            .await?;
    }
    Ok(())
}

type Query = sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// Binds $1 to $11: account, id, version, name, start, stop, zone, overlap kept, now, project,
/// billable.
fn bind_session(
    sql: &'static str,
    account: AccountId,
    session: &Session,
    version: i64,
    now: Instant,
) -> Query {
    sqlx::query(sql)
        .bind(account.to_string())
        .bind(session.id.to_string())
        .bind(version)
        .bind(session.name.as_str().to_owned())
        .bind(session.span.from().timestamp())
        .bind(session.span.to().map(|at| at.timestamp()))
        .bind(session.zone.as_str().to_owned())
        .bind(session.overlap_kept_at.map(|at| at.timestamp()))
        .bind(now.timestamp())
        .bind(session.work.project.map(|project| project.to_string()))
        .bind(i64::from(session.work.billable))
}

/// How actions and sessions are stored beside the tables.
pub fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable("value", error))
}
