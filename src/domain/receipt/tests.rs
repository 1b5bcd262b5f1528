use super::*;
use crate::domain::{Command, WorkRevision, fixture::*};

fn start(text: &str) -> Action {
    Action::Start {
        name: name(text),
        zone: zone(),
        from: None,
        work: WorkRevision::default(),
    }
}

/// Carries the actions out as commands 1, 2, 3 … a minute apart; what the last one tells.
fn check(actions: &[Action], expected: &str) {
    let mut ledger = Ledger::default();
    for (number, action) in (1..).zip(actions) {
        let command = Command {
            id: command_id(number),
            at: at(i64::from(number) * 60),
            action: action.clone(),
        };
        ledger.run(&command, command.at).unwrap();
    }
    let mut receipts: Vec<Receipt> = Vec::new();
    for (command, changes) in ledger.log {
        let redo = receipts.iter().any(|earlier| {
            command.action
                == Action::Undo {
                    command: earlier.command,
                }
                && earlier.is_undo()
        });
        receipts.push(Receipt {
            command: command.id,
            action: command.action,
            changes,
            redo,
        });
    }
    let last = receipts.last().unwrap();
    assert_eq!(
        last.message(&Offsets::new(3600, []), HourFormat::TwentyFour),
        expected
    );
}

#[test]
fn each_action_says_what_it_did() {
    let session = session_id(1);
    let a = Action::Add {
        name: name("A"),
        zone: zone(),
        span: span(0, 60),
        work: WorkRevision::default(),
    };
    let with = |action| [start("A"), action];
    let after_add = |action| [a.clone(), action];
    check(&[start("A")], "Started “A”.");
    check(&[start("")], "Started “(no name)”.");
    check(&with(start("B")), "Started “B”, stopped “A”.");
    let late = Action::Start {
        name: name("B"),
        zone: zone(),
        from: Some(at(0)),
        work: WorkRevision::default(),
    };
    check(&with(late), "Saved “B”; a later session is running.");
    check(
        &with(Action::Stop {
            session: None,
            to: None,
            name: None,
            work: WorkRevision::default(),
        }),
        "Stopped “A” at 01:02.",
    );
    check(
        &[Action::Stop {
            session: None,
            to: None,
            name: None,
            work: WorkRevision::default(),
        }],
        "Nothing to change.",
    );
    check(
        &with(Action::Rename {
            session,
            name: name("B"),
            work: WorkRevision::default(),
        }),
        "Renamed to “B”.",
    );
    let edit = Action::Edit {
        session,
        version: None,
        name: name("B"),
        span: span(0, 9),
        work: WorkRevision::default(),
    };
    check(&with(edit), "Saved “B”.");
    check(std::slice::from_ref(&a), "Added “A”.");
    check(
        &after_add(Action::Continue {
            session,
            zone: zone(),
        }),
        "Started “A”.",
    );
    check(
        &[
            a.clone(),
            start("B"),
            Action::Continue {
                session,
                zone: zone(),
            },
        ],
        "Started “A”, stopped “B”.",
    );
    check(&after_add(Action::Duplicate { session }), "Duplicated “A”.");
    check(&after_add(Action::Delete { session }), "Deleted “A”.");
    check(&with(Action::Delete { session }), "Discarded “A”.");
    check(
        &after_add(Action::KeepOverlap { session }),
        "Kept “A” as it is.",
    );
    let b = Action::Add {
        name: name("B"),
        zone: zone(),
        span: span(10, 20),
        work: WorkRevision::default(),
    };
    let trim = |number, around| Action::Trim {
        session: session_id(number),
        around: session_id(around),
    };
    check(&[a.clone(), b.clone(), trim(1, 2)], "Trimmed “A”.");
    check(
        &[a, b, trim(2, 1)],
        "Deleted “B”, which lay within the other session.",
    );
}

#[test]
fn undo_and_redo_name_what_the_command_was_about() {
    let undo = |number| Action::Undo {
        command: command_id(number),
    };
    check(&[start("A"), undo(1)], "Undone: “A”.");
    check(&[start("A"), start("B"), undo(2)], "Undone: “B”.");
    check(
        &[start("A"), start("B"), undo(2), undo(3)],
        "Done again: “B”.",
    );
    check(
        &[start("A"), start("B"), undo(2), undo(3), undo(4)],
        "Undone: “B”.",
    );
}

#[test]
fn several_at_once_are_counted_also_when_undone() {
    let sessions = vec![session_id(1), session_id(2)];
    let all = [start("A"), start("B"), Action::DeleteAll { sessions }];
    check(&all, "Deleted 2 sessions.");
    let undo = Action::Undo {
        command: command_id(3),
    };
    let [a, b, delete] = all;
    check(&[a, b, delete, undo], "Undone: 2 sessions.");
}

#[test]
fn a_name_written_right_to_left_leaves_the_sentence_alone() {
    check(
        &[start("שלום"), start("B")],
        "Started “B”, stopped “\u{2068}שלום\u{2069}”.",
    );
    check(
        &[
            start("שלום"),
            Action::Stop {
                session: None,
                to: None,
                name: None,
                work: WorkRevision::default(),
            },
        ],
        "Stopped “\u{2068}שלום\u{2069}” at 01:02.",
    );
}
