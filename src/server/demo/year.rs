//! When the work of the sample was done.

use super::{DAYS, first_day};
use crate::{
    domain::{Instant, Span, ZoneName},
    server::zone::{self, Pick},
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// A line as somebody would type it, how likely it is, and for how many minutes at most.
type Work = (&'static str, u32, i64);

const WORK: [Work; 16] = [
    ("Home page @Northwind/Website #design", 9, 150),
    ("Product pages @Northwind/Website #development", 12, 170),
    ("Review with Mina @Northwind/Website #meeting", 5, 60),
    ("Fix checkout @Northwind/Shop #bug", 8, 120),
    ("Payment provider @Northwind/Shop #development", 9, 160),
    ("Weekly call @Northwind/Shop #meeting", 4, 45),
    ("App screens @\"Blue Harbour/Booking app\" #design", 8, 150),
    (
        "Calendar sync @\"Blue Harbour/Booking app\" #development",
        9,
        170,
    ),
    (
        "Crash on start @\"Blue Harbour/Booking app\" #bug #urgent",
        3,
        90,
    ),
    ("Stand-up @\"Blue Harbour/Booking app\" #meeting", 5, 25),
    ("Newsletter @\"Own office\" #writing", 3, 80),
    ("Invoices @\"Own office\" #admin", 4, 60),
    ("Taxes @\"Own office\" #admin", 2, 110),
    ("E-mail", 8, 40),
    ("Reading", 3, 60),
    ("Offer for a new client #writing", 2, 90),
];

/// What was worked on in the first weeks beside, until it was done.
const LAUNCH: Work = ("Launch page @\"Blue Harbour/Launch page\" #design", 12, 170);

/// For how many days.
const LAUNCH_DAYS: u64 = 70;

/// What Mina does.
const MINA: [Work; 3] = [
    ("Product photos @Shop #design", 5, 150),
    ("Answer customers @Shop", 4, 90),
    ("Weekly call @Shop #meeting", 2, 45),
];

/// For how many days back Mina is in the team.
pub const MINA_DAYS: u64 = 120;

/// The year of the freelancer: lines and their times, oldest first; none of them reaches beyond `now`.
pub fn year(zone: &ZoneName, now: Instant) -> Vec<(&'static str, Span)> {
    let begin = first_day(zone, now);
    let mut random = StdRng::seed_from_u64(begin.num_days_from_ce().unsigned_abs().into());
    let mut sessions = Vec::new();
    for date in begin
        .iter_days()
        .take(usize::try_from(DAYS).unwrap_or(0) + 1)
    {
        let (length, begins_late) = match date.weekday() {
            Weekday::Sun => continue,
            Weekday::Sat if random.random_range(0..8) > 0 => continue,
            Weekday::Sat => (random.random_range(60..200), true),
            _ if is_away(date) || random.random_range(0..25) == 0 => continue,
            _ => (random.random_range(330..520), false),
        };
        let is_launch = date < begin + Days::new(LAUNCH_DAYS);
        let work: Vec<Work> = WORK
            .into_iter()
            .chain(is_launch.then_some(LAUNCH))
            .collect();
        let hours = (if begins_late { 10 } else { 8 }, length);
        day(date, hours, &work, zone, &mut random, &mut sessions);
    }
    sessions.retain(|(_, span)| span.end(now) <= now);
    sessions
}

/// Mina's part: two afternoons a week.
pub fn minas(zone: &ZoneName, now: Instant) -> Vec<(&'static str, Span)> {
    let begin = minas_first_day(zone, now);
    let mut random = StdRng::seed_from_u64(begin.num_days_from_ce().unsigned_abs().into());
    let mut sessions = Vec::new();
    let dates = begin
        .iter_days()
        .take(usize::try_from(MINA_DAYS).unwrap_or(0));
    for date in dates.filter(|date| matches!(date.weekday(), Weekday::Tue | Weekday::Thu)) {
        let minutes = random.random_range(120..220);
        day(date, (13, minutes), &MINA, zone, &mut random, &mut sessions);
    }
    sessions.retain(|(_, span)| span.end(now) <= now);
    sessions
}

/// The date on which Mina came.
pub fn minas_first_day(zone: &ZoneName, now: Instant) -> NaiveDate {
    first_day(zone, now) + Days::new(DAYS - MINA_DAYS)
}

/// Two weeks around the new year, and three in the summer.
fn is_away(date: NaiveDate) -> bool {
    let day = date.ordinal();
    day <= 6 || day >= 359 || (201..=221).contains(&day)
}

/// One day from an hour on, of so many minutes, with a break at noon.
fn day(
    date: NaiveDate,
    (hour, minutes): (i64, i64),
    work: &[Work],
    zone: &ZoneName,
    random: &mut StdRng,
    sessions: &mut Vec<(&'static str, Span)>,
) {
    let first = random.random_range(0..60);
    let Some(midnight) = date.and_hms_opt(0, 0, 0) else {
        return;
    };
    let mut at: NaiveDateTime = midnight + TimeDelta::minutes(hour * 60 + 10 + first);
    let end = at + TimeDelta::minutes(minutes + 60);
    let mut has_eaten = false;
    while at < end {
        if !has_eaten && at - midnight > TimeDelta::minutes(12 * 60 + 15) {
            at += TimeDelta::minutes(random.random_range(30..70));
            has_eaten = true;
        }
        let (line, longest) = pick(work, random);
        let seconds = random.random_range(longest * 20..=longest * 60);
        let until = at + TimeDelta::seconds(seconds);
        let moment = |local| zone::resolve(zone, local, Some(Pick::Earlier)).ok();
        let span = moment(at).zip(moment(until));
        let span = span.and_then(|(from, to)| Span::done(from, to).ok());
        sessions.extend(span.map(|span| (line, span)));
        at = until + TimeDelta::seconds(random.random_range(0..15) * random.random_range(1..90));
    }
}

fn pick(work: &[Work], random: &mut StdRng) -> (&'static str, i64) {
    let all: u32 = work.iter().map(|(_, weight, _)| weight).sum();
    let mut place = random.random_range(0..all);
    for (line, weight, longest) in work {
        match place.checked_sub(*weight) {
            Some(rest) => place = rest,
            None => return (line, *longest),
        }
    }
    (work[0].0, work[0].2)
}
