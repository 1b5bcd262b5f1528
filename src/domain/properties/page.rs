//! What pages show of every history: sums, and what they take over.

use super::*;
use crate::domain::overview::sort_newest_first;

/// The days of a period, cut at `cuts` and not at midnight: sums must not depend on where.
fn overview(sessions: &[Session], cuts: &[i64], now: Instant) -> Overview {
    let date = at(0).date_naive();
    let days = cuts
        .windows(2)
        .map(|cut| Bucket {
            date,
            from: at(cut[0]),
            to: at(cut[1]),
        })
        .collect();
    let mut overview = Overview {
        period: Period::Day(date),
        days,
        sessions: Vec::new(),
        offsets: Offsets::utc(),
    };
    overview.sessions = sessions
        .iter()
        .filter(|session| overview.touches(session, now))
        .cloned()
        .collect();
    sort_newest_first(&mut overview.sessions);
    overview
}

fn tally(sessions: &[Session], days: &[Bucket]) -> Tally {
    let finished = || sessions.iter().filter(|session| !session.is_running());
    let done = |day: &Bucket| {
        finished()
            .map(|session| day.seconds(&session.span, day.to))
            .sum()
    };
    Tally {
        days: days.to_vec(),
        done: days.iter().map(done).collect(),
    }
}

/// The catalogue that fits `usable`.
fn catalog() -> Catalog {
    let title = |text: &str| Title::new(text).unwrap();
    let project = |known: UsableProject| ProjectLabel {
        id: known.id,
        name: title("P"),
        colour: Colour::numbered(0),
        client: None,
        billable: known.billable,
        role: Some(Role::Member),
        is_archived: false,
    };
    let tag = |id| TagLabel {
        id,
        name: title("T"),
        merged: Vec::new(),
    };
    Catalog {
        projects: usable().projects.into_iter().map(project).collect(),
        tags: usable().tags.into_iter().map(tag).collect(),
    }
}

fn sheet(ledger: &Ledger, cuts: &[i64], now: Instant) -> Sheet {
    let overview = overview(&ledger.sessions, cuts, now);
    Sheet {
        worth: None,
        now,
        today: now.date_naive(),
        settings: Settings::default(),
        account: None,
        running: running_of(ledger).cloned(),
        week: Some(tally(&ledger.sessions, &overview.days)),
        month: None,
        overview,
        catalog: catalog(),
        shortcuts: Vec::new(),
        left_at: None,
        command: command_id(0),
        notice: None,
        refused: None,
    }
}

fn cuts() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(-100..1200_i64, 2..8).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts
    })
}

fn running_of(ledger: &Ledger) -> Option<&Session> {
    ledger.sessions.iter().find(|session| session.is_running())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn parts_sum_to_the_whole(steps in history(), cuts in cuts(), now in 0..1500_i64) {
        let ledger = run(&steps, |_, _, _, _, _| Ok(()))?;
        let now = at(now);
        let whole = overview(&ledger.sessions, &[cuts[0], cuts[cuts.len() - 1]], now);
        let parts = overview(&ledger.sessions, &cuts, now);
        prop_assert_eq!(parts.total(now), whole.total(now));
        prop_assert_eq!(parts.seconds_by_day(now).iter().sum::<i64>(), whole.total(now));
        prop_assert_eq!(parts.days.iter().map(Bucket::length).sum::<i64>(), whole.days[0].length());
        for (session, seconds) in parts.timed(now) {
            let of_days: i64 = parts.days.iter().map(|day| day.seconds(&session.span, now)).sum();
            prop_assert_eq!(of_days, seconds);
        }
        let running = running_of(&ledger);
        prop_assert_eq!(tally(&ledger.sessions, &parts.days).total(running, now), whole.total(now));

        let all = overview(&ledger.sessions, &[-1000, 10_000], now);
        prop_assert_eq!(all.total(now), ledger.sessions.iter().map(|session| session.span.seconds(now)).sum::<i64>());
    }

    #[test]
    fn taking_changes_equals_asking_again(steps in history(), cuts in cuts()) {
        run(&steps, |before, _, now, result, after| {
            let Ok(changes) = result else { return Ok(()) };
            let mut taken = sheet(before, &cuts, now);
            taken.take(changes, now);
            let asked = sheet(after, &cuts, now);
            prop_assert_eq!(&taken, &asked);

            let by_day = asked.overview.seconds_by_day(now);
            prop_assert_eq!(asked.week.unwrap().seconds(asked.running.as_ref(), now), by_day);
            Ok(())
        })?;
    }

    #[test]
    fn what_a_page_foresees_is_what_happens(steps in history(), cuts in cuts()) {
        run(&steps, |before, command, now, result, _| {
            if let Ok(foreseen) = apply(&sheet(before, &cuts, now).scope(), command, now) {
                prop_assert_eq!(&Ok(foreseen), result);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_rolling_window_counts_what_is_over(steps in history(), cuts in cuts(), now in 0..1500_i64) {
        let ledger = run(&steps, |_, _, _, _, _| Ok(()))?;
        let (now, calendar) = (at(now), overview(&ledger.sessions, &cuts, at(now)));
        let window = Overview { period: Period::Rolling(Rolling::Hours24), ..calendar.clone() };
        let over: i64 = ledger.sessions.iter()
            .map(|session| session.span.seconds_within(calendar.from(), calendar.to().min(now), now))
            .sum();
        prop_assert_eq!(window.total(now), over);
        prop_assert_eq!(window.seconds_by_day(now).iter().sum::<i64>(), over);
        let page = Sheet { overview: window, ..sheet(&ledger, &cuts, now) };
        let parts = page.parts(now);
        prop_assert_eq!(parts.projects.iter().map(|(_, seconds)| seconds).sum::<i64>(), over);
        for (tag, seconds) in parts.tags {
            let has = page.overview.timed(now).filter(|(session, _)| tag.is_on(&session.work));
            prop_assert_eq!(seconds, has.map(|(_, seconds)| seconds).sum::<i64>());
        }
    }
}
