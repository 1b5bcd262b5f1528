//! What a person is told about a command that was carried out.

use super::{
    account::HourFormat,
    command::{Action, Change},
    id::{CommandId, SessionId},
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
    /// Whether it took another command back.
    pub fn is_undo(&self) -> bool {
        matches!(self.action, Action::Undo { .. }) && !self.redo
    }

    /// The session that is no more, if it is about one alone.
    pub fn deleted(&self) -> Option<SessionId> {
        match &self.changes[..] {
            [change] if change.after.is_none() => change.session(),
            _ => None,
        }
    }

    /// One sentence: `Stopped “Invoice for October” at 13:04.`
    pub fn message(&self, offsets: &Offsets, format: HourFormat) -> String {
        let time = |at| offsets.time(at, format);
        // What a command is about comes last, after what had to make room, and is undone first.
        let main = if self.is_undo() {
            self.changes.first()
        } else {
            self.changes.last()
        };
        let Some(change) = main else {
            return "Nothing to change.".to_owned();
        };
        let Some(session) = change.after.as_ref().or(change.before.as_ref()) else {
            return String::new();
        };
        let name = session.name.quoted();
        let stopped = || {
            session
                .span
                .to()
                .map_or_else(String::new, |to| format!(" at {}", time(to)))
        };
        match &self.action {
            Action::Start { .. } | Action::Continue { .. } => match self.stopped_before() {
                Some(other) => format!("Started {name}, stopped {}.", other.name.quoted()),
                None if session.is_running() => format!("Started {name}."),
                None => format!("Saved {name}; a later session is running."),
            },
            Action::Stop { .. } => format!("Stopped {name}{}.", stopped()),
            Action::Rename { .. } => format!("Renamed to {name}."),
            Action::Edit { .. } | Action::Revise { .. } => format!("Saved {name}."),
            Action::Add { .. } => format!("Added {name}."),
            Action::Duplicate { .. } => format!("Duplicated {name}."),
            Action::Assign { .. } | Action::DeleteAll { .. } => self.message_of_many(),
            Action::Delete { .. } if session.is_running() => format!("Discarded {name}."),
            Action::Delete { .. } => format!("Deleted {name}."),
            Action::Trim { .. } if change.after.is_none() => {
                format!("Deleted {name}, which lay within the other session.")
            }
            Action::Trim { .. } => format!("Trimmed {name}."),
            Action::KeepOverlap { .. } => format!("Kept {name} as it is."),
            Action::Undo { .. } if self.is_about_many() => {
                let verb = if self.redo { "Done again" } else { "Undone" };
                format!("{verb}: {} sessions.", self.changes.len())
            }
            Action::Undo { .. } if self.redo => format!("Done again: {name}."),
            Action::Undo { .. } => format!("Undone: {name}."),
        }
    }

    /// What a command about many sessions did.
    fn message_of_many(&self) -> String {
        let verb = match self.action {
            Action::DeleteAll { .. } => "Deleted",
            _ => "Changed",
        };
        match self.changes.len() {
            1 => format!("{verb} 1 session."),
            count => format!("{verb} {count} sessions."),
        }
    }

    /// Whether several sessions are what it is about, and not one that another had to make room for.
    fn is_about_many(&self) -> bool {
        match &self.changes[..] {
            [one, other] => {
                one.before.is_some() == other.before.is_some()
                    && one.after.is_some() == other.after.is_some()
            }
            changes => changes.len() > 2,
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

#[cfg(test)]
mod tests;
