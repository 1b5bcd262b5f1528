use super::*;

mod caret;
mod when;
mod write;

/// An entry in short: what was found, in the order of its fields, as `name | @client/project | …`.
fn shown(entry: &Entry) -> String {
    let mut parts = vec![entry.name.as_str().to_owned()];
    if let Some(ProjectRef { client, name }) = &entry.project {
        parts.extend(client.iter().map(|client| format!("client={client}")));
        parts.push(format!("project={name}"));
    }
    parts.extend(entry.tags.iter().map(|tag| format!("tag={tag}")));
    parts.extend(entry.toggles_billable.then(|| "billable".to_owned()));
    parts.extend(entry.when.iter().map(When::to_string));
    parts.join(" | ")
}

fn check(line: &str, expected: &str) {
    assert_eq!(shown(&Entry::read(line).unwrap()), expected, "{line:?}");
}

/// The line is a name and nothing else.
fn check_plain(line: &str) {
    check(line, line);
    assert!(Entry::read(line).unwrap().is_plain(), "{line:?}");
}

#[test]
fn marks_may_stand_anywhere() {
    check(
        "fix login @acme/web #bug !",
        "fix login | client=acme | project=web | tag=bug | billable",
    );
    check(
        "@acme fix #ui #bug login",
        "fix login | project=acme | tag=ui | tag=bug",
    );
    check("! #bug", " | tag=bug | billable");
    check("", "");
    check(" \t @a\n", " | project=a");
    check("#日本 @Ä/ß", " | client=Ä | project=ß | tag=日本");
    check("#123 @2026", " | project=2026 | tag=123");
    check("@a/b/c", " | client=a | project=b/c");
    check("#a/b", " | tag=a/b");
    check("a\u{3000}#b\u{a0}c", "a c | tag=b");
}

#[test]
fn what_is_no_mark_stays_in_the_name() {
    #[rustfmt::skip]
    let lines = [
        "a@b.c", "C#", "wow!", "#", "@", "a # b", "@ home", "##", "## title", "@@a", "#!/bin/sh",
        "!!", "!important", "@/", "@/web", "@acme/", "a!b", "¡!", "(@acme)", "@\"\"", "#\" \"",
        "@\"a/\"", "@\"/b\"",
    ];
    for line in lines {
        check_plain(line);
    }
    let long = format!("#{}", "a".repeat(101));
    check_plain(&long);
}

#[test]
fn only_the_first_project_counts_and_tags_once() {
    check("a @b c @d/e", "a c @d/e | project=b");
    check("@/b @c", "@/b | project=c");
    check("! a !", "a ! | billable");
    check("#Bug a #bug #BUG #ui", "a | tag=Bug | tag=ui");
    check("#straße #STRASSE", " | tag=straße | tag=STRASSE");
}

#[test]
fn quotes_hold_spaces() {
    check(
        "a @\"Big Corp/Web site\" b",
        "a b | client=Big Corp | project=Web site",
    );
    check("#\"needs review\" #\"x\"", " | tag=needs review | tag=x");
    check(
        "@\" Big   Corp / Web \"",
        " | client=Big Corp | project=Web",
    );
    check(r#"#"say \"hi\" \\ \n""#, r#" | tag=say "hi" \ \n"#);
    check(r#"@"a\/b/c\/d""#, " | client=a/b | project=c/d");
    check("#\"@home\" @\"#1\"", " | project=#1 | tag=@home");
    check("#a\"b\"", " | tag=a\"b\"");
}

#[test]
fn quotes_that_do_not_close_are_words() {
    #[rustfmt::skip]
    let lines = [
        "#\"needs review", "#\"a\"b", "#\"a \"b\" c", "@\"", "#\"a\\\" b", "say \"hi\" \"@you\"",
    ];
    for line in lines {
        check_plain(line);
    }
    check("#\"needs review @acme", "#\"needs review | project=acme");
    check("#\"a @\"Big Corp\" b", "#\"a b | project=Big Corp");
}

#[test]
fn a_backslash_keeps_words_in_the_name() {
    check("\\#123 a", "#123 a");
    check("\\@home \\!", "@home !");
    check("\\\\#a \\\\\\!", "\\#a \\\\!");
    check("\\#\"a b\"", "#\"a b\"");
    check("\\2h call", "2h call");
    check("call \\yesterday 2h", "call yesterday | 2h");
    check("a \\since b", "a since b");
    check("\\9-11 design 2h", "9-11 design | 2h");
    #[rustfmt::skip]
    let lines = [
        "\\", "\\\\", "\\n", "\\\\server\\share", "\\o/", "a\\#b", "\\2", "a \\ #",
    ];
    for line in lines {
        check_plain(line);
    }
}

#[test]
fn spaces_collapse_only_where_a_mark_was() {
    check("a   b", "a   b");
    check("  a   b #x   c    d  ", "a   b c    d | tag=x");
    check("2h   a   b", "a   b | 2h");
    check("a \\#b  c", "a #b  c");
}

#[test]
fn what_is_left_must_be_a_name() {
    let refused = |line: &str| Entry::read(line).is_err_and(|errors| errors.of("name").is_some());
    assert!(refused("a\u{0}b"));
    assert!(refused("a\tb"));
    assert!(refused("#\"a\nb\" c"));
    assert!(refused(&format!("#x {}", "a".repeat(501))));
    assert!(!refused(&format!("#x {} 2h", "a".repeat(500))));
    check("a\t#b\tc", "a c | tag=b");
}

fn title(text: &str) -> Title {
    Title::new(text).unwrap()
}

fn project(client: &str, name: &str) -> ProjectRef {
    ProjectRef {
        client: (!client.is_empty()).then(|| title(client)),
        name: title(name),
    }
}
