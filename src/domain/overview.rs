//! The sessions of a period with their totals. Every total is a sum of whole seconds over
//! half-open intervals, so parts always sum to the whole.

use super::{
    command::Change,
    local::Offsets,
    period::Period,
    session::{Instant, Session, Span, whole_second},
};
use chrono::{NaiveDate, TimeDelta, serde::ts_seconds};
use serde::{Deserialize, Serialize};

/// One civil day, or what a period holds of it: `[from, to)`. A date that a zone skipped is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    #[serde(with = "super::date")]
    pub date: NaiveDate,
    #[serde(with = "ts_seconds")]
    pub from: Instant,
    #[serde(with = "ts_seconds")]
    pub to: Instant,
}

impl Bucket {
    /// Seconds of `span` in this bucket, up to `now` while it runs.
    pub fn seconds(&self, span: &Span, now: Instant) -> i64 {
        span.seconds_within(self.from, self.to, now)
    }

    /// Whether a span belongs here: it shares a moment with the bucket, or is empty and lies in it.
    pub fn holds(&self, span: &Span, now: Instant) -> bool {
        let (from, to) = (span.from(), span.end(now));
        from < self.to && (to > self.from || (from == to && from >= self.from))
    }

    /// Length in seconds: 82,800 to 90,000 for most days on earth.
    pub fn length(&self) -> i64 {
        (self.to - self.from).num_seconds()
    }
}

/// A period, its days, and the sessions that touch it, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub period: Period,
    /// The days in order, without gaps. Never empty.
    pub days: Vec<Bucket>,
    pub sessions: Vec<Session>,
    pub offsets: Offsets,
}

impl Overview {
    pub fn from(&self) -> Instant {
        self.days
            .first()
            .map_or(Instant::UNIX_EPOCH, |day| day.from)
    }

    pub fn to(&self) -> Instant {
        self.days.last().map_or(Instant::UNIX_EPOCH, |day| day.to)
    }

    /// Seconds of one session that lie in the period.
    pub fn seconds_of(&self, session: &Session, now: Instant) -> i64 {
        session.span.seconds_within(self.from(), self.to(), now)
    }

    /// Seconds of all sessions that lie in the period.
    pub fn total(&self, now: Instant) -> i64 {
        self.sessions
            .iter()
            .map(|session| self.seconds_of(session, now))
            .sum()
    }

    /// Seconds of all sessions, for each day.
    pub fn seconds_by_day(&self, now: Instant) -> Vec<i64> {
        let on = |day: &Bucket| {
            self.sessions
                .iter()
                .map(|session| day.seconds(&session.span, now))
                .sum()
        };
        self.days.iter().map(on).collect()
    }

    /// Whether a session belongs in the list.
    pub fn touches(&self, session: &Session, now: Instant) -> bool {
        let date = self.days.first().map_or(NaiveDate::MIN, |day| day.date);
        Bucket {
            date,
            from: self.from(),
            to: self.to(),
        }
        .holds(&session.span, now)
    }

    /// Lets a rolling window begin where it does at `now`: what it has left is gone. Other periods stay,
    /// and so does a window of which nothing would be left.
    pub fn slide(&mut self, now: Instant) {
        let Period::Rolling(window) = self.period else {
            return;
        };
        let begin = whole_second(now) - TimeDelta::seconds(window.seconds());
        if begin <= self.from() || self.to() <= begin {
            return;
        }
        self.days.retain(|day| day.to > begin);
        if let Some(first) = self.days.first_mut() {
            first.from = begin;
        }
        let sessions = std::mem::take(&mut self.sessions);
        let still_in = |session: &Session| self.touches(session, now);
        self.sessions = sessions.into_iter().filter(still_in).collect();
    }

    /// Takes over what a command did, without asking the server.
    pub fn take(&mut self, changes: &[Change], now: Instant) {
        for change in changes {
            self.sessions
                .retain(|session| Some(session.id) != change.session());
            if let Some(after) = change
                .after
                .as_ref()
                .filter(|after| self.touches(after, now))
            {
                self.sessions.push(after.clone());
            }
        }
        sort_newest_first(&mut self.sessions);
    }
}

