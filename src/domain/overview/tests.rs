use super::*;
use crate::domain::{Rolling, fixture::*};

/// Two days of 100 seconds.
fn overview(sessions: Vec<Session>) -> Overview {
    let date = at(0).date_naive();
    let day = |from| Bucket {
        date,
        from: at(from),
        to: at(from + 100),
    };
    Overview {
        period: Period::Day(date),
        days: vec![day(100), day(200)],
        sessions,
        offsets: Offsets::utc(),
    }
}

#[test]
fn a_session_counts_with_what_lies_in_each_day() {
    let check = |session: Session, now, days: [i64; 2]| {
        let overview = overview(vec![session.clone()]);
        assert_eq!(overview.seconds_by_day(at(now)), days, "{session:?}");
        assert_eq!(overview.total(at(now)), days.iter().sum::<i64>());
        let timed: Vec<_> = overview.timed(at(now)).collect();
        assert_eq!(timed, [(&session, days.iter().sum())]);
    };
    check(done(1, 120, 150), 0, [30, 0]);
    check(done(1, 150, 250), 0, [50, 50]);
    check(done(1, 0, 900), 0, [100, 100]);
    check(done(1, 0, 100), 0, [0, 0]);
    check(done(1, 200, 300), 0, [0, 100]);
    check(running(1, 150), 230, [50, 30]);
    check(running(1, 150), 120, [0, 0]);
    check(running(1, 0), 999, [100, 100]);
}

#[test]
fn a_period_lists_what_touches_it() {
    let check = |session: Session, now, expected| {
        assert_eq!(
            overview(vec![]).touches(&session, at(now)),
            expected,
            "{session:?} {now}"
        );
    };
    check(done(1, 0, 100), 0, false);
    check(done(1, 0, 101), 0, true);
    check(done(1, 300, 400), 0, false);
    check(done(1, 299, 400), 0, true);
    check(done(1, 0, 400), 0, true);
    check(done(1, 100, 100), 0, true);
    check(done(1, 299, 299), 0, true);
    check(done(1, 300, 300), 0, false);
    check(done(1, 99, 99), 0, false);
    check(running(1, 50), 100, false);
    check(running(1, 50), 101, true);
    check(running(1, 150), 150, true);
    check(running(1, 150), 140, true);
    check(running(1, 310), 310, false);
}

#[test]
fn changes_are_taken_over() {
    let stopped = Change {
        before: Some(running(1, 120)),
        after: Some(done(1, 120, 150)),
    };
    let started = Change {
        before: None,
        after: Some(running(2, 150)),
    };
    let mut overview = overview(vec![running(1, 120), done(3, 110, 115)]);
    overview.take(&[stopped, started], at(150));
    assert_eq!(
        overview.sessions,
        [running(2, 150), done(1, 120, 150), done(3, 110, 115)]
    );

    let moved_out = Change {
        before: Some(done(1, 120, 150)),
        after: Some(done(1, 0, 50)),
    };
    let deleted = Change {
        before: Some(running(2, 150)),
        after: None,
    };
    let elsewhere = Change {
        before: None,
        after: Some(done(4, 300, 400)),
    };
    overview.take(&[moved_out, deleted, elsewhere], at(160));
    assert_eq!(overview.sessions, [done(3, 110, 115)]);
}

#[test]
fn a_rolling_window_slides_with_the_clock() {
    const HOUR: i64 = 3600;
    let day = |from, to| Bucket {
        date: at(0).date_naive(),
        from: at(from * HOUR),
        to: at(to * HOUR),
    };
    let mut window = Overview {
        period: Period::Rolling(Rolling::Hours24),
        days: vec![day(10, 24), day(24, 48)],
        sessions: vec![running(1, 0), done(2, 10 * HOUR, 11 * HOUR)],
        offsets: Offsets::utc(),
    };
    assert_eq!(window.total(at(34 * HOUR)), 25 * HOUR);
    window.slide(at(35 * HOUR));
    assert_eq!(window.days, [day(11, 24), day(24, 48)]);
    assert_eq!(window.sessions, [running(1, 0)]);
    assert_eq!(window.total(at(35 * HOUR)), 24 * HOUR);
    window.slide(at(30 * HOUR));
    assert_eq!(window.from(), at(11 * HOUR));
    window.slide(at(48 * HOUR));
    assert_eq!(window.days, [day(24, 48)]);
    assert_eq!(window.seconds_by_day(at(48 * HOUR)), [24 * HOUR]);
    window.slide(at(99 * HOUR));
    assert_eq!(window.days, [day(24, 48)]);
    let mut week = Overview {
        period: Period::Day(at(0).date_naive()),
        ..window.clone()
    };
    week.slide(at(50 * HOUR));
    assert_eq!(week.days, window.days);
}

