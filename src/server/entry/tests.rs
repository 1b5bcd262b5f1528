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

/// What a line saves or starts in a zone, with days that begin at an hour, at a moment there.
fn saved((zone, day_start_hour): (&str, u8), now: &str, line: &str) -> String {
    let settings = Settings {
        zone: Some(zone.parse().unwrap()),
        day_start_hour,
        ..Settings::default()
    };
    let entry = Entry::read(line).unwrap();
    let (from, to) = match action(&entry, &settings, now.parse().unwrap()).unwrap() {
        Action::Start { from, .. } => (from.unwrap(), None),
        Action::Add { span, .. } => (span.from(), span.to()),
        other => panic!("{other:?}"),
    };
    let written = |at: Instant| at.format("%dT%H:%M").to_string();
    let to = to.map(written).unwrap_or_default();
    format!("{}-{to}", written(from))
}

#[test]
fn today_and_yesterday_begin_when_days_do() {
    // Ten past two in the night to Monday 23 November, in a zone four hours ahead of UTC.
    let check = |hour, line: &str, expected: &str| {
        let found = saved(("Asia/Dubai", hour), "2026-11-22T22:10:00Z", line);
        assert_eq!(found, expected, "{hour}: {line}");
    };
    check(0, "9-11 design today", "23T05:00-23T07:00");
    check(4, "9-11 design today", "22T05:00-22T07:00");
    check(4, "1:00-2:00 design today", "22T21:00-22T22:00");
    check(4, "22:00-23:30 deploy yesterday", "21T18:00-21T19:30");
    check(4, "1:00-2:00 deploy yesterday", "21T21:00-21T22:00");
    check(4, "1h call yesterday", "21T05:00-21T06:00");
    check(4, "1h call 2026-11-20", "20T05:00-20T06:00");
    check(12, "1h call 2026-11-20", "20T08:00-20T09:00");
    check(4, "since 1:30 call", "22T21:30-");
    check(4, "23:00-1:00 call", "22T19:00-22T21:00");
}

#[test]
fn in_the_hour_that_comes_twice_what_does_not_lie_ahead_is_meant() {
    let berlin = ("Europe/Berlin", 0);
    // The second time that clocks show ten past two.
    let now = "2026-10-25T01:10:00Z";
    assert_eq!(saved(berlin, now, "since 2:45 a"), "25T00:45-");
    assert_eq!(saved(berlin, now, "2:30-2:50 a"), "25T00:30-25T00:50");
    assert_eq!(saved(berlin, now, "since 3:15 a"), "24T01:15-");
    let cairo = ("Africa/Cairo", 0);
    assert_eq!(
        saved(cairo, "2026-10-29T21:10:00Z", "since 23:45 a"),
        "29T20:45-"
    );
    let havana = ("America/Havana", 0);
    let found = saved(havana, "2026-11-01T05:10:00Z", "0:30-0:50 a");
    assert_eq!(found, "01T04:30-01T04:50");
    // Before a time that clocks skip, the one of the day before is meant.
    assert_eq!(
        saved(berlin, "2026-03-29T00:30:00Z", "since 2:30 a"),
        "28T01:30-"
    );
}

#[test]
fn the_date_is_told_under_which_a_session_will_be_found() {
    let settings = Settings {
        day_start_hour: 4,
        ..settings()
    };
    let now = "2026-11-20T01:10:00Z".parse().unwrap();
    for (line, expected) in [
        ("9-11 a today", "Saves “a”, 09:00 – 11:00, 2:00:00"),
        ("1-1:30 a", "Saves “a”, 01:00 – 01:30, 0:30:00"),
        (
            "1-1:30 a yesterday",
            "Saves “a”, 01:00 – 01:30 on Wed 18 Nov, 0:30:00",
        ),
    ] {
        let told = preview(line, &catalog(), &settings, false, now);
        assert_eq!(told.as_deref(), Some(expected), "{line}");
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
        let refused = action(&refused, &settings(), now).unwrap_err();
        assert_eq!(told, refused.to_string(), "{line}");
    }
}

#[test]
fn a_line_for_what_runs_names_it() {
    let stay = "times are not read here, but in the fields of “Add session”";
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
