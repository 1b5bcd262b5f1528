//! What was tracked in a period, and how long.

use super::{
    extract::{Query, Reader},
    moment::Moment,
    page::{Limit, Listing},
    period::{self, PeriodWord},
    problem::Problem,
    session_body::SessionBody,
    value::{Date, KnownZone},
};
use crate::{domain::Bucket, server::store::Wanted, web::router::WebState};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The sessions of a period with their totals.
#[derive(Debug, Serialize, ToSchema)]
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
    days: Vec<Day>,
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
    let (records, _) = app.store.records(caller.account, &wanted).await?;
    let seconds = |day: &Bucket| {
        let spans = records.iter().map(|record| &record.session.span);
        spans.map(|span| day.seconds(span, now)).sum()
    };
    let days: Vec<Day> = days
        .iter()
        .map(|day| Day {
            date: day.date.to_string(),
            from: Moment(day.from),
            to: Moment(day.to),
            seconds: seconds(day),
        })
        .collect();
    let shown = &records[..records.len().min(Limit::MOST.into())];
    let more = shown.len() < records.len();
    let next = shown.last().filter(|_| more).map(|record| record.place());
    let sessions = shown.iter().map(|record| SessionBody::of(record, now));
    let Listing { items, next_cursor } = Listing::new(sessions, next);
    Ok(Json(Overview {
        period: word,
        from: Moment(from),
        to: Moment(to),
        time_zone: settings.zone().to_string(),
        total_seconds: days.iter().map(|day| day.seconds).sum(),
        days,
        sessions: items,
        next_cursor,
    }))
}
