use super::*;
use crate::domain::fixture::cases;
use proptest::prelude::*;

fn rounding(mode: Mode, per: Per, minutes: u8) -> Rounding {
    let step = Step::new(minutes).unwrap();
    Rounding { mode, per, step }
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

#[test]
fn a_rule_is_told() {
    for (mode, per, minutes, told) in [
        (Mode::None, Per::Session, 15, "Time is paid to the second."),
        (
            Mode::Up,
            Per::Session,
            15,
            "Each session is rounded up to a multiple of 15 minutes.",
        ),
        (
            Mode::Down,
            Per::Session,
            1,
            "Each session is rounded down to a whole minute.",
        ),
        (
            Mode::Nearest,
            Per::DayAndProject,
            6,
            "What each member does on a day is rounded to the nearest multiple of 6 minutes.",
        ),
    ] {
        assert_eq!(rounding(mode, per, minutes).told(), told);
    }
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    let (modes, pers) = (
        prop::sample::select(Mode::ALL),
        prop::sample::select(Per::ALL),
    );
    (modes, pers, 1..=60_u8).prop_map(|(mode, per, minutes)| rounding(mode, per, minutes))
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
}
