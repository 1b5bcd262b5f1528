use super::*;
use crate::domain::overlap::overlaps;

#[test]
fn trimming_cuts_out_what_the_other_covers() {
    let trimmed = |one: (i64, i64), other: (i64, i64), left: &str| {
        let steps = [
            (0, add("A", one.0, one.1)),
            (0, add("B", other.0, other.1)),
            (99, trim(1, 2)),
        ];
        let (mut ledger, result) = run(&steps);
        assert!(result.is_ok());
        ledger
            .sessions
            .retain(|session| session.name.as_str() == "A");
        assert_eq!(written(&ledger.sessions), left, "{one:?} around {other:?}");
    };
    trimmed((10, 50), (30, 60), "1:10-30 A");
    trimmed((10, 50), (30, 50), "1:10-30 A");
    trimmed((10, 50), (5, 30), "1:30-50 A");
    trimmed((10, 50), (10, 30), "1:30-50 A");
    trimmed((10, 50), (20, 30), "1:10-20 A, 3:30-50 A");
    trimmed((10, 50), (10, 50), "");
    trimmed((10, 50), (5, 60), "");
    trimmed((10, 50), (50, 60), "1:10-50 A");
    trimmed((10, 50), (0, 10), "1:10-50 A");
    trimmed((10, 50), (20, 20), "1:10-50 A");
    trimmed((10, 10), (0, 50), "1:10-10 A");
}

#[test]
fn trimming_knows_what_runs() {
    let kept = |start, add, trimmed, left| {
        check(&[(start, self::start("A")), (60, add), (70, trimmed)], left)
    };
    kept(
        0,
        add("B", 10, 20),
        trim(1, 2),
        "1:0-10 A, 2:10-20 B, 3:20- A",
    );
    kept(15, add("B", 10, 20), trim(1, 2), "2:10-20 B, 1:20- A");
    kept(10, add("B", 10, 20), trim(1, 2), "2:10-20 B, 1:20- A");
    kept(20, add("B", 10, 20), trim(1, 2), "2:10-20 B, 1:20- A");
    kept(15, add("B", 10, 20), trim(2, 1), "2:10-15 B, 1:15- A");
    kept(5, add("B", 10, 20), trim(2, 1), "1:5- A");
    kept(5, add("B", 50, 90), trim(1, 2), "1:5-50 A, 2:50-90 B");
    kept(5, add("B", 50, 90), trim(2, 1), "1:5- A, 2:70-90 B");
    for planned in [trim(1, 2), trim(2, 1)] {
        kept(5, add("B", 500, 900), planned, "1:5- A, 2:500-900 B");
    }
    check_refused(&[(0, start("A")), (60, trim(1, 7))], Refusal::NotFound);
    check_refused(&[(0, start("A")), (60, trim(7, 1))], Refusal::NotFound);
}

#[test]
fn a_session_trimmed_around_itself_stays() {
    check_no_op(&[(0, add("A", 0, 50)), (60, trim(1, 1))]);
    check_no_op(&[(0, start("A")), (60, trim(1, 1))]);
}

#[test]
fn what_comes_to_reach_further_is_asked_about_although_the_other_was_kept() {
    let overlapping = |steps: &[Step]| {
        let (ledger, _) = run(&[&[(0, add("A", 0, 50)), (1, add("B", 60, 70))], steps].concat());
        !overlaps(&ledger.sessions, at(200)).is_empty()
    };
    let kept = || (90, keep(1));
    let onto = || (95, edit(2, 1, "B", span(40, 70)));
    assert!(overlapping(&[kept(), onto()]));
    // Kept again, whichever of the two, it stays so when less is left.
    for number in [1, 2] {
        assert!(!overlapping(&[kept(), onto(), (100, keep(number))]));
    }
    let less = (105, edit(2, 2, "B", span(45, 70)));
    assert!(!overlapping(&[kept(), onto(), (100, keep(1)), less]));
    assert!(!overlapping(&[(80, edit(2, 1, "B", span(40, 70))), kept()]));
}

#[test]
fn an_overlap_is_kept_until_the_span_reaches_further() {
    let kept = [(0, add("A", 0, 50)), (60, keep(1))];
    let with = |action| [&kept[..], &[(70, action)]].concat();
    check(&kept, "1:0-50 A kept");
    check(&with(rename(1, "B")), "1:0-50 B kept");
    check(&with(edit(1, 2, "B", span(0, 50))), "1:0-50 B kept");
    check(&with(edit(1, 2, "A", span(0, 49))), "1:0-49 A kept");
    check(&with(edit(1, 2, "A", span(1, 50))), "1:1-50 A kept");
    check(&with(edit(1, 2, "A", span(0, 51))), "1:0-51 A");
    check(&with(edit(1, 2, "A", span(-1, 50))), "1:-1-50 A");
    check(&with(edit(1, 2, "A", since(0))), "1:0- A");
    check(&with(duplicate(1)), "1:0-50 A kept, 3:0-50 A");
    check(&with(undo(2)), "1:0-50 A");
    let running = [(20, start("A")), (60, keep(1))];
    let with_running = |action| [&running[..], &[(70, action)]].concat();
    check(&with_running(stop()), "1:20-70 A kept");
    check(&with_running(start("B")), "1:20-70 A kept, 3:70- B");
    check(&with_running(edit(1, 2, "A", since(30))), "1:30- A kept");
    check(&with_running(edit(1, 2, "A", since(10))), "1:10- A");
    check(&with_running(edit(1, 2, "A", span(10, 30))), "1:10-30 A");
    check_no_op(&[&kept[..], &[(60, keep(1))]].concat());
    check_refused(&[(0, keep(7))], Refusal::NotFound);
}
