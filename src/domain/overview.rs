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

    /// What is over of it at `now`.
    pub fn until(self, now: Instant) -> Self {
        let to = self.to.min(whole_second(now)).max(self.from);
        Self { to, ..self }
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

/// A period, its days, and the sessions that touch it, newest first. The days of a rolling window go on to the
/// end of today, for what is still to come on a page that stays open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub period: Period,
    /// The days in order, without gaps. Never empty.
    pub days: Vec<Bucket>,
    pub sessions: Vec<Session>,
    pub offsets: Offsets,
}

impl Overview {
    /// Where the first part begins.
    pub fn from(&self) -> Instant {
        self.days
            .first()
            .map_or(Instant::UNIX_EPOCH, |day| day.from)
    }

    /// Where the last part ends; not part of it.
    pub fn to(&self) -> Instant {
        self.days.last().map_or(Instant::UNIX_EPOCH, |day| day.to)
    }

    /// What counts of one of the days: a rolling window ends now, and what lies later today is none of it. Where
    /// nothing does, the day is whole, so that it need not be looked at anew each second.
    pub fn counted(&self, day: Bucket, now: Instant) -> Bucket {
        let lies_later = |session: &Session| session.span.to().is_some_and(|to| to > now);
        if matches!(self.period, Period::Rolling(_)) && self.sessions.iter().any(lies_later) {
            day.until(now)
        } else {
            day
        }
    }

    /// What counts of the whole period, as of its [days](Self::counted).
    pub fn counted_whole(&self, now: Instant) -> Bucket {
        self.counted(self.whole(), now)
    }

    /// The sessions, each with its seconds that count in the period.
    pub fn timed(&self, now: Instant) -> impl Iterator<Item = (&Session, i64)> {
        let whole = self.counted_whole(now);
        let seconds = move |session: &Session| whole.seconds(&session.span, now);
        self.sessions
            .iter()
            .map(move |session| (session, seconds(session)))
    }

    /// Seconds of all sessions that count in the period.
    pub fn total(&self, now: Instant) -> i64 {
        self.timed(now).map(|(_, seconds)| seconds).sum()
    }

    /// Seconds of all sessions, for each day.
    pub fn seconds_by_day(&self, now: Instant) -> Vec<i64> {
        let seconds = |day: &Bucket| {
            let day = self.counted(*day, now);
            let sessions = self.sessions.iter();
            sessions
                .map(|session| day.seconds(&session.span, now))
                .sum()
        };
        self.days.iter().map(seconds).collect()
    }

    /// All days as one, under the date of the first.
    fn whole(&self) -> Bucket {
        Bucket {
            date: self.days.first().map_or(NaiveDate::MIN, |day| day.date),
            from: self.from(),
            to: self.to(),
        }
    }

    /// Whether a session belongs in the list.
    pub fn touches(&self, session: &Session, now: Instant) -> bool {
        self.whole().holds(&session.span, now)
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
mod tests;
