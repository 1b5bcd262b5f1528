use super::*;

#[test]
fn a_late_start_ends_where_the_running_one_began() {
    check(&[(50, start("A")), (20, start("B"))], "2:20-50 B, 1:50- A");
    check(
        &[(50, start("A")), (90, start_from("B", 20))],
        "2:20-50 B, 1:50- A",
    );
    check(
        &[(0, add("A", 0, 9)), (50, start("B")), (20, resume(1))],
        "1:0-9 A, 3:20-50 A, 2:50- B",
    );
}

#[test]
fn what_runs_from_the_future_does_not_hold_up_a_start() {
    let started = |from: i64, action: Action, now: i64| {
        let mut ledger = Ledger::default();
        for (number, action) in (1..).zip([start_from("A", from), action]) {
            let command = Command {
                id: command_id(number),
                at: at(now),
                action,
            };
            ledger.run(&command, at(now)).unwrap();
        }
        written(&ledger.sessions)
    };
    assert_eq!(started(150, start("B"), 100), "2:100- B, 1:150-150 A");
    assert_eq!(started(101, start("B"), 100), "2:100- B, 1:101-101 A");
    assert_eq!(started(100, start("B"), 100), "1:100-100 A, 2:100- B");
    assert_eq!(
        started(150, start_from("B", 20), 100),
        "2:20-150 B, 1:150- A"
    );
}

#[test]
fn a_late_stop_says_when_the_work_ended_that_another_start_cut_short() {
    let late = [(100, start("A")), (50, start("B"))];
    let with = |steps: &[Step]| [&late[..], steps].concat();
    check(&with(&[(70, stop_one(2))]), "2:50-70 B, 1:100- A");
    check(&with(&[(50, stop_one(2))]), "2:50-50 B, 1:100- A");
    check(
        &with(&[(120, stop()), (70, stop_one(2))]),
        "2:50-70 B, 1:100-120 A",
    );
    check(
        &with(&[(120, rename(2, "C")), (70, stop_one(2))]),
        "2:50-70 C, 1:100- A",
    );
    check(
        &[(0, start("A")), (50, start("B")), (30, stop_one(1))],
        "1:0-30 A, 2:50- B",
    );
    check(
        &[
            (0, add("A", 0, 9)),
            (20, resume(1)),
            (50, resume(1)),
            (30, stop_one(2)),
        ],
        "1:0-9 A, 2:20-30 A, 3:50- A",
    );
    check(
        &with(&[(70, stop_one(2)), (130, undo(3))]),
        "2:50-100 B, 1:100- A",
    );
    check_no_op(&with(&[(100, stop_one(2))]));
    check_no_op(&with(&[(40, stop_one(2))]));
    check_no_op(&with(&[(70, stop_one(2)), (60, stop_one(2))]));
    check_no_op(&with(&[
        (110, edit(2, None, "B", span(50, 90))),
        (70, stop_one(2)),
    ]));
    check_no_op(&[(0, start("A")), (50, stop()), (30, stop_one(1))]);
    check_no_op(&[(0, add("A", 0, 50)), (30, stop_one(1))]);
}
