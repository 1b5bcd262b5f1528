//! The time of day in a line.

use chrono::{NaiveTime, Timelike};

#[derive(Clone, Copy)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

/// `9`, `9:30`, `9:30:15`, `9am`, `9:30pm`: numbers and whether there was a half of the day.
pub(super) struct Clock {
    hour: u32,
    minute: Option<u32>,
    second: u32,
    pub half: Option<Half>,
}

impl Clock {
    /// Whether it is only a number.
    pub fn is_bare(&self) -> bool {
        self.minute.is_none() && self.half.is_none()
    }

    pub fn time(&self, half: Option<Half>) -> Option<NaiveTime> {
        let hour = match half {
            None => self.hour,
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(Half::Morning) => self.hour % 12,
            Some(Half::Afternoon) => self.hour % 12 + 12,
        };
        NaiveTime::from_hms_opt(hour, self.minute.unwrap_or(0), self.second)
    }
}

/// One that exists: with a half of the day 1 to 12, without one 0 to 23.
pub(super) fn read_clock(word: &str) -> Option<Clock> {
    let tail = word
        .len()
        .checked_sub(2)
        .and_then(|at| word.split_at_checked(at));
    let (numbers, half) = match tail {
        Some((numbers, tail)) if tail.eq_ignore_ascii_case("am") => (numbers, Some(Half::Morning)),
        Some((numbers, tail)) if tail.eq_ignore_ascii_case("pm") => {
            (numbers, Some(Half::Afternoon))
        }
        _ => (word, None),
    };
    let mut parts = numbers.split(':');
    let hour = parts
        .next()
        .filter(|hour| hour.len() <= 2)
        .and_then(read_number)?;
    let mut sixtieth = || match parts.next() {
        None => Some(None),
        Some(part) => read_number(part).filter(|_| part.len() == 2).map(Some),
    };
    let (minute, second) = (sixtieth()?, sixtieth()?);
    let clock = Clock {
        hour,
        minute,
        second: second.unwrap_or(0),
        half,
    };
    (parts.next().is_none() && clock.time(half).is_some()).then_some(clock)
}

/// Digits alone; `parse` would take a sign.
pub(super) fn read_number(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// `9:30`, and the second if it is not the first of its minute.
pub(super) fn written_time(time: NaiveTime) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match time.second() {
        0 => format!("{hour}:{minute:02}"),
        second => format!("{hour}:{minute:02}:{second:02}"),
    }
}
