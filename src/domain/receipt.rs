//! What a person is told about a command that was carried out.

use super::{
    account::HourFormat,
    command::{Action, Change},
    id::CommandId,
    local::Offsets,
    session::{Session, Span},
};
use serde::{Deserialize, Serialize};

/// A command that was carried out, and what it did. Stored with the command, so that asking again
/// gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub command: CommandId,
    pub action: Action,
    /// Empty when everything was already as asked.
    pub changes: Vec<Change>,
    /// Whether the command undid an undo.
    pub redo: bool,
}

impl Receipt {
    pub fn is_undo(&self) -> bool {
        matches!(self.action, Action::Undo { .. }) && !self.redo
    }

    /// One sentence: `Stopped “Invoice for October” at 13:04.`
    pub fn message(&self, offsets: &Offsets, format: HourFormat) -> String {
        let time = |at| offsets.time(at, format);
        let Some(change) = self.changes.last() else {
            return "Nothing to change.".to_owned();
        };
        let Some(session) = change.after.as_ref().or(change.before.as_ref()) else {
            return String::new();
        };
        let name = format!("“{}”", session.name.shown());
        let stopped = || {
            session
                .span
                .to()
                .map_or_else(String::new, |to| format!(" at {}", time(to)))
        };
        match &self.action {
            Action::Start { .. } | Action::Continue { .. } => match self.stopped_before() {
                Some(other) => format!("Started {name}, stopped “{}”.", other.name.shown()),
                None if session.is_running() => format!("Started {name}."),
                None => format!("Saved {name}; a later session is running."),
            },
            Action::Stop { .. } => format!("Stopped {name}{}.", stopped()),
            Action::Rename { .. } => format!("Renamed to {name}."),
            Action::Edit { .. } => format!("Saved {name}."),
            Action::Add { .. } => format!("Added {name}."),
            Action::Duplicate { .. } => format!("Duplicated {name}."),
            Action::Delete { .. } if session.is_running() => format!("Discarded {name}."),
            Action::Delete { .. } => format!("Deleted {name}."),
            Action::Trim { .. } => format!("Trimmed {name}."),
            Action::KeepOverlap { .. } => format!("Kept {name} as it is."),
            Action::Undo { .. } if self.redo => format!("Done again: {name}."),
            Action::Undo { .. } => format!("Undone: {name}."),
        }
    }

    /// The session that a start stopped on its way.
    fn stopped_before(&self) -> Option<&Session> {
        let [first, _] = &self.changes[..] else {
            return None;
        };
        first
            .after
            .as_ref()
            .filter(|session| matches!(session.span, Span::Done { .. }))
    }
}
