mod clock;
mod edit;
mod late;
mod project;
mod revise;
mod trim;
mod undo;

use super::*;
use crate::domain::{End, WorkRevision, ZoneName, fixture::*};

type Step = (i64, Action);

fn start(text: &str) -> Action {
    Action::Start {
        name: name(text),
        zone: zone(),
        from: None,
        work: WorkRevision::default(),
    }
}

fn start_from(text: &str, from: i64) -> Action {
    Action::Start {
        name: name(text),
        zone: zone(),
        from: Some(at(from)),
        work: WorkRevision::default(),
    }
}

fn stop() -> Action {
    Action::Stop {
        session: None,
        to: None,
        name: None,
        work: WorkRevision::default(),
    }
}

fn stop_one(number: u32) -> Action {
    Action::Stop {
        session: Some(session_id(number)),
        to: None,
        name: None,
        work: WorkRevision::default(),
    }
}

fn stop_at(to: i64) -> Action {
    Action::Stop {
        session: None,
        to: Some(at(to)),
        name: None,
        work: WorkRevision::default(),
    }
}

fn rename(number: u32, text: &str) -> Action {
    Action::Rename {
        session: session_id(number),
        name: name(text),
        work: WorkRevision::default(),
    }
}

fn edit(number: u32, version: impl Into<Option<i64>>, text: &str, span: Span) -> Action {
    Action::Edit {
        session: session_id(number),
        version: version.into(),
        name: name(text),
        span,
        work: WorkRevision::default(),
    }
}

fn add(text: &str, from: i64, to: i64) -> Action {
    Action::Add {
        name: name(text),
        zone: zone(),
        span: span(from, to),
        work: WorkRevision::default(),
    }
}

fn resume(number: u32) -> Action {
    Action::Continue {
        session: session_id(number),
        zone: zone(),
    }
}

fn duplicate(number: u32) -> Action {
    Action::Duplicate {
        session: session_id(number),
    }
}

fn delete(number: u32) -> Action {
    Action::Delete {
        session: session_id(number),
    }
}

fn trim(number: u32, around: u32) -> Action {
    Action::Trim {
        session: session_id(number),
        around: session_id(around),
    }
}

fn keep(number: u32) -> Action {
    Action::KeepOverlap {
        session: session_id(number),
    }
}

fn undo(number: u32) -> Action {
    Action::Undo {
        command: command_id(number),
    }
}

fn since(from: i64) -> Span {
    Span::Running { since: at(from) }
}

/// Runs the steps as commands 1, 2, 3 … each given at its own second, one before the last late; the result of
/// the last one.
fn run(steps: &[Step]) -> (Ledger, Result<Vec<Change>, Refusal>) {
    let mut ledger = Ledger::default();
    let mut result = Ok(Vec::new());
    let mut now = 0;
    for (number, (second, action)) in (1..).zip(steps) {
        result.unwrap_or_else(|refusal| panic!("the step before {number} was refused: {refusal}"));
        let command = Command {
            id: command_id(number),
            at: at(*second),
            action: action.clone(),
        };
        now = now.max(*second);
        result = ledger.run(&command, at(now));
    }
    (ledger, result)
}

fn check(steps: &[Step], expected: &str) {
    let (ledger, result) = run(steps);
    assert!(result.is_ok(), "{steps:#?}: {result:?}");
    assert_eq!(written(&ledger.sessions), expected, "{steps:#?}");
}

/// The last step is carried out, and changes nothing.
fn check_no_op(steps: &[Step]) {
    let (_, result) = run(steps);
    assert_eq!(result, Ok(Vec::new()), "{steps:#?}");
}

/// The last step is refused, and changes nothing.
fn check_refused(steps: &[Step], expected: Refusal) {
    let (before, _) = run(&steps[..steps.len() - 1]);
    let (after, result) = run(steps);
    assert_eq!(result, Err(expected), "{steps:#?}");
    assert_eq!(after.sessions, before.sessions, "{steps:#?}");
}

fn invalid(field: &str, message: &str) -> Refusal {
    FieldErrors::one(field, message).into()
}

#[test]
fn starting_stops_what_runs_at_the_same_second() {
    check(&[(0, start("A"))], "1:0- A");
    check(&[(0, start(""))], "1:0- (no name)");
    check(&[(100, start_from("A", 40))], "1:40- A");
    check(&[(0, start("A")), (50, start("B"))], "1:0-50 A, 2:50- B");
    check(&[(0, start("A")), (0, start("B"))], "1:0-0 A, 2:0- B");
    check(
        &[(0, start("A")), (90, start_from("B", 50))],
        "1:0-50 A, 2:50- B",
    );
    check(
        &[(0, start("A")), (50, stop()), (70, start("B"))],
        "1:0-50 A, 3:70- B",
    );
}

