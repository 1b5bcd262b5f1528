//! Writes what a command did: the sessions, and the changes that are their history.

use super::{
    batch::{Batch, Parts, Value, text},
    error::StoreError,
};
use crate::domain::{AccountId, Change, Command, Instant, Session, TagId};

/// Deletes sessions, by account, id and version.
const DELETE: Parts = (
    "delete from session where rowid in (select old.rowid from (values",
    ") as gone cross join session old
     on old.account_id = gone.column1 and old.id = gone.column2 and old.version = gone.column3)",
);

/// Replaces sessions by rows as [`stored`] gives them; each must still have the version that it had when it was read.
const UPDATE: Parts = (
    "update session set name = new.column3, started_at = new.column4, stopped_at = new.column5,
        time_zone = new.column6, overlap_kept_at = new.column7, reached_at = new.column8, project_id = new.column9,
        billable = new.column10, version = new.column11, updated_at = new.column12
     from (values",
    ") as new
     where session.account_id = new.column1 and session.id = new.column2 and session.version = new.column13",
);

/// Makes sessions of rows as [`stored`] gives them.
const INSERT: Parts = (
    "insert into session
        (account_id, id, name, started_at, stopped_at, time_zone, overlap_kept_at, reached_at, project_id, billable,
         version, updated_at, created_at) values",
    "",
);

/// Takes tags off sessions, by account, session and tag.
const TAKE_OFF: Parts = (
    "delete from session_tag where rowid in (select old.rowid from (values",
    ") as gone cross join session_tag old
     on old.account_id = gone.column1 and old.session_id = gone.column2 and old.tag_id = gone.column3)",
);

/// Puts them on.
const PUT_ON: Parts = (
    "insert into session_tag (account_id, session_id, tag_id) values",
    "",
);

/// Keeps what was changed, in order.
const KEEP: Parts = (
    "insert into change (account_id, command_id, position, session_id, before, after) values",
    "",
);

/// Makes, replaces and deletes the sessions that changed: at most a statement for each way to change them. What
/// is deleted or over makes room before another one runs.
pub fn write_sessions(batch: &mut Batch, account: AccountId, changes: &[Change], now: Instant) {
    let (mut deleted, mut over, mut running, mut new) = (vec![], vec![], vec![], vec![]);
    for change in changes {
        match (&change.before, &change.after) {
            (None, Some(session)) => new.push(stored(account, session, now, at(now))),
            (Some(before), Some(session)) => {
                let updated = stored(account, session, now, before.version.into());
                let group = if session.is_running() {
                    &mut running
                } else {
                    &mut over
                };
                group.push(updated);
            }
            (Some(session), None) => {
                deleted.push([text(account), text(session.id), session.version.into()]);
            }
            (None, None) => {}
        }
    }
    batch.add_rows(DELETE, deleted);
    batch.add_rows(UPDATE, over);
    batch.add_rows(UPDATE, running);
    batch.add_rows(INSERT, new);
    write_tags(batch, account, changes);
}

/// What is stored of a session but its tags, and one value more: when it was made, or the version that is replaced.
fn stored(account: AccountId, session: &Session, now: Instant, more: Value) -> [Value; 13] {
    let project = session.work.project.map(|project| project.to_string());
    [
        text(account),
        text(session.id),
        text(session.name.as_str()),
        at(session.span.from()),
        session.span.to().map(|at| at.timestamp()).into(),
        text(session.zone.as_str()),
        session.overlap_kept_at.map(|at| at.timestamp()).into(),
        session.reached_at.map(|at| at.timestamp()).into(),
        project.into(),
        i64::from(session.work.billable).into(),
        session.version.into(),
        at(now),
        more,
    ]
}

fn at(instant: Instant) -> Value {
    instant.timestamp().into()
}

