//! What clients, projects and tags are called.

use super::field::FieldErrors;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a client, a project or a tag: 1 to 100 characters, none of them a control character,
/// trimmed, and with single spaces between its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

impl Title {
    /// Most characters (Unicode scalar values) of a title.
    pub const LIMIT: usize = 100;

    /// Takes what was typed; refuses what is empty, too long or holds control characters.
    pub fn new(typed: &str) -> Result<Self, FieldErrors> {
        let refuse = |message| Err(FieldErrors::one("name", message));
        let is_control = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if typed.trim().contains(is_control) {
            return refuse("A name cannot hold line breaks or control characters.");
        }
        let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => refuse("Enter a name."),
            1..=Self::LIMIT => Ok(Self(title)),
            _ => refuse("This name has more than 100 characters."),
        }
    }

    /// As stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two titles share that count as the same: the text in lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Title {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        Self::new(&text)
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: impl Into<Option<&'static str>>) {
        let title = Title::new(typed).ok();
        assert_eq!(
            title.as_ref().map(Title::as_str),
            expected.into(),
            "{typed:?}"
        );
    }

    #[test]
    fn takes_any_text_with_single_spaces() {
        check("acme", "acme");
        check("  Big \u{a0} Corp ", "Big Corp");
        check("R&D / \"new\" #1 @x \\", "R&D / \"new\" #1 @x \\");
        check("日本 🐛", "日本 🐛");
        check("acme\n", "acme");
    }

    #[test]
    fn refuses_nothing_and_control_characters() {
        for typed in ["", " \u{3000}", "a\tb", "a\nb", "a\u{2028}b", "\u{0}"] {
            check(typed, None);
        }
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert!(Title::new(&"ä".repeat(100)).is_ok());
        assert!(Title::new(&"ä".repeat(101)).is_err());
        assert!(Title::new(&format!("{}{}b", "a".repeat(99), " ".repeat(9))).is_err());
    }

    #[test]
    fn the_key_ignores_case() {
        let key = |typed: &str| Title::new(typed).unwrap().key();
        assert_eq!(key("ÄCME Web"), key("äcme  wEB"));
        assert_ne!(key("acme"), key("acmé"));
    }

    #[test]
    fn what_is_stored_is_checked_when_it_is_read() {
        let title = Title::new("Big Corp").unwrap();
        let text = serde_json::to_string(&title).unwrap();
        assert_eq!(text, "\"Big Corp\"");
        assert_eq!(serde_json::from_str::<Title>(&text).unwrap(), title);
        assert!(serde_json::from_str::<Title>("\"\"").is_err());
    }
}
