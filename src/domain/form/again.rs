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
        let typed = [intent::ADD, intent::EDIT].contains(&self.intent.as_str());
        let at = lost.at.parse().unwrap_or(i64::MIN);
        let soon = now.timestamp().saturating_sub(at) <= AGAIN_SECONDS;
        (typed || soon) && self.stamped_as(lost) == *lost
    }

    /// This form with the id, the moment and the zone of another.
    fn stamped_as(&self, other: &Self) -> Self {
        Self {
            command: other.command.clone(),
            at: other.at.clone(),
            zone: other.zone.clone(),
            ..self.clone()
        }
    }
}
