//! The days of every zone, around each change of its clocks.

use super::zone::settings;
use crate::harness::*;
use std::thread;
use stint::{
    domain::Instant,
    server::zone::{days, names, today},
};

/// Every zone, around its changes: days follow each other without gaps, and the day that holds a moment
/// is today at that moment. Around one change in seven, or around each if `STINT_EVERY_CHANGE` is set, which
/// takes half a minute.
#[test]
fn days_are_without_gaps_in_every_zone() {
    let names = names();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let changes: usize = thread::scope(|scope| {
        let check = |names: &[&str]| names.iter().map(|name| check_changes(name)).sum::<usize>();
        let parts = names.chunks(names.len().div_ceil(cores));
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || check(part))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    assert!(changes > 21_000 / step(), "{changes}");
}

fn step() -> usize {
    let every = std::env::var_os("STINT_EVERY_CHANGE");
    every.map_or(7, |_| 1)
}

/// How many changes there were to look at.
fn check_changes(zone_name: &str) -> usize {
    let rules = jiff::tz::TimeZoneDatabase::bundled()
        .get(zone_name)
        .unwrap();
    let from = jiff::Timestamp::from_second(0).unwrap();
    let until = jiff::Timestamp::from_second(2_145_916_800).unwrap();
    let changes = rules
        .following(from)
        .take_while(|change| change.timestamp() < until);
    let changes = changes.map(|change| moment(change.timestamp().as_second()));
    changes
        .step_by(step())
        .inspect(|change| check_days(zone_name, *change))
        .count()
}

fn check_days(zone_name: &str, change: Instant) {
    for hour in [0, 3] {
        let settings = settings(zone_name, hour);
        let window = days(
            &settings,
            "last/7-days".parse().unwrap(),
            change + seconds(3 * 86_400),
        );
        assert_eq!(window[0].from, change - seconds(4 * 86_400));
        for pair in window.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "{zone_name} {change}");
            assert!(pair[0].from <= pair[0].to, "{zone_name} {change}");
            assert_eq!(pair[0].date.succ_opt(), Some(pair[1].date));
        }
        for day in window.iter().filter(|day| day.from < day.to) {
            for now in [day.from, day.to - seconds(1)] {
                assert_eq!(today(&settings, now), day.date, "{zone_name} {now} {hour}");
            }
        }
    }
}