/// Puts the tags on sessions that they have got, and takes away those that they have no more.
fn write_tags(batch: &mut Batch, account: AccountId, changes: &[Change]) {
    let (mut lost, mut got) = (vec![], vec![]);
    for change in changes {
        // With a deleted session its tags are gone already.
        let Some(after) = &change.after else {
            continue;
        };
        let before = change.before.as_ref().map(|before| &before.work.tags);
        let before = before.map_or(&[][..], Vec::as_slice);
        let row = |tag: TagId| [text(account), text(after.id), text(tag)];
        lost.extend(missing(before, &after.work.tags).map(row));
        got.extend(missing(&after.work.tags, before).map(row));
    }
    batch.add_rows(TAKE_OFF, lost);
    batch.add_rows(PUT_ON, got);
}

/// Those of `tags` that are not among `others`.
fn missing(tags: &[TagId], others: &[TagId]) -> impl Iterator<Item = TagId> {
    let is_missing = |tag: &&TagId| !others.contains(tag);
    tags.iter().filter(is_missing).copied()
}

/// Appends changes to the history.
pub fn write_changes(
    batch: &mut Batch,
    account: AccountId,
    command: &Command,
    changes: &[Change],
) -> Result<(), StoreError> {
    let side = |session: &Option<Session>| session.as_ref().map(json).transpose();
    let rows = (0_i64..).zip(changes).map(|(position, change)| {
        let session = change.session().map(|id| id.to_string());
        Ok([
            text(account),
            text(command.id),
            position.into(),
            session.into(),
            side(&change.before)?.into(),
            side(&change.after)?.into(),
        ])
    });
    batch.add_rows(KEEP, rows.collect::<Result<_, StoreError>>()?);
    Ok(())
}

/// Up to this length, the bound on how long sessions are is not worth making smaller.
const A_DAY: i64 = 86_400;

/// Keeps the bound on how long finished sessions are, see `sessions_within`: none is longer. When the longest
/// one was more than a day, and is no more, the next one is looked up in the index `long_session`.
pub fn write_longest(batch: &mut Batch, account: AccountId, changes: &[Change], known: i64) {
    let length = |session: &Option<Session>| {
        let span = session.as_ref()?.span;
        Some((span.to()? - span.from()).num_seconds())
    };
    let before = changes.iter().filter_map(|change| length(&change.before));
    let after = changes.iter().filter_map(|change| length(&change.after));
    let (before, after) = (before.max().unwrap_or(0), after.max().unwrap_or(0));
    if after > known {
        batch.add(
            "update account set longest_seconds = ? where id = ?",
            [after.into(), text(account)],
        );
    } else if before == known && after < known && known > A_DAY {
        batch.add(
            "update account set longest_seconds = coalesce(
                (select max(stopped_at - started_at) from session
                 where account_id = ? and stopped_at - started_at > 86400), ?)
             where id = ?",
            [text(account), A_DAY.into(), text(account)],
        );
    }
}

/// How actions and sessions are stored beside the tables.
pub fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable("value", error))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Store, batch::around},
        *,
    };

    /// Each row is looked up by its ids, however many there are: no statement goes through a table.
    #[tokio::test]
    async fn what_changed_is_found_by_its_ids() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path()).await?;
        for (parts, values) in [(DELETE, 3), (UPDATE, 13), (TAKE_OFF, 3)] {
            for rows in [1, 2, 500, 2_500] {
                let plan = format!("explain query plan {}", around(parts, values, rows));
                let query = sqlx::query_as(sqlx::AssertSqlSafe(plan)).persistent(false);
                let steps: Vec<(i64, i64, i64, String)> = store.all(query).await?;
                let is_long = |step: &str| {
                    let scanned = step.strip_prefix("SCAN ").unwrap_or_default();
                    let table = scanned.split(' ').next().unwrap_or_default();
                    ["session", "session_tag", "old"].contains(&table)
                        || step.contains("(account_id=?)")
                };
                let long = steps.iter().find(|(.., step)| is_long(step));
                assert_eq!(long, None, "{rows}: {steps:#?}");
            }
        }
        Ok(())
    }
}
