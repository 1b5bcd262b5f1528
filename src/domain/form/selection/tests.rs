use super::*;
use crate::domain::{
    Action, WorkRevision,
    entry::ProjectRef,
    fixture::*,
    form::intent::{ASSIGN, DELETE_ALL},
    title::Title,
    work::Billing,
};
use serde_json::json;

const ONE: &str = "00000000-0000-0000-0000-000000000001";
const TWO: &str = "00000000-0000-0000-0000-000000000002";

fn assigning(project: &str, tags: &str, billable: &str) -> CommandForm {
    CommandForm {
        intent: ASSIGN.into(),
        sessions: ONE.into(),
        project: project.into(),
        tags: tags.into(),
        billable: billable.into(),
        ..CommandForm::default()
    }
}

#[test]
fn several_boxes_are_several_sessions() {
    let check = |sent: serde_json::Value, expected: Option<&[u32]>| {
        let form: CommandForm = serde_json::from_value(json!({"sessions": sent})).unwrap();
        let expected = expected.map(|all| all.iter().map(|one| session_id(*one)).collect());
        assert_eq!(form.selected().ok(), expected, "{sent}");
    };
    check(json!([ONE, TWO]), Some(&[1, 2]));
    check(json!([ONE]), Some(&[1]));
    check(json!(format!("{ONE},{TWO}")), Some(&[1, 2]));
    check(json!(""), None);
    check(json!([]), None);
    check(json!([ONE, "x"]), None);
    check(json!(format!("{ONE},")), None);
}

#[test]
fn what_crosses_between_pages_and_server_stays_one_text() {
    let form = CommandForm {
        sessions: format!("{ONE},{TWO}"),
        ..assigning("acme", "", "")
    };
    let sent = postcard::to_allocvec(&form).unwrap();
    assert_eq!(postcard::from_bytes::<CommandForm>(&sent), Ok(form));
}

#[test]
fn the_buttons_of_the_bar_make_actions() {
    let check = |intent: &str, expected: Action| {
        let form = CommandForm {
            intent: intent.into(),
            sessions: format!("{ONE},{TWO}"),
            ..CommandForm::default()
        };
        assert_eq!(form.action(&zone()), Ok(Some(expected)), "{intent}");
        let none = CommandForm {
            sessions: String::new(),
            ..form
        };
        let refused = none.action(&zone()).unwrap_err();
        assert_eq!(refused.of("form"), Some("Select a session first."));
    };
    let sessions = vec![session_id(1), session_id(2)];
    check(
        ASSIGN,
        Action::Assign {
            sessions: sessions.clone(),
            work: WorkRevision::default(),
        },
    );
    check(DELETE_ALL, Action::DeleteAll { sessions });
}

#[test]
fn an_empty_field_leaves_what_is_there_and_a_dash_takes_it_away() {
    let title = |name: &str| Title::new(name).unwrap();
    let check = |(project, tags, billable), expected: Naming| {
        let form = assigning(project, tags, billable);
        let shown = format!("{project:?} {tags:?} {billable:?}");
        assert_eq!(form.naming(), Ok(expected), "{shown}");
    };
    let nothing = Naming::default;
    let web = ProjectRef {
        client: Some(title("acme")),
        name: title("web"),
    };
    check(
        (" acme/web ", "", ""),
        Naming {
            project: Some(Some(web)),
            ..nothing()
        },
    );
    check(
        (" - ", "", ""),
        Naming {
            project: Some(None),
            ..nothing()
        },
    );
    check(
        ("", "bug, #late, bug", ""),
        Naming {
            more_tags: vec![title("bug"), title("late")],
            ..nothing()
        },
    );
    check(
        ("", "-", ""),
        Naming {
            tags: Some(Vec::new()),
            ..nothing()
        },
    );
    check(
        ("", "-, bug", "yes"),
        Naming {
            tags: Some(vec![title("bug")]),
            billable: Some(Billing::Billable),
            ..nothing()
        },
    );
    check(
        ("", "-bug", "no"),
        Naming {
            more_tags: vec![title("-bug")],
            billable: Some(Billing::NotBillable),
            ..nothing()
        },
    );
}

#[test]
fn what_cannot_be_done_is_said_at_its_field() {
    let long = "x".repeat(101);
    let check = |form: CommandForm, field: &str| {
        let errors = form.naming().unwrap_err();
        assert!(errors.of(field).is_some(), "{form:?}: {errors:?}");
    };
    check(assigning("", "", ""), "form");
    check(assigning(" ", " , ", ""), "form");
    check(assigning(&long, "", ""), "project");
    check(assigning("", &long, ""), "tags");
    check(assigning("", &format!("-,{long}"), ""), "tags");
}
