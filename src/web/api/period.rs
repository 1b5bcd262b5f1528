//! Periods as the API names them.

use super::{
    moment::Moment,
    problem::Problem,
    value::{Date, KnownZone},
};
use crate::{
    domain::{
        Bucket, Instant, Kind, Period, Rolling, Settings,
        session::{EARLIEST, LATEST},
    },
    server::zone,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of period: of the calendar, around a date, or a window that ends now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Period)]
pub enum PeriodWord {
    #[serde(rename = "day")]
    Day,
    #[serde(rename = "week")]
    Week,
    #[serde(rename = "month")]
    Month,
    #[serde(rename = "last-24h")]
    Last24Hours,
    #[serde(rename = "last-7d")]
    Last7Days,
    #[serde(rename = "last-4w")]
    Last4Weeks,
}

impl PeriodWord {
    /// The kind of the calendar, or the window.
    fn read(self) -> Result<Kind, Rolling> {
        match self {
            Self::Day => Ok(Kind::Day),
            Self::Week => Ok(Kind::Week),
            Self::Month => Ok(Kind::Month),
            Self::Last24Hours => Err(Rolling::Hours24),
            Self::Last7Days => Err(Rolling::Days7),
            Self::Last4Weeks => Err(Rolling::Weeks4),
        }
    }
}

/// The days of the period around `date` (today, if it is not said) with the settings that they
/// were found by: those given, in another zone if one is asked for.
pub fn days(
    settings: Settings,
    word: PeriodWord,
    date: Option<Date>,
    zone: Option<KnownZone>,
    now: Instant,
) -> Result<(Settings, Vec<Bucket>), Problem> {
    let settings = Settings {
        zone: zone.map(|KnownZone(zone)| zone).or(settings.zone),
        ..settings
    };
    let period = match (word.read(), date) {
        (Err(window), None) => Period::Rolling(window),
        (Err(_), Some(_)) => {
            let detail = "This period ends now; a date goes with day, week or month.";
            return Err(Problem::invalid("date", detail));
        }
        (Ok(kind), date) => {
            let date = date.map_or_else(|| zone::today(&settings, now), |Date(date)| date);
            Period::containing(kind, date, settings.week_start)
        }
    };
    let mut days = zone::days(&settings, period, now);
    if let (Period::Rolling(_), Some(today)) = (period, days.last_mut()) {
        // The second that is under way is part of it: what begins in it is listed.
        *today = today.until(now + TimeDelta::seconds(1));
    }
    Ok((settings, days))
}

/// Where the first day begins and the last one ends.
pub fn ends(days: &[Bucket]) -> (Instant, Instant) {
    let from = days.first().map(|day| day.from).unwrap_or_default();
    let to = days.last().map(|day| day.to).unwrap_or_default();
    (from, to)
}

/// A range of moments, all of them if none is said. A date or a zone belongs to a period.
pub fn range(
    date: Option<Date>,
    zone: Option<KnownZone>,
    from: Option<Moment>,
    to: Option<Moment>,
) -> Result<(Instant, Instant), Problem> {
    if date.is_some() || zone.is_some() {
        let detail = "Say which period: day, week or month.";
        return Err(Problem::invalid("period", detail));
    }
    let at = |seconds| Instant::from_timestamp(seconds, 0).unwrap_or_default();
    let from = from.map_or(at(EARLIEST), |Moment(from)| from);
    let to = to.map_or(at(LATEST), |Moment(to)| to);
    if to < from {
        return Err(Problem::invalid("to", "The range ends before it begins."));
    }
    Ok((from, to))
}
