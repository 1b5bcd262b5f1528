use super::{project, title};
use crate::domain::entry::*;

/// `|` is the caret; the expected token is `kind typed [what is replaced]`.
fn check_token(marked: &str, expected: &str) {
    let (before, after) = marked.split_once('|').unwrap();
    let line = [before, after].concat();
    let token = token_at(&line, before.encode_utf16().count());
    let shown =
        token.map(|token| format!("{:?} {} [{}]", token.kind, token.typed, &line[token.range]));
    assert_eq!(shown.unwrap_or_default(), expected, "{marked:?}");
}

#[test]
fn finds_the_token_at_the_caret() {
    check_token("a @|", "Project  [@]");
    check_token("a @ac|", "Project ac [@ac]");
    check_token("a #b|ug c", "Tag b [#bug]");
    check_token("a #|bug c", "Tag  [#bug]");
    check_token("@acme/w|", "Project acme/w [@acme/w]");
    check_token("@acme/|", "Project acme/ [@acme/]");
    check_token("@/w|", "Project /w [@/w]");
    check_token("äö🐛 #日|", "Tag 日 [#日]");
    check_token("@\"Big Co|", "Project Big Co [@\"Big Co]");
    check_token("@\"Big | fix", "Project Big  [@\"Big ]");
    check_token("#\"|", "Tag  [#\"]");
    check_token("#|\"", "Tag  [#\"]");
    check_token("#\"ne|eds review\" x", "Tag ne [#\"needs review\"]");
    check_token("#\"ne|eds review", "Tag ne [#\"needs]");
    check_token("#\"a #b|", "Tag b [#b]");
    #[rustfmt::skip]
    let lines = [
        "|", "a|", "|#a", "a |#a", "#a |", "#a b|", "##|", "#!|", "\\#a|", "a#b|", "!|",
        "#\"a b\"|", "#\"a b\" c|", "@a @b|", "@a @|", "@a @\"b c|", "#\"a #b |",
        "#\"a 1h30m @a/b@|\"a b\" ",
    ];
    for none in lines {
        check_token(none, "");
    }
}

#[test]
fn a_caret_may_be_anywhere() {
    assert_eq!(token_at("#a", 99).unwrap().typed, "a");
    assert_eq!(token_at("#🐛", 2).unwrap().typed, "");
    assert_eq!(token_at("#🐛", 3).unwrap().typed, "🐛");
}

#[test]
fn puts_a_choice_in_place_of_the_token() {
    let check = |marked: &str, choice: Choice, expected: &str| {
        let (before, after) = marked.split_once('|').unwrap();
        let line = [before, after].concat();
        let token = token_at(&line, before.encode_utf16().count()).unwrap();
        let (line, caret) = complete(&line, &token, &choice);
        let units: Vec<u16> = line.encode_utf16().collect();
        let (before, after) = units.split_at(caret);
        let shown = [before, &[u16::from(b'|')], after].concat();
        assert_eq!(String::from_utf16(&shown).unwrap(), expected);
    };
    let tag = |text: &str| Choice::Tag(title(text));
    let project = |client: &str, name: &str| Choice::Project(project(client, name));
    check("a #b|", tag("bug"), "a #bug |");
    check("🐛 #b| c", tag("bug"), "🐛 #bug |c");
    check("a #|b c", tag("needs review"), "a #\"needs review\" |c");
    check("#\"n|", tag("needs review"), "#\"needs review\" |");
    check("@we|  x", project("acme", "web"), "@acme/web | x");
    check(
        "@\"Big C| x",
        project("Big Corp", "Web"),
        "@\"Big Corp/Web\" |x",
    );
    let client = |text: &str| Choice::Client(title(text));
    check("fix @ac|", client("Acme"), "fix @Acme/|");
    check("@b|", client("Blue Harbour"), "@\"Blue Harbour/|");
    check("@\"b|", client("A/B"), "@\"A\\/B/|");
    check("@acme/w|eb", project("acme", "w/w"), "@\"acme/w\\/w\" |");
}
