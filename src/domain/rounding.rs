//! How tracked time becomes time that is paid for: the rounding rule of a project and the lines it
//! makes.
//!
//! A line is rounded first, then priced, and its amount is rounded to a minor unit. Sums are made of
//! lines as they are shown, so that parts and whole agree: whatever a list is divided into along its
//! lines, the parts sum to the whole.

use super::{
    account::choice,
    duration::Seconds,
    field::FieldErrors,
    id::{AccountId, SessionId},
    money::{Money, sums},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

choice!(
    /// In which direction time is rounded.
    Mode {
        None = "none", "Not rounded";
        Up = "up", "Up";
        Down = "down", "Down";
        Nearest = "nearest", "To the nearest";
    }
);
choice!(
    /// What is rounded as one.
    Per {
        Session = "session", "Each session";
        DayAndProject = "day", "Each day and project";
    }
);

/// What time is rounded to a multiple of: 1 to 60 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Step(u8);

impl Step {
    /// Refuses anything but 1 to 60; the field is `minutes`.
    pub fn new(minutes: u8) -> Result<Self, FieldErrors> {
        if (1..=60).contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(FieldErrors::one("minutes", "Choose 1 to 60 minutes."))
        }
    }

    pub fn minutes(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Step {
    type Error = FieldErrors;

    fn try_from(minutes: u8) -> Result<Self, FieldErrors> {
        Self::new(minutes)
    }
}

impl From<Step> for u8 {
    fn from(step: Step) -> Self {
        step.0
    }
}

/// The rounding rule of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    pub mode: Mode,
    pub per: Per,
    pub step: Step,
}

impl Default for Rounding {
    fn default() -> Self {
        Self {
            mode: Mode::None,
            per: Per::Session,
            step: Step(15),
        }
    }
}

/// Time of one project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub session: SessionId,
    /// The local date on which the session began.
    pub date: NaiveDate,
    /// Who did it.
    pub member: AccountId,
    pub length: Seconds,
    /// `None` if nothing is paid for it.
    pub hourly: Option<Money>,
}

/// One line of a list of work, as it is shown and paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// `None` where a line is all work of a date.
    pub session: Option<SessionId>,
    pub date: NaiveDate,
    pub member: AccountId,
    pub hourly: Option<Money>,
    /// As it was.
    pub tracked: Seconds,
    /// As it is paid for.
    pub rounded: Seconds,
    pub amount: Option<Money>,
}

impl Rounding {
    /// So long as it is paid for. Nothing stays nothing, `Nearest` rounds half up, and a length below
    /// zero counts as nothing.
    pub fn round(self, length: Seconds) -> Seconds {
        let step = i64::from(self.step.0) * 60;
        let length = length.0.max(0);
        let over = length % step;
        let down = length - over;
        let up = || {
            if over == 0 {
                down
            } else {
                down.saturating_add(step)
            }
        };
        Seconds(match self.mode {
            Mode::None => length,
            Mode::Down => down,
            Mode::Up => up(),
            Mode::Nearest if over * 2 >= step => up(),
            Mode::Nearest => down,
        })
    }

    /// The lines of a list of work of one project. Per session, one for each, in the order given. Per
    /// day and project, one for each date, member and hourly rate, in their order.
    pub fn lines(self, works: &[Work]) -> Vec<Line> {
        if self.per == Per::Session {
            return works
                .iter()
                .map(|work| self.line(Some(work.session), std::slice::from_ref(work)))
                .collect();
        }
        let key = |work: &Work| {
            let hourly = work.hourly.map(|hourly| (hourly.currency, hourly.minor));
            (work.date, work.member, hourly)
        };
        let mut sorted = works.to_vec();
        sorted.sort_by_key(key);
        let same = |a: &Work, b: &Work| key(a) == key(b);
        sorted
            .chunk_by(same)
            .map(|works| self.line(None, works))
            .collect()
    }

    /// One line of works, at least one, that share date, member and rate.
    fn line(self, session: Option<SessionId>, works: &[Work]) -> Line {
        let Work {
            date,
            member,
            hourly,
            ..
        } = works[0];
        let seconds = works.iter().map(|work| work.length.0.max(0));
        let tracked = Seconds(seconds.fold(0, i64::saturating_add));
        let rounded = self.round(tracked);
        Line {
            session,
            date,
            member,
            hourly,
            tracked,
            rounded,
            amount: hourly.map(|hourly| hourly.for_time(rounded)),
        }
    }
}

/// What lines come to, in each currency.
pub fn total(lines: &[Line]) -> Vec<Money> {
    sums(lines.iter().filter_map(|line| line.amount))
}

#[cfg(test)]
mod tests;
