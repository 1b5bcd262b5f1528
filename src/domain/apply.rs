//! The one function that decides what a command does, on the server and in the browser.

mod revise;
mod rules;
mod trim;
mod undo;

use super::{
    command::{Action, Change, Command},
    field::FieldErrors,
    id::SessionId,
    session::{Instant, Name, Session, Span, ZoneName, whole_second},
};
use revise::{revise, unless_stale};
use rules::{at_most_one_runs, in_range, not_ahead, possible_times};
use serde::{Deserialize, Serialize};
use trim::trim;
use undo::undo;

/// How far ahead of the clock a command may claim to have been given, in seconds.
pub const FUTURE_TOLERANCE: i64 = 60;

/// The part of an account that a command can touch: the running session, the sessions it names,
/// and for an undo the sessions and changes of the command to take back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub sessions: Vec<Session>,
    /// What the command to undo did; `None` when it is unknown or was undone before.
    pub undoes: Option<Vec<Change>>,
}

/// Why a command was not carried out. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("This session does not exist, or no longer.")]
    NotFound,
    #[error("{0}")]
    Invalid(FieldErrors),
    #[error("This session was changed elsewhere. Reload to see it.")]
    Stale,
    #[error("This cannot be undone: the session was changed again since.")]
    ChangedSince,
    #[error("Another session is running. Stop it first.")]
    AnotherRuns,
    #[error("There is nothing to undo here.")]
    NothingToUndo,
    #[error("This lies in the future. Check the clock of this device.")]
    InFuture,
    #[error("Choose a time between the years 1970 and 2099.")]
    OutOfRange,
    #[error("This form was sent before with other content. Reload the page and try again.")]
    Reused,
}

impl From<FieldErrors> for Refusal {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Scope {
    pub fn of(sessions: Vec<Session>) -> Self {
        Self {
            sessions,
            undoes: None,
        }
    }

    fn running(&self) -> Option<&Session> {
        self.sessions.iter().find(|session| session.is_running())
    }

    fn find(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    fn session(&self, id: SessionId) -> Result<&Session, Refusal> {
        self.find(id).ok_or(Refusal::NotFound)
    }
}

/// What `command` does to `scope` at `now`: the changes, in order, none for what is already so.
///
/// Guarantees, for any scope with at most one running session: afterwards at most one runs, every
/// span is valid, and undoing the changes restores the content exactly.
pub fn apply(scope: &Scope, command: &Command, now: Instant) -> Result<Vec<Change>, Refusal> {
    let at = whole_second(command.at);
    in_range(at)?;
    not_ahead(at, now)?;
    let new_id = SessionId::from(command.id);
    let changes = match &command.action {
        Action::Start { name, zone, from } => {
            start(scope, new_id, name, zone, whole_second(from.unwrap_or(at)))
        }
        Action::Stop { session, to, name } => {
            let Some(session) =
                session.map_or(Ok(scope.running()), |id| scope.session(id).map(Some))?
            else {
                return Ok(Vec::new());
            };
            stop(session, *to, name.as_ref(), (at, now))?
        }
        Action::Rename { session, name } => {
            let before = scope.session(*session)?;
            changed(
                before,
                Session {
                    name: name.clone(),
                    ..before.clone()
                },
            )
        }
        Action::Edit {
            session,
            version,
            name,
            span,
        } => {
            let before = unless_stale(scope.session(*session)?, *version)?;
            changed(before, with_span(before, name.clone(), *span))
        }
        Action::Revise {
            session,
            version,
            name,
            from,
            to,
        } => {
            let before = unless_stale(scope.session(*session)?, *version)?;
            revise(before, name.as_ref(), *from, *to)?
        }
        Action::Add { name, zone, span } => {
            span.to()
                .ok_or_else(|| FieldErrors::one("stop", "Give a stop or a duration."))?;
            vec![made(new_id, name, zone, *span)]
        }
        Action::Continue { session, zone } => {
            let source = scope.session(*session)?;
            if source.is_running() {
                return Ok(Vec::new());
            }
            start(scope, new_id, &source.name, zone, at)
        }
        Action::Duplicate { session } => {
            let source = scope.session(*session)?;
            let span = Span::Done {
                from: source.span.from(),
                to: source.span.end(at),
            };
            vec![made(new_id, &source.name, &source.zone, span)]
        }
        Action::Delete { session } => {
            vec![Change {
                before: Some(scope.session(*session)?.clone()),
                after: None,
            }]
        }
        Action::Trim { session, around } => {
            trim(scope.session(*session)?, scope.session(*around)?, new_id)
        }
        Action::KeepOverlap { session } => {
            let before = scope.session(*session)?;
            changed(
                before,
                Session {
                    overlap_kept_at: before.overlap_kept_at.or(Some(at)),
                    ..before.clone()
                },
            )
        }
        Action::Undo { .. } => undo(scope)?,
    };
    at_most_one_runs(scope, &changes)?;
    changes
        .iter()
        .try_for_each(|change| possible_times(change, now))?;
    Ok(changes)
}

/// A start at or after the running session's stops that one at the same second. A start before it
/// (known late, for example from an offline device) ends where the running one began.
fn start(
    scope: &Scope,
    id: SessionId,
    name: &Name,
    zone: &ZoneName,
    since: Instant,
) -> Vec<Change> {
    match scope.running() {
        None => vec![made(id, name, zone, Span::Running { since })],
        Some(running) if running.span.from() <= since => {
            let stopped = Span::Done {
                from: running.span.from(),
                to: since,
            };
            let mut changes = changed(running, with_span(running, running.name.clone(), stopped));
            changes.push(made(id, name, zone, Span::Running { since }));
            changes
        }
        Some(running) => vec![made(
            id,
            name,
            zone,
            Span::Done {
                from: since,
                to: running.span.from(),
            },
        )],
    }
}

fn stop(
    session: &Session,
    to: Option<Instant>,
    name: Option<&Name>,
    (at, now): (Instant, Instant),
) -> Result<Vec<Change>, Refusal> {
    let Span::Running { since } = session.span else {
        return Ok(Vec::new());
    };
    let span = match to.map(whole_second) {
        Some(to) => {
            not_ahead(to, now)?;
            Span::done(since, to)?
        }
        None => Span::Done {
            from: since,
            to: at.max(since),
        },
    };
    Ok(changed(
        session,
        with_span(session, name.unwrap_or(&session.name).clone(), span),
    ))
}

fn made(id: SessionId, name: &Name, zone: &ZoneName, span: Span) -> Change {
    let session = Session {
        id,
        name: name.clone(),
        span,
        zone: zone.clone(),
        overlap_kept_at: None,
        version: 1,
    };
    Change {
        before: None,
        after: Some(session),
    }
}

fn with_span(before: &Session, name: Name, span: Span) -> Session {
    let overlap_kept_at = before.overlap_kept_at.filter(|_| span == before.span);
    Session {
        name,
        span,
        overlap_kept_at,
        ..before.clone()
    }
}

/// One change, or none when nothing is different.
fn changed(before: &Session, after: Session) -> Vec<Change> {
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

#[cfg(test)]
mod tests;
