//! What commands did, as the API writes it.

use super::moment::Moment;
use crate::{
    domain::{Change, Session, history::HistoryEntry},
    server::store::Carried,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A session as it was at some time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Snapshot {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    started_at: Moment,
    /// Null while it ran.
    #[schema(required)]
    stopped_at: Option<Moment>,
    time_zone: String,
    #[schema(minimum = 1)]
    version: i64,
}

impl From<&Session> for Snapshot {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.to_string(),
            name: session.name.as_str().to_owned(),
            started_at: Moment(session.span.from()),
            stopped_at: session.span.to().map(Moment),
            time_zone: session.zone.to_string(),
            version: session.version,
        }
    }
}

/// What a command did to one session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeBody {
    /// Null where the session was made.
    #[schema(required)]
    before: Option<Snapshot>,
    /// Null where the session was deleted.
    #[schema(required)]
    after: Option<Snapshot>,
}

impl From<&Change> for ChangeBody {
    fn from(change: &Change) -> Self {
        Self {
            before: change.before.as_ref().map(Snapshot::from),
            after: change.after.as_ref().map(Snapshot::from),
        }
    }
}

/// A command that was carried out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Done {
    /// The command's id: what `POST /undo` takes to undo just this one.
    #[schema(format = "uuid")]
    command: String,
    /// Whether it had been carried out before, so that nothing was done this time.
    repeated: bool,
    /// What it did, in order; empty where everything was as asked already.
    changes: Vec<ChangeBody>,
}

impl From<&Carried> for Done {
    fn from(carried: &Carried) -> Self {
        Self {
            command: carried.receipt.command.to_string(),
            repeated: !carried.first,
            changes: carried
                .receipt
                .changes
                .iter()
                .map(ChangeBody::from)
                .collect(),
        }
    }
}

/// One step in the history of a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryItem {
    /// The command that did it.
    #[schema(format = "uuid")]
    command: String,
    /// When the person acted.
    acted_at: Moment,
    /// What was asked for.
    #[schema(example = "stop")]
    action: &'static str,
    #[schema(required)]
    before: Option<Snapshot>,
    #[schema(required)]
    after: Option<Snapshot>,
}

impl From<HistoryEntry> for HistoryItem {
    fn from(entry: HistoryEntry) -> Self {
        let ChangeBody { before, after } = ChangeBody::from(&entry.change);
        Self {
            command: entry.command.to_string(),
            acted_at: Moment(entry.acted_at),
            action: entry.action.word(),
            before,
            after,
        }
    }
}
