//! Changing some of a session.

use super::{Refusal, changed, with_span};
use crate::domain::{
    command::{Change, End},
    session::{Instant, Name, Session, Span, whole_second},
};

/// The session, if nobody changed it since it had `version`.
pub fn unless_stale(session: &Session, version: Option<i64>) -> Result<&Session, Refusal> {
    if version.is_none_or(|version| version == session.version) {
        Ok(session)
    } else {
        Err(Refusal::Stale)
    }
}

/// Replaces what is given, and keeps the rest of `before`.
pub fn revise(
    before: &Session,
    name: Option<&Name>,
    from: Option<Instant>,
    to: Option<End>,
) -> Result<Vec<Change>, Refusal> {
    let from = from.map_or(before.span.from(), whole_second);
    let to = match to {
        None => before.span.to(),
        Some(End::Open) => None,
        Some(End::At(to)) => Some(whole_second(to)),
    };
    let span = match to {
        None => Span::Running { since: from },
        Some(to) => Span::done(from, to)?,
    };
    let name = name.unwrap_or(&before.name).clone();
    Ok(changed(before, with_span(before, name, span)))
}
