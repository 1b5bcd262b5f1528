//! Local time without a zone database: the server hands out the offsets that hold in the time
//! shown, and both renders compute with those.

use super::{account::HourFormat, session::Instant};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

/// UTC offsets in seconds east, each from a second since the epoch until the next; the first
/// holds from ever. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offsets(Vec<(i64, i32)>);

impl Offsets {
    /// `first` holds from ever; `later` are the changes that follow, in order of time.
    pub fn new(first: i32, later: impl IntoIterator<Item = (i64, i32)>) -> Self {
        let mut offsets = vec![(i64::MIN, first)];
        offsets.extend(later);
        Self(offsets)
    }

    pub fn utc() -> Self {
        Self::new(0, [])
    }

    /// What a wall clock shows at `at`.
    pub fn local(&self, at: Instant) -> NaiveDateTime {
        at.naive_utc() + TimeDelta::seconds(i64::from(self.offset(at.timestamp())))
    }

    fn offset(&self, seconds: i64) -> i32 {
        let after = self.0.partition_point(|(from, _)| *from <= seconds);
        self.0[after.saturating_sub(1)].1
    }

    /// `13:42` or `1:42 PM`.
    pub fn time(&self, at: Instant, format: HourFormat) -> String {
        time_of_day(self.local(at), format)
    }

    /// The value of a local date and time field, `2026-11-20T13:42:07`.
    pub fn field(&self, at: Instant) -> String {
        self.local(at).format("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// The offset at `at`, as in `UTC+05:45`.
    pub fn name(&self, at: Instant) -> String {
        let offset = self.offset(at.timestamp());
        let sign = if offset < 0 { '−' } else { '+' };
        format!(
            "UTC{sign}{:02}:{:02}",
            offset.abs() / 3600,
            offset.abs() / 60 % 60
        )
    }
}

/// `13:42` or `1:42 PM`.
pub fn time_of_day(local: NaiveDateTime, format: HourFormat) -> String {
    match format {
        HourFormat::TwentyFour => format!("{:02}:{:02}", local.hour(), local.minute()),
        HourFormat::Twelve => {
            let (afternoon, hour) = local.hour12();
            format!(
                "{hour}:{:02} {}",
                local.minute(),
                if afternoon { "PM" } else { "AM" }
            )
        }
    }
}

/// `Friday 20 November 2026`.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// `Fri 20 Nov`.
pub fn short_date(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}
