use super::*;
use crate::domain::{
    fixture::{at, cases},
    money::sums,
    rounding::{Mode, Step},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, str::FromStr};

fn id<T: FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
    format!("{number:032x}").parse().unwrap()
}

fn day(number: u64) -> NaiveDate {
    at(0).date_naive() + chrono::Days::new(number)
}

fn euro(minor: i64) -> Money {
    Money {
        minor,
        currency: "EUR".parse().unwrap(),
    }
}

fn rate(number: u32, level: Level, minor: i64, from: u64) -> Rate {
    Rate {
        id: id(number),
        level,
        hourly: euro(minor),
        from: day(from),
    }
}

/// Member 1 costs 10 an hour, project 1 100; project 2 has been left.
fn tariff(rounding: Rounding) -> Tariff {
    let terms = Terms {
        rounding,
        ..Terms::default()
    };
    let left = Terms {
        is_left: true,
        ..terms
    };
    Tariff {
        rates: Rates::new(vec![
            rate(1, Level::Account(id(1)), 1000, 0),
            rate(2, Level::Project(id(1)), 10_000, 3),
        ]),
        projects: [(id(1), terms), (id(2), left)].into(),
        parting: HashMap::new(),
    }
}

fn piece(project: u32, date: u64, minutes: i64) -> Piece {
    Piece {
        member: id(1),
        project: (project > 0).then(|| id(project)),
        date: day(date),
        length: Seconds(minutes * 60),
        billable: true,
    }
}

fn rule(mode: Mode, per: Per, minutes: u8) -> Rounding {
    Rounding {
        mode,
        per,
        step: Step::new(minutes).unwrap(),
    }
}

fn check(rounding: Rounding, pieces: &[Piece], expected: &[Option<i64>]) {
    let expected: Vec<_> = expected.iter().map(|minor| minor.map(euro)).collect();
    assert_eq!(tariff(rounding).amounts(pieces), expected);
}

#[test]
fn only_what_is_billable_and_seen_costs_something() {
    let unpaid = Piece {
        billable: false,
        ..piece(1, 5, 60)
    };
    let other = Piece {
        member: id(9),
        ..piece(0, 5, 60)
    };
    let pieces = [
        piece(0, 5, 60),
        piece(1, 5, 60),
        piece(1, 2, 60),
        piece(2, 5, 60),
        piece(3, 5, 60),
        unpaid,
        other,
    ];
    check(
        Rounding::default(),
        &pieces,
        &[
            Some(1000),
            Some(10_000),
            Some(1000),
            None,
            Some(1000),
            None,
            None,
        ],
    );
}

#[test]
fn what_somebody_charges_after_leaving_is_not_for_before() {
    let mut tariff = tariff(Rounding::default());
    let then = Rates::new(vec![rate(3, Level::Account(id(1)), 500, 1)]);
    tariff.parting = [((id(1), id(1)), then), ((id(1), id(2)), Rates::default())].into();
    let other = |piece| Piece {
        member: id(2),
        ..piece
    };
    let now = [rate(4, Level::Account(id(2)), 7000, 0)];
    tariff.rates = Rates::new(tariff.rates.iter().cloned().chain(now).collect());
    let pieces = [
        piece(1, 0, 60),
        piece(1, 2, 60),
        piece(1, 3, 60),
        piece(0, 2, 60),
        other(piece(1, 2, 60)),
        other(piece(1, 3, 60)),
        other(piece(0, 2, 60)),
    ];
    let expected = [
        None,
        Some(500),
        Some(10_000),
        Some(1000),
        None,
        Some(10_000),
        Some(7000),
    ];
    assert_eq!(
        tariff.amounts(&pieces),
        expected.map(|minor| minor.map(euro))
    );
}

#[test]
fn each_session_is_rounded_by_its_projects_rule() {
    let rounding = rule(Mode::Up, Per::Session, 30);
    let pieces = [
        piece(1, 5, 1),
        piece(1, 5, 31),
        piece(0, 5, 1),
        piece(1, 5, 0),
    ];
    check(
        rounding,
        &pieces,
        &[Some(5000), Some(10_000), Some(17), Some(0)],
    );
}

#[test]
fn a_day_is_rounded_as_one_and_divided() {
    let rounding = rule(Mode::Up, Per::DayAndProject, 30);
    let pieces = [
        piece(1, 5, 10),
        piece(1, 6, 30),
        piece(1, 5, 5),
        piece(1, 5, 0),
    ];
    check(
        rounding,
        &pieces,
        &[Some(3333), Some(5000), Some(1667), Some(0)],
    );
    check(rounding, &[piece(1, 5, 0)], &[Some(0)]);
}

#[test]
fn a_list_comes_to_what_its_lines_say() {
    // A third of a cent each: nothing for each, and a cent together.
    let second = Piece {
        length: Seconds(1),
        ..piece(1, 5, 0)
    };
    let by_day = rule(Mode::None, Per::DayAndProject, 15);
    for (rounding, expected) in [(Rounding::default(), [0, 0, 0]), (by_day, [0, 0, 1])] {
        let mut tariff = tariff(rounding);
        tariff.rates = Rates::new(vec![rate(3, Level::Account(id(1)), 1200, 0)]);
        let amounts = tariff.amounts(&[second; 3]);
        assert_eq!(amounts, expected.map(|minor| Some(euro(minor))));
    }
}

/// The lines of a bill: one for each session, or for what a member did on a day at one price.
fn bill(tariff: &Tariff, rounding: Rounding, pieces: &[Piece]) -> Vec<Money> {
    let mut lines: BTreeMap<_, (Money, i64)> = BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        let Some(hourly) = tariff.hourly(piece) else {
            continue;
        };
        let alone = (rounding.per == Per::Session).then_some(number);
        let line = (alone, piece.date, piece.member, hourly.minor);
        lines.entry(line).or_insert((hourly, 0)).1 += piece.length.0;
    }
    let lines = lines.into_values();
    lines
        .map(|(hourly, seconds)| hourly.for_time(rounding.round(Seconds(seconds))))
        .collect()
}

proptest! {
    #![proptest_config(cases(512))]

    /// The amounts of sessions sum to those of the lines that a bill would have.
    #[test]
    fn parts_sum_to_the_whole(
        works in prop::collection::vec((0..4_u64, 0..5000_i64, 1..3_u32), 0..20),
        mode in prop::sample::select(vec![Mode::None, Mode::Up, Mode::Down, Mode::Nearest]),
        per in prop::sample::select(vec![Per::Session, Per::DayAndProject]),
        step in 1..=60_u8,
    ) {
        let rounding = rule(mode, per, step);
        let tariff = tariff(rounding);
        let pieces: Vec<_> = works
            .iter()
            .map(|(date, seconds, member)| Piece { member: id(*member), length: Seconds(*seconds), ..piece(1, *date, 0) })
            .collect();
        let amounts = tariff.amounts(&pieces);
        prop_assert_eq!(sums(amounts.iter().copied().flatten()), sums(bill(&tariff, rounding, &pieces)));
        prop_assert!(amounts.iter().flatten().all(|amount| amount.minor >= 0));
    }
}
