//! Writes what a command did: the sessions, and the changes that are their history.

use super::{
    batch::{Batch, Value, text},
    error::StoreError,
};
use crate::domain::{AccountId, Change, Command, Instant, Session, TagId};

/// Makes, replaces or deletes the session that changed.
pub fn write_session(batch: &mut Batch, account: AccountId, change: &Change, now: Instant) {
    match (&change.before, &change.after) {
        (None, Some(session)) => insert(batch, account, session, now),
        (Some(before), Some(session)) => update(batch, account, session, before.version, now),
        (Some(session), None) => batch.add(
            "delete from session where account_id = ? and id = ? and version = ?",
            [text(account), text(session.id), session.version.into()],
        ),
        (None, None) => {}
    }
    write_tags(batch, account, change);
}

fn insert(batch: &mut Batch, account: AccountId, session: &Session, now: Instant) {
    batch.add(
        "insert into session
            (name, started_at, stopped_at, time_zone, overlap_kept_at, reached_at, project_id, billable, version,
             updated_at, created_at, account_id, id)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        stored(session)
            .into_iter()
            .chain([at(now), at(now), text(account), text(session.id)]),
    );
}

/// `version` is that which the session had when it was read.
fn update(batch: &mut Batch, account: AccountId, session: &Session, version: i64, now: Instant) {
    batch.add(
        "update session set name = ?, started_at = ?, stopped_at = ?, time_zone = ?, overlap_kept_at = ?, reached_at = ?,
            project_id = ?, billable = ?, version = ?, updated_at = ?
         where account_id = ? and id = ? and version = ?",
        stored(session)
            .into_iter()
            .chain([at(now), text(account), text(session.id), version.into()]),
    );
}

/// What is stored of a session, but its id and tags.
fn stored(session: &Session) -> [Value; 9] {
    let project = session.work.project.map(|project| project.to_string());
    [
        text(session.name.as_str()),
        at(session.span.from()),
        session.span.to().map(|at| at.timestamp()).into(),
        text(session.zone.as_str()),
        session.overlap_kept_at.map(|at| at.timestamp()).into(),
        session.reached_at.map(|at| at.timestamp()).into(),
        project.into(),
        i64::from(session.work.billable).into(),
        session.version.into(),
    ]
}

fn at(instant: Instant) -> Value {
    instant.timestamp().into()
}

/// Puts the tags on a session that it has got, and takes away those that it has no more.
fn write_tags(batch: &mut Batch, account: AccountId, change: &Change) {
    // With a deleted session its tags are gone already.
    let Some(after) = &change.after else {
        return;
    };
    let before = change.before.as_ref().map(|before| &before.work.tags);
    let before = before.map_or(&[][..], Vec::as_slice);
    let steps = [
        (
            "delete from session_tag where account_id = ? and session_id = ? and tag_id = ?",
            missing(before, &after.work.tags),
        ),
        (
            "insert into session_tag (account_id, session_id, tag_id) values (?, ?, ?)",
            missing(&after.work.tags, before),
        ),
    ];
    for (statement, tags) in steps {
        for tag in tags {
            batch.add(statement, [text(account), text(after.id), text(tag)]);
        }
    }
}

/// Those of `tags` that are not among `others`.
fn missing(tags: &[TagId], others: &[TagId]) -> Vec<TagId> {
    let is_missing = |tag: &&TagId| !others.contains(tag);
    tags.iter().filter(is_missing).copied().collect()
}

/// Appends changes to the history.
pub fn write_changes(
    batch: &mut Batch,
    account: AccountId,
    command: &Command,
    changes: &[Change],
) -> Result<(), StoreError> {
    let side = |session: &Option<Session>| session.as_ref().map(json).transpose();
    for (position, change) in (0_i64..).zip(changes) {
        let session = change.session().map(|id| id.to_string());
        batch.add(
            "insert into change (account_id, command_id, position, session_id, before, after)
             values (?, ?, ?, ?, ?, ?)",
            [
                text(account),
                text(command.id),
                position.into(),
                session.into(),
                side(&change.before)?.into(),
                side(&change.after)?.into(),
            ],
        );
    }
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
