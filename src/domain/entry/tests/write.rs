use super::{project, title};
use crate::domain::entry::*;
use chrono::{NaiveDate, NaiveTime};

#[test]
fn writes_what_it_reads() {
    let check = |line: &str, expected: &str| {
        let entry = Entry::read(line).unwrap();
        assert_eq!(entry.write(), expected);
        assert_eq!(Entry::read(expected).unwrap(), entry, "{expected:?}");
    };
    check("9:30-11 a @b/c  #d b !", "a b @b/c #d ! 9:30-11:00");
    check("yesterday a #\"x  y\" 90m", "a #\"x y\" 1h30m yesterday");
    check("2026-01-02 since 2pm", "since 14:00 2026-01-02");
    check("Version 2-3 2h", "Version 2-3 2h");
    check("call mum today", "call mum today");
    check("call mum today 2h", "call mum 2h today");
    check("a @b c @d", "a c \\@d @b");
    check("# ## C# \\o/", "# ## C# \\o/");
    check("\\#1 and #", "\\#1 and #");
    check("\\2h call", "\\2h call");
    check("\\\\#x", "\\\\#x");
}

#[test]
fn writes_names_and_titles_that_look_like_something_else() {
    let check = |entry: Entry, expected: &str| {
        assert_eq!(entry.to_string(), expected);
        assert_eq!(Entry::read(expected).unwrap(), entry);
    };
    let name = |text: &str| Entry {
        name: Name::new(text).unwrap(),
        ..Entry::default()
    };
    check(name("yesterday 2h"), "\\yesterday \\2h");
    check(name("a  #\"b c\" d"), "a  \\#\"b c\" d");
    check(name("!"), "\\!");
    check(name("9 - 11:30"), "9 - \\11:30");
    let marks = |project: ProjectRef, tag: &str| Entry {
        project: Some(project),
        tags: vec![title(tag)],
        ..Entry::default()
    };
    check(
        marks(project("Big Corp", "Web"), "a b"),
        "@\"Big Corp/Web\" #\"a b\"",
    );
    check(marks(project("", "a/b"), "a/b"), "@\"a\\/b\" #a/b");
    check(marks(project("a", "#b"), "#b"), "@a/#b #\"#b\"");
    check(
        marks(project("", "\"x\""), "\"x\\"),
        "@\"\\\"x\\\"\" #\"\\\"x\\\\\"",
    );
    check(marks(project("a\\", "\\b"), "\\"), "@a\\/\\b #\\");
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let when = When {
        day: DayRef::Date(NaiveDate::from_ymd_opt(987, 6, 5).unwrap()),
        part: Part::Range {
            from: time(9),
            to: time(10),
        },
    };
    check(
        Entry {
            when: Some(when),
            ..name("Version 2-3")
        },
        "Version 2-3 9:00-10:00 0987-06-05",
    );
}
