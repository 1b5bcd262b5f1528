//! Which sessions share time although nobody said that they should.

use super::{id::SessionId, session::Session};
use std::collections::HashMap;

/// For each session that overlaps another one, one such other. Pairs of which one is marked as
/// meant to overlap are left out. Takes `n log n` steps, however many overlap.
pub fn overlaps(sessions: &[Session]) -> HashMap<SessionId, SessionId> {
    let counts = |session: &&Session| session.overlap_kept_at.is_none() && !session.span.is_empty();
    let mut by_start: Vec<&Session> = sessions.iter().filter(counts).collect();
    by_start.sort_by_key(|session| (session.span.from(), session.id));
    let mut found = HashMap::new();
    // Whoever overlaps an earlier session overlaps the one of them that ends last. That one
    // learns of its first follower here; the others met it when they, or it, came.
    let mut last_to_end: Option<&Session> = None;
    for session in by_start {
        let Some(earlier) = last_to_end.filter(|earlier| earlier.span.overlaps(&session.span))
        else {
            last_to_end = Some(session);
            continue;
        };
        found.insert(session.id, earlier.id);
        found.entry(earlier.id).or_insert(session.id);
        if ends_later(session, earlier) {
            last_to_end = Some(session);
        }
    }
    found
}

fn ends_later(session: &Session, other: &Session) -> bool {
    other
        .span
        .to()
        .is_some_and(|end| session.span.to().is_none_or(|to| to > end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::*;

    /// Which of the sessions, numbered from 1, overlap which.
    fn check(sessions: Vec<Session>, expected: &[(u32, u32)]) {
        let expected = expected
            .iter()
            .map(|(one, other)| (session_id(*one), session_id(*other)))
            .collect();
        assert_eq!(overlaps(&sessions), expected, "{}", written(&sessions));
    }

    fn kept(session: Session) -> Session {
        Session {
            overlap_kept_at: Some(at(0)),
            ..session
        }
    }

    #[test]
    fn sessions_that_share_time_overlap() {
        check(vec![], &[]);
        check(vec![done(1, 0, 10), done(2, 10, 20)], &[]);
        check(vec![done(1, 0, 11), done(2, 10, 20)], &[(1, 2), (2, 1)]);
        check(vec![done(1, 10, 20), done(2, 0, 11)], &[(1, 2), (2, 1)]);
        check(vec![done(1, 0, 10), done(2, 0, 10)], &[(1, 2), (2, 1)]);
        check(
            vec![done(1, 0, 90), done(2, 10, 20), done(3, 30, 40)],
            &[(1, 2), (2, 1), (3, 1)],
        );
        check(
            vec![done(1, 0, 20), done(2, 10, 40), done(3, 30, 50)],
            &[(1, 2), (2, 1), (3, 2)],
        );
        check(
            vec![running(1, 5), done(2, 0, 6), done(3, 7, 8), done(4, 0, 5)],
            &[(1, 2), (2, 4), (3, 1), (4, 2)],
        );
        check(vec![running(1, 5), done(2, 0, 5)], &[]);
    }

    #[test]
    fn an_empty_session_overlaps_nothing_and_hides_nothing() {
        check(vec![done(1, 0, 100), done(2, 50, 50)], &[]);
        check(
            vec![done(1, 0, 100), done(2, 50, 50), done(3, 60, 70)],
            &[(1, 3), (3, 1)],
        );
    }

    #[test]
    fn what_is_meant_to_overlap_is_left_out() {
        check(vec![kept(done(1, 0, 20)), done(2, 10, 30)], &[]);
        check(
            vec![kept(done(1, 0, 50)), done(2, 10, 30), done(3, 20, 40)],
            &[(2, 3), (3, 2)],
        );
    }
}
