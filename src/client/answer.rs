//! What the API answers, as far as the client reads it.

use crate::domain::Instant;
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;

/// A session.
#[derive(Deserialize)]
pub struct Session {
    pub id: String,
    pub name: String,
    pub started_at: Instant,
    pub stopped_at: Option<Instant>,
    pub seconds: i64,
    pub time_zone: String,
    #[serde(default)]
    pub project_id: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub billable: bool,
}

/// What a project is called.
#[derive(Deserialize)]
pub struct Project {
    pub name: String,
    /// Its client, for those who are told of it.
    pub client: Option<String>,
}

impl Session {
    /// When it stopped; while it runs, the moment at which the server answered.
    pub fn end(&self) -> Instant {
        self.started_at + TimeDelta::seconds(self.seconds)
    }
}

/// The sessions of a period.
#[derive(Deserialize)]
pub struct Overview {
    pub from: Instant,
    pub to: Instant,
    pub time_zone: String,
    pub total_seconds: i64,
    pub days: Vec<Day>,
    pub sessions: Vec<Session>,
    pub next_cursor: Option<String>,
}

/// One day of a period.
#[derive(Deserialize)]
pub struct Day {
    pub date: NaiveDate,
    pub from: Instant,
    pub to: Instant,
    pub seconds: i64,
}

/// Part of a list of sessions.
#[derive(Deserialize)]
pub struct Listing {
    pub items: Vec<Session>,
    pub next_cursor: Option<String>,
}

/// What undoing did.
#[derive(Deserialize)]
pub struct Done {
    pub changes: Vec<Change>,
}

/// What became of one session.
#[derive(Deserialize)]
pub struct Change {
    pub before: Option<Snapshot>,
    pub after: Option<Snapshot>,
}

/// A session as it was or is.
#[derive(Deserialize)]
pub struct Snapshot {
    pub name: String,
    pub started_at: Instant,
    pub stopped_at: Option<Instant>,
    pub time_zone: String,
}

/// Tokens.
#[derive(Deserialize)]
pub struct Grant {
    pub access_token: String,
    pub refresh_token: String,
    /// Seconds.
    pub expires_in: i64,
}

/// Who is signed in.
#[derive(Deserialize)]
pub struct Me {
    /// None for a guest.
    pub username: Option<String>,
}

/// Why something was refused (RFC 9457).
#[derive(Deserialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: String,
    pub detail: String,
    #[serde(default)]
    pub errors: Vec<WrongField>,
}

/// A field that is not valid.
#[derive(Deserialize)]
pub struct WrongField {
    pub field: String,
}

impl Problem {
    /// Which kind, without where it is documented.
    pub fn word(&self) -> &str {
        self.kind.rsplit("#problem-").next().unwrap_or_default()
    }

    /// Whether a field is said to be wrong.
    pub fn is_about(&self, field: &str) -> bool {
        self.errors.iter().any(|wrong| wrong.field == field)
    }

    /// Whether the token opens nothing.
    pub fn is_denied(&self) -> bool {
        let denied = [
            "missing-token",
            "unknown-token",
            "expired-token",
            "revoked-token",
        ];
        denied.contains(&self.word())
    }
}
