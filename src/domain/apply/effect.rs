//! The changes that commands are made of.

use super::{
    Refusal, Scope,
    rules::{chosen_by_now, is_soon},
};
use crate::domain::{
    command::Change,
    id::SessionId,
    session::{Instant, Name, Session, Span, ZoneName, whole_second},
    work::{Usable, Work},
};

/// What a new session is like.
pub struct Details<'a> {
    pub name: &'a Name,
    pub zone: &'a ZoneName,
    pub work: Work,
}

impl<'a> Details<'a> {
    /// Those of another session, as far as they can still be given.
    pub fn like(source: &'a Session, usable: &Usable) -> Self {
        Self {
            name: &source.name,
            zone: &source.zone,
            work: source.work.for_another(usable),
        }
    }
}

/// `after` without its project, if that takes no more time: unless it was in it before, and neither reaches further
/// at `now` than it did nor comes to be paid for, or is the account's own to correct. What runs goes on; what is over
/// does not run again.
pub fn as_usable(
    before: Option<&Session>,
    after: Session,
    usable: &Usable,
    now: Instant,
) -> Session {
    let is_archived =
        (after.work.project).is_some_and(|project| usable.archived.contains(&project));
    let reaches_no_further = |before: &Session| {
        before.span.from() <= after.span.from() && after.span.end(now) <= before.span.end(now)
    };
    let costs_no_more = |before: &Session| before.work.billable || !after.work.billable;
    let goes_on = |before: &Session| {
        before.work.project == after.work.project
            && (before.is_running() || !after.is_running())
            && (reaches_no_further(before) && costs_no_more(before) || is_archived)
    };
    if before.is_some_and(goes_on) {
        return after;
    }
    Session {
        work: after.work.for_another(usable),
        ..after
    }
}

/// A start at or after the running session's stops that one at the same second. A start before it
/// (known late, for example from an offline device) ends where the running one began. What runs from the
/// future, by a clock that is fast, does not hold up what is started by `now`.
pub fn start(
    scope: &Scope,
    id: SessionId,
    details: Details<'_>,
    (since, now): (Instant, Instant),
) -> Vec<Change> {
    let gives_way = |from: Instant| from <= since || from > now && is_soon(now, since);
    match scope.running() {
        None => vec![made(id, details, Span::Running { since })],
        Some(running) if gives_way(running.span.from()) => {
            let from = running.span.from();
            let to = since.max(from);
            let stopped = Span::Done { from, to };
            let mut changes = changed(running, with_span(running.clone(), stopped, since));
            changes.push(made(id, details, Span::Running { since }));
            changes
        }
        Some(running) => {
            let span = Span::Done {
                from: since,
                to: running.span.from(),
            };
            vec![made(id, details, span)]
        }
    }
}

/// Stops `session`, which is then like `named`. What is over stays as it is, unless it `is_cut_short` by
/// another start: then the stop was known late, and says when its work ended.
pub fn stop(
    session: &Session,
    named: Session,
    to: Option<Instant>,
    (at, now): (Instant, Instant),
    is_cut_short: bool,
) -> Result<Vec<Change>, Refusal> {
    let span = match (session.span, to.map(whole_second)) {
        (Span::Running { since }, Some(to)) => {
            chosen_by_now("stop", to, now)?;
            Span::done(since, to)?
        }
        (Span::Running { since }, None) => Span::Done {
            from: since,
            to: at.max(since),
        },
        (Span::Done { from, to }, None) if is_cut_short && (from..to).contains(&at) => {
            Span::Done { from, to: at }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(changed(session, with_span(named, span, at)))
}

/// A session that comes into being.
pub fn made(id: SessionId, details: Details<'_>, span: Span) -> Change {
    let session = Session {
        id,
        name: details.name.clone(),
        span,
        zone: details.zone.clone(),
        overlap_kept_at: None,
        reached_at: None,
        work: details.work,
        version: 1,
    };
    Change {
        before: None,
        after: Some(session),
    }
}

/// A session that is no more.
pub fn deleted(session: &Session) -> Change {
    Change {
        before: Some(session.clone()),
        after: None,
    }
}

/// The session with another span since `at`. Its overlaps, and those of others with it, were accepted as far as
/// the old one reached.
pub fn with_span(session: Session, span: Span, at: Instant) -> Session {
    if session.span.covers(&span) {
        Session { span, ..session }
    } else {
        Session {
            span,
            overlap_kept_at: None,
            reached_at: Some(at),
            ..session
        }
    }
}

/// One change, or none when nothing is different.
pub fn changed(before: &Session, after: Session) -> Vec<Change> {
    if after == *before {
        return Vec::new();
    }
    let after = Session {
        version: before.version + 1,
        ..after
    };
    vec![Change {
        before: Some(before.clone()),
        after: Some(after),
    }]
}
