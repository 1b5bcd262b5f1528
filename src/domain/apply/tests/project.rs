use super::*;
use crate::domain::{Placement, Usable, Work};

/// A session in project 1, in which project 2 is the other one.
fn in_project(session: Session, number: impl Into<Option<u32>>) -> Session {
    let project = number.into().map(project_id);
    let work = Work {
        project,
        tags: vec![tag_id(1)],
        billable: true,
    };
    Session { work, ..session }
}

/// What a command leaves of a session in a project that takes time, and in one that does not.
fn left(action: &Action, scope: &Scope) -> [Session; 2] {
    [usable(), Usable::default()].map(|usable| {
        let scope = Scope {
            usable,
            ..scope.clone()
        };
        let command = Command {
            id: command_id(9),
            at: at(100),
            action: action.clone(),
        };
        let changes = apply(&scope, &command, at(100)).unwrap();
        let [change] = &changes[..] else {
            panic!("{changes:?}")
        };
        change.after.clone().unwrap()
    })
}

fn undone(before: Option<Session>, after: Option<Session>) -> [Session; 2] {
    let scope = Scope {
        undoes: Some(vec![Change {
            before,
            after: after.clone(),
        }]),
        ..Scope::of(after.into_iter().collect())
    };
    let action = Action::Undo {
        command: command_id(1),
    };
    left(&action, &scope)
}

fn check(sessions: [Session; 2], [with, without]: [Option<u32>; 2], expected: &Session) {
    for (session, number) in sessions.into_iter().zip([with, without]) {
        let expected = Session {
            reached_at: session.reached_at,
            ..in_project(expected.clone(), number)
        };
        assert!(session.same_content(&expected), "{session:?} {expected:?}");
    }
}

#[test]
fn an_undo_brings_nothing_into_a_project_that_takes_no_more_time() {
    let one = |session| in_project(session, 1);
    let finished = || done(1, 0, 50);
    let moved = in_project(finished(), 2);
    let nowhere = in_project(finished(), None);
    let only = [Some(1), None];
    check(
        undone(Some(one(finished())), Some(moved)),
        only,
        &finished(),
    );
    check(
        undone(Some(one(finished())), Some(nowhere)),
        only,
        &finished(),
    );
    check(undone(Some(one(finished())), None), only, &finished());
    // It was stopped there, and would run on.
    let stopped = undone(Some(one(running(1, 0))), Some(one(finished())));
    check(stopped, only, &running(1, 0));
}

#[test]
fn an_undo_leaves_what_was_in_a_project_all_along() {
    let one = |session| in_project(session, 1);
    let stays = [Some(1), Some(1)];
    let renamed = Session {
        name: name("B"),
        ..running(1, 0)
    };
    check(
        undone(Some(one(running(1, 0))), Some(one(renamed))),
        stays,
        &running(1, 0),
    );
    let (short, long) = (done(1, 0, 50), done(1, 0, 90));
    check(
        undone(Some(one(short.clone())), Some(one(long))),
        stays,
        &short,
    );
    check(
        undone(Some(one(short.clone())), Some(one(running(1, 0)))),
        stays,
        &short,
    );
    let none = undone(
        Some(in_project(short.clone(), None)),
        Some(one(short.clone())),
    );
    check(none, [None, None], &short);
}

#[test]
fn a_session_runs_on_only_in_a_project_that_takes_time() {
    let scope = Scope::of(vec![in_project(done(1, 0, 50), 1)]);
    let revise = Action::Revise {
        session: session_id(1),
        version: None,
        name: None,
        from: None,
        to: Some(End::Open),
        work: WorkRevision::default(),
    };
    let edit = edit(1, 1, "A", Span::Running { since: at(0) });
    let only = [Some(1), None];
    for action in [&revise, &edit] {
        check(left(action, &scope), only, &running(1, 0));
    }
    // One that runs there already, or ends, stays.
    let runs = Scope::of(vec![in_project(running(1, 0), 1)]);
    let stays = [Some(1), Some(1)];
    let later = Action::Revise {
        session: session_id(1),
        version: None,
        name: None,
        from: Some(at(10)),
        to: Some(End::Open),
        work: WorkRevision::default(),
    };
    check(left(&later, &runs), stays, &running(1, 10));
    check(left(&stop(), &runs), stays, &done(1, 0, 100));
    // Whoever asks for the project by name is refused, not served without it.
    let asked = WorkRevision {
        project: Some(Placement::In(project_id(3))),
        ..WorkRevision::default()
    };
    let command = Command {
        id: command_id(9),
        at: at(100),
        action: revise.with_work(asked),
    };
    let refused = apply(&scope, &command, at(100));
    assert_eq!(refused, Err(Refusal::Unusable(Unusable::Project)));
}

#[test]
fn a_session_reaches_further_only_in_a_project_that_takes_time() {
    let one = |session| in_project(session, 1);
    let finished = Scope::of(vec![one(done(1, 20, 50))]);
    let runs = Scope::of(vec![one(running(1, 20))]);
    let (only, stays) = ([Some(1), None], [Some(1), Some(1)]);
    for (scope, from, to, expected) in [
        (&finished, 20, 51, only),
        (&finished, 19, 50, only),
        (&finished, 60, 70, only),
        (&finished, 21, 50, stays),
        (&finished, 20, 20, stays),
        (&runs, 20, 100, stays),
        (&runs, 30, 40, stays),
        (&runs, 20, 101, only),
        (&runs, 19, 40, only),
    ] {
        let edit = edit(1, 1, "A", span(from, to));
        check(left(&edit, scope), expected, &done(1, from, to));
    }
    check(
        left(&edit(1, 1, "A", since(10)), &runs),
        only,
        &running(1, 10),
    );
}
