//! What a person asked for, and what that did.

use super::{
    id::{CommandId, SessionId},
    session::{Instant, Name, Session, Span, ZoneName},
};
use chrono::serde::{ts_seconds, ts_seconds_option};
use serde::{Deserialize, Serialize};

/// One thing a person asked for. The same id is carried out once, however often it arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    pub id: CommandId,
    /// When the person acted, whole seconds.
    #[serde(with = "ts_seconds")]
    pub at: Instant,
    pub action: Action,
}

/// What is to be done. A session that an action creates takes the command's own id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// Start a session at `from`, or at the command's instant, and stop the one that runs.
    Start {
        name: Name,
        zone: ZoneName,
        #[serde(default, with = "ts_seconds_option")]
        from: Option<Instant>,
    },
    /// Stop a session (the running one by default) at `to`, or at the command's instant. With
    /// `name`, what stood in the name field when Stop was pressed is kept too.
    Stop {
        session: Option<SessionId>,
        #[serde(default, with = "ts_seconds_option")]
        to: Option<Instant>,
        name: Option<Name>,
    },
    Rename {
        session: SessionId,
        name: Name,
    },
    /// Replace name and span. With `version`, only if nobody changed the session since.
    Edit {
        session: SessionId,
        version: Option<i64>,
        name: Name,
        span: Span,
    },
    /// Replace what is given and keep the rest; `version` as for `Edit`.
    Revise {
        session: SessionId,
        version: Option<i64>,
        name: Option<Name>,
        #[serde(default, with = "ts_seconds_option")]
        from: Option<Instant>,
        to: Option<End>,
    },
    /// Save a finished session that was tracked by other means.
    Add {
        name: Name,
        zone: ZoneName,
        span: Span,
    },
    /// Start a session with the details of another one.
    Continue {
        session: SessionId,
        zone: ZoneName,
    },
    /// Save a copy; of a running session, the copy is what has passed of it.
    Duplicate {
        session: SessionId,
    },
    /// Remove a session; a running one is discarded.
    Delete {
        session: SessionId,
    },
    /// Cut out of `session` what `around` covers, so that the two no longer overlap.
    Trim {
        session: SessionId,
        around: SessionId,
    },
    /// Say that what overlaps `session` is meant to.
    KeepOverlap {
        session: SessionId,
    },
    /// Take back what a command did. Undoing an undo is redo.
    Undo {
        command: CommandId,
    },
}

/// The end that a session is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// None: it runs.
    Open,
    At(#[serde(with = "ts_seconds")] Instant),
}

impl Action {
    /// What is done, in one word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Stop { .. } => "stop",
            Self::Rename { .. } => "rename",
            Self::Edit { .. } | Self::Revise { .. } => "edit",
            Self::Add { .. } => "add",
            Self::Continue { .. } => "continue",
            Self::Duplicate { .. } => "duplicate",
            Self::Delete { .. } => "delete",
            Self::Trim { .. } => "trim",
            Self::KeepOverlap { .. } => "keep_overlap",
            Self::Undo { .. } => "undo",
        }
    }

    /// The session an action is about, where it names one.
    pub fn session(&self) -> Option<SessionId> {
        match *self {
            Self::Start { .. } | Self::Add { .. } | Self::Undo { .. } => None,
            Self::Stop { session, .. } => session,
            Self::Rename { session, .. }
            | Self::Edit { session, .. }
            | Self::Revise { session, .. }
            | Self::Continue { session, .. }
            | Self::Duplicate { session }
            | Self::Delete { session }
            | Self::Trim { session, .. }
            | Self::KeepOverlap { session } => Some(session),
        }
    }
}

/// What a command did to one session: `None` before means made, `None` after means deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub before: Option<Session>,
    pub after: Option<Session>,
}

impl Change {
    /// The session that changed. A change without both sides says nothing and is never made.
    pub fn session(&self) -> Option<SessionId> {
        self.after
            .as_ref()
            .or(self.before.as_ref())
            .map(|session| session.id)
    }
}
