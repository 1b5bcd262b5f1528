use super::*;
use crate::domain::fixture::{at, cases, session_id};
use proptest::prelude::*;

fn rounding(mode: Mode, per: Per, minutes: u8) -> Rounding {
    let step = Step::new(minutes).unwrap();
    Rounding { mode, per, step }
}

fn member(number: u32) -> AccountId {
    format!("{number:032x}").parse().unwrap()
}

fn euros(minor: i64) -> Money {
    let currency = "EUR".parse().unwrap();
    Money { minor, currency }
}

fn work(session: u32, day: u64, who: u32, seconds: i64, hourly: i64) -> Work {
    Work {
        session: session_id(session),
        date: at(0).date_naive() + chrono::Days::new(day),
        member: member(who),
        length: Seconds(seconds),
        hourly: (hourly > 0).then(|| euros(hourly)),
    }
}

#[test]
fn rounds_in_each_direction() {
    let check = |minutes, seconds, [none, up, down, nearest]: [i64; 4]| {
        let expected = [none, up, down, nearest].map(Seconds);
        let modes = [Mode::None, Mode::Up, Mode::Down, Mode::Nearest];
        let found = modes.map(|mode| rounding(mode, Per::Session, minutes).round(Seconds(seconds)));
        assert_eq!(found, expected, "{minutes} {seconds}");
    };
    check(15, 0, [0, 0, 0, 0]);
    check(15, 1, [1, 900, 0, 0]);
    check(15, 449, [449, 900, 0, 0]);
    check(15, 450, [450, 900, 0, 900]);
    check(15, 900, [900, 900, 900, 900]);
    check(15, 901, [901, 1800, 900, 900]);
    check(1, 89, [89, 120, 60, 60]);
    check(1, 90, [90, 120, 60, 120]);
    check(7, 630, [630, 840, 420, 840]);
    check(60, 5399, [5399, 7200, 3600, 3600]);
    check(60, 5400, [5400, 7200, 3600, 7200]);
    check(60, -5, [0, 0, 0, 0]);
    check(
        60,
        i64::MAX,
        [i64::MAX, i64::MAX, i64::MAX / 3600 * 3600, i64::MAX],
    );
}

