//! One stretch of tracked time.

use super::{field::FieldErrors, id::SessionId, work::Work};
use chrono::{
    DateTime, Utc,
    serde::{ts_seconds, ts_seconds_option},
};
use serde::{Deserialize, Serialize, Serializer};
use std::{fmt, str::FromStr, sync::Arc};

/// A moment in UTC. Stored times are whole seconds.
pub type Instant = DateTime<Utc>;

/// First second that Stint accepts: 1970-01-01T00:00:00Z.
pub const EARLIEST: i64 = 0;
/// First second that Stint no longer accepts: 2100-01-01T00:00:00Z.
pub const LATEST: i64 = 4_102_444_800;

/// The moment `seconds` after the epoch; refused outside the years 1970 to 2099.
pub fn instant(seconds: i64) -> Result<Instant, FieldErrors> {
    Some(seconds)
        .filter(|seconds| (EARLIEST..LATEST).contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| FieldErrors::one("start", "Choose a time between the years 1970 and 2099."))
}

/// Drops what is finer than a second.
pub fn whole_second(at: Instant) -> Instant {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

/// A session: what was worked on, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub name: Name,
    pub span: Span,
    /// The zone the session was started in.
    pub zone: ZoneName,
    /// When its owner said that its overlaps are meant to be; a span that reaches further asks again.
    #[serde(default, with = "ts_seconds_option")]
    pub overlap_kept_at: Option<Instant>,
    /// When its span last came to reach further than before; `None` as long as it never did.
    #[serde(default, with = "ts_seconds_option")]
    pub reached_at: Option<Instant>,
    /// What it belongs to.
    #[serde(default)]
    pub work: Work,
    /// Counts the changes, from 1. Never goes back, not even by undo.
    pub version: i64,
}

impl Session {
    /// Whether it has no end yet.
    pub fn is_running(&self) -> bool {
        matches!(self.span, Span::Running { .. })
    }

    /// Whether both hold the same content, whatever happened in between.
    pub fn same_content(&self, other: &Self) -> bool {
        Self {
            version: other.version,
            ..self.clone()
        } == *other
    }
}

/// The half-open interval of a session, `[from, to)`. A span always ends where it began or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    Running {
        #[serde(with = "ts_seconds")]
        since: Instant,
    },
    Done {
        #[serde(with = "ts_seconds")]
        from: Instant,
        #[serde(with = "ts_seconds")]
        to: Instant,
    },
}

impl Span {
    /// A finished span; refused when it would end before it begins.
    pub fn done(from: Instant, to: Instant) -> Result<Self, FieldErrors> {
        if to < from {
            return Err(FieldErrors::one("stop", "The stop lies before the start."));
        }
        Ok(Self::Done { from, to })
    }

    /// When it started.
    pub fn from(&self) -> Instant {
        match *self {
            Self::Running { since } => since,
            Self::Done { from, .. } => from,
        }
    }

    /// The stop; `None` while running.
    pub fn to(&self) -> Option<Instant> {
        match *self {
            Self::Running { .. } => None,
            Self::Done { to, .. } => Some(to),
        }
    }

    /// The stop, or `now` while running, but never before the start.
    pub fn end(&self, now: Instant) -> Instant {
        self.to().unwrap_or(now).max(self.from())
    }

    /// Whole seconds that lie in `[from, to)`, up to `now` while running.
    pub fn seconds_within(&self, from: Instant, to: Instant, now: Instant) -> i64 {
        let begin = self.from().max(from).timestamp();
        let end = self.end(now).min(to).timestamp();
        (end - begin).max(0)
    }

    /// Whole seconds, up to `now` while running.
    pub fn seconds(&self, now: Instant) -> i64 {
        self.end(now).timestamp() - self.from().timestamp()
    }

    /// Whether it reaches as far as the other one or further, on both sides. What runs has no end.
    pub fn covers(&self, other: &Self) -> bool {
        let reaches = |to| other.to().is_some_and(|other| other <= to);
        self.from() <= other.from() && self.to().is_none_or(reaches)
    }

    /// Whether the two share at least a moment, of what runs up to `now`. Touching is not overlapping.
    pub fn overlaps(&self, other: &Self, now: Instant) -> bool {
        self.from().max(other.from()) < self.end(now).min(other.end(now))
    }
}

/// What a session is called: trimmed, at most 500 characters, no control characters; may be empty.
/// Clones share the text, as pages and caches hold the same sessions many times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(Arc<str>);

impl Name {
    /// Most characters (Unicode scalar values) of a name.
    pub const LIMIT: usize = 500;

    /// Takes what was typed; refuses what is too long or holds control characters.
    pub fn new(typed: &str) -> Result<Self, FieldErrors> {
        let trimmed = typed.trim();
        if trimmed.chars().count() > Self::LIMIT {
            return Err(FieldErrors::one(
                "name",
                "A name has at most 500 characters.",
            ));
        }
        if trimmed
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            return Err(FieldErrors::one(
                "name",
                "A name cannot hold line breaks or control characters.",
            ));
        }
        Ok(Self(trimmed.into()))
    }

    /// As stored; may be empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As shown: never empty.
    pub fn shown(&self) -> &str {
        if self.0.is_empty() {
            "(no name)"
        } else {
            &self.0
        }
    }

    /// As shown within a line of text: kept apart where it is written right to left, which would
    /// otherwise reorder the words around it.
    pub fn isolated(&self) -> String {
        let name = self.shown();
        if !name.chars().any(turns_direction) {
            return name.to_owned();
        }
        // Marks of its own would end what keeps it apart, or swallow its end.
        let isolates = |c| matches!(c, '\u{2066}'..='\u{2069}');
        format!("\u{2068}{}\u{2069}", name.replace(isolates, ""))
    }

    /// As [`isolated`](Self::isolated), in quotes.
    pub fn quoted(&self) -> String {
        format!("“{}”", self.isolated())
    }
}

/// Letters of the scripts written right to left, and the marks that set a direction.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl TryFrom<String> for Name {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        Self::new(&text)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The name of an IANA time zone, such as `Europe/Berlin`. Whether the zone exists is for
/// `server::zone` to say; here it only has the shape of one.
/// Clones share the text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ZoneName(Arc<str>);

impl ZoneName {
    /// `UTC`.
    pub fn utc() -> Self {
        Self("UTC".into())
    }

    /// The name in the IANA database, as in `Europe/Berlin`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ZoneName {
    type Err = FieldErrors;

    fn from_str(text: &str) -> Result<Self, FieldErrors> {
        let fits = (1..=64).contains(&text.len())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
        if !fits {
            return Err(FieldErrors::one(
                "zone",
                "Choose a time zone from the list.",
            ));
        }
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for ZoneName {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        text.parse()
    }
}

impl Serialize for ZoneName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
