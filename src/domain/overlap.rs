//! Which sessions share time although nobody said that they should.

use super::{
    id::SessionId,
    session::{Instant, Session},
};
use std::collections::HashMap;

/// For each session that overlaps another one by `now`, one such other. Left out are pairs of which one is
/// marked as meant to overlap, unless the other was made, or came to reach
/// further, after that. Takes `n log n` steps, however
/// many overlap, and for each marked session as many more as overlap at once.
pub fn overlaps(sessions: &[Session], now: Instant) -> HashMap<SessionId, SessionId> {
    let mut by_start: Vec<&Session> = sessions.iter().collect();
    by_start.retain(|session| session.span.seconds(now) > 0);
    by_start.sort_by_key(|session| (session.span.from(), session.id));
    let mut found = Found::default();
    // Of the unmarked ones, whoever overlaps an earlier session overlaps the one of them that ends last.
    // That one learns of its first follower here; the others met it when they, or it, came.
    let mut last_to_end: Option<&Session> = None;
    let (mut unmarked, mut marked) = (Vec::new(), Vec::new());
    for session in by_start {
        let goes_on = |earlier: &&Session| earlier.span.overlaps(&session.span, now);
        marked.retain(goes_on);
        marked
            .iter()
            .filter(|earlier| is_unasked(session, earlier))
            .for_each(|earlier| found.add(session, earlier));
        if session.overlap_kept_at.is_some() {
            unmarked.retain(goes_on);
            unmarked
                .iter()
                .filter(|earlier| is_unasked(session, earlier))
                .for_each(|earlier| found.add(session, earlier));
            marked.push(session);
            continue;
        }
        unmarked.push(session);
        match last_to_end.filter(goes_on) {
            Some(earlier) => {
                found.add(session, earlier);
                if session.span.end(now) > earlier.span.end(now) {
                    last_to_end = Some(session);
                }
            }
            None => last_to_end = Some(session),
        }
    }
    found.0
}

/// For each session the first one found to overlap it.
#[derive(Default)]
struct Found(HashMap<SessionId, SessionId>);

impl Found {
    fn add(&mut self, session: &Session, earlier: &Session) {
        self.0.entry(session.id).or_insert(earlier.id);
        self.0.entry(earlier.id).or_insert(session.id);
    }
}

/// Whether nobody has said that the two are meant to overlap: neither is marked, or the other was made, or came
/// to reach further, after the mark.
fn is_unasked(one: &Session, other: &Session) -> bool {
    let came_later = |marked: &Session, other: &Session| match marked.overlap_kept_at {
        Some(kept_at) => other.id.made_at().max(other.reached_at) > Some(kept_at),
        None => true,
    };
    came_later(one, other) && came_later(other, one)
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
        assert_eq!(
            overlaps(&sessions, at(100)),
            expected,
            "{}",
            written(&sessions)
        );
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
    fn what_runs_reaches_no_further_than_now() {
        check(vec![running(1, 5), done(2, 100, 110)], &[]);
        check(vec![running(1, 5), done(2, 99, 110)], &[(1, 2), (2, 1)]);
        check(vec![running(1, 100), done(2, 0, 200)], &[]);
        check(
            vec![done(1, 0, 110), running(2, 100), done(3, 105, 120)],
            &[(1, 3), (3, 1)],
        );
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

    #[test]
    fn what_came_after_the_mark_was_not_meant() {
        let check = |made_at: i64, marked: (i64, i64), other: (i64, i64), overlaps_it: bool| {
            let marked = Session {
                overlap_kept_at: Some(at(100)),
                ..done(1, marked.0, marked.1)
            };
            let other = Session {
                id: SessionId::new(at(made_at)),
                ..done(2, other.0, other.1)
            };
            let found = overlaps(&[marked.clone(), other.clone()], at(100));
            let expected = [(marked.id, other.id), (other.id, marked.id)];
            let expected = expected.into_iter().filter(|_| overlaps_it);
            assert_eq!(found, expected.collect(), "{made_at}");
        };
        check(99, (0, 20), (10, 30), false);
        check(100, (0, 20), (10, 30), false);
        check(101, (0, 20), (10, 30), true);
        check(101, (10, 30), (0, 20), true);
        check(101, (0, 20), (20, 30), false);
        let grown = |reached_at| Session {
            reached_at: Some(at(reached_at)),
            ..done(2, 10, 30)
        };
        let marked = Session {
            overlap_kept_at: Some(at(100)),
            ..done(1, 0, 20)
        };
        assert!(overlaps(&[marked.clone(), grown(100)], at(200)).is_empty());
        assert_eq!(overlaps(&[marked, grown(101)], at(200)).len(), 2);
    }
}
