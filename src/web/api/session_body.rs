//! A session as the API writes it.

use super::{
    moment::Moment,
    money::{MoneyBody, RoundingBody},
};
use crate::{
    domain::{Catalog, Instant, Record, Work},
    server::amounts::{Amounts, Paid},
};
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
    /// The project it belongs to; null where there is none, or none any more.
    #[schema(required, format = "uuid")]
    pub project_id: Option<String>,
    /// The names of its tags, in alphabetical order.
    #[schema(example = json!(["bug"]))]
    pub tags: Vec<String>,
    pub billable: bool,
    /// What it comes to, by the closest rate and as its project rounds; not there where nothing is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub amount: Option<MoneyBody>,
    /// How its time was rounded before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rounding: Option<RoundingBody>,
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
    pub fn of(record: &Record, catalog: &Catalog, amounts: &Amounts, now: Instant) -> Self {
        let work = &record.session.work;
        let (project, tags) = (project_id(work, catalog), tag_names(work, catalog));
        let paid = amounts.of(record.session.id);
        Self::named(record, project, tags, paid, now)
    }

    /// The same, for a reader who knows project and tags from elsewhere.
    pub fn named(
        record: &Record,
        project_id: Option<String>,
        tags: Vec<String>,
        paid: Option<Paid>,
        now: Instant,
    ) -> Self {
        let session = &record.session;
        Self {
            id: session.id.to_string(),
            name: session.name.as_str().to_owned(),
            started_at: Moment(session.span.from()),
            stopped_at: session.span.to().map(Moment),
            running: session.is_running(),
            seconds: session.span.seconds(now),
            project_id,
            tags,
            billable: session.work.billable,
            amount: paid.map(|paid| paid.amount.into()),
            rounding: paid.map(|paid| paid.rounding.into()),
            time_zone: session.zone.to_string(),
            created_at: Moment(record.created_at),
            updated_at: Moment(record.updated_at),
            version: session.version,
        }
    }
}

/// The project, as long as the account knows of it.
pub fn project_id(work: &Work, catalog: &Catalog) -> Option<String> {
    let project = catalog.project_of(work);
    project.map(|project| project.id.to_string())
}

/// What its tags are called now.
pub fn tag_names(work: &Work, catalog: &Catalog) -> Vec<String> {
    let tags = catalog.tags_of(work);
    tags.map(|tag| tag.name.to_string()).collect()
}
