//! What holds for every line and every entry.

use super::*;
use crate::domain::{Seconds, fixture::cases};
use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

/// Words that mean something to the grammar, or nearly.
#[rustfmt::skip]
const SPECIAL: [&str; 44] = [
    "@", "#", "!", "\"", "\\", "/", "@a", "#a", "#A", "@a/b", "@\"a b\"", "#\"a b\"", "#\"a",
    "b\"", "\\#a", "\\\\!", "\\2h", "a", "fix", "2h", "30m", "1h30m", "9-11", "9:30-11", "9:30",
    "-", "–", "11", "9am", "9-11am", "2pm-1am", "since", "Since", "10:15", "yesterday", "today",
    "2026-11-20", "Route", "66", "\\yesterday", "\u{a0}", "  ", "ß", "🐛",
];

/// Lines that are rich in what the grammar is about, and any text.
fn line() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(
        (
            prop::sample::select(&SPECIAL[..]),
            prop::sample::select(vec![" ", "  ", ""]),
        ),
        0..9,
    );
    prop_oneof![
        6 => words.prop_map(|words| words.into_iter().map(|(word, space)| format!("{word}{space}")).collect()),
        2 => "[@#!/\"\\\\ 0-9:hmap–-]{0,24}",
        1 => any::<String>(),
    ]
}

fn title() -> impl Strategy<Value = Title> {
    prop_oneof![3 => "[ab@#!/\"\\\\ 🐛]{1,8}", 1 => "\\PC{1,100}"]
        .prop_filter_map("no title", |text| Title::new(&text).ok())
}

fn when() -> impl Strategy<Value = When> {
    let time = || {
        (0..86_400_u32, any::<bool>()).prop_map(|(second, exact)| {
            NaiveTime::from_num_seconds_from_midnight_opt(
                if exact { second } else { second / 60 * 60 },
                0,
            )
            .unwrap()
        })
    };
    let day = prop_oneof![
        Just(DayRef::Unsaid),
        Just(DayRef::Today),
        Just(DayRef::Yesterday),
        (0..3_650_000_i32)
            .prop_map(|day| DayRef::Date(NaiveDate::from_num_days_from_ce_opt(day).unwrap())),
    ];
    let part = prop_oneof![
        (time(), time())
            .prop_filter("not empty", |(from, to)| from != to)
            .prop_map(|(from, to)| Part::Range { from, to }),
        time().prop_map(Part::Since),
        prop_oneof![
            1..=Seconds::LONGEST,
            1..100_i64,
            (1..100_i64).prop_map(|quarter| quarter * 900)
        ]
        .prop_map(|seconds| Part::Length(Seconds(seconds))),
    ];
    (day, part).prop_map(|(day, part)| When { day, part })
}

fn entry() -> impl Strategy<Value = Entry> {
    let name = line().prop_filter_map("no name", |text| Name::new(&text).ok());
    let project =
        (prop::option::of(title()), title()).prop_map(|(client, name)| ProjectRef { client, name });
    let tags = prop::collection::vec(title(), 0..4).prop_map(|tags| {
        let mut keys = HashSet::new();
        tags.into_iter()
            .filter(|tag| keys.insert(tag.key()))
            .collect()
    });
    (
        name,
        prop::option::of(project),
        tags,
        any::<bool>(),
        prop::option::of(when()),
    )
        .prop_map(|(name, project, tags, toggles_billable, when)| Entry {
            name,
            project,
            tags,
            toggles_billable,
            when,
        })
}

proptest! {
    #![proptest_config(cases(4096))]

    #[test]
    fn an_entry_reads_back_the_same(entry in entry()) {
        prop_assert_eq!(Entry::read(&entry.write()), Ok(entry));
    }

    #[test]
    fn what_was_read_reads_back_the_same(line in line()) {
        if let Ok(entry) = Entry::read(&line) {
            prop_assert_eq!(Entry::read(&entry.write()), Ok(entry));
        }
    }

    #[test]
    fn the_name_is_made_of_words_of_the_line_in_their_order(line in line()) {
        let Ok(entry) = Entry::read(&line) else { return Ok(()) };
        let mut words = line.split_whitespace();
        for word in entry.name.as_str().split_whitespace() {
            prop_assert!(words.any(|typed| typed == word || typed.strip_prefix('\\') == Some(word)), "{} of {}", word, line);
        }
    }

    #[test]
    fn only_marks_and_times_are_taken_out(line in line()) {
        let Ok(entry) = Entry::read(&line) else { return Ok(()) };
        if !line.contains(['@', '#', '!', '\\']) && !line.split_whitespace().any(mark::is_special) {
            prop_assert!(entry.is_plain());
            prop_assert_eq!(entry.name.as_str(), line.trim());
        }
    }

    #[test]
    fn every_word_goes_where_it_belongs(
        words in prop::collection::vec("[a-z]{1,5}[.,C]", 1..8),
        marks in prop::collection::vec((0..8_usize, title()), 0..4),
        project in prop::option::of((0..8_usize, title())),
        when in prop::option::of(when()),
        at_the_front in any::<bool>(),
    ) {
        let mut pieces: Vec<Vec<String>> = words.iter().map(|word| vec![word.clone()]).collect();
        let mut expected = Entry { name: Name::new(&words.join(" ")).unwrap(), when, ..Entry::default() };
        if let Some((at, name)) = project {
            let project = ProjectRef { client: None, name };
            pieces[at % words.len()].push(mark::written_project(&project));
            expected.project = Some(project);
        }
        for (at, tag) in &marks {
            pieces[at % words.len()].push(mark::written_tag(tag));
        }
        let mut line: Vec<String> = pieces.concat();
        line.insert(if at_the_front { 0 } else { line.len() }, when.map(|when| when.to_string()).unwrap_or_default());
        let mut read = Entry::read(&line.join(" ")).unwrap();

        let keys = |tags: &mut dyn Iterator<Item = &Title>| tags.map(Title::key).collect::<HashSet<_>>();
        prop_assert_eq!(keys(&mut read.tags.iter()), keys(&mut marks.iter().map(|(_, tag)| tag)));
        read.tags.clear();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn a_token_lies_around_the_caret_and_its_choice_is_read(line in line(), caret in 0..40_usize, tag in title()) {
        let Some(token) = token_at(&line, caret) else { return Ok(()) };
        let before: usize = line[..token.range.start].encode_utf16().count();
        prop_assert!(before < caret);
        prop_assert!(line[token.range.clone()].contains(token.typed));
        let (choice, mark) = match token.kind {
            TokenKind::Tag => (Choice::Tag(tag.clone()), mark::written_tag(&tag)),
            TokenKind::Project => {
                let project = ProjectRef { client: Some(tag.clone()), name: tag.clone() };
                (Choice::Project(project.clone()), mark::written_project(&project))
            }
        };
        let (completed, caret) = complete(&line, &token, &choice);
        prop_assert_eq!(&completed[token.range.start..][..mark.len()], &mark);
        let before: Vec<u16> = completed.encode_utf16().take(caret).collect();
        prop_assert!(String::from_utf16(&before).unwrap().ends_with(char::is_whitespace));
        if let Ok(entry) = Entry::read(&completed) {
            match choice {
                Choice::Project(project) => prop_assert_eq!(entry.project, Some(project)),
                Choice::Tag(tag) => prop_assert!(entry.tags.iter().any(|other| other.key() == tag.key())),
                Choice::Client(_) => {}
            }
        }
    }
}