#[test]
fn a_step_has_one_to_sixty_minutes() {
    assert_eq!(
        [0, 1, 60, 61].map(|minutes| Step::new(minutes).is_ok()),
        [false, true, true, false]
    );
    let rule = rounding(Mode::Up, Per::DayAndProject, 6);
    let text = serde_json::to_string(&rule).unwrap();
    assert_eq!(text, r#"{"mode":"up","per":"day","step":6}"#);
    assert_eq!(serde_json::from_str::<Rounding>(&text).unwrap(), rule);
    assert!(serde_json::from_str::<Rounding>(&text.replace('6', "0")).is_err());
    assert_eq!("nearest".parse::<Mode>().unwrap(), Mode::Nearest);
}

/// Lines in short: session (0 for a whole day), tracked, rounded, amount.
fn check(rounding: Rounding, works: &[Work], expected: &[(u32, i64, i64, i64)], sum: i64) {
    let lines = rounding.lines(works);
    let shown = lines.iter().map(|line| {
        let number = (1..20).find(|number| line.session == Some(session_id(*number)));
        (
            number.unwrap_or(0),
            line.tracked.0,
            line.rounded.0,
            line.amount.map_or(0, |amount| amount.minor),
        )
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert_eq!(total(&lines), [euros(sum)]);
}

#[test]
fn each_session_is_rounded_by_itself() {
    let works = [
        work(1, 0, 1, 600, 6000),
        work(2, 0, 1, 600, 6000),
        work(3, 1, 1, 0, 6000),
        work(4, 0, 2, 60, 0),
    ];
    let up = rounding(Mode::Up, Per::Session, 15);
    check(
        up,
        &works,
        &[
            (1, 600, 900, 1500),
            (2, 600, 900, 1500),
            (3, 0, 0, 0),
            (4, 60, 900, 0),
        ],
        3000,
    );
    let exact = Rounding::default();
    check(
        exact,
        &works,
        &[
            (1, 600, 600, 1000),
            (2, 600, 600, 1000),
            (3, 0, 0, 0),
            (4, 60, 60, 0),
        ],
        2000,
    );
}

#[test]
fn the_work_of_a_day_is_rounded_as_one() {
    let up = rounding(Mode::Up, Per::DayAndProject, 15);
    let works = [
        work(1, 1, 1, 600, 6000),
        work(2, 0, 1, 600, 6000),
        work(3, 0, 1, 300, 6000),
        work(4, 0, 2, 60, 6000),
        work(5, 0, 1, 60, 9000),
        work(6, 0, 1, 1, 0),
    ];
    let expected = [
        (0, 1, 900, 0),
        (0, 900, 900, 1500),
        (0, 60, 900, 2250),
        (0, 60, 900, 1500),
        (0, 600, 900, 1500),
    ];
    check(up, &works, &expected, 6750);
}

#[test]
fn a_list_comes_to_what_its_lines_say() {
    // A third of a cent each: together a cent, shown as nothing.
    let works: Vec<Work> = (1..=3)
        .map(|session| work(session, 0, 1, 1, 1200))
        .collect();
    check(
        Rounding::default(),
        &works,
        &[(1, 1, 1, 0), (2, 1, 1, 0), (3, 1, 1, 0)],
        0,
    );
    let by_day = rounding(Mode::None, Per::DayAndProject, 15);
    check(by_day, &works, &[(0, 3, 3, 1)], 1);
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    let (modes, pers) = (
        prop::sample::select(Mode::ALL),
        prop::sample::select(Per::ALL),
    );
    (modes, pers, 1..=60_u8).prop_map(|(mode, per, minutes)| rounding(mode, per, minutes))
}

fn any_works() -> impl Strategy<Value = Vec<Work>> {
    let work = (
        0..4_u64,
        1..4_u32,
        0..40_000_i64,
        prop::sample::select(vec![0, 1, 8550, 9999]),
    );
    prop::collection::vec(work, 0..20).prop_map(|works| {
        let works = (1..).zip(works);
        works
            .map(|(session, (day, who, seconds, hourly))| {
                self::work(session, day, who, seconds, hourly)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn rounding_moves_by_less_than_a_step(rounding in any_rounding(), seconds in any::<i64>()) {
        let step = i128::from(rounding.step.minutes()) * 60;
        let length = i128::from(seconds.max(0));
        let rounded = i128::from(rounding.round(Seconds(seconds)).0);
        let (least, most) = match rounding.mode {
            Mode::None => (0, 0),
            Mode::Up => (0, step - 1),
            Mode::Down => (1 - step, 0),
            Mode::Nearest => (1 - step / 2, step / 2),
        };
        prop_assert!((least..=most).contains(&(rounded - length)) || rounded == i128::from(i64::MAX));
        prop_assert!(rounding.mode == Mode::None || rounded % step == 0 || rounded == i128::from(i64::MAX));
        if seconds < i64::MAX / 2 {
            prop_assert_eq!(rounding.round(rounding.round(Seconds(seconds))), rounding.round(Seconds(seconds)));
            prop_assert!(rounding.round(Seconds(seconds)) <= rounding.round(Seconds(seconds.saturating_add(1))));
        }
    }

    #[test]
    fn parts_sum_to_the_whole(rounding in any_rounding(), works in any_works(), by_day in any::<bool>()) {
        let lines = rounding.lines(&works);
        let tracked: i64 = lines.iter().map(|line| line.tracked.0).sum();
        prop_assert_eq!(tracked, works.iter().map(|work| work.length.0).sum::<i64>());

        let part = |work: &Work| if by_day { work.date.to_string() } else { work.member.to_string() };
        let parts: std::collections::BTreeSet<String> = works.iter().map(part).collect();
        let of = |name: &String| works.iter().copied().filter(|work| part(work) == *name).collect::<Vec<_>>();
        let parts: Vec<Line> = parts.iter().flat_map(|name| rounding.lines(&of(name))).collect();
        prop_assert_eq!(parts.len(), lines.len());
        prop_assert_eq!(total(&parts), total(&lines));
        let amounts: i64 = lines.iter().filter_map(|line| line.amount).map(|amount| amount.minor).sum();
        prop_assert_eq!(total(&lines).iter().map(|sum| sum.minor).sum::<i64>(), amounts);
        for line in &lines {
            prop_assert_eq!(line.rounded, rounding.round(line.tracked));
            prop_assert_eq!(line.amount, line.hourly.map(|hourly| hourly.for_time(line.rounded)));
        }
    }

    #[test]
    fn the_order_of_work_changes_no_sum(rounding in any_rounding(), works in any_works()) {
        let mut reversed = works.clone();
        reversed.reverse();
        prop_assert_eq!(total(&rounding.lines(&reversed)), total(&rounding.lines(&works)));
    }
}
