//! Lengths of time: written for people, and read as people write them.

use super::{account::DurationFormat, field::FieldErrors};
use std::fmt;

/// A length of time in whole seconds; shows itself as `H:MM:SS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        let text = typed.trim().to_lowercase();
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
    let number = |part: &str| part.parse::<u32>().ok().map(i64::from);
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
