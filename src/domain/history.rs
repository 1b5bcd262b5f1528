//! What happened to a session, and help with what is typed.

use super::{
    account::Settings,
    catalog::Catalog,
    command::{Action, Change},
    id::CommandId,
    local::Offsets,
    session::{Instant, Session},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The changes of one session, newest first, how its account writes times, and what it can name.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub entries: Vec<HistoryEntry>,
    pub settings: Settings,
    pub offsets: Offsets,
    pub catalog: Arc<Catalog>,
}

/// One command that changed a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    pub command: CommandId,
    pub acted_at: Instant,
    pub action: Action,
    /// Whether the command undid an undo.
    pub redo: bool,
    pub change: Change,
}

/// Whether the end of a session was last set by the start of another one; what happened to it is told newest
/// first.
pub fn is_cut_short(history: impl IntoIterator<Item = (Action, Change)>) -> bool {
    let end = |session: &Option<Session>| session.as_ref()?.span.to();
    let mut history = history.into_iter();
    let last = history.find(|(_, change)| end(&change.before) != end(&change.after));
    last.is_some_and(|(action, _)| matches!(action, Action::Start { .. } | Action::Continue { .. }))
}

/// What is offered to whoever types a line, and what will be understood of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    pub suggestions: Vec<Suggestion>,
    /// Empty where the line is nothing but a name.
    pub preview: String,
}

/// A line to choose instead of what is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it is called.
    pub shown: String,
    /// What it belongs to, or what would be made; may be empty.
    pub note: String,
    /// What then stands in the field.
    pub line: String,
    /// The same for a form that has fields of their own for project and tags: what stands in each of them, and in that
    /// for the name.
    pub name: String,
    pub project: String,
    pub tags: String,
}
