use super::*;
use crate::domain::session::LATEST;
use chrono::TimeDelta;

#[test]
fn the_future_and_other_centuries_are_refused() {
    let try_at = |command_at: Instant, action: &Action, now: Instant| {
        let scope = Scope::of(vec![running(1, 0), done(2, 0, 50)]);
        apply(
            &scope,
            &Command {
                id: command_id(9),
                at: command_at,
                action: action.clone(),
            },
            now,
        )
        .map(drop)
    };
    let now = at(1000);
    let second = |seconds| Instant::from_timestamp(seconds, 0).unwrap();

    assert_eq!(try_at(at(1060), &stop(), now), Ok(()));
    assert_eq!(try_at(at(1061), &stop(), now), Err(Refusal::InFuture));
    assert_eq!(try_at(second(-1), &stop(), now), Err(Refusal::OutOfRange));
    assert_eq!(
        try_at(second(LATEST), &stop(), second(LATEST)),
        Err(Refusal::OutOfRange)
    );
    assert_eq!(
        try_at(second(LATEST - 1), &stop(), second(LATEST - 1)),
        Ok(())
    );

    let ahead = |field| Err(invalid(field, "This lies in the future."));
    let check =
        |action: Action, expected| assert_eq!(try_at(now, &action, now), expected, "{action:?}");
    let (early, late) = (
        at(0) - TimeDelta::days(60 * 366),
        at(0) + TimeDelta::days(80 * 366),
    );
    check(start_from("A", 1060), Ok(()));
    check(start_from("A", 1061), ahead("start"));
    check(
        Action::Start {
            name: name("A"),
            zone: zone(),
            from: Some(early),
            work: WorkRevision::default(),
        },
        Err(Refusal::OutOfRange),
    );
    check(stop_at(1060), Ok(()));
    check(stop_at(1061), ahead("stop"));
    check(edit(1, 1, "A", since(1060)), Ok(()));
    check(edit(1, 1, "A", since(1061)), ahead("start"));
    check(
        edit(1, 1, "A", Span::Running { since: early }),
        Err(Refusal::OutOfRange),
    );
    check(
        edit(
            2,
            1,
            "A",
            Span::Done {
                from: early,
                to: now,
            },
        ),
        Err(Refusal::OutOfRange),
    );
    check(
        edit(
            2,
            1,
            "A",
            Span::Done {
                from: now,
                to: late,
            },
        ),
        Err(Refusal::OutOfRange),
    );
    check(edit(1, 1, "A", span(0, 1060)), Ok(()));
    check(edit(1, 1, "A", span(0, 1061)), ahead("stop"));
    let revise = |number, to| Action::Revise {
        session: session_id(number),
        version: None,
        name: None,
        from: None,
        to: Some(End::At(at(to))),
        work: WorkRevision::default(),
    };
    check(revise(1, 1060), Ok(()));
    check(revise(1, 1061), ahead("stop"));
    // What is finished may have been planned.
    check(edit(2, 1, "A", span(0, 5000)), Ok(()));
    check(revise(2, 5000), Ok(()));
    check(add("A", 5000, 6000), Ok(()));
    for span in [
        Span::Done {
            from: early,
            to: now,
        },
        Span::Done {
            from: now,
            to: late,
        },
    ] {
        check(
            Action::Add {
                name: name("A"),
                zone: zone(),
                span,
                work: WorkRevision::default(),
            },
            Err(Refusal::OutOfRange),
        );
    }
}

#[test]
fn what_is_finer_than_a_second_is_dropped() {
    let fine = at(10) + TimeDelta::milliseconds(999);
    let command = |action| Command {
        id: command_id(9),
        at: fine,
        action,
    };
    let after = |scope: Vec<Session>, action| {
        let changes = apply(&Scope::of(scope), &command(action), fine).unwrap();
        written(
            &changes
                .into_iter()
                .filter_map(|change| change.after)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(after(vec![], start("A")), "9:10- A");
    assert_eq!(after(vec![running(1, 0)], stop()), "1:0-10 A");
    assert_eq!(
        after(
            vec![running(1, 0)],
            Action::Stop {
                session: None,
                to: Some(fine),
                name: None,
                work: WorkRevision::default(),
            }
        ),
        "1:0-10 A"
    );
    assert_eq!(
        after(
            vec![],
            Action::Start {
                name: name("A"),
                zone: zone(),
                from: Some(fine),
                work: WorkRevision::default(),
            }
        ),
        "9:10- A"
    );
}
