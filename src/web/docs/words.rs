//! Parts of an OpenAPI description in words.

use leptos::prelude::*;
use serde_json::Value;

/// A word of a type: plain, or the name of an object that is described elsewhere on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Plain(String),
    Object(String),
}

impl Word {
    pub fn view(self) -> AnyView {
        match self {
            Self::Plain(text) => text.into_any(),
            Self::Object(name) => {
                let place = format!("#schema-{name}");
                view! { <a href=place><code>{name}</code></a> }.into_any()
            }
        }
    }
}

/// A text of the description; empty where there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The members of an object, none of anything else.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}

/// A sentence whose words in backticks are code.
pub fn prose(text: &str) -> Vec<AnyView> {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            match index % 2 {
                0 => part.into_any(),
                _ => view! { <code>{part}</code> }.into_any(),
            }
        })
        .collect()
}

/// What a schema takes: `text (uuid) or null`, `list of Session`, `1 to 500`.
pub fn type_of(schema: &Value) -> Vec<Word> {
    let plain = |text: &str| Word::Plain(text.to_owned());
    if let Some(name) = text(&schema["$ref"])
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty())
    {
        return vec![Word::Object(name.to_owned())];
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        // Null is named last.
        let (null, choices): (Vec<_>, Vec<_>) =
            choices.iter().partition(|one| one["type"] == "null");
        let choices: Vec<_> = choices.into_iter().chain(null).map(type_of).collect();
        return choices.join(&plain(" or "));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<_> = values.iter().map(text).collect();
        return vec![Word::Plain(values.join(", "))];
    }
    if let Some((name, inner)) = members(&schema["properties"]).next() {
        let mut words = vec![Word::Plain(format!("{{{name}: "))];
        words.extend(type_of(inner));
        words.push(plain("}"));
        return words;
    }
    let mut words = Vec::new();
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect(),
        kind => vec![text(kind)],
    };
    for kind in kinds.into_iter().filter(|kind| !kind.is_empty()) {
        if !words.is_empty() {
            words.push(plain(" or "));
        }
        words.extend(match kind {
            "array" => [vec![plain("list of ")], type_of(&schema["items"])].concat(),
            "string" => vec![Word::Plain(match text(&schema["format"]) {
                "" => "text".to_owned(),
                format => format!("text ({format})"),
            })],
            "integer" => vec![Word::Plain(number(schema))],
            "boolean" => vec![plain("true or false")],
            kind => vec![plain(kind)],
        });
    }
    words
}

fn number(schema: &Value) -> String {
    match (&schema["minimum"], &schema["maximum"]) {
        (Value::Number(least), Value::Number(most)) => format!("{least} to {most}"),
        (Value::Number(least), _) => format!("number from {least}"),
        _ => "number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(schema: Value, expected: &str) {
        let told: String = type_of(&schema)
            .into_iter()
            .map(|word| match word {
                Word::Plain(text) => text,
                Word::Object(name) => format!("<{name}>"),
            })
            .collect();
        assert_eq!(told, expected, "{schema}");
    }

    #[test]
    fn a_type_is_told_in_words() {
        check(json!({"type": "string"}), "text");
        check(
            json!({"type": ["string", "null"], "format": "uuid"}),
            "text (uuid) or null",
        );
        check(
            json!({"type": "integer", "format": "int32", "minimum": 1, "maximum": 500}),
            "1 to 500",
        );
        check(json!({"type": "integer", "minimum": 0}), "number from 0");
        check(json!({"type": "boolean"}), "true or false");
        let session = || json!({"$ref": "#/components/schemas/Session"});
        check(session(), "<Session>");
        check(
            json!({"type": "array", "items": session()}),
            "list of <Session>",
        );
        check(
            json!({"oneOf": [{"type": "null"}, session()]}),
            "<Session> or null",
        );
        check(
            json!({"type": "string", "enum": ["day", "week"]}),
            "day, week",
        );
        check(
            json!({"type": "object", "properties": {"stop": session()}}),
            "{stop: <Session>}",
        );
        check(Value::Null, "");
    }
}
