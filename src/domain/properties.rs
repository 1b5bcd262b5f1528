//! What holds for every history of commands, tried with random ones.

mod page;

use super::{apply::FUTURE_TOLERANCE, fixture::*, *};
use proptest::prelude::*;

/// One command of a history: how many seconds pass before it, how late it arrives, what it asks.
type Step = (i64, i64, Action);

/// The sessions and commands that actions name are among the first few of a history.
fn action() -> impl Strategy<Value = Action> {
    let some_name = || prop::sample::select(vec!["", "A", "B"]).prop_map(name);
    // Project 3 and tag 4 cannot be used.
    let work = || {
        let project = prop_oneof![1 => Just(Placement::Nowhere), 3 => (1..4_u32).prop_map(|number| Placement::In(project_id(number)))];
        let tags = prop::collection::vec((1..5_u32).prop_map(tag_id), 0..3);
        let billing = prop::sample::select(vec![
            Billing::Billable,
            Billing::NotBillable,
            Billing::Turned,
        ]);
        let some = (
            prop::option::of(project),
            prop::option::of(tags.clone()),
            tags,
            prop::option::of(billing),
        )
            .prop_map(|(project, tags, more_tags, billable)| WorkRevision {
                project,
                tags,
                more_tags,
                billable,
            });
        prop_oneof![2 => Just(WorkRevision::default()), 1 => some]
    };
    let several = || prop::collection::vec((1..10_u32).prop_map(session_id), 0..4);
    let second = || (-50..900_i64).prop_map(at);
    let session = || (1..10_u32).prop_map(session_id);
    let finished =
        || (-50..900_i64, -3..200_i64).prop_map(|(from, length)| span(from, from + length));
    let any_span =
        prop_oneof![4 => finished(), 1 => second().prop_map(|since| Span::Running { since })];
    prop_oneof![
        4 => (some_name(), prop::option::weighted(0.3, second()), work())
            .prop_map(|(name, from, work)| Action::Start { name, zone: zone(), from, work }),
        3 => (prop::option::weighted(0.2, session()), prop::option::weighted(0.3, second()),
            prop::option::weighted(0.2, some_name()), work())
            .prop_map(|(session, to, name, work)| Action::Stop { session, to, name, work }),
        1 => (session(), some_name(), work())
            .prop_map(|(session, name, work)| Action::Rename { session, name, work }),
        3 => (session(), prop::option::weighted(0.2, 1..4_i64), some_name(), any_span, work())
            .prop_map(|(session, version, name, span, work)| Action::Edit { session, version, name, span, work }),
        3 => (session(), prop::option::weighted(0.2, 1..4_i64), prop::option::of(some_name()), prop::option::of(second()),
            prop::option::of(prop_oneof![1 => Just(End::Open), 3 => second().prop_map(End::At)]), work())
            .prop_map(|(session, version, name, from, to, work)| Action::Revise { session, version, name, from, to, work }),
        3 => (some_name(), finished(), work())
            .prop_map(|(name, span, work)| Action::Add { name, zone: zone(), span, work }),
        2 => (several(), work()).prop_map(|(sessions, work)| Action::Assign { sessions, work }),
        1 => several().prop_map(|sessions| Action::DeleteAll { sessions }),
        1 => session().prop_map(|session| Action::Continue { session, zone: zone() }),
        3 => session().prop_flat_map(|session| prop_oneof![Just(Action::Duplicate { session }), Just(Action::Delete { session })]),
        3 => (session(), session()).prop_map(|(session, around)| Action::Trim { session, around }),
        1 => session().prop_map(|session| Action::KeepOverlap { session }),
        5 => (1..30_u32).prop_map(|number| Action::Undo { command: command_id(number) }),
    ]
}

fn history() -> impl Strategy<Value = Vec<Step>> {
    let lateness = prop_oneof![5 => Just(0), 1 => -70..200_i64];
    prop::collection::vec((0..60_i64, lateness, action()), 1..40)
}

