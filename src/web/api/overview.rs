//! What was tracked in a period, and how long.

use super::{
    extract::{Query, Reader},
    filter::{self, Asked},
    members::PersonBody,
    moment::Moment,
    money::{MoneyBody, RoundingBody, bodies},
    page::{Limit, Listing},
    period::{self, PeriodWord},
    problem::Problem,
    session_body::SessionBody,
    value::{Date, KnownZone},
};
use crate::{
    domain::{Bucket, ClientId, ProjectId, ProjectLabel, TagLabel, parts::Parts},
    server::{amounts::Amounts, store::Wanted},
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The sessions of a period with their totals.
#[derive(Serialize, ToSchema)]
pub struct Overview {
    period: PeriodWord,
    from: Moment,
    to: Moment,
    /// The zone whose days these are.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// Tracked seconds that lie in the period: the sum of its days.
    #[schema(minimum = 0)]
    total_seconds: i64,
    /// What the sessions that began in the period come to, in each currency; not there where nothing
    /// is paid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    amounts: Vec<MoneyBody>,
    /// How time was rounded for `amounts`, where one project was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rounding: Option<RoundingBody>,
    days: Vec<Day>,
    /// How the total divides into projects, the longest first.
    by_project: Vec<ProjectSum>,
    /// How long each tag was on, the longest first. A session with several tags counts for each.
    by_tag: Vec<TagSum>,
    /// Whose time it is.
    by_member: Vec<MemberSum>,
    /// The sessions that touch the period, newest first, 500 at most.
    sessions: Vec<SessionBody>,
    /// If there are more: the `cursor` for `GET /sessions` with the same period.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// One day, or what the period holds of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Day {
    #[schema(format = Date, example = "2026-11-20")]
    date: String,
    from: Moment,
    to: Moment,
    /// Tracked seconds that lie in it.
    #[schema(minimum = 0)]
    seconds: i64,
}

impl Day {
    /// A day, and what was tracked in it.
    pub fn of(day: &Bucket, seconds: i64) -> Self {
        Self {
            date: day.date.to_string(),
            from: Moment(day.from),
            to: Moment(day.to),
            seconds,
        }
    }
}

/// Time of one project.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectSum {
    /// Null for sessions without a project.
    #[schema(required, format = "uuid")]
    project_id: Option<String>,
    #[schema(required)]
    name: Option<String>,
    #[schema(minimum = 0)]
    seconds: i64,
}

/// Time under one tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagSum {
    #[schema(format = "uuid")]
    tag_id: String,
    name: String,
    #[schema(minimum = 0)]
    seconds: i64,
}

/// Time of one account.
#[derive(Serialize, ToSchema)]
pub struct MemberSum {
    account: PersonBody,
    #[schema(minimum = 0)]
    seconds: i64,
}

impl From<(Option<&ProjectLabel>, i64)> for ProjectSum {
    fn from((project, seconds): (Option<&ProjectLabel>, i64)) -> Self {
        Self {
            project_id: project.map(|project| project.id.to_string()),
            name: project.map(|project| project.name.to_string()),
            seconds,
        }
    }
}

impl From<(&TagLabel, i64)> for TagSum {
    fn from((tag, seconds): (&TagLabel, i64)) -> Self {
        Self {
            tag_id: tag.id.to_string(),
            name: tag.name.to_string(),
            seconds,
        }
    }
}

/// Which period to look at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Looked {
    /// The day, if it is not said.
    period: Option<PeriodWord>,
    /// A date in the day, week or month; today, if it is not said.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-20")]
    date: Option<Date>,
    /// Where its days begin and end, as an IANA name; the account's zone, if it is not said.
    #[param(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Option<KnownZone>,
    /// Only sessions of this project.
    #[param(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Only sessions of this client's projects.
    #[param(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// Only sessions with this tag: its name, or its id.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// Only sessions that are billable, or not.
    billable: Option<bool>,
}

/// What was tracked in a period, day by day. A running session counts up to now.
#[utoipa::path(
    get, path = "/overview", tag = "Sessions", params(Looked),
    responses((status = 200, description = "The period", body = Overview))
)]
pub async fn show_overview(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(query): Query<Looked>,
) -> Result<Json<Overview>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let word = query.period.unwrap_or(PeriodWord::Day);
    let settings = app.store.settings(caller.account).await?;
    let (settings, days) = period::days(settings, word, query.date, query.time_zone, now)?;
    let (from, to) = period::ends(&days);
    // All of them in one statement, so that the totals are those of one moment.
    let wanted = Wanted {
        from,
        to,
        now,
        containing: None,
        after: None,
        limit: u32::MAX,
    };
    let catalog = app.store.catalog(caller.account).await?;
    let asked = Asked {
        project: query.project_id,
        client: query.client_id,
        tag: query.tag.as_deref(),
        billable: query.billable,
    };
    let narrowing = filter::read(&app.store, caller.account, &catalog, asked).await?;
    let (records, _) = app
        .store
        .records(caller.account, &narrowing, &wanted)
        .await?;
    let seconds = |day: &Bucket| {
        let spans = records.iter().map(|record| &record.session.span);
        spans.map(|span| day.seconds(span, now)).sum()
    };
    let days: Vec<Day> = days.iter().map(|day| Day::of(day, seconds(day))).collect();
    let timed = records.iter().map(|record| {
        let session = &record.session;
        (&session.work, session.span.seconds_within(from, to, now))
    });
    let parts = Parts::of(timed, &catalog);
    let total_seconds = days.iter().map(|day| day.seconds).sum();
    let shown = &records[..records.len().min(Limit::MOST.into())];
    let more = shown.len() < records.len();
    let next = shown.last().filter(|_| more).map(|record| record.place());
    let all = records.iter().map(|record| &record.session);
    let amounts = Amounts::own(&app.store, caller.account, all.clone(), now).await?;
    let began = all.filter(|session| (from..to).contains(&session.span.from()));
    let sums = amounts.sums(began.map(|session| session.id));
    let rounding = match query.project_id.filter(|_| !sums.is_empty()) {
        None => None,
        Some(project) => {
            let tariff = app.store.tariff(caller.account).await?;
            Some(tariff.rounding(Some(project)).into())
        }
    };
    let sessions = shown
        .iter()
        .map(|record| SessionBody::of(record, &catalog, &amounts, now));
    let Listing { items, next_cursor } = Listing::new(sessions, next);
    Ok(Json(Overview {
        period: word,
        from: Moment(from),
        to: Moment(to),
        time_zone: settings.zone().to_string(),
        total_seconds,
        amounts: bodies(sums),
        rounding,
        days,
        by_project: parts.projects.into_iter().map(ProjectSum::from).collect(),
        by_tag: parts.tags.into_iter().map(TagSum::from).collect(),
        by_member: vec![MemberSum {
            account: app.store.person(caller.account).await?.into(),
            seconds: total_seconds,
        }],
        sessions: items,
        next_cursor,
    }))
}
