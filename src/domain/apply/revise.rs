//! Changing some of a session.

use super::{Refusal, effect::with_span};
use crate::domain::{
    command::End,
    session::{Instant, Session, Span, whole_second},
};

/// The session, if nobody changed it since it had `version`.
pub fn unless_stale(session: &Session, version: Option<i64>) -> Result<&Session, Refusal> {
    if version.is_none_or(|version| version == session.version) {
        Ok(session)
    } else {
        Err(Refusal::Stale)
    }
}

/// Gives `session` the start and the end that are given at `at`, and keeps those that are not.
pub fn revise(
    session: Session,
    from: Option<Instant>,
    to: Option<End>,
    at: Instant,
) -> Result<Session, Refusal> {
    let from = from.map_or(session.span.from(), whole_second);
    let to = match to {
        None => session.span.to(),
        Some(End::Open) => None,
        Some(End::At(to)) => Some(whole_second(to)),
    };
    let span = match to {
        None => Span::Running { since: from },
        Some(to) => Span::done(from, to)?,
    };
    Ok(with_span(session, span, at))
}