/// Runs a history command by command, numbered from 1, and shows each to `watch`: the account
/// before it, the command, its moment, what came of it, and the account after it.
fn run(
    steps: &[Step],
    mut watch: impl FnMut(
        &Ledger,
        &Command,
        Instant,
        &Result<Vec<Change>, Refusal>,
        &Ledger,
    ) -> Result<(), TestCaseError>,
) -> Result<Ledger, TestCaseError> {
    let mut ledger = Ledger::default();
    let mut clock = 0;
    for (number, (pause, lateness, action)) in (1..).zip(steps) {
        clock += pause;
        let command = Command {
            id: command_id(number),
            at: at(clock - lateness),
            action: action.clone(),
        };
        let before = ledger.clone();
        let result = ledger.run(&command, at(clock));
        watch(&before, &command, at(clock), &result, &ledger)?;
    }
    Ok(ledger)
}

fn undo(number: u32, undone: CommandId, now: Instant) -> Command {
    Command {
        id: command_id(number),
        at: now,
        action: Action::Undo { command: undone },
    }
}

/// Seconds of a project, with what runs as long as a clock that is ahead may have it.
fn time_in(ledger: &Ledger, project: ProjectId, clock: i64) -> i64 {
    let now = at(clock + FUTURE_TOLERANCE);
    let in_it = |session: &&Session| session.work.project == Some(project);
    let sessions = ledger.sessions.iter().filter(in_it);
    sessions.map(|session| session.span.seconds(now)).sum()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_history_leaves_only_valid_sessions(steps in history()) {
        let mut newest_version = std::collections::HashMap::new();
        run(&steps, |before, command, now, result, after| {
            let Ok(changes) = result else {
                prop_assert_eq!(&after.sessions, &before.sessions);
                return Ok(());
            };
            prop_assert!(after.sessions.iter().filter(|session| session.is_running()).count() <= 1);
            for session in &after.sessions {
                prop_assert!(session.span.to().is_none_or(|to| to >= session.span.from()));
                prop_assert_eq!(session.span.from().timestamp_subsec_nanos(), 0);
                prop_assert!(after.sessions.iter().filter(|other| other.id == session.id).count() == 1);
            }
            for change in changes {
                prop_assert_ne!(&change.before, &change.after);
                if let (Some(before), Some(after)) = (&change.before, &change.after)
                    && before.overlap_kept_at.is_some()
                    && before.span.covers(&after.span)
                    && !matches!(command.action, Action::Undo { .. })
                {
                    // Keeping both once more sets the mark anew.
                    match command.action {
                        Action::KeepOverlap { .. } => prop_assert!(after.overlap_kept_at > before.overlap_kept_at),
                        _ => prop_assert_eq!(after.overlap_kept_at, before.overlap_kept_at),
                    }
                }
                if let Some(session) = &change.after {
                    prop_assert!(newest_version.insert(session.id, session.version) < Some(session.version));
                    prop_assert!(session.span.to().is_some() || session.span.from() <= now + chrono::TimeDelta::minutes(1));
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_command_given_again_gives_the_first_answer(steps in history(), later in 0..10_000_i64) {
        let mut ledger = run(&steps, |_, _, _, _, _| Ok(()))?;
        let finished = ledger.clone();
        for (command, changes) in &finished.log {
            prop_assert_eq!(&ledger.run(command, at(later)), &Ok(changes.clone()));
            prop_assert_eq!(&ledger.sessions, &finished.sessions);
            let again = Command { at: command.at + chrono::TimeDelta::seconds(1), ..command.clone() };
            prop_assert_eq!(&ledger.run(&again, at(later)), &Ok(changes.clone()));
            let other = undo(0, command_id(9999), command.at).action;
            let other = Command { action: other, ..command.clone() };
            prop_assert_eq!(ledger.run(&other, at(later)), Err(Refusal::Reused));
            prop_assert_eq!(&ledger.sessions, &finished.sessions);
        }
    }

    #[test]
    fn undo_restores_and_redo_repeats(steps in history()) {
        run(&steps, |before, command, now, result, after| {
            if result.is_ok() {
                let mut ledger = after.clone();
                ledger.run(&undo(100, command.id, now), now).unwrap();
                prop_assert_eq!(ledger.content(), before.content());
                ledger.run(&undo(101, command_id(100), now), now).unwrap();
                prop_assert_eq!(ledger.content(), after.content());
            }
            Ok(())
        })?;
    }

    #[test]
    fn everything_undone_in_reverse_leaves_nothing(steps in history()) {
        let mut contents = Vec::new();
        let mut ledger = run(&steps, |before, _, _, result, _| {
            contents.extend(result.is_ok().then(|| before.content()));
            Ok(())
        })?;
        // What is in force of a command: itself, or the latest redo of it.
        let mut in_force: std::collections::HashMap<_, _> = ledger.log.iter().map(|(command, _)| (command.id, command.id)).collect();
        let now = at(10_000);
        for ((command, _), content) in ledger.log.clone().iter().zip(contents).rev() {
            let undo = undo(u32::try_from(1000 + ledger.log.len()).unwrap(), in_force[&command.id], now);
            ledger.run(&undo, now).unwrap();
            if let Action::Undo { command: undone } = command.action {
                in_force.insert(undone, undo.id);
            }
            prop_assert_eq!(ledger.content(), content);
        }
        prop_assert!(ledger.sessions.is_empty());
    }

    #[test]
    fn a_project_that_takes_no_more_time_gets_none(steps in history(), open in 0..20_usize) {
        let mut ledger = Ledger::default();
        let mut clock = 0;
        for (number, (pause, lateness, action)) in (1..).zip(&steps) {
            clock += pause;
            ledger.closed = ledger.log.len() >= open;
            let before = ledger.clone();
            let command = Command { id: command_id(number), at: at(clock - lateness), action: action.clone() };
            let done = ledger.run(&command, at(clock));
            if ledger.closed && done.is_ok() {
                for project in [1, 2].map(project_id) {
                    prop_assert!(time_in(&ledger, project, clock) <= time_in(&before, project, clock));
                }
            }
        }
    }

    #[test]
    fn what_is_stored_reads_back_the_same(steps in history()) {
        let ledger = run(&steps, |_, _, _, _, _| Ok(()))?;
        for (command, changes) in ledger.log {
            let receipt = Receipt { command: command.id, action: command.action.clone(), changes, redo: false };
            let text = serde_json::to_string(&(&command, &receipt)).unwrap();
            prop_assert_eq!(serde_json::from_str::<(Command, Receipt)>(&text).unwrap(), (command, receipt));
        }
    }

    #[test]
    fn overlaps_are_those_that_comparing_all_pairs_finds(
        spans in prop::collection::vec((0..60_i64, 0..20_i64, any::<bool>()), 0..14),
        runs in prop::option::of(0..60_i64),
    ) {
        // Marked at a moment, made at another, and grown at a third.
        let some = |number: u32, span: &(i64, i64, bool)| {
            let (from, length, is_marked) = *span;
            Session {
                id: SessionId::new(at(length)),
                overlap_kept_at: (is_marked && length % 3 == 0).then(|| at(from / 3)),
                reached_at: (!is_marked && length % 2 == 0).then(|| at(from / 2)),
                ..done(number, from, from + length)
            }
        };
        let mut sessions: Vec<Session> = (1..).zip(&spans).map(|(number, span)| some(number, span)).collect();
        sessions.extend(runs.map(|since| running(50, since)));
        let allows = |one: &Session, other: &Session| {
            one.overlap_kept_at.is_some_and(|kept| {
                other.id.made_at().is_none_or(|made| made <= kept) && other.reached_at.is_none_or(|grown| grown <= kept)
            })
        };
        let now = at(50);
        let shared = |a: &Session, b: &Session| {
            a.id != b.id && !allows(a, b) && !allows(b, a) && a.span.overlaps(&b.span, now)
        };

        let found = overlap::overlaps(&sessions, now);
        for session in &sessions {
            let others: Vec<SessionId> =
                sessions.iter().filter(|other| shared(session, other)).map(|other| other.id).collect();
            match found.get(&session.id) {
                Some(other) => prop_assert!(others.contains(other)),
                None => prop_assert!(others.is_empty(), "{} is missing", session.id),
            }
        }
    }
}
