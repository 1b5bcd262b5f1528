//! What serde says about a request, in words for whoever sent it. What was sent is not repeated:
//! it may be long, and it may be a password that went into the wrong field.

use super::problem::Problem;

/// Most characters of a field's name that are repeated.
const LONGEST_NAME: usize = 100;

/// The problem with the field at `place`. Serde gives the place of a missing or unknown field as
/// what holds it, and the field in what it says.
pub fn explain(place: &str, said: &str) -> Problem {
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said);
    let expected = said
        .rsplit_once(", expected ")
        .map(|(_, expected)| expected);
    let named = |begin| Some(said.strip_prefix(begin)?.split_once('`')?.0);
    let repeats = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant `",
    ];
    let (field, detail) = if let Some(field) = named("missing field `") {
        (Some(field), "This field is needed.".to_owned())
    } else if let Some(field) = named("duplicate field `") {
        (Some(field), "This field is there twice.".to_owned())
    } else if let Some(field) = named("unknown field `") {
        let known = expected.map_or_else(String::new, |known| format!(" Expected {known}."));
        (Some(field), format!("There is no such field here.{known}"))
    } else if let Some(expected) =
        expected.filter(|_| repeats.iter().any(|it| said.starts_with(it)))
    {
        (None, format!("Expected {}.", named_for_people(expected)))
    } else {
        (None, for_people(said))
    };
    let field: String = path(place, field).chars().take(LONGEST_NAME).collect();
    Problem::invalid(field, detail)
}

/// What serde expects, without the words of a programming language. What a field's own reader expects, it says itself.
fn named_for_people(expected: &str) -> &str {
    let numbers = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];
    let begins = |begin: &str| expected.starts_with(begin);
    match expected {
        "a formatted UUID string" => "a UUID",
        "a sequence" => "a list",
        "a boolean" => "`true` or `false`",
        "a string" => "text",
        "value" | "variant identifier" | "string or map" => "one of the words that are described",
        _ if numbers.contains(&expected) => "a whole number in its range",
        _ if begins("struct ") || begins("enum ") || begins("a map") || begins("map") => {
            "an object"
        }
        _ => expected,
    }
}

/// What a reader said that repeats nothing of what was sent.
fn for_people(said: &str) -> String {
    let begins = |begin: &str| said.starts_with(begin);
    if begins("UUID parsing failed") {
        "Expected a UUID.".to_owned()
    } else if begins("unexpected end of hex escape") || begins("lone leading surrogate") {
        "This is no Unicode text: half of a character is missing.".to_owned()
    } else if ["invalid digit found", "cannot parse integer", "number too"]
        .iter()
        .any(|it| begins(it))
    {
        "Expected a whole number in its range.".to_owned()
    } else if begins("provided string was not `true`") {
        "Expected `true` or `false`.".to_owned()
    } else {
        sentence(said)
    }
}

fn path(place: &str, field: Option<&str>) -> String {
    match (place.trim_end_matches('?').trim_matches('.'), field) {
        ("", field) => field.unwrap_or("body").to_owned(),
        (holder, Some(field)) if holder != field && !holder.ends_with(&format!(".{field}")) => {
            format!("{holder}.{field}")
        }
        (holder, _) => holder.to_owned(),
    }
}

fn sentence(said: &str) -> String {
    let mut sentence = said.trim_end_matches('.').to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check((place, said): (&str, &str), (field, detail): (&str, &str)) {
        let problem = explain(place, said);
        let wrong = (problem.errors[0].field.as_str(), problem.detail.as_str());
        assert_eq!(wrong, (field, detail), "{said}");
    }

    #[test]
    fn a_field_is_named_and_what_was_sent_is_not_repeated() {
        check(
            (".", "missing field `password` at line 1 column 2"),
            ("password", "This field is needed."),
        );
        check(
            (
                "action.stop.when",
                "unknown field `when`, expected `stopped_at` at line 1 column 9",
            ),
            (
                "action.stop.when",
                "There is no such field here. Expected `stopped_at`.",
            ),
        );
        check(
            ("action.stop", "missing field `top`"),
            ("action.stop.top", "This field is needed."),
        );
        check(
            (
                "name",
                "invalid type: string \"hunter2, expected x at line 7\", expected a list at line 1 column 3",
            ),
            ("name", "Expected a list."),
        );
        check(
            (
                "period",
                "unknown variant `hunter2`, expected `day` or `week`",
            ),
            ("period", "Expected `day` or `week`."),
        );
        check(
            ("limit", "invalid digit found in string"),
            ("limit", "Expected a whole number in its range."),
        );
        check(
            (
                "id",
                "UUID parsing failed: invalid character: found `n` at 0",
            ),
            ("id", "Expected a UUID."),
        );
        check(
            ("version", "invalid type: string \"1\", expected i64"),
            ("version", "Expected a whole number in its range."),
        );
        check(
            (".", "invalid type: null, expected struct NewSession"),
            ("body", "Expected an object."),
        );
        check(
            (
                "name",
                "A name has at most 500 characters. at line 1 column 3",
            ),
            ("name", "A name has at most 500 characters."),
        );
        let long = "x".repeat(1000);
        check(
            (".", &format!("unknown field `{long}`, there are no fields")),
            (&long[..100], "There is no such field here."),
        );
    }
}
