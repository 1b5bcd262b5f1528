use super::*;
use crate::domain::{Colour, ProjectId, ProjectLabel, Role, TagId, TagLabel, Title};

/// Friday noon in Berlin, where the clocks were put forward on 29 March 2026.
fn now() -> Instant {
    "2026-11-20T11:00:00Z".parse().unwrap()
}

fn settings() -> Settings {
    Settings {
        zone: Some("Europe/Berlin".parse().unwrap()),
        ..Settings::default()
    }
}

/// `web` is billable, `own` is not, and `old` is archived; there is a tag.
fn catalog() -> Catalog {
    let title = |text: &str| Title::new(text).unwrap();
    let project = |name: &str, billable, is_archived| ProjectLabel {
        id: ProjectId::new(now()),
        name: title(name),
        colour: Colour::numbered(0),
        client: None,
        billable,
        role: Some(Role::Owner),
        is_archived,
    };
    Catalog {
        projects: vec![
            project("web", true, false),
            project("own", false, false),
            project("old", false, true),
        ],
        tags: vec![TagLabel {
            id: TagId::new(now()),
            name: title("bug"),
            merged: Vec::new(),
        }],
    }
}

fn check(is_running: bool, line: &str, expected: &str) {
    let told = preview(line, &catalog(), &settings(), is_running, now());
    assert_eq!(told.unwrap_or_default(), expected, "{line}");
}

#[test]
fn a_line_is_foreseen() {
    for (line, expected) in [
        ("just a name", ""),
        ("fix @web #bug", "Starts “fix” · project web · tag bug"),
        (
            "fix @acme/app #new",
            "Starts “fix” · new project acme/app · new tag new",
        ),
        ("fix !", "Starts “fix” · billable"),
        ("fix @web !", "Starts “fix” · project web · not billable"),
        ("fix @own !", "Starts “fix” · project own · billable"),
        ("9:30-11 design", "Saves “design”, 09:30 – 11:00, 1:30:00"),
        (
            "14:00-15:00 design",
            "Saves “design”, 14:00 – 15:00 on Thu 19 Nov, 1:00:00",
        ),
        (
            "2h call yesterday",
            "Saves “call”, 09:00 – 11:00 on Thu 19 Nov, 2:00:00",
        ),
        ("since 10:15 call", "Starts “call”, since 10:15"),
    ] {
        check(false, line, expected);
    }
}

/// What saving would refuse is said before it is tried, in the same words.
#[test]
fn a_refusal_is_foreseen() {
    let archived = "The project “old” is archived. Take it back into use, or choose another name.";
    check(false, "fix @old", archived);
    check(true, "fix @old", archived);
    for line in ["2:15-2:45 2026-03-29 night", "2:15-2:45 2026-10-25 night"] {
        let now = now();
        let told = preview(line, &catalog(), &settings(), false, now).unwrap();
        let refused = Entry::read(line).unwrap();
        let refused =
            action(&refused, &settings().zone(), settings().hour_format, now).unwrap_err();
        assert_eq!(told, refused.to_string(), "{line}");
    }
}

#[test]
fn a_line_for_what_runs_names_it() {
    let stay = "its times stay: save another with “Add session”";
    for (line, expected) in [
        ("just a name", "".to_owned()),
        (
            "fix @web #bug",
            "Names it “fix” · project web · tag bug".to_owned(),
        ),
        ("fix !", "Names it “fix” · billable turned".to_owned()),
        (
            "fix @web !",
            "Names it “fix” · project web · not billable".to_owned(),
        ),
        (
            "9:30-11 design",
            format!("Names it “9:30-11 design” · {stay}"),
        ),
        (
            "2h call #bug",
            format!("Names it “2h call” · tag bug · {stay}"),
        ),
        ("\\2h call", "".to_owned()),
    ] {
        check(true, line, &expected);
    }
}
