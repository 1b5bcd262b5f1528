//! Cutting one session out of another.

use super::effect::{Details, changed, deleted, made, with_span};
use crate::domain::{
    command::Change,
    id::SessionId,
    session::{Session, Span},
};

/// What is left of `session` on either side of `around`. A second piece takes `new_id`.
pub fn trim(session: &Session, around: &Session, new_id: SessionId) -> Vec<Change> {
    if session.id == around.id || !session.span.overlaps(&around.span) {
        return Vec::new();
    }
    let around = around.span;
    let from = session.span.from();
    let left = (from < around.from()).then(|| Span::Done {
        from,
        to: around.from(),
    });
    let right = around.to().and_then(|begin| match session.span {
        Span::Running { .. } => Some(Span::Running { since: begin }),
        Span::Done { to, .. } => (begin < to).then_some(Span::Done { from: begin, to }),
    });
    let resized = |span| changed(session, with_span(session.clone(), span));
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
