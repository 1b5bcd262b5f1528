//! The time of a line.

use super::{
    Word,
    clock::{Half, read_clock, read_number, written_time},
};
use crate::domain::duration::Seconds;
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::{fmt, ops::Range};

/// When something was done, as far as the line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub day: DayRef,
    pub part: Part,
}

/// Which day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayRef {
    Today,
    Yesterday,
    Date(NaiveDate),
    /// The line does not say.
    Unsaid,
}

/// Which part of the day. Times are local, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From the day that is meant; an end before the beginning lies on the day after. Never empty.
    Range { from: NaiveTime, to: NaiveTime },
    /// So long, whenever it was.
    Length(Seconds),
    /// Runs since then.
    Since(NaiveTime),
}

/// Most words that a time and its day take: `yesterday 9:30 - 11`.
const LONGEST: usize = 4;

/// Which of the plain words are left for the name, and the time that the others say.
pub(super) fn find(words: &[Word]) -> (Range<usize>, Option<When>) {
    let typed: Vec<&str> = words.iter().map(|word| word.typed).collect();
    let count = typed.len();
    let longest_first = || (1..=LONGEST.min(count)).rev();
    let front = longest_first().find_map(|taken| Some((taken, read(&typed[..taken])?)));
    if let Some((taken, found)) = front {
        let day = typed[taken..].last().and_then(|word| read_day(word));
        return match (found.day, day) {
            (DayRef::Unsaid, Some(day)) => (taken..count - 1, Some(When { day, ..found })),
            _ => (taken..count, Some(found)),
        };
    }
    let back = longest_first().find_map(|taken| {
        let start = count - taken;
        let found = read(&typed[start..])?;
        let stands_apart = words[start].after_mark || found.day != DayRef::Unsaid;
        let is_bare = typed[start..].iter().any(|word| is_bare_range(word));
        (!is_bare || stands_apart).then_some((start, found))
    });
    let Some((end, found)) = back else {
        return (0..count, None);
    };
    let day = typed[..end].first().and_then(|word| read_day(word));
    match (found.day, day) {
        (DayRef::Unsaid, Some(day)) => (1..end, Some(When { day, ..found })),
        _ => (0..end, Some(found)),
    }
}

/// Whether a word could be a time, a day or part of one; every time and every day has such a word.
pub(super) fn is_time_word(word: &str) -> bool {
    read_day(word).is_some()
        || read_part(&[word]).is_some()
        || word.eq_ignore_ascii_case("since")
        || read_clock(word).is_some_and(|clock| !clock.is_bare())
}

/// A time, with or without its day before or after it. All words belong to it.
fn read(words: &[&str]) -> Option<When> {
    let unsaid = || Some((DayRef::Unsaid, words));
    let before = || {
        words
            .split_first()
            .and_then(|(day, part)| Some((read_day(day)?, part)))
    };
    let after = || {
        words
            .split_last()
            .and_then(|(day, part)| Some((read_day(day)?, part)))
    };
    let (day, part) = before().or_else(after).or_else(unsaid)?;
    read_part(part).map(|part| When { day, part })
}

fn read_day(word: &str) -> Option<DayRef> {
    if word.eq_ignore_ascii_case("today") {
        return Some(DayRef::Today);
    }
    if word.eq_ignore_ascii_case("yesterday") {
        return Some(DayRef::Yesterday);
    }
    let mut parts = word.split('-');
    let mut number = |digits: usize| {
        parts
            .next()
            .filter(|part| part.len() == digits)
            .and_then(read_number)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    parts.next().is_none().then_some(DayRef::Date(date))
}

fn read_part(words: &[&str]) -> Option<Part> {
    match *words {
        [word] => match word.split_once(['-', '–']) {
            Some((from, to)) => read_range(from, to),
            None => read_length(word).map(Part::Length),
        },
        [since, clock] if since.eq_ignore_ascii_case("since") => {
            let clock = read_clock(clock).filter(|clock| !clock.is_bare())?;
            clock.time(clock.half).map(Part::Since)
        }
        [hours, minutes] => {
            let both = read_length(hours)
                .zip(read_length(minutes))
                .map(|_| [hours, minutes].concat());
            both.and_then(|both| read_length(&both)).map(Part::Length)
        }
        // Two bare numbers around a dash are rather a sum or a score.
        [from, "-" | "–", to] if ![from, to].iter().all(|end| read_number(end).is_some()) => {
            read_range(from, to)
        }
        _ => None,
    }
}

/// `2h`, `1h30m`, `1:30h`, `1.5h`: in lower case, longer than nothing, and not in seconds alone.
fn read_length(word: &str) -> Option<Seconds> {
    let begins = word.starts_with(|c: char| c.is_ascii_digit());
    if !begins || !word.contains(['h', 'm']) {
        return None;
    }
    let text = match word.strip_suffix('h') {
        Some(clock) if clock.contains(':') => clock,
        _ => word,
    };
    Seconds::read(text).ok().filter(|length| length.0 > 0)
}

fn is_bare_range(word: &str) -> bool {
    let ends = word.split_once(['-', '–']);
    ends.is_some_and(|(from, to)| [from, to].iter().all(|end| read_number(end).is_some()))
}

fn read_range(from: &str, to: &str) -> Option<Part> {
    let (from, to) = (read_clock(from)?, read_clock(to)?);
    let range = |from_half, to_half| Some((from.time(from_half)?, to.time(to_half)?));
    let shorter = |ranges: [Option<(NaiveTime, NaiveTime)>; 2]| {
        // Nothing at all is rather a whole day.
        let length = |(from, to): &(NaiveTime, NaiveTime)| {
            ((*to - *from).num_seconds() - 1).rem_euclid(86_400)
        };
        ranges.into_iter().flatten().min_by_key(length)
    };
    let halves = [Some(Half::Morning), Some(Half::Afternoon)];
    let (from_time, to_time) = match (from.half, to.half) {
        (None, Some(half)) => shorter(halves.map(|other| range(other, Some(half)))),
        (Some(half), None) => shorter(halves.map(|other| range(Some(half), other))),
        (from_half, to_half) => range(from_half, to_half),
    }?;
    let within_a_day = from_time < to_time;
    let is_exact = !from.is_bare() && !to.is_bare();
    (within_a_day || is_exact && from_time != to_time).then_some(Part::Range {
        from: from_time,
        to: to_time,
    })
}

impl fmt::Display for When {
    /// As a line has it: `9:30-11:00 yesterday`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Range { from, to } => write!(f, "{}-{}", written_time(from), written_time(to)),
            Part::Length(length) => f.write_str(&written_length(length)),
            Part::Since(time) => write!(f, "since {}", written_time(time)),
        }?;
        match self.day {
            DayRef::Today => f.write_str(" today"),
            DayRef::Yesterday => f.write_str(" yesterday"),
            DayRef::Date(date) => write!(
                f,
                " {:04}-{:02}-{:02}",
                date.year(),
                date.month(),
                date.day()
            ),
            DayRef::Unsaid => Ok(()),
        }
    }
}

/// `1h30m`, without the units of which there are none; seconds never stand alone.
fn written_length(length: Seconds) -> String {
    let (hours, minutes, seconds) = (length.0 / 3600, length.0 / 60 % 60, length.0 % 60);
    let mut written = String::new();
    if hours > 0 {
        written += &format!("{hours}h");
    }
    if minutes > 0 || hours == 0 {
        written += &format!("{minutes}m");
    }
    if seconds > 0 {
        written += &format!("{seconds}s");
    }
    written
}