#[test]
fn stopping_ends_what_runs_and_nothing_else() {
    check(&[(0, start("A")), (50, stop())], "1:0-50 A");
    check(&[(0, start("A")), (50, stop_one(1))], "1:0-50 A");
    check(&[(0, start("A")), (90, stop_at(60))], "1:0-60 A");
    check(&[(0, start("A")), (90, stop_at(0))], "1:0-0 A");
    check(&[(50, start("A")), (40, stop())], "1:50-50 A");
    let named = |session| Action::Stop {
        session,
        to: None,
        name: Some(name("B")),
        work: WorkRevision::default(),
    };
    check(&[(0, start("A")), (50, named(None))], "1:0-50 B");
    check_no_op(&[(0, add("A", 0, 50)), (60, named(Some(session_id(1))))]);
    check_no_op(&[(0, stop())]);
    check_no_op(&[(100, start("A")), (39, stop())]);
    check_no_op(&[(0, start("A")), (50, stop()), (60, stop())]);
    check_no_op(&[(0, start("A")), (50, stop()), (60, stop_one(1))]);
    check_no_op(&[(0, start("A")), (50, start("B")), (60, stop_one(1))]);
    check_refused(&[(0, stop_one(7))], Refusal::NotFound);
    check_refused(
        &[(50, start("A")), (60, stop_at(49))],
        invalid("stop", "The stop lies before the start."),
    );
}

#[test]
fn sessions_are_added_copied_continued_and_deleted() {
    let added = (0, add("A", 0, 50));
    check(std::slice::from_ref(&added), "1:0-50 A");
    check(&[(0, start("B")), (20, add("A", 5, 5))], "1:0- B, 2:5-5 A");
    check(&[added.clone(), (60, duplicate(1))], "1:0-50 A, 2:0-50 A");
    check(&[(0, start("A")), (60, duplicate(1))], "1:0- A, 2:0-60 A");
    check(
        &[(50, start("A")), (40, duplicate(1))],
        "1:50- A, 2:50-50 A",
    );
    check(&[added.clone(), (60, resume(1))], "1:0-50 A, 2:60- A");
    check(
        &[added.clone(), (60, start("B")), (70, resume(1))],
        "1:0-50 A, 2:60-70 B, 3:70- A",
    );
    check_no_op(&[(0, start("A")), (60, resume(1))]);
    check(&[added.clone(), (60, delete(1))], "");
    check(&[(0, start("A")), (60, delete(1))], "");
    check_refused(
        &[added, (60, delete(1)), (70, delete(1))],
        Refusal::NotFound,
    );
    check_refused(&[(0, duplicate(7))], Refusal::NotFound);
    check_refused(&[(0, resume(7))], Refusal::NotFound);
    let unfinished = Action::Add {
        name: name("A"),
        zone: zone(),
        span: since(0),
        work: WorkRevision::default(),
    };
    check_refused(
        &[(0, unfinished)],
        invalid("stop", "Give a stop or a duration."),
    );
    check_refused(
        &[(0, add("A", 5, 4))],
        invalid("stop", "The stop lies before the start."),
    );
}

#[test]
fn a_new_session_is_in_the_zone_of_whoever_started_it() {
    let elsewhere: ZoneName = "Asia/Kathmandu".parse().unwrap();
    let resume = Action::Continue {
        session: session_id(1),
        zone: elsewhere.clone(),
    };
    let (ledger, _) = run(&[
        (0, add("A", 0, 50)),
        (60, resume),
        (70, duplicate(1)),
        (80, rename(2, "B")),
    ]);
    let zones: Vec<_> = ledger
        .content()
        .into_iter()
        .map(|session| session.zone)
        .collect();
    assert_eq!(zones, [zone(), elsewhere, zone()]);
}

#[test]
fn a_scope_may_name_the_running_session_twice() {
    let scope = Scope::of(vec![running(1, 0), running(1, 0)]);
    let command = Command {
        id: command_id(9),
        at: at(50),
        action: rename(1, "B"),
    };
    assert_eq!(
        apply(&scope, &command, at(50)).map(|changes| changes.len()),
        Ok(1)
    );
}
