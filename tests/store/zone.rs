//! Zones and their days, where those are difficult.

use crate::harness::*;
use chrono::NaiveDate;
use stint::{
    domain::{Bucket, Instant, Period, Settings},
    server::zone::{days, exists, meant, names, offsets, release, today},
};

pub fn settings(zone_name: &str, day_start_hour: u8) -> Settings {
    Settings {
        zone: Some(zone(zone_name)),
        day_start_hour,
        ..Settings::default()
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn day(zone_name: &str, hour: u8, text: &str) -> Bucket {
    let days = days(
        &settings(zone_name, hour),
        Period::Day(date(text)),
        moment(0),
    );
    let [day] = days[..] else {
        panic!("{} days", days.len())
    };
    assert_eq!(day.date, date(text));
    day
}

#[test]
fn the_rules_are_current() {
    assert!(release() >= "2026e", "{}", release());
    // Permanent changes of 2026 that older releases do not know.
    for (zone_name, winter) in [
        ("America/Vancouver", -7),
        ("America/Edmonton", -6),
        ("America/Winnipeg", -5),
        ("Africa/Casablanca", 0),
    ] {
        let at = at("2027-01-15T12:00:00Z");
        let shown = offsets(&zone(zone_name), at, at).local(at) - at.naive_utc();
        assert_eq!(shown.num_hours(), winter, "{zone_name}");
    }
}

#[test]
fn a_zone_is_found_by_what_people_type() {
    for (typed, expected) in [
        ("Europe/Berlin", Some("Europe/Berlin")),
        ("europe/BERLIN ", Some("Europe/Berlin")),
        ("berlin", Some("Europe/Berlin")),
        ("new york", Some("America/New_York")),
        ("utc", Some("UTC")),
        // In America there are two.
        ("louisville", None),
        ("Europe", None),
        ("", None),
    ] {
        let found = meant(typed).map(|zone| zone.to_string());
        assert_eq!(found.as_deref(), expected, "{typed}");
    }
}

#[test]
fn zones_are_known_by_name() {
    let names = names();
    assert!(names.len() > 400 && names.is_sorted());
    for name in &names {
        assert!(exists(&zone(name)), "{name}");
    }
    for name in [
        "Europe/Berlin",
        "Asia/Kathmandu",
        "Asia/Calcutta",
        "UTC",
        "America/Argentina/Buenos_Aires",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    for name in ["Mars/Base", "europe/berlin", "Factory", "GMT+", "CEST"] {
        assert!(!names.contains(&name), "{name}");
    }
    assert!(!exists(&zone("europe/berlin")) && !exists(&zone("Mars/Base")));
}

#[rustfmt::skip]
#[test]
fn days_begin_and_end_where_clocks_say() {
    for (zone_name, hour, text, from, to) in [
        ("Europe/Berlin", 0, "2026-11-20", "2026-11-19T23:00:00Z", "2026-11-20T23:00:00Z"),
        ("Europe/Berlin", 0, "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("Europe/Berlin", 0, "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        ("America/New_York", 0, "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
        ("America/New_York", 0, "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        // Half an hour forward and back.
        ("Australia/Lord_Howe", 0, "2026-10-04", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z"),
        ("Australia/Lord_Howe", 0, "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"),
        ("Asia/Kathmandu", 0, "2026-11-20", "2026-11-19T18:15:00Z", "2026-11-20T18:15:00Z"),
        // Midnight is skipped: the day begins at 01:00.
        ("Africa/Cairo", 0, "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"),
        ("America/Sao_Paulo", 0, "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
        ("America/Asuncion", 0, "2023-10-01", "2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z"),
        // The hour before midnight comes twice.
        ("America/Sao_Paulo", 0, "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"),
        // The hour after midnight comes twice: the day begins with the first.
        ("America/Havana", 0, "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        // Clocks went back from 00:01 to 23:01 of the day before: the day began at the first midnight.
        ("America/St_Johns", 0, "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"),
        // A date that never was, between two that were.
        ("Pacific/Apia", 0, "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", 0, "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", 0, "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"),
        // In the middle of what was skipped: the day begins with the first moment there is.
        ("Pacific/Apia", 4, "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T14:00:00Z"),
        // Days that begin at four, and one whose beginning is skipped.
        ("Europe/Berlin", 4, "2026-03-28", "2026-03-28T03:00:00Z", "2026-03-29T02:00:00Z"),
        ("Europe/Berlin", 4, "2026-10-24", "2026-10-24T02:00:00Z", "2026-10-25T03:00:00Z"),
        ("Europe/Berlin", 2, "2026-03-29", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"),
        ("Europe/Berlin", 2, "2026-10-25", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"),
    ] {
        let found = day(zone_name, hour, text);
        assert_eq!(
            (found.from, found.to),
            (at(from), at(to)),
            "{zone_name} {text} from {hour}:00"
        );
    }
}

/// Seconds of a session that crosses midnight, by day.
#[rustfmt::skip]
#[test]
fn parts_of_a_night() {
    for (from, to, zone_name, parts) in [
        ("2026-03-28T22:00:00Z", "2026-03-29T02:00:00Z", "Europe/Berlin", [("2026-03-28", 3600), ("2026-03-29", 10_800)]),
        ("2026-03-08T04:30:00Z", "2026-03-08T07:30:00Z", "America/New_York", [("2026-03-07", 1800), ("2026-03-08", 9000)]),
    ] {
        let span = stint::domain::Span::done(at(from), at(to)).unwrap();
        for (text, seconds) in parts {
            assert_eq!(
                day(zone_name, 0, text).seconds(&span, at(to)),
                seconds,
                "{zone_name} {text}"
            );
        }
    }
}

#[rustfmt::skip]
#[test]
fn today_is_the_day_that_holds_now() {
    for (now, zone_name, hour, text) in [
        ("2026-11-20T22:59:59Z", "Europe/Berlin", 0, "2026-11-20"),
        ("2026-11-20T23:00:00Z", "Europe/Berlin", 0, "2026-11-21"),
        ("2026-11-21T02:59:59Z", "Europe/Berlin", 4, "2026-11-20"),
        ("2026-11-21T03:00:00Z", "Europe/Berlin", 4, "2026-11-21"),
        ("2026-11-20T09:59:59Z", "Pacific/Kiritimati", 0, "2026-11-20"),
        ("2026-11-20T10:00:00Z", "Pacific/Kiritimati", 0, "2026-11-21"),
        ("2011-12-30T09:59:59Z", "Pacific/Apia", 0, "2011-12-29"),
        ("2011-12-30T10:00:00Z", "Pacific/Apia", 0, "2011-12-31"),
        ("2010-11-07T02:30:30Z", "America/St_Johns", 0, "2010-11-07"),
        ("2010-11-07T03:00:00Z", "America/St_Johns", 0, "2010-11-07"),
        ("2026-04-23T22:00:00Z", "Africa/Cairo", 0, "2026-04-24"),
    ] {
        assert_eq!(
            today(&settings(zone_name, hour), at(now)),
            date(text),
            "{now} {zone_name} {hour}"
        );
    }
    assert_eq!(
        today(&Settings::default(), at("2026-11-20T23:59:59Z")),
        date("2026-11-20")
    );
}

#[test]
fn the_days_of_a_rolling_window_go_on_to_the_end_of_today() {
    let now = at("2026-11-20T09:30:15Z") + chrono::TimeDelta::milliseconds(700);
    let window = days(
        &settings("Europe/Berlin", 0),
        "last/24-hours".parse().unwrap(),
        now,
    );
    let wanted: Vec<(&str, Instant, Instant)> = vec![
        (
            "2026-11-19",
            at("2026-11-19T09:30:15Z"),
            at("2026-11-19T23:00:00Z"),
        ),
        (
            "2026-11-20",
            at("2026-11-19T23:00:00Z"),
            at("2026-11-20T23:00:00Z"),
        ),
    ];
    let found: Vec<_> = window
        .iter()
        .map(|day| (day.date.to_string(), day.from, day.to))
        .collect();
    assert_eq!(
        found
            .iter()
            .map(|(date, from, to)| (&date[..], *from, *to))
            .collect::<Vec<_>>(),
        wanted
    );
    let weeks = days(
        &settings("Europe/Berlin", 0),
        "last/4-weeks".parse().unwrap(),
        now,
    );
    assert_eq!(weeks.len(), 29);
}

#[test]
fn weeks_and_months_have_their_days() {
    for (period, length, seconds) in [
        ("week/2026-W13", 7, 7 * 86_400 - 3600),
        ("month/2026-10", 31, 31 * 86_400 + 3600),
        ("month/2028-02", 29, 29 * 86_400),
        ("week/2026-W53", 7, 7 * 86_400),
    ] {
        let days = days(
            &settings("Europe/Berlin", 0),
            period.parse().unwrap(),
            moment(0),
        );
        assert_eq!(days.len(), length, "{period}");
        assert_eq!(
            days.iter().map(Bucket::length).sum::<i64>(),
            seconds,
            "{period}"
        );
    }
    // The first and last periods that there are.
    for period in [
        "day/1970-01-01",
        "month/1970-01",
        "day/2099-12-31",
        "week/2099-W53",
    ] {
        for zone_name in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let days = days(&settings(zone_name, 12), period.parse().unwrap(), moment(0));
            assert!(days.iter().all(|day| day.length() == 86_400), "{period}");
        }
    }
}
