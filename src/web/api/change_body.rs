//! What commands did, as the API writes it.

use super::{
    moment::Moment,
    session_body::{project_id, tag_names},
};
use crate::{
    domain::{Catalog, Change, Session, history::HistoryEntry},
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
    #[schema(required, format = "uuid")]
    project_id: Option<String>,
    tags: Vec<String>,
    billable: bool,
    time_zone: String,
    #[schema(minimum = 1)]
    version: i64,
}

impl Snapshot {
    fn of(session: &Session, catalog: &Catalog) -> Self {
        Self {
            id: session.id.to_string(),
            name: session.name.as_str().to_owned(),
            started_at: Moment(session.span.from()),
            stopped_at: session.span.to().map(Moment),
            project_id: project_id(&session.work, catalog),
            tags: tag_names(&session.work, catalog),
            billable: session.work.billable,
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

impl ChangeBody {
    /// What a command did, in the words of `catalog`.
    pub fn all(carried: &Carried, catalog: &Catalog) -> Vec<Self> {
        let changes = carried.receipt.changes.iter();
        changes.map(|change| Self::of(change, catalog)).collect()
    }

    fn of(change: &Change, catalog: &Catalog) -> Self {
        let snapshot = |session: &Option<Session>| {
            let session = session.as_ref();
            session.map(|session| Snapshot::of(session, catalog))
        };
        Self {
            before: snapshot(&change.before),
            after: snapshot(&change.after),
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

impl Done {
    /// What came of a command in the words of `catalog`.
    pub fn of(carried: &Carried, catalog: &Catalog) -> Self {
        Self {
            command: carried.receipt.command.to_string(),
            repeated: !carried.first,
            changes: ChangeBody::all(carried, catalog),
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

impl HistoryItem {
    /// A step in the words of `catalog`.
    pub fn of(entry: &HistoryEntry, catalog: &Catalog) -> Self {
        let ChangeBody { before, after } = ChangeBody::of(&entry.change, catalog);
        Self {
            command: entry.command.to_string(),
            acted_at: Moment(entry.acted_at),
            action: if entry.redo {
                "redo"
            } else {
                entry.action.word()
            },
            before,
            after,
        }
    }
}
