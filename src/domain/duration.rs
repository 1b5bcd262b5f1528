//! Lengths of time: written for people, and read as people write them.

use super::{account::DurationFormat, field::FieldErrors};
use std::fmt;

/// A length of time in whole seconds; shows itself as `H:MM:SS`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Seconds(pub i64);

impl Seconds {
    /// Longest length that can be typed: 366 days.
    pub const LONGEST: i64 = 366 * 86_400;

    /// As the account wants it. `H:MM` drops the seconds; decimal hours round to the nearest
    /// hundredth. Sums are always made of seconds, before they are written.
    pub fn written(self, format: DurationFormat) -> String {
        let seconds = self.0.max(0);
        match format {
            DurationFormat::Clock => self.to_string(),
            DurationFormat::Minutes => format!("{}:{:02}", seconds / 3600, seconds / 60 % 60),
            DurationFormat::Decimal => {
                let hundredths = (seconds + 18) / 36;
                format!("{}.{:02}", hundredths / 100, hundredths % 100)
            }
        }
    }

    /// For people who listen: `5 h 46 min`, or seconds when there is less than a minute.
    pub fn spoken(self) -> String {
        let seconds = self.0.max(0);
        match (seconds / 3600, seconds / 60 % 60) {
            (0, 0) => format!("{seconds} s"),
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        }
    }

    /// Reads `1:30`, `1:30:15`, `90m`, `1h 30m`, `1.5h`, `1,5 h`, `45s`. A bare number is refused,
    /// since it could mean hours or minutes.
    pub fn read(typed: &str) -> Result<Self, FieldErrors> {
        let text = typed.trim().to_ascii_lowercase();
        let seconds = if text.contains(':') {
            read_clock(&text)
        } else {
            read_units(&text)
        };
        seconds
            .filter(|seconds| (0..=Self::LONGEST).contains(seconds))
            .map(Self)
            .ok_or_else(|| {
                FieldErrors::one(
                    "duration",
                    "Write a duration like 1:30, 90m, 1h 30m or 1.5h.",
                )
            })
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.max(0);
        write!(
            f,
            "{}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

/// `H:MM` or `H:MM:SS`; minutes and seconds below 60.
fn read_clock(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    // `parse` alone would take a sign.
    let number = |part: &str| {
        part.parse::<u32>()
            .ok()
            .filter(|_| !part.starts_with('+'))
            .map(i64::from)
    };
    let sixtieth = |part: &str| {
        (part.len() == 2)
            .then(|| number(part))
            .flatten()
            .filter(|n| *n < 60)
    };
    match parts[..] {
        [hours, minutes] => Some(number(hours)? * 3600 + sixtieth(minutes)? * 60),
        [hours, minutes, seconds] => {
            Some(number(hours)? * 3600 + sixtieth(minutes)? * 60 + sixtieth(seconds)?)
        }
        _ => None,
    }
}

/// Numbers, each followed by its unit, largest first: `1h 30m`, `1.5 h`, `2 hours 5 minutes`.
fn read_units(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut total = 0;
    let mut last_unit = i64::MAX;
    while !rest.is_empty() {
        let (number, tail) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?);
        let tail = tail.trim_start();
        let (unit, tail) = tail.split_at(
            tail.find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(tail.len()),
        );
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            _ => return None,
        };
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        total += read_decimal(number, unit)?;
        rest = tail.trim_start();
    }
    (last_unit != i64::MAX).then_some(total)
}

/// `number` (at most six decimals, point or comma) times `unit`, rounded down to a whole second.
fn read_decimal(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    if fraction.is_empty() || fraction.len() > 6 {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(fraction.len()).ok()?);
    let whole = i64::from(whole.parse::<u32>().ok()?);
    Some(whole * unit + i64::from(fraction.parse::<u32>().ok()?) * unit / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn check(typed: &str, expected: impl Into<Option<i64>>) {
        assert_eq!(
            Seconds::read(typed).ok().map(|seconds| seconds.0),
            expected.into(),
            "{typed:?}"
        );
    }

    #[test]
    fn reads_a_clock() {
        check("1:30", HOUR + 1800);
        check("0:05", 300);
        check("01:30", HOUR + 1800);
        check("1:30:15", HOUR + 1815);
        check(" 100:00 ", 100 * HOUR);
        check("0:00", 0);
        check("8784:00", Seconds::LONGEST);
    }

    #[test]
    fn reads_units() {
        check("90m", 5400);
        check("45s", 45);
        check("1h30m", HOUR + 1800);
        check("1h 30m", HOUR + 1800);
        check("1 H 30 Min 5 SEC", HOUR + 1805);
        check("2 hours 5 minutes", 2 * HOUR + 300);
        check("1h 5s", HOUR + 5);
        check("0m", 0);
        check("366h", 366 * HOUR);
        check("8784h", Seconds::LONGEST);
    }

    #[test]
    fn reads_decimals_exactly() {
        check("1.5h", HOUR + 1800);
        check("1,5 h", HOUR + 1800);
        check("0.1h", 360);
        check("0.000277h", 0);
        check("0.000278h", 1);
        check("1.999999s", 1);
        check("2.50m", 150);
        check("8783.999999h", Seconds::LONGEST - 1);
    }

    #[test]
    fn refuses_what_has_no_one_meaning() {
        #[rustfmt::skip]
        let refused = [
            "", " ", "90", "1.5", "h", "m30", "1x", "1h 30", "30m 1h", "1h 2h", "1h-30m", "-1h", "+1h",
            "- 5m", ":30", "1:", "1:5", "1:60", "1:30:60", "1:030", "1:2:3:4", "1.5:30", "-1:30", "+1:30",
            "1:+5", "1:30:+5", "1: 30", ".h", "1.h", "1.2.3h", "1,2,3h", "1.0000000h", "1e3h", "١h", "1：30",
            "٣:30", "1h\u{0}", "NaN h", "8784:00:01", "8785h", "99999999999h", "4294967295:00",
            "99999999999999999999:00",
        ];
        for typed in refused {
            check(typed, None);
        }
    }

    #[test]
    fn writes_each_format() {
        let check = |seconds, clock: &str, minutes: &str, decimal: &str| {
            let written = DurationFormat::ALL
                .iter()
                .map(|format| Seconds(seconds).written(*format));
            assert_eq!(
                written.collect::<Vec<_>>(),
                [clock, minutes, decimal],
                "{seconds}"
            );
        };
        check(0, "0:00:00", "0:00", "0.00");
        check(17, "0:00:17", "0:00", "0.00");
        check(18, "0:00:18", "0:00", "0.01");
        check(59, "0:00:59", "0:00", "0.02");
        check(HOUR + 1800, "1:30:00", "1:30", "1.50");
        check(HOUR - 1, "0:59:59", "0:59", "1.00");
        check(1000 * HOUR + 61, "1000:01:01", "1000:01", "1000.02");
        check(-5, "0:00:00", "0:00", "0.00");
    }

    #[test]
    fn speaks_the_two_largest_units() {
        let check = |seconds, expected: &str| assert_eq!(Seconds(seconds).spoken(), expected);
        check(0, "0 s");
        check(59, "59 s");
        check(60, "1 min");
        check(HOUR - 1, "59 min");
        check(HOUR, "1 h");
        check(HOUR + 59, "1 h");
        check(5 * HOUR + 46 * 60 + 12, "5 h 46 min");
        check(-1, "0 s");
    }

    #[test]
    fn reads_what_it_writes() {
        for seconds in (0..200_000).step_by(37).chain([Seconds::LONGEST]) {
            check(&Seconds(seconds).to_string(), seconds);
        }
    }
}
