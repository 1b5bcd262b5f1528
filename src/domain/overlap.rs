//! Which sessions share time although nobody said that they should.

use super::{id::SessionId, session::Session};
use std::collections::HashMap;

/// For each session that overlaps another one, that other one. Pairs of which one is marked as
/// meant to overlap are left out. Takes `n log n` steps plus one for each overlap found.
pub fn overlaps(sessions: &[Session]) -> HashMap<SessionId, SessionId> {
    let mut by_start: Vec<&Session> = sessions.iter().collect();
    by_start.sort_by_key(|session| (session.span.from(), session.id));
    let mut found = HashMap::new();
    let mut open: Vec<&Session> = Vec::new();
    for session in by_start {
        open.retain(|earlier| earlier.span.overlaps(&session.span));
        for earlier in &open {
            if earlier.overlap_kept_at.is_none() && session.overlap_kept_at.is_none() {
                found.entry(session.id).or_insert(earlier.id);
                found.entry(earlier.id).or_insert(session.id);
            }
        }
        open.push(session);
    }
    found
}
