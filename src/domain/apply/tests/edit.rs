use super::*;

#[test]
fn editing_replaces_name_and_span() {
    let added = (0, add("A", 0, 50));
    check(&[added.clone(), (60, rename(1, "B"))], "1:0-50 B");
    check(&[(0, start("A")), (60, rename(1, "B"))], "1:0- B");
    check(
        &[added.clone(), (60, edit(1, 1, "B", span(10, 20)))],
        "1:10-20 B",
    );
    check(
        &[added.clone(), (60, edit(1, None, "A", span(9, 9)))],
        "1:9-9 A",
    );
    check(
        &[(20, start("A")), (60, edit(1, 1, "A", since(5)))],
        "1:5- A",
    );
    check(
        &[(20, start("A")), (60, edit(1, 1, "A", span(20, 30)))],
        "1:20-30 A",
    );
    check(&[added.clone(), (60, edit(1, 1, "A", since(0)))], "1:0- A");
    check_no_op(&[added.clone(), (60, rename(1, "A"))]);
    check_no_op(&[added.clone(), (60, edit(1, 1, "A", span(0, 50)))]);
    check_refused(&[(0, rename(7, "A"))], Refusal::NotFound);
    check_refused(&[(0, edit(7, None, "A", span(0, 1)))], Refusal::NotFound);
    check_refused(
        &[
            added.clone(),
            (60, start("B")),
            (70, edit(1, 1, "A", since(0))),
        ],
        Refusal::AnotherRuns,
    );
    check_refused(
        &[added, (60, edit(1, 1, "A", span(10, 9)))],
        invalid("stop", "The stop lies before the start."),
    );
}

#[test]
fn an_edit_of_an_old_version_is_refused() {
    let renamed = [(0, add("A", 0, 50)), (60, rename(1, "B"))];
    let with = |action| [&renamed[..], &[(70, action)]].concat();
    check_refused(&with(edit(1, 1, "C", span(0, 40))), Refusal::Stale);
    check_refused(&with(edit(1, 3, "C", span(0, 40))), Refusal::Stale);
    check(&with(edit(1, 2, "C", span(0, 40))), "1:0-40 C");
    check(&with(edit(1, None, "C", span(0, 40))), "1:0-40 C");
}
