//! What a person asked for, and what that did.

use super::{
    id::{CommandId, SessionId},
    session::{Instant, Name, Session, Span, ZoneName},
    work::WorkRevision,
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
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    /// Stop a session (the running one by default) at `to`, or at the command's instant. With
    /// `name`, what stood in the name field when Stop was pressed is kept too.
    Stop {
        session: Option<SessionId>,
        #[serde(default, with = "ts_seconds_option")]
        to: Option<Instant>,
        name: Option<Name>,
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    Rename {
        session: SessionId,
        name: Name,
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    /// Replace name and span, and what `work` says. With `version`, only if nobody changed the session since.
    Edit {
        session: SessionId,
        version: Option<i64>,
        name: Name,
        span: Span,
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    /// Replace what is given and keep the rest; `version` as for `Edit`.
    Revise {
        session: SessionId,
        version: Option<i64>,
        name: Option<Name>,
        #[serde(default, with = "ts_seconds_option")]
        from: Option<Instant>,
        to: Option<End>,
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    /// Save a finished session that was tracked by other means.
    Add {
        name: Name,
        zone: ZoneName,
        span: Span,
        #[serde(default, skip_serializing_if = "WorkRevision::is_none")]
        work: WorkRevision,
    },
    /// Start a session with the details of another one.
    Continue { session: SessionId, zone: ZoneName },
    /// Save a copy; of a running session, the copy is what has passed of it.
    Duplicate { session: SessionId },
    /// Remove a session; a running one is discarded.
    Delete { session: SessionId },
    /// Cut out of `session` what `around` covers, so that the two no longer overlap.
    Trim {
        session: SessionId,
        around: SessionId,
    },
    /// Say that what overlaps `session` is meant to.
    KeepOverlap { session: SessionId },
    /// Change what sessions belong to, all or none.
    Assign {
        sessions: Vec<SessionId>,
        work: WorkRevision,
    },
    /// Remove sessions, all or none.
    DeleteAll { sessions: Vec<SessionId> },
    /// Take back what a command did. Undoing an undo is redo.
    Undo { command: CommandId },
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
    /// Most sessions that one action may name.
    pub const MOST_SESSIONS: usize = 500;

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
            Self::Assign { .. } => "assign",
            Self::DeleteAll { .. } => "delete_all",
            Self::Undo { .. } => "undo",
        }
    }

    /// The sessions an action names.
    pub fn sessions(&self) -> Vec<SessionId> {
        match self {
            Self::Start { .. } | Self::Add { .. } | Self::Undo { .. } => Vec::new(),
            Self::Stop { session, .. } => session.iter().copied().collect(),
            Self::Rename { session, .. }
            | Self::Edit { session, .. }
            | Self::Revise { session, .. }
            | Self::Continue { session, .. }
            | Self::Duplicate { session }
            | Self::Delete { session }
            | Self::KeepOverlap { session } => vec![*session],
            Self::Trim { session, around } => vec![*session, *around],
            Self::Assign { sessions, .. } | Self::DeleteAll { sessions } => sessions.clone(),
        }
    }

    /// The same action, saying `work` of what sessions belong to, where it can say so.
    pub fn with_work(mut self, revision: WorkRevision) -> Self {
        match &mut self {
            Self::Start { work, .. }
            | Self::Stop { work, .. }
            | Self::Rename { work, .. }
            | Self::Edit { work, .. }
            | Self::Revise { work, .. }
            | Self::Add { work, .. }
            | Self::Assign { work, .. } => *work = revision,
            Self::Continue { .. }
            | Self::Duplicate { .. }
            | Self::Delete { .. }
            | Self::Trim { .. }
            | Self::KeepOverlap { .. }
            | Self::DeleteAll { .. }
            | Self::Undo { .. } => {}
        }
        self
    }

    /// What an action says of what sessions belong to.
    pub fn work(&self) -> Option<&WorkRevision> {
        match self {
            Self::Start { work, .. }
            | Self::Stop { work, .. }
            | Self::Rename { work, .. }
            | Self::Edit { work, .. }
            | Self::Revise { work, .. }
            | Self::Add { work, .. }
            | Self::Assign { work, .. } => Some(work),
            Self::Continue { .. }
            | Self::Duplicate { .. }
            | Self::Delete { .. }
            | Self::Trim { .. }
            | Self::KeepOverlap { .. }
            | Self::DeleteAll { .. }
            | Self::Undo { .. } => None,
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
