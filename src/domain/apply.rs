//! The one function that decides what a command does, on the server and in the browser.

mod effect;
mod revise;
mod rules;
mod trim;
mod undo;

use super::{
    command::{Action, Change, Command},
    field::FieldErrors,
    id::SessionId,
    session::{Instant, Session, Span, whole_second},
    work::{Unusable, Usable, Work},
};
use effect::{Details, as_usable, changed, deleted, made, start, stop, with_span};
use revise::{revise, unless_stale};
use rules::{at_most_one_runs, in_range, is_soon, not_ahead, possible_times, stopped_by_now};
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
    /// What sessions may be given. Holds at least what the command asks for, if there is such a
    /// thing, and what the sessions have or had that it copies, brings back, lets run or gives other times.
    pub usable: Usable,
    /// What the command to undo did; `None` when it is unknown or was undone before.
    pub undoes: Option<Vec<Change>>,
    /// Whether the session to stop ended because another one was started, and nobody chose its end since. A
    /// browser does not know.
    pub is_cut_short: bool,
}

/// Why a command was not carried out. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("This session does not exist, or no longer.")]
    NotFound,
    #[error("{0}")]
    Invalid(FieldErrors),
    #[error("This session was changed elsewhere. Saving it again replaces that.")]
    Stale,
    #[error("This cannot be undone: the session was changed again since.")]
    ChangedSince,
    #[error("Another session is running. Stop it first.")]
    AnotherRuns,
    #[error("{0}")]
    Unusable(#[from] Unusable),
    #[error("Choose 500 sessions at most.")]
    TooMany,
    #[error("There is nothing to undo here.")]
    NothingToUndo,
    #[error("This lies in the future. Check the clock of this device.")]
    InFuture,
    #[error("Choose a time between the years 1970 and 2099.")]
    OutOfRange,
    #[error("This form was sent before with other content. Reload the page and try again.")]
    Reused,
    #[error("There is nothing to do again.")]
    NothingToRedo,
}

