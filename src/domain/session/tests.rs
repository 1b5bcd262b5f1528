use super::*;
use crate::domain::fixture::*;

#[test]
fn names_are_stored_as_typed() {
    let check = |typed: &str, stored: &str| assert_eq!(name(typed).as_str(), stored, "{typed:?}");
    check("Invoice", "Invoice");
    check("  Invoice\t\n", "Invoice");
    check("two  spaces", "two  spaces");
    check("", "");
    check(" \u{a0}\u{3000} ", "");
    check("👩‍💻 Grüße 🇩🇪", "👩‍💻 Grüße 🇩🇪");
    check("פגישה עם 42 لقاء", "פגישה עם 42 لقاء");
    check("\u{202e}gnp.exe", "\u{202e}gnp.exe");
    check("e\u{301} İ ß \u{feff}", "e\u{301} İ ß \u{feff}");
    check("<b>&amp;' OR 1=1 --", "<b>&amp;' OR 1=1 --");
    check("null", "null");
}

#[test]
fn names_have_limits() {
    let check = |typed: &str, accepted| assert_eq!(Name::new(typed).is_ok(), accepted, "{typed:?}");
    check(&"a".repeat(500), true);
    check(&"a".repeat(501), false);
    check(&"😀".repeat(500), true);
    check(&"😀".repeat(501), false);
    check(&format!("   {}   ", "a".repeat(500)), true);
    for inner in [
        "\n", "\r", "\t", "\0", "\u{1b}", "\u{7f}", "\u{85}", "\u{9f}", "\u{2028}", "\u{2029}",
    ] {
        check(&format!("a{inner}b"), false);
    }
    assert!(serde_json::from_str::<Name>(r#""a\nb""#).is_err());
    assert_eq!(serde_json::to_string(&name("a")).unwrap(), r#""a""#);
}

#[test]
fn names_are_shown_and_quoted() {
    let check = |typed: &str, shown: &str, quoted: &str| {
        assert_eq!(
            (name(typed).shown(), name(typed).quoted().as_str()),
            (shown, quoted)
        );
    };
    check("Invoice", "Invoice", "“Invoice”");
    check("", "(no name)", "“(no name)”");
    check("Grüße 👩‍💻", "Grüße 👩‍💻", "“Grüße 👩‍💻”");
    check("שלום", "שלום", "“\u{2068}שלום\u{2069}”");
    check("42 لقاء", "42 لقاء", "“\u{2068}42 لقاء\u{2069}”");
    check(
        "\u{202e}txt",
        "\u{202e}txt",
        "“\u{2068}\u{202e}txt\u{2069}”",
    );
    check(
        "a\u{2069}\u{202e}b\u{2067}",
        "a\u{2069}\u{202e}b\u{2067}",
        "“\u{2068}a\u{202e}b\u{2069}”",
    );
}

#[test]
fn zones_have_the_shape_of_one() {
    let check =
        |text: &str, accepted| assert_eq!(text.parse::<ZoneName>().is_ok(), accepted, "{text:?}");
    for zone in [
        "UTC",
        "Europe/Berlin",
        "America/Argentina/Buenos_Aires",
        "Etc/GMT+12",
        "America/Port-au-Prince",
    ] {
        check(zone, true);
    }
    check(&"a".repeat(64), true);
    check(&"a".repeat(65), false);
    for text in [
        "",
        " ",
        "Europe/Berlin ",
        "../etc/passwd",
        "Europe/Zürich",
        "a\0b",
        ":UTC",
    ] {
        check(text, false);
    }
}

#[test]
fn a_span_ends_where_it_began_or_later() {
    assert_eq!(Span::done(at(0), at(9)), Ok(span(0, 9)));
    assert_eq!(Span::done(at(9), at(9)), Ok(span(9, 9)));
    assert!(Span::done(at(9), at(8)).is_err());
}

#[test]
fn seconds_within_a_window() {
    let check = |span: Span, window: (i64, i64), now, expected| {
        assert_eq!(
            span.seconds_within(at(window.0), at(window.1), at(now)),
            expected,
            "{span:?} {window:?} {now}"
        );
    };
    let since = |from| Span::Running { since: at(from) };
    check(span(10, 50), (0, 100), 0, 40);
    check(span(10, 50), (20, 30), 0, 10);
    check(span(10, 50), (0, 20), 0, 10);
    check(span(10, 50), (40, 100), 0, 10);
    check(span(10, 50), (50, 100), 0, 0);
    check(span(10, 50), (0, 10), 0, 0);
    check(span(10, 50), (70, 90), 0, 0);
    check(span(10, 50), (30, 30), 0, 0);
    check(span(10, 10), (0, 100), 0, 0);
    check(since(10), (0, 100), 60, 50);
    check(since(10), (0, 40), 60, 30);
    check(since(10), (70, 100), 60, 0);
    check(since(10), (0, 100), 5, 0);
    assert_eq!(
        (
            since(10).seconds(at(60)),
            since(10).seconds(at(5)),
            span(10, 50).seconds(at(5))
        ),
        (50, 0, 40)
    );
}

#[test]
fn touching_is_not_overlapping() {
    let check = |a: Span, b: Span, expected| {
        assert_eq!(
            (a.overlaps(&b, at(95)), b.overlaps(&a, at(95))),
            (expected, expected),
            "{a:?} {b:?}"
        );
    };
    let since = |from| Span::Running { since: at(from) };
    check(span(0, 10), span(10, 20), false);
    check(span(0, 11), span(10, 20), true);
    check(span(0, 50), span(10, 20), true);
    check(span(0, 10), span(0, 10), true);
    check(span(0, 10), span(30, 40), false);
    check(span(5, 5), span(0, 10), false);
    check(span(0, 0), span(0, 10), false);
    check(span(5, 5), span(5, 5), false);
    check(since(10), span(0, 10), false);
    check(since(10), span(0, 11), true);
    check(since(10), span(90, 99), true);
    check(since(10), span(95, 99), false);
    check(since(96), span(90, 99), false);
    check(since(10), span(90, 90), false);
    check(since(10), since(20), true);
}

#[test]
fn content_is_everything_but_the_version() {
    let session = done(1, 0, 50);
    let check = |other: Session, same| assert_eq!(session.same_content(&other), same, "{other:?}");
    check(
        Session {
            version: 7,
            ..session.clone()
        },
        true,
    );
    check(
        Session {
            id: session_id(2),
            ..session.clone()
        },
        false,
    );
    check(
        Session {
            name: name("B"),
            ..session.clone()
        },
        false,
    );
    check(
        Session {
            span: span(0, 51),
            ..session.clone()
        },
        false,
    );
    check(
        Session {
            zone: ZoneName::utc(),
            ..session.clone()
        },
        false,
    );
    check(
        Session {
            overlap_kept_at: Some(at(0)),
            ..session.clone()
        },
        false,
    );
}

#[test]
fn instants_lie_between_1970_and_2099() {
    let check = |seconds, accepted| assert_eq!(instant(seconds).is_ok(), accepted, "{seconds}");
    check(0, true);
    check(-1, false);
    check(LATEST - 1, true);
    check(LATEST, false);
    check(i64::MIN, false);
    check(i64::MAX, false);
    assert_eq!(
        instant(LATEST - 1).unwrap().to_rfc3339(),
        "2099-12-31T23:59:59+00:00"
    );
}

#[test]
fn a_session_on_the_wire() {
    let check = |session: Session, json: &str| {
        assert_eq!(serde_json::to_string(&session).unwrap(), json);
        assert_eq!(serde_json::from_str::<Session>(json).unwrap(), session);
        // As it was stored at first, without what does not hold.
        let work = r#""work":{"project":null,"tags":[],"billable":false},"#;
        let shorter = json
            .replace(r#""overlap_kept_at":null,"#, "")
            .replace(r#""reached_at":null,"#, "")
            .replace(work, "");
        assert_eq!(serde_json::from_str::<Session>(&shorter).unwrap(), session);
        let bytes = postcard::to_allocvec(&session).unwrap();
        assert_eq!(postcard::from_bytes::<Session>(&bytes).unwrap(), session);
    };
    let id = "00000000-0000-0000-0000-000000000001";
    check(
        done(1, 0, 50),
        &format!(
            r#"{{"id":"{id}","name":"A","span":{{"done":{{"from":1795132800,"to":1795132850}}}},"zone":"Europe/Berlin","overlap_kept_at":null,"reached_at":null,"work":{{"project":null,"tags":[],"billable":false}},"version":1}}"#
        ),
    );
    check(
        Session {
            overlap_kept_at: Some(at(9)),
            reached_at: Some(at(5)),
            ..running(1, 0)
        },
        &format!(
            r#"{{"id":"{id}","name":"A","span":{{"running":{{"since":1795132800}}}},"zone":"Europe/Berlin","overlap_kept_at":1795132809,"reached_at":1795132805,"work":{{"project":null,"tags":[],"billable":false}},"version":1}}"#
        ),
    );
}
