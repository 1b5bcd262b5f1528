//! What is pressed again because no answer came.

use super::{CommandForm, intent};
use crate::domain::session::Instant;

/// How long something done now is the same when it is pressed again.
const AGAIN_SECONDS: i64 = 60;

impl CommandForm {
    /// Whether this form is `lost` once more, of which nobody knows whether it arrived, pressed again
    /// at `now`. What was typed with its times is the same at any time; anything else is another
    /// command a minute later.
    pub fn repeats(&self, lost: &Self, now: Instant) -> bool {
        let at = lost.at.parse().unwrap_or(i64::MIN);
        let soon = now.timestamp().saturating_sub(at) <= AGAIN_SECONDS;
        (self.has_typed_times() || soon) && self.says_the_same(lost)
    }

    /// Whether nobody means it twice in a row.
    pub fn is_made_once(&self) -> bool {
        self.has_typed_times() || self.intent == intent::START
    }

    /// Whether its times were typed, in a form that stays open until it is answered.
    pub fn has_typed_times(&self) -> bool {
        [intent::ADD, intent::EDIT].contains(&self.intent.as_str())
    }

    /// Whether two forms differ at most in when and where they were sent.
    fn says_the_same(&self, other: &Self) -> bool {
        let (mut one, mut other) = (self.clone(), other.clone());
        let stamps = ["command", "at", "zone", "account"];
        let pairs = one.fields().into_iter().zip(other.fields());
        pairs
            .into_iter()
            .all(|((field, one), (_, other))| stamps.contains(&field) || one == other)
    }
}
