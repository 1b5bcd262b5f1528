//! Local time without a zone database: the server hands out the offsets that hold in the time
//! shown, and both renders compute with those.

use super::{account::HourFormat, session::Instant};
use chrono::{NaiveDateTime, TimeDelta, Timelike};
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

    /// Midnight is where UTC has it, and an hour is an hour.
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

    /// The value of a local date and time field, `2026-11-20T13:42:07`; without its seconds on a whole minute, as
    /// browsers give it back.
    pub fn field(&self, at: Instant) -> String {
        let local = self.local(at);
        let clock = local.time().to_string();
        format!(
            "{}T{}",
            local.date(),
            clock.strip_suffix(":00").unwrap_or(&clock)
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Berlin in 2026, and some who never change their clocks.
    fn offsets(zone: &str) -> Offsets {
        let hours = |hours: f64| (hours * 3600.0) as i32;
        match zone {
            "Berlin" => Offsets::new(3600, [(1_774_746_000, 7200), (1_792_890_000, 3600)]),
            "Kathmandu" => Offsets::new(hours(5.75), []),
            "Marquesas" => Offsets::new(hours(-9.5), []),
            _ => Offsets::utc(),
        }
    }

    fn check(zone: &str, instant: &str, field: &str, name: &str) {
        let at: Instant = instant.parse().unwrap();
        assert_eq!(
            (
                offsets(zone).field(at).as_str(),
                offsets(zone).name(at).as_str()
            ),
            (field, name),
            "{zone} {instant}"
        );
    }

    #[test]
    fn an_offset_holds_until_the_next() {
        check(
            "Berlin",
            "1970-01-01T00:00:00Z",
            "1970-01-01T01:00",
            "UTC+01:00",
        );
        check(
            "Berlin",
            "2026-03-29T00:59:59Z",
            "2026-03-29T01:59:59",
            "UTC+01:00",
        );
        check(
            "Berlin",
            "2026-03-29T01:00:00Z",
            "2026-03-29T03:00",
            "UTC+02:00",
        );
        check(
            "Berlin",
            "2026-10-25T00:30:00Z",
            "2026-10-25T02:30",
            "UTC+02:00",
        );
        check(
            "Berlin",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:30",
            "UTC+01:00",
        );
        check(
            "Berlin",
            "2099-12-31T23:30:00Z",
            "2100-01-01T00:30",
            "UTC+01:00",
        );
    }

    #[test]
    fn offsets_may_be_odd_or_west() {
        check(
            "Kathmandu",
            "2026-11-20T18:30:07Z",
            "2026-11-21T00:15:07",
            "UTC+05:45",
        );
        check(
            "Marquesas",
            "2026-11-20T00:00:00Z",
            "2026-11-19T14:30",
            "UTC−09:30",
        );
        check(
            "UTC",
            "2026-11-20T00:00:00Z",
            "2026-11-20T00:00",
            "UTC+00:00",
        );
    }

    #[test]
    fn the_time_of_day_in_both_formats() {
        let check = |local: &str, twenty_four: &str, twelve: &str| {
            let at: Instant = format!("2026-11-20T{local}Z").parse().unwrap();
            let written = HourFormat::ALL
                .iter()
                .map(|format| Offsets::utc().time(at, *format));
            assert_eq!(written.collect::<Vec<_>>(), [twenty_four, twelve]);
        };
        check("00:00:59", "00:00", "12:00 AM");
        check("01:05:00", "01:05", "1:05 AM");
        check("11:59:59", "11:59", "11:59 AM");
        check("12:00:00", "12:00", "12:00 PM");
        check("13:42:00", "13:42", "1:42 PM");
        check("23:59:59", "23:59", "11:59 PM");
    }
}
