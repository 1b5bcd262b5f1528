use super::*;

#[test]
fn undo_takes_everything_back() {
    let undone = |steps: &[Step], number, expected| {
        check(&[steps, &[(80, undo(number))]].concat(), expected)
    };
    let a = (0, add("A", 0, 50));
    let b = (0, add("B", 10, 20));
    let runs = (60, start("R"));
    undone(std::slice::from_ref(&runs), 1, "");
    undone(&[runs.clone(), (70, start("S"))], 2, "1:60- R");
    undone(&[runs.clone(), (50, start("S"))], 2, "1:60- R");
    undone(&[runs.clone(), (70, stop())], 2, "1:60- R");
    undone(&[a.clone(), (60, rename(1, "C"))], 2, "1:0-50 A");
    undone(&[a.clone(), (60, edit(1, 1, "C", since(0)))], 2, "1:0-50 A");
    undone(std::slice::from_ref(&a), 1, "");
    undone(
        &[a.clone(), runs.clone(), (70, resume(1))],
        3,
        "1:0-50 A, 2:60- R",
    );
    undone(&[a.clone(), (60, duplicate(1))], 2, "1:0-50 A");
    undone(&[a.clone(), (60, delete(1))], 2, "1:0-50 A");
    undone(&[runs.clone(), (70, delete(1))], 2, "1:60- R");
    undone(
        &[a.clone(), b.clone(), (60, trim(1, 2))],
        3,
        "1:0-50 A, 2:10-20 B",
    );
    undone(
        &[a.clone(), b.clone(), (60, trim(2, 1))],
        3,
        "1:0-50 A, 2:10-20 B",
    );
    undone(
        &[runs, (70, add("B", 62, 64)), (70, trim(1, 2))],
        3,
        "1:60- R, 2:62-64 B",
    );
    undone(
        &[a, b, (60, keep(1)), (60, keep(2))],
        3,
        "1:0-50 A, 2:10-20 B kept",
    );
}

#[test]
fn undoing_an_undo_does_it_again() {
    let switched = [(0, start("A")), (50, start("B")), (60, undo(2))];
    check(&switched, "1:0- A");
    let again = [&switched[..], &[(70, undo(3))]].concat();
    check(&again, "1:0-50 A, 2:50- B");
    let back = [&again[..], &[(80, undo(4))]].concat();
    check(&back, "1:0- A");
    let (ledger, _) = run(&back);
    assert_eq!(ledger.sessions[0].version, 5, "a version never goes back");

    let deleted = [
        (0, add("A", 0, 50)),
        (60, delete(1)),
        (70, undo(2)),
        (80, undo(3)),
    ];
    check(&deleted, "");
    check(&[&deleted[..], &[(90, undo(4))]].concat(), "1:0-50 A");
}

#[test]
fn undo_is_refused_where_it_would_harm() {
    let stopped = [(0, start("A")), (50, stop())];
    let after = |steps: &[Step]| [&stopped[..], steps].concat();
    check_refused(&after(&[(60, undo(1))]), Refusal::ChangedSince);
    check_refused(
        &after(&[(60, rename(1, "B")), (70, undo(2))]),
        Refusal::ChangedSince,
    );
    check_refused(
        &after(&[(60, delete(1)), (70, undo(2))]),
        Refusal::ChangedSince,
    );
    check_refused(
        &after(&[(60, keep(1)), (70, undo(2))]),
        Refusal::ChangedSince,
    );
    check_refused(
        &after(&[(60, start("B")), (70, undo(2))]),
        Refusal::AnotherRuns,
    );
    check_refused(
        &after(&[(60, delete(1)), (70, undo(3)), (80, undo(3))]),
        Refusal::NothingToUndo,
    );
    check_refused(&after(&[(60, undo(9))]), Refusal::NothingToUndo);
    let discarded = [
        (0, start("A")),
        (50, delete(1)),
        (60, start("B")),
        (70, undo(2)),
    ];
    check_refused(&discarded, Refusal::AnotherRuns);
    // Half of a command is never undone: the stop of A could be taken back, the start of B not.
    check_refused(
        &[
            (0, start("A")),
            (50, start("B")),
            (60, rename(2, "C")),
            (70, undo(2)),
        ],
        Refusal::ChangedSince,
    );
}

#[test]
fn undo_looks_at_the_content_not_at_the_version() {
    let renamed_back = [
        (0, start("A")),
        (50, stop()),
        (60, rename(1, "B")),
        (70, rename(1, "A")),
        (80, undo(2)),
    ];
    check(&renamed_back, "1:0- A");
    check_no_op(&[(0, stop()), (10, undo(1))]);
}
