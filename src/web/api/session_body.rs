//! A session as the API writes it.

use super::moment::Moment;
use crate::domain::{Instant, Record};
use serde::Serialize;
use utoipa::ToSchema;

/// One stretch of tracked time. Moments are in UTC and whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionBody {
    #[schema(format = "uuid", example = "019e0f3a-7c00-7000-8000-000000000001")]
    pub id: String,
    /// What was worked on; may be empty.
    #[schema(example = "Invoice for October")]
    pub name: String,
    pub started_at: Moment,
    /// Null while it runs.
    #[schema(required)]
    pub stopped_at: Option<Moment>,
    pub running: bool,
    /// How long it is, up to now while it runs.
    #[schema(minimum = 0, example = 5400)]
    pub seconds: i64,
    /// The IANA name of the zone it was started in.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    pub created_at: Moment,
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 2)]
    pub version: i64,
}

impl SessionBody {
    /// How `record` looks at `now`.
    pub fn of(record: &Record, now: Instant) -> Self {
        let session = &record.session;
        Self {
            id: session.id.to_string(),
            name: session.name.as_str().to_owned(),
            started_at: Moment(session.span.from()),
            stopped_at: session.span.to().map(Moment),
            running: session.is_running(),
            seconds: session.span.seconds(now),
            time_zone: session.zone.to_string(),
            created_at: Moment(record.created_at),
            updated_at: Moment(record.updated_at),
            version: session.version,
        }
    }
}
