//! Offsets, and local times that are one moment, none, or two.

use crate::harness::*;
use chrono::NaiveDateTime;
use stint::server::zone::{Pick, Unclear, offsets, resolve};

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn offsets_change_when_clocks_do() {
    let berlin = offsets(
        &zone("Europe/Berlin"),
        at("2026-03-01T00:00:00Z"),
        at("2026-12-01T00:00:00Z"),
    );
    for (utc, shown) in [
        ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
        ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
        ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59"),
        ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00"),
    ] {
        assert_eq!(berlin.local(at(utc)), local(shown), "{utc}");
    }
    let kathmandu = offsets(
        &zone("Asia/Kathmandu"),
        at("2026-03-01T00:00:00Z"),
        at("2026-12-01T00:00:00Z"),
    );
    assert_eq!(kathmandu, stint::domain::Offsets::new(20_700, []));
    assert_eq!(
        offsets(&zone("Mars/Base"), moment(0), moment(1)),
        stint::domain::Offsets::utc()
    );
}

#[rustfmt::skip]
#[test]
fn local_times_that_are_unclear_offer_two_moments() {
    let gap = |before, after| Unclear::Gap {
        before: local(before),
        after: local(after),
    };
    let fold = |earlier, later| Unclear::Fold {
        earlier: at(earlier),
        later: at(later),
    };
    for (zone_name, typed, unclear, earlier, later) in [
        ("Europe/Berlin", "2026-03-29T02:30:00", gap("2026-03-29T01:30:00", "2026-03-29T03:30:00"), "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T02:30:00", fold("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"), "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", gap("2026-10-04T01:45:00", "2026-10-04T02:45:00"), "2026-10-03T15:15:00Z", "2026-10-03T15:45:00Z"),
        ("Pacific/Apia", "2011-12-30T12:00:00", gap("2011-12-29T12:00:00", "2011-12-31T12:00:00"), "2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z"),
        ("Africa/Cairo", "2026-04-24T00:00:00", gap("2026-04-23T23:00:00", "2026-04-24T01:00:00"), "2026-04-23T21:00:00Z", "2026-04-23T22:00:00Z"),
    ] {
        let zone = zone(zone_name);
        assert_eq!(
            resolve(&zone, local(typed), None),
            Err(unclear),
            "{zone_name} {typed}"
        );
        assert_eq!(
            resolve(&zone, local(typed), Some(Pick::Earlier)),
            Ok(at(earlier)),
            "{zone_name} {typed}"
        );
        assert_eq!(
            resolve(&zone, local(typed), Some(Pick::Later)),
            Ok(at(later)),
            "{zone_name} {typed}"
        );
        // What the two are shown as is what was offered.
        if let Unclear::Gap { before, after } = unclear {
            assert_eq!(resolve(&zone, before, None), Ok(at(earlier)));
            assert_eq!(resolve(&zone, after, None), Ok(at(later)));
        }
    }
}

#[test]
fn clear_local_times_are_one_moment() {
    for (zone_name, typed, moment) in [
        (
            "Europe/Berlin",
            "2026-03-29T01:59:59",
            "2026-03-29T00:59:59Z",
        ),
        (
            "Europe/Berlin",
            "2026-03-29T03:00:00",
            "2026-03-29T01:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-10-25T03:00:00",
            "2026-10-25T02:00:00Z",
        ),
        (
            "Asia/Kathmandu",
            "2026-11-20T09:00:00",
            "2026-11-20T03:15:00Z",
        ),
        (
            "America/Vancouver",
            "2026-12-24T12:00:00",
            "2026-12-24T19:00:00Z",
        ),
    ] {
        for pick in [None, Some(Pick::Earlier), Some(Pick::Later)] {
            assert_eq!(
                resolve(&zone(zone_name), local(typed), pick),
                Ok(at(moment)),
                "{zone_name} {typed}"
            );
        }
    }
    for typed in [
        "1969-12-31T23:59:59",
        "2100-01-01T00:00:00",
        "+20000-01-01T00:00:00",
        "-5000-01-01T00:00:00",
    ] {
        assert_eq!(
            resolve(&zone("UTC"), local(typed), None),
            Err(Unclear::OutOfRange),
            "{typed}"
        );
    }
}