#[test]
fn a_rolling_window_ends_now() {
    const HOUR: i64 = 3600;
    let day = |from, to| Bucket {
        date: at(0).date_naive(),
        from: at(from * HOUR),
        to: at(to * HOUR),
    };
    let planned = || {
        vec![
            done(2, 40 * HOUR, 41 * HOUR),
            done(1, 33 * HOUR, 36 * HOUR),
            done(3, 20 * HOUR, 21 * HOUR),
        ]
    };
    let mut window = Overview {
        period: Period::Rolling(Rolling::Hours24),
        days: vec![day(10, 24), day(24, 48)],
        sessions: planned(),
        offsets: Offsets::utc(),
    };
    let check = |window: &Overview, now, days: [i64; 2]| {
        let now = at(now * HOUR);
        assert_eq!(window.seconds_by_day(now), days.map(|hours| hours * HOUR));
        assert_eq!(window.total(now), days.iter().sum::<i64>() * HOUR);
        for (session, seconds) in window.timed(now) {
            let days = window.days.iter();
            let days = days.map(|day| window.counted(*day, now).seconds(&session.span, now));
            assert_eq!(seconds, days.sum::<i64>(), "{session:?}");
        }
    };
    check(&window, 34, [1, 1]);
    let today = window.counted(window.days[1], at(34 * HOUR));
    assert_eq!(today, day(24, 34));
    assert!(!today.holds(&window.sessions[0].span, at(34 * HOUR)));
    // What was still to come counts once it is over, on a page that stayed open, too.
    window.slide(at(36 * HOUR));
    check(&window, 36, [1, 3]);
    window.slide(at(41 * HOUR));
    check(&window, 41, [1, 4]);
    window.sessions.remove(0);
    assert_eq!(window.counted(window.days[1], at(41 * HOUR)), day(24, 48));
    // A day of the calendar has what is planned for it.
    let calendar = Overview {
        period: Period::Day(at(0).date_naive()),
        sessions: planned(),
        ..window
    };
    check(&calendar, 34, [1, 4]);
}

#[test]
fn a_tally_counts_finished_sessions_and_adds_the_running_one() {
    let mut tally = Tally {
        days: overview(vec![]).days,
        done: vec![0, 0],
    };
    let check = |tally: &Tally, running: Option<&Session>, days: [i64; 2]| {
        assert_eq!(tally.seconds(running, at(230)), days);
        assert_eq!(tally.total(running, at(230)), days.iter().sum::<i64>());
    };
    tally.take(&[Change {
        before: None,
        after: Some(running(1, 150)),
    }]);
    check(&tally, None, [0, 0]);
    check(&tally, Some(&running(1, 150)), [50, 30]);
    tally.take(&[Change {
        before: Some(running(1, 150)),
        after: Some(done(1, 150, 250)),
    }]);
    check(&tally, None, [50, 50]);
    check(&tally, Some(&running(2, 220)), [50, 60]);
    tally.take(&[Change {
        before: Some(done(1, 150, 250)),
        after: Some(done(1, 90, 110)),
    }]);
    check(&tally, None, [10, 0]);
    tally.take(&[Change {
        before: Some(done(1, 90, 110)),
        after: None,
    }]);
    check(&tally, None, [0, 0]);
}

#[test]
fn newest_comes_first_and_the_later_made_of_two() {
    let mut sessions = vec![done(1, 10, 20), done(3, 0, 99), running(2, 10)];
    sort_newest_first(&mut sessions);
    assert_eq!(sessions, [running(2, 10), done(1, 10, 20), done(3, 0, 99)]);
}
