//! What must hold for every command and its changes.

use super::{FUTURE_TOLERANCE, Refusal, Scope};
use crate::domain::{
    command::Change,
    field::FieldErrors,
    id::SessionId,
    session::{EARLIEST, Instant, LATEST, Session, Span},
};
use chrono::TimeDelta;
use std::collections::HashSet;

/// Refuses moments outside the accepted years.
pub fn in_range(at: Instant) -> Result<(), Refusal> {
    if (EARLIEST..LATEST).contains(&at.timestamp()) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange)
    }
}

/// Whether a moment is no further ahead of another than clocks may differ.
pub fn is_soon(at: Instant, now: Instant) -> bool {
    at <= now + TimeDelta::seconds(FUTURE_TOLERANCE)
}

/// Refuses to act further ahead than clocks may differ.
pub fn not_ahead(at: Instant, now: Instant) -> Result<(), Refusal> {
    if is_soon(at, now) {
        Ok(())
    } else {
        Err(Refusal::InFuture)
    }
}

/// The same for a moment that was chosen, in this field.
pub fn chosen_by_now(field: &str, at: Instant, now: Instant) -> Result<(), Refusal> {
    not_ahead(at, now).map_err(|_| FieldErrors::one(field, "This lies in the future.").into())
}

/// Refuses to stop what runs further ahead than clocks may differ. What is finished may lie in the future.
pub fn stopped_by_now(before: &Session, after: &Session, now: Instant) -> Result<(), Refusal> {
    match after.span.to() {
        Some(to) if before.is_running() => chosen_by_now("stop", to, now),
        _ => Ok(()),
    }
}

/// Refuses changes after which two sessions would run.
pub fn at_most_one_runs(scope: &Scope, changes: &[Change]) -> Result<(), Refusal> {
    let untouched = |session: &&Session| {
        changes
            .iter()
            .all(|change| change.session() != Some(session.id))
    };
    let after = changes.iter().filter_map(|change| change.after.as_ref());
    let all = scope.sessions.iter().filter(untouched).chain(after);
    let running: HashSet<SessionId> = all
        .filter(|session| session.is_running())
        .map(|session| session.id)
        .collect();
    if running.len() > 1 {
        Err(Refusal::AnotherRuns)
    } else {
        Ok(())
    }
}

/// Refuses a new span that ends before it begins, lies outside the accepted years, or runs from
/// the future. Whoever builds a command may have made it by hand.
pub fn possible_times(change: &Change, now: Instant) -> Result<(), Refusal> {
    let Some(span) = change.after.as_ref().map(|after| after.span) else {
        return Ok(());
    };
    if change
        .before
        .as_ref()
        .is_some_and(|before| before.span == span)
    {
        return Ok(());
    }
    in_range(span.from())?;
    match span {
        Span::Running { since } => chosen_by_now("start", since, now),
        Span::Done { from, to } => {
            in_range(to)?;
            Span::done(from, to)?;
            Ok(())
        }
    }
}
