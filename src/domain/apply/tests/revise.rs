use super::*;
use crate::domain::session::LATEST;

/// Changes session 1.
fn revise(
    version: impl Into<Option<i64>>,
    name: Option<&str>,
    from: Option<i64>,
    to: Option<End>,
) -> Action {
    Action::Revise {
        session: session_id(1),
        version: version.into(),
        name: name.map(self::name),
        from: from.map(at),
        to,
        work: WorkRevision::default(),
    }
}

fn until(seconds: i64) -> Option<End> {
    Some(End::At(at(seconds)))
}

#[test]
fn what_is_not_given_stays() {
    let finished = |revised, left| check(&[(0, add("A", 10, 20)), (50, revised)], left);
    finished(revise(None, Some("B"), None, None), "1:10-20 B");
    finished(revise(None, None, Some(5), None), "1:5-20 A");
    finished(revise(None, None, None, until(30)), "1:10-30 A");
    finished(revise(None, Some(""), Some(0), until(1)), "1:0-1 (no name)");
    finished(revise(1, None, None, Some(End::Open)), "1:10- A");
    finished(revise(None, None, Some(40), Some(End::Open)), "1:40- A");

    let running = |revised, left| check(&[(10, start("A")), (50, revised)], left);
    running(revise(None, Some("B"), None, None), "1:10- B");
    running(revise(None, None, Some(5), None), "1:5- A");
    running(revise(None, None, None, until(30)), "1:10-30 A");
    running(revise(1, Some("B"), None, Some(End::Open)), "1:10- B");
}

#[test]
fn revising_to_what_is_changes_nothing() {
    let added = (0, add("A", 10, 20));
    check_no_op(&[added.clone(), (50, revise(None, None, None, None))]);
    check_no_op(&[added, (50, revise(1, Some("A"), Some(10), until(20)))]);
    check_no_op(&[
        (10, start("A")),
        (50, revise(None, None, None, Some(End::Open))),
    ]);
}

#[test]
fn revising_is_refused_like_editing() {
    let refused = |revised, refusal| {
        check_refused(
            &[(0, add("A", 10, 20)), (30, start("B")), (50, revised)],
            refusal,
        );
    };
    refused(revise(2, Some("B"), None, None), Refusal::Stale);
    let backwards = || invalid("stop", "The stop lies before the start.");
    refused(revise(None, None, Some(21), None), backwards());
    refused(revise(None, None, None, until(9)), backwards());
    refused(
        revise(None, None, None, Some(End::Open)),
        Refusal::AnotherRuns,
    );
    refused(
        revise(None, None, Some(LATEST), until(LATEST)),
        Refusal::OutOfRange,
    );
    check_refused(
        &[(10, start("A")), (50, revise(None, None, Some(200), None))],
        invalid("start", "This lies in the future."),
    );
    check_refused(&[(50, revise(None, None, None, None))], Refusal::NotFound);
}
