//! Cutting one session out of another.

use super::effect::{Details, changed, deleted, made, with_span};
use crate::domain::{
    command::Change,
    id::SessionId,
    session::{Instant, Session, Span},
};

/// What is left of `session` on either side of what there is of `around` at `at`. A second piece takes
/// `new_id`; what runs does not go on after what is still to come.
pub fn trim(session: &Session, around: &Session, new_id: SessionId, at: Instant) -> Vec<Change> {
    if session.id == around.id || !session.span.overlaps(&around.span, at) {
        return Vec::new();
    }
    let (from, begin, end) = (session.span.from(), around.span.from(), around.span.end(at));
    let left = (from < begin).then_some(Span::Done { from, to: begin });
    let right = match session.span {
        Span::Running { .. } => (end <= at).then_some(Span::Running { since: end }),
        Span::Done { to, .. } => (end < to).then_some(Span::Done { from: end, to }),
    };
    let resized = |span| changed(session, with_span(session.clone(), span, at));
    match (left, right) {
        (Some(left), Some(right)) => {
            let mut changes = resized(left);
            let details = Details {
                name: &session.name,
                zone: &session.zone,
                work: session.work.clone(),
            };
            changes.push(made(new_id, details, right));
            changes
        }
        (Some(span), None) | (None, Some(span)) => resized(span),
        (None, None) => vec![deleted(session)],
    }
}
