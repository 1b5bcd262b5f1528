use super::*;
use crate::domain::fixture::*;

const ONE: &str = "00000000-0000-0000-0000-000000000001";
const TWO: &str = "00000000-0000-0000-0000-000000000002";

fn form(fields: &[(&str, &str)]) -> CommandForm {
    let fields: serde_json::Map<_, _> = fields
        .iter()
        .map(|(field, text)| ((*field).into(), (*text).into()))
        .collect();
    serde_json::from_value(fields.into()).unwrap()
}

#[test]
fn every_field_can_be_filled_in_by_its_name() {
    let mut form = CommandForm::default();
    for (field, place) in form.fields() {
        field.clone_into(place);
    }
    let fields = serde_json::to_value(&form).unwrap();
    for (field, text) in fields.as_object().unwrap() {
        assert_eq!(text, field);
    }
}

#[test]
fn a_pressed_button_spells_out_what_it_is_about() {
    let check = |press: &str, expected: &[(&str, &str)]| {
        assert_eq!(
            form(&[("press", press)]).spelled_out(),
            form(expected),
            "{press:?}"
        );
    };
    check("delete/1", &[("intent", "delete"), ("session", "1")]);
    check("undo/1", &[("intent", "undo"), ("undoes", "1")]);
    check(
        "trim/1/2",
        &[("intent", "trim"), ("session", "1"), ("around", "2")],
    );
    check("", &[]);
    check("stop", &[("press", "stop")]);
    check("/1", &[("press", "/1")]);
    let both = form(&[
        ("press", "delete/1"),
        ("intent", "edit"),
        ("session", "2"),
        ("name", "A"),
    ]);
    assert_eq!(
        both.spelled_out(),
        form(&[("intent", "delete"), ("session", "1"), ("name", "A")])
    );
    let saved = form(&[("intent", "edit"), ("session", "2")]);
    assert_eq!(saved.clone().spelled_out(), saved);
}

#[test]
fn an_intent_and_its_fields_make_an_action() {
    let check = |fields: &[(&str, &str)], expected: Option<Action>| {
        assert_eq!(
            form(fields).spelled_out().action(&zone()),
            Ok(expected),
            "{fields:?}"
        );
    };
    let session = session_id(1);
    check(
        &[("intent", "start"), ("name", " A ")],
        Some(Action::Start {
            name: name("A"),
            zone: zone(),
            from: None,
            work: WorkRevision::default(),
        }),
    );
    check(&[("intent", "start"), ("start", "2026-11-20T09:00")], None);
    check(
        &[("intent", "stop")],
        Some(Action::Stop {
            session: None,
            to: None,
            name: None,
            work: WorkRevision::default(),
        }),
    );
    let to = Some(at(50));
    check(
        &[("press", &format!("stop/{ONE}")), ("stop_at", "1795132850")],
        Some(Action::Stop {
            session: Some(session),
            to,
            name: None,
            work: WorkRevision::default(),
        }),
    );
    check(&[("intent", "stop"), ("stop", "2026-11-20T09:00")], None);
    let named = Action::Stop {
        session: None,
        to: None,
        name: Some(name("A")),
        work: WorkRevision::default(),
    };
    check(
        &[("intent", "stop"), ("named", "1"), ("name", "A")],
        Some(named),
    );
    check(
        &[("intent", "rename"), ("session", ONE), ("name", "B")],
        Some(Action::Rename {
            session,
            name: name("B"),
            work: WorkRevision::default(),
        }),
    );
    check(
        &[("press", &format!("continue/{ONE}"))],
        Some(Action::Continue {
            session,
            zone: zone(),
        }),
    );
    check(
        &[("press", &format!("duplicate/{ONE}"))],
        Some(Action::Duplicate { session }),
    );
    check(
        &[("press", &format!("delete/{ONE}"))],
        Some(Action::Delete { session }),
    );
    check(
        &[("press", &format!("trim/{ONE}/{TWO}"))],
        Some(Action::Trim {
            session,
            around: session_id(2),
        }),
    );
    check(
        &[("press", &format!("keep-overlap/{ONE}"))],
        Some(Action::KeepOverlap { session }),
    );
    check(
        &[("press", &format!("undo/{ONE}"))],
        Some(Action::Undo {
            command: command_id(1),
        }),
    );
    check(&[("intent", "add")], None);
    check(&[("intent", "edit"), ("session", ONE)], None);
}

#[test]
fn what_no_page_sends_is_refused() {
    let check = |fields: &[(&str, &str)], field: &str| {
        let errors = form(fields)
            .spelled_out()
            .action(&zone())
            .expect_err(&format!("{fields:?}"));
        assert!(errors.of(field).is_some(), "{fields:?}: {errors:?}");
    };
    check(&[], "form");
    check(&[("intent", "explode")], "form");
    check(&[("intent", "rename")], "form");
    check(&[("intent", "undo")], "form");
    check(&[("press", "undo/")], "form");
    check(&[("press", "delete/")], "form");
    check(&[("press", "delete/1")], "form");
    check(&[("press", "delete/../1")], "form");
    check(&[("press", &format!("trim/{ONE}"))], "form");
    check(&[("press", &format!("trim/{ONE}/x"))], "form");
    check(&[("intent", "stop"), ("session", "x")], "form");
    check(&[("intent", "stop"), ("stop_at", "soon")], "form");
    check(
        &[("intent", "stop"), ("stop_at", "99999999999999999999")],
        "form",
    );
    check(&[("intent", "start"), ("name", "a\nb")], "name");
}

#[test]
fn a_command_has_an_id_and_a_moment() {
    assert_eq!(form(&[("command", ONE)]).id(), Ok(command_id(1)));
    for text in ["", "1", "not-an-id", &format!("{ONE}0")] {
        assert!(form(&[("command", text)]).id().is_err(), "{text:?}");
    }
    assert_eq!(form(&[]).at(at(7)), Ok(at(7)));
    assert_eq!(form(&[("at", "1795132809")]).at(at(7)), Ok(at(9)));
    for text in ["-1", "4102444800", "1e3", " 5", "9223372036854775808"] {
        assert!(form(&[("at", text)]).at(at(7)).is_err(), "{text:?}");
    }
}

#[test]
fn a_form_without_an_answer_that_is_pressed_again_is_the_same() {
    let check = |intent: &str, change: (&str, &str), seconds: i64, same: bool| {
        let stamp = [("command", ONE), ("zone", "UTC"), ("at", "1795132809")];
        let fields = [("intent", intent), ("name", "a")];
        let lost = form(&[&stamp[..], &fields[..]].concat());
        let again = form(&[&fields[..], &[change][..]].concat());
        let now = at(9 + seconds);
        assert_eq!(
            again.repeats(&lost, now),
            same,
            "{intent} {change:?} {seconds}"
        );
    };
    check("start", ("stop", ""), 60, true);
    check("start", ("stop", ""), 61, false);
    check("start", ("name", "b"), 1, false);
    check("delete", ("stop", ""), 1, true);
    check("delete", ("session", ONE), 1, false);
    check("add", ("stop", ""), 100_000, true);
    check("add", ("stop", "2026-11-20T09:00"), 1, false);
    check("edit", ("stop", ""), 100_000, true);
}
