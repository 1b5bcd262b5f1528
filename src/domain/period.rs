//! Days, weeks and months of the calendar, and windows that roll with the clock.

use super::date;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What an overview shows. Its text is the tail of its address: `day/2026-11-20`,
/// `week/2026-W47` (ISO 8601), `month/2026-11`, `last/24-hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    Day(NaiveDate),
    /// By the Thursday that gives an ISO week its year and number.
    Week(NaiveDate),
    /// By its first day.
    Month(NaiveDate),
    Rolling(Rolling),
}

/// The kinds of calendar period that a date lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Day,
    Week,
    Month,
}

/// Windows that end now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rolling {
    Hours24,
    Days7,
    Weeks4,
}

impl Rolling {
    /// Shortest first.
    pub const ALL: [Self; 3] = [Self::Hours24, Self::Days7, Self::Weeks4];

    /// Length of the window in seconds.
    pub fn seconds(self) -> i64 {
        match self {
            Self::Hours24 => 86_400,
            Self::Days7 => 7 * 86_400,
            Self::Weeks4 => 28 * 86_400,
        }
    }

    /// As shown: `Last 24 hours`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hours24 => "Last 24 hours",
            Self::Days7 => "Last 7 days",
            Self::Weeks4 => "Last 4 weeks",
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Hours24 => "24-hours",
            Self::Days7 => "7-days",
            Self::Weeks4 => "4-weeks",
        }
    }
}

impl Period {
    /// The period of `kind` that holds `date`, for weeks that start on `week_start`.
    pub fn containing(kind: Kind, date: NaiveDate, week_start: Weekday) -> Self {
        match kind {
            Kind::Day => Self::Day(date),
            Kind::Week => Self::Week(thursday_of_week(first_of_week(date, week_start))),
            Kind::Month => Self::Month(first_of_month(date)),
        }
    }

    /// The first date and the date after the last; `None` for a rolling window.
    pub fn dates(self, week_start: Weekday) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day(date) => Some((date, date + Days::new(1))),
            Self::Week(thursday) => {
                let first = first_of_week(thursday, week_start);
                Some((first, first + Days::new(7)))
            }
            Self::Month(first) => Some((first, first + Months::new(1))),
            Self::Rolling(_) => None,
        }
    }

    /// None for a rolling window.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Day(_) => Some(Kind::Day),
            Self::Week(_) => Some(Kind::Week),
            Self::Month(_) => Some(Kind::Month),
            Self::Rolling(_) => None,
        }
    }

    /// The period before; `None` for a rolling window and at the beginning of time.
    pub fn previous(self) -> Option<Self> {
        match self {
            Self::Day(date) => Self::Day(date - Days::new(1)).in_range(),
            Self::Week(thursday) => Self::Week(thursday - Days::new(7)).in_range(),
            Self::Month(first) => Self::Month(first - Months::new(1)).in_range(),
            Self::Rolling(_) => None,
        }
    }

    /// The period after; `None` for a rolling window and at the end of time.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Day(date) => Self::Day(date + Days::new(1)).in_range(),
            Self::Week(thursday) => Self::Week(thursday + Days::new(7)).in_range(),
            Self::Month(first) => Self::Month(first + Months::new(1)).in_range(),
            Self::Rolling(_) => None,
        }
    }

    /// As a heading: `Friday 20 November 2026`, `Week 47, 2026`, `November 2026`.
    pub fn title(self) -> String {
        match self {
            Self::Day(date) => date::long(date),
            Self::Week(thursday) => format!(
                "Week {}, {}",
                thursday.iso_week().week(),
                thursday.iso_week().year()
            ),
            Self::Month(first) => format!("{} {}", date::month(first), first.year()),
            Self::Rolling(rolling) => rolling.label().to_owned(),
        }
    }

    /// Its address within the site: `/day/2026-11-20`.
    pub fn path(self) -> String {
        format!("/{self}")
    }

    fn in_range(self) -> Option<Self> {
        match self {
            Self::Day(date) | Self::Week(date) | Self::Month(date) => {
                (1970..2100).contains(&date.year()).then_some(self)
            }
            Self::Rolling(_) => Some(self),
        }
    }
}

/// The last `week_start` on or before `date`.
fn first_of_week(date: NaiveDate, week_start: Weekday) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().days_since(week_start)))
}

/// A week that starts on any day holds exactly one Thursday, and takes its name from it.
fn thursday_of_week(first: NaiveDate) -> NaiveDate {
    first + Days::new(u64::from(Weekday::Thu.days_since(first.weekday())))
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.day0()))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "day/{date}"),
            Self::Week(thursday) => {
                let week = thursday.iso_week();
                write!(f, "week/{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month(first) => write!(f, "month/{:04}-{:02}", first.year(), first.month()),
            Self::Rolling(rolling) => write!(f, "last/{}", rolling.as_str()),
        }
    }
}

/// A text that names no period between 1970 and 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such period")]
pub struct NoSuchPeriod;

impl FromStr for Period {
    type Err = NoSuchPeriod;

    fn from_str(text: &str) -> Result<Self, NoSuchPeriod> {
        let thursday = |week: &str| {
            let (year, week) = week.split_once("-W")?;
            NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Thu)
        };
        let period = match text.split_once('/').ok_or(NoSuchPeriod)? {
            ("day", day) => date::read(day).map(Self::Day),
            ("week", week) => thursday(week).map(Self::Week),
            ("month", month) => date::read(&format!("{month}-01")).map(Self::Month),
            ("last", window) => Rolling::ALL
                .into_iter()
                .find(|rolling| rolling.as_str() == window)
                .map(Self::Rolling),
            _ => None,
        };
        // One address for each period: `week/2026-W7` and `day/2026-1-1` are not ours.
        period
            .and_then(Self::in_range)
            .filter(|period| period.to_string() == text)
            .ok_or(NoSuchPeriod)
    }
}

impl TryFrom<String> for Period {
    type Error = NoSuchPeriod;

    fn try_from(text: String) -> Result<Self, NoSuchPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests;
