//! What happened to a session, and names used before.

use super::{
    account::Settings,
    command::{Action, Change},
    id::{CommandId, SessionId},
    local::Offsets,
    session::{Instant, Name},
};
use serde::{Deserialize, Serialize};

/// The changes of one session, newest first, and how its account writes times.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub entries: Vec<HistoryEntry>,
    pub settings: Settings,
    pub offsets: Offsets,
}

/// One command that changed a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    pub command: CommandId,
    pub acted_at: Instant,
    pub action: Action,
    pub change: Change,
}

/// A name used before, with the session that last had it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub name: Name,
    pub session: SessionId,
}
