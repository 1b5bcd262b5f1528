//! What is started again and again: pinned by hand, or told from what was tracked.

use super::{
    catalog::Catalog,
    entry::Entry,
    id::{FavouriteId, SessionId},
    session::{Instant, Name, Session},
    work::Work,
};
use serde::{Deserialize, Serialize};

/// Details of sessions that stay one click away until they are taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Favourite {
    pub id: FavouriteId,
    pub name: Name,
    pub work: Work,
    pub created_at: Instant,
}

/// Details that sessions were often started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// The newest of these sessions, to be continued.
    pub session: SessionId,
    pub name: Name,
    pub work: Work,
    /// How many there are.
    pub sessions: usize,
}

/// A favourite or a habit where it can be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortcut {
    /// The line that starts it, see [`entry`](super::entry).
    pub line: String,
    pub name: Name,
    pub work: Work,
    pub kept: Kept,
}

/// Whether a shortcut stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// Until this favourite is taken off.
    Pinned(FavouriteId),
    /// As long as it is a habit; this session can be pinned.
    Often(SessionId),
}

/// What is pinned, and then what is often started, as it can be started today.
pub fn shortcuts(pinned: &[Favourite], habits: &[Habit], catalog: &Catalog) -> Vec<Shortcut> {
    let shortcut = |name: &Name, work: &Work, kept| Shortcut {
        line: Entry::again(name, work, catalog).write(),
        name: name.clone(),
        work: work.clone(),
        kept,
    };
    let pinned = pinned
        .iter()
        .map(|it| shortcut(&it.name, &it.work, Kept::Pinned(it.id)));
    let habits = habits
        .iter()
        .map(|it| shortcut(&it.name, &it.work, Kept::Often(it.session)));
    pinned.chain(habits).collect()
}

/// Most habits that are told of.
pub const MOST_HABITS: usize = 6;

/// How many sessions with the same details are often.
const OFTEN: usize = 3;

/// The details that at least three of `sessions` (newest first) share and that are not pinned: the
/// most frequent first, of the equally frequent the one used last; at most [`MOST_HABITS`]. A session
/// without a name tells nothing.
pub fn habits(sessions: &[Session], pinned: &[Favourite]) -> Vec<Habit> {
    let mut found: Vec<Habit> = Vec::new();
    for session in sessions {
        let same = |name: &Name, work: &Work| *name == session.name && *work == session.work;
        match found
            .iter_mut()
            .find(|habit| same(&habit.name, &habit.work))
        {
            Some(habit) => habit.sessions += 1,
            None if session.name.as_str().is_empty() => {}
            None if pinned.iter().any(|pin| same(&pin.name, &pin.work)) => {}
            None => found.push(Habit {
                session: session.id,
                name: session.name.clone(),
                work: session.work.clone(),
                sessions: 1,
            }),
        }
    }
    found.retain(|habit| habit.sessions >= OFTEN);
    // Stable, so that the newer one stays first.
    found.sort_by_key(|habit| std::cmp::Reverse(habit.sessions));
    found.truncate(MOST_HABITS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::*;

    fn session(number: u32, text: &str, billable: bool) -> Session {
        let mut session = done(number, 0, 60);
        session.name = name(text);
        session.work.billable = billable;
        session
    }

    fn check(sessions: &[(&str, bool)], pinned: &[(&str, bool)], expected: &[(&str, u32, usize)]) {
        let sessions: Vec<_> = (1..)
            .zip(sessions)
            .map(|(number, (text, billable))| session(number, text, *billable))
            .collect();
        let pinned: Vec<_> = pinned
            .iter()
            .map(|(text, billable)| Favourite {
                id: FavouriteId::new(at(0)),
                name: name(text),
                work: session(0, text, *billable).work,
                created_at: at(0),
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(text, newest, count)| (name(text), session_id(*newest), *count))
            .collect();
        let found = habits(&sessions, &pinned);
        let found: Vec<_> = found
            .into_iter()
            .map(|habit| (habit.name, habit.session, habit.sessions))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn three_alike_are_a_habit() {
        let (a, b, paid) = (("A", false), ("B", false), ("A", true));
        check(&[], &[], &[]);
        check(&[a, a], &[], &[]);
        check(&[b, a, a, a], &[], &[("A", 2, 3)]);
        check(&[a, paid, a, paid], &[], &[]);
        check(&[b, a, b, a, a, b, b], &[], &[("B", 1, 4), ("A", 2, 3)]);
        check(&[a, b, a, b, a, b], &[], &[("A", 1, 3), ("B", 2, 3)]);
        check(&[a, a, a, b, b, b], &[a], &[("B", 4, 3)]);
        check(&[paid, paid, paid], &[a], &[("A", 1, 3)]);
        check(&[("", false); 3], &[], &[]);
    }

    #[test]
    fn the_most_frequent_are_told() {
        let names = ["A", "B", "C", "D", "E", "F", "G"];
        let all: Vec<_> = names.iter().map(|name| (*name, false)).collect();
        let mut sessions = [all.clone(), all.clone(), all].concat();
        sessions.push(("G", false));
        let expected = [
            ("G", 7, 4),
            ("A", 1, 3),
            ("B", 2, 3),
            ("C", 3, 3),
            ("D", 4, 3),
            ("E", 5, 3),
        ];
        check(&sessions, &[], &expected);
    }
}