/// Newest first; of sessions that began together, the one made last.
pub fn sort_newest_first(sessions: &mut [Session]) {
    sessions.sort_by_key(|session| std::cmp::Reverse((session.span.from(), session.id)));
}

/// Sums by day without the sessions behind them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub days: Vec<Bucket>,
    /// Seconds of finished sessions, one for each day.
    pub done: Vec<i64>,
}

impl Tally {
    /// Seconds of each day, with what the running session adds.
    pub fn seconds(&self, running: Option<&Session>, now: Instant) -> Vec<i64> {
        let live = |day: &Bucket| running.map_or(0, |session| day.seconds(&session.span, now));
        self.days
            .iter()
            .zip(&self.done)
            .map(|(day, done)| done + live(day))
            .collect()
    }

    /// Seconds of all days, with what the running session adds.
    pub fn total(&self, running: Option<&Session>, now: Instant) -> i64 {
        self.seconds(running, now).iter().sum()
    }

    /// Takes over what a command did, without asking the server.
    pub fn take(&mut self, changes: &[Change]) {
        let finished = |session: &Option<Session>, day: &Bucket| {
            session
                .as_ref()
                .filter(|session| !session.is_running())
                .map_or(0, |session| day.seconds(&session.span, day.to))
        };
        for change in changes {
            for (day, done) in self.days.iter().zip(&mut self.done) {
                *done += finished(&change.after, day) - finished(&change.before, day);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Rolling, fixture::*};

    /// Two days of 100 seconds.
    fn overview(sessions: Vec<Session>) -> Overview {
        let date = at(0).date_naive();
        let day = |from| Bucket {
            date,
            from: at(from),
            to: at(from + 100),
        };
        Overview {
            period: Period::Day(date),
            days: vec![day(100), day(200)],
            sessions,
            offsets: Offsets::utc(),
        }
    }

    #[test]
    fn a_session_counts_with_what_lies_in_each_day() {
        let check = |session: Session, now, days: [i64; 2]| {
            let overview = overview(vec![session.clone()]);
            assert_eq!(overview.seconds_by_day(at(now)), days, "{session:?}");
            assert_eq!(overview.total(at(now)), days.iter().sum::<i64>());
            assert_eq!(
                overview.seconds_of(&session, at(now)),
                days.iter().sum::<i64>()
            );
        };
        check(done(1, 120, 150), 0, [30, 0]);
        check(done(1, 150, 250), 0, [50, 50]);
        check(done(1, 0, 900), 0, [100, 100]);
        check(done(1, 0, 100), 0, [0, 0]);
        check(done(1, 200, 300), 0, [0, 100]);
        check(running(1, 150), 230, [50, 30]);
        check(running(1, 150), 120, [0, 0]);
        check(running(1, 0), 999, [100, 100]);
    }

    #[test]
    fn a_period_lists_what_touches_it() {
        let check = |session: Session, now, expected| {
            assert_eq!(
                overview(vec![]).touches(&session, at(now)),
                expected,
                "{session:?} {now}"
            );
        };
        check(done(1, 0, 100), 0, false);
        check(done(1, 0, 101), 0, true);
        check(done(1, 300, 400), 0, false);
        check(done(1, 299, 400), 0, true);
        check(done(1, 0, 400), 0, true);
        check(done(1, 100, 100), 0, true);
        check(done(1, 299, 299), 0, true);
        check(done(1, 300, 300), 0, false);
        check(done(1, 99, 99), 0, false);
        check(running(1, 50), 100, false);
        check(running(1, 50), 101, true);
        check(running(1, 150), 150, true);
        check(running(1, 150), 140, true);
        check(running(1, 310), 310, false);
    }

    #[test]
    fn changes_are_taken_over() {
        let stopped = Change {
            before: Some(running(1, 120)),
            after: Some(done(1, 120, 150)),
        };
        let started = Change {
            before: None,
            after: Some(running(2, 150)),
        };
        let mut overview = overview(vec![running(1, 120), done(3, 110, 115)]);
        overview.take(&[stopped, started], at(150));
        assert_eq!(
            overview.sessions,
            [running(2, 150), done(1, 120, 150), done(3, 110, 115)]
        );

        let moved_out = Change {
            before: Some(done(1, 120, 150)),
            after: Some(done(1, 0, 50)),
        };
        let deleted = Change {
            before: Some(running(2, 150)),
            after: None,
        };
        let elsewhere = Change {
            before: None,
            after: Some(done(4, 300, 400)),
        };
        overview.take(&[moved_out, deleted, elsewhere], at(160));
        assert_eq!(overview.sessions, [done(3, 110, 115)]);
    }

    #[test]
    fn a_rolling_window_slides_with_the_clock() {
        const HOUR: i64 = 3600;
        let day = |from, to| Bucket {
            date: at(0).date_naive(),
            from: at(from * HOUR),
            to: at(to * HOUR),
        };
        let mut window = Overview {
            period: Period::Rolling(Rolling::Hours24),
            days: vec![day(10, 24), day(24, 48)],
            sessions: vec![running(1, 0), done(2, 10 * HOUR, 11 * HOUR)],
            offsets: Offsets::utc(),
        };
        assert_eq!(window.total(at(34 * HOUR)), 25 * HOUR);
        window.slide(at(35 * HOUR));
        assert_eq!(window.days, [day(11, 24), day(24, 48)]);
        assert_eq!(window.sessions, [running(1, 0)]);
        assert_eq!(window.total(at(35 * HOUR)), 24 * HOUR);
        window.slide(at(30 * HOUR));
        assert_eq!(window.from(), at(11 * HOUR));
        window.slide(at(48 * HOUR));
        assert_eq!(window.days, [day(24, 48)]);
        assert_eq!(window.seconds_by_day(at(48 * HOUR)), [24 * HOUR]);
        window.slide(at(99 * HOUR));
        assert_eq!(window.days, [day(24, 48)]);
        let mut week = Overview {
            period: Period::Day(at(0).date_naive()),
            ..window.clone()
        };
        week.slide(at(50 * HOUR));
        assert_eq!(week.days, window.days);
    }

    #[test]
    fn a_tally_counts_finished_sessions_and_adds_the_running_one() {
        let mut tally = Tally {
            days: overview(vec![]).days,
            done: vec![0, 0],
        };
        let check = |tally: &Tally, running: Option<&Session>, days: [i64; 2]| {
            assert_eq!(tally.seconds(running, at(230)), days);
            assert_eq!(tally.total(running, at(230)), days.iter().sum::<i64>());
        };
        tally.take(&[Change {
            before: None,
            after: Some(running(1, 150)),
        }]);
        check(&tally, None, [0, 0]);
        check(&tally, Some(&running(1, 150)), [50, 30]);
        tally.take(&[Change {
            before: Some(running(1, 150)),
            after: Some(done(1, 150, 250)),
        }]);
        check(&tally, None, [50, 50]);
        check(&tally, Some(&running(2, 220)), [50, 60]);
        tally.take(&[Change {
            before: Some(done(1, 150, 250)),
            after: Some(done(1, 90, 110)),
        }]);
        check(&tally, None, [10, 0]);
        tally.take(&[Change {
            before: Some(done(1, 90, 110)),
            after: None,
        }]);
        check(&tally, None, [0, 0]);
    }

    #[test]
    fn newest_comes_first_and_the_later_made_of_two() {
        let mut sessions = vec![done(1, 10, 20), done(3, 0, 99), running(2, 10)];
        sort_newest_first(&mut sessions);
        assert_eq!(sessions, [running(2, 10), done(1, 10, 20), done(3, 0, 99)]);
    }
}