impl From<FieldErrors> for Refusal {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Scope {
    /// With these sessions, and nothing known of projects, tags or favourites.
    pub fn of(sessions: Vec<Session>) -> Self {
        Self {
            sessions,
            ..Self::default()
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

    /// Sessions in the order in which they were named, each once.
    fn all(&self, ids: &[SessionId]) -> Result<Vec<&Session>, Refusal> {
        if ids.len() > Action::MOST_SESSIONS {
            return Err(Refusal::TooMany);
        }
        let first = |(index, id): &(usize, &SessionId)| !ids[..*index].contains(id);
        let named = ids.iter().enumerate().filter(first);
        named.map(|(_, id)| self.session(*id)).collect()
    }
}

/// What `command` does to `scope` at `now`: the changes, in order, none for what is already so.
///
/// Guarantees, for any scope with at most one running session: afterwards at most one runs, every
/// span is valid, and undoing the changes restores the content exactly, but for projects that take no
/// more time: no session comes into one, begins to run in it, or comes to reach further or to be paid for.
pub fn apply(scope: &Scope, command: &Command, now: Instant) -> Result<Vec<Change>, Refusal> {
    let at = whole_second(command.at);
    in_range(at)?;
    not_ahead(at, now)?;
    let new_id = SessionId::from(command.id);
    let changes = match &command.action {
        Action::Start {
            name,
            zone,
            from,
            work,
        } => {
            let details = Details {
                name,
                zone,
                work: Work::default().revised(work, &scope.usable)?,
            };
            start(
                scope,
                new_id,
                details,
                (whole_second(from.unwrap_or(at)), now),
            )
        }
        Action::Stop {
            session,
            to,
            name,
            work,
        } => {
            let stopped = match session {
                Some(id) => Some(scope.session(*id)?),
                // What began only later is not what was meant.
                None => scope.running().filter(|it| is_soon(it.span.from(), at)),
            };
            let Some(session) = stopped else {
                return Ok(Vec::new());
            };
            let named = Session {
                name: name.clone().unwrap_or_else(|| session.name.clone()),
                work: session.work.revised(work, &scope.usable)?,
                ..session.clone()
            };
            let named = as_usable(Some(session), named, &scope.usable, now);
            stop(session, named, *to, (at, now), scope.is_cut_short)?
        }
        Action::Rename {
            session,
            name,
            work,
        } => {
            let before = scope.session(*session)?;
            let after = Session {
                name: name.clone(),
                work: before.work.revised(work, &scope.usable)?,
                ..before.clone()
            };
            changed(before, as_usable(Some(before), after, &scope.usable, now))
        }
        Action::Edit {
            session,
            version,
            name,
            span,
            work,
        } => {
            let before = unless_stale(scope.session(*session)?, *version)?;
            let after = Session {
                name: name.clone(),
                work: before.work.revised(work, &scope.usable)?,
                ..before.clone()
            };
            let after = with_span(after, *span, at);
            stopped_by_now(before, &after, now)?;
            changed(before, as_usable(Some(before), after, &scope.usable, now))
        }
        Action::Revise {
            session,
            version,
            name,
            from,
            to,
            work,
        } => {
            let before = unless_stale(scope.session(*session)?, *version)?;
            let after = Session {
                name: name.clone().unwrap_or_else(|| before.name.clone()),
                work: before.work.revised(work, &scope.usable)?,
                ..before.clone()
            };
            let after = revise(after, *from, *to, at)?;
            stopped_by_now(before, &after, now)?;
            changed(before, as_usable(Some(before), after, &scope.usable, now))
        }
        Action::Add {
            name,
            zone,
            span,
            work,
        } => {
            span.to()
                .ok_or_else(|| FieldErrors::one("stop", "Give a stop or a duration."))?;
            let details = Details {
                name,
                zone,
                work: Work::default().revised(work, &scope.usable)?,
            };
            vec![made(new_id, details, *span)]
        }
        Action::Continue { session, zone } => {
            let source = scope.session(*session)?;
            if source.is_running() {
                return Ok(Vec::new());
            }
            let details = Details {
                zone,
                ..Details::like(source, &scope.usable)
            };
            start(scope, new_id, details, (at, now))
        }
        Action::Duplicate { session } => {
            let source = scope.session(*session)?;
            let span = Span::Done {
                from: source.span.from(),
                to: source.span.end(at),
            };
            vec![made(new_id, Details::like(source, &scope.usable), span)]
        }
        Action::Delete { session } => vec![deleted(scope.session(*session)?)],
        Action::DeleteAll { sessions } => {
            let sessions = scope.all(sessions)?;
            sessions.into_iter().map(deleted).collect()
        }
        Action::Assign { sessions, work } => {
            let sessions = scope.all(sessions)?;
            let assigned = sessions.into_iter().map(|before| {
                let after = Session {
                    work: before.work.reassigned(work, &scope.usable)?,
                    ..before.clone()
                };
                let after = as_usable(Some(before), after, &scope.usable, now);
                Ok(changed(before, after))
            });
            let changes: Vec<_> = assigned.collect::<Result<_, Refusal>>()?;
            changes.concat()
        }
        Action::Trim { session, around } => {
            let (session, around) = (scope.session(*session)?, scope.session(*around)?);
            trim(session, around, new_id, at)
        }
        Action::KeepOverlap { session } => {
            let before = scope.session(*session)?;
            let after = Session {
                overlap_kept_at: before.overlap_kept_at.max(Some(at)),
                ..before.clone()
            };
            changed(before, after)
        }
        Action::Undo { .. } => undo(scope, now)?,
    };
    at_most_one_runs(scope, &changes)?;
    changes
        .iter()
        .try_for_each(|change| possible_times(change, now))?;
    Ok(changes)
}

#[cfg(test)]
mod tests;
