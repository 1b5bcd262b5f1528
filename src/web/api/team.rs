//! The time of a project, of all its members.

use super::{
    extract::{Query, Reader},
    filter,
    item::Item,
    members::PersonBody,
    moment::Moment,
    money::{MoneyBody, RoundingBody, bodies},
    overview::Day,
    page::{Cursor, Limit, Listing},
    period::{self, PeriodWord},
    problem::Problem,
    session_body::SessionBody,
    value::{Date, KnownZone},
};
use crate::{
    domain::{AccountId, Instant, MemberRecord, ProjectId, TeamPlace},
    server::{amounts::MemberAmounts, store::Wanted, team_amounts::TeamAmounts},
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A session, and whose it is.
#[derive(Serialize, ToSchema)]
pub struct MemberSession {
    #[serde(flatten)]
    session: SessionBody,
    account: PersonBody,
}

impl MemberSession {
    fn of(member: MemberRecord, amounts: &MemberAmounts, now: Instant) -> Self {
        let session = &member.record.session;
        let project = session.work.project;
        let paid = amounts.of(member.account.id, session.id);
        Self {
            session: SessionBody::named(
                &member.record,
                project.map(|id| id.to_string()),
                member.tags,
                paid,
                now,
            ),
            account: member.account.into(),
        }
    }
}

/// Which sessions of a project to list: those that touch a period, or a range of moments; all, if
/// neither is said.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TeamListed {
    /// A day, week or month of the calendar, or a window that ends now.
    period: Option<PeriodWord>,
    /// A date in the day, week or month; today, if it is not said.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-20")]
    date: Option<Date>,
    /// Where the period's days begin and end, as an IANA name; the account's zone, if it is not said.
    #[param(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Option<KnownZone>,
    /// Sessions that reach beyond this moment. Not together with `period`.
    from: Option<Moment>,
    /// Sessions that began before this moment. Not together with `period`.
    to: Option<Moment>,
    /// Only sessions of this account.
    #[param(value_type = Option<String>, format = "uuid")]
    account: Option<AccountId>,
    /// Only sessions with a tag of this name, whoever calls one so; or with one of your own tags, by its id.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// Only sessions that are billable, or not.
    billable: Option<bool>,
    /// Most items in this part of the list; 100, if it is not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    limit: Option<Limit>,
    /// `next_cursor` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor<TeamPlace>>,
}

/// The sessions of a project, of all who are or were in it, newest first.
#[utoipa::path(
    get, path = "/projects/{id}/sessions", tag = "Members", params(Item<ProjectId>, TeamListed),
    responses((status = 200, description = "Part of the list", body = Listing<MemberSession>))
)]
pub async fn list_team_sessions(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Query(query): Query<TeamListed>,
) -> Result<Json<Listing<MemberSession>>, Problem> {
    let (store, now) = (&state.app.store, state.app.clock.now());
    let (from, to) = match query.period {
        Some(word) => {
            if query.from.is_some() || query.to.is_some() {
                let detail = "Ask for a period, or for a range with `from` and `to`.";
                return Err(Problem::invalid("period", detail));
            }
            let settings = store.settings(caller.account).await?;
            let days = period::days(settings, word, query.date, query.time_zone, now)?;
            period::ends(&days.1)
        }
        None => period::range(query.date, query.time_zone, query.from, query.to)?,
    };
    let wanted = Wanted {
        from,
        to,
        now,
        containing: None,
        after: query.cursor.map(|Cursor(place)| place),
        limit: query.limit.unwrap_or_default().0.into(),
    };
    let catalog = store.catalog(caller.account).await?;
    let (tag, billable) = (query.tag.as_deref(), query.billable);
    let narrowing = filter::read_team(&catalog, query.account, tag, billable)?;
    let part = store.team_records(caller.account, id, &narrowing, &wanted);
    let (records, next) = part.await?;
    let amounts = MemberAmounts::in_project(store, caller.account, id, &records, now).await?;
    let items = records
        .into_iter()
        .map(|record| MemberSession::of(record, &amounts, now));
    Ok(Json(Listing::new(items, next)))
}

/// The time of a project in a period.
#[derive(Serialize, ToSchema)]
pub struct TeamOverview {
    period: PeriodWord,
    from: Moment,
    to: Moment,
    /// The zone whose days these are.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// The sum of the days, and of the members.
    #[schema(minimum = 0)]
    total_seconds: i64,
    /// What the sessions that began in the period come to, in each currency. For managers and owners;
    /// not there where nothing is paid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    amounts: Vec<MoneyBody>,
    /// How time was rounded for `amounts`, which it is beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rounding: Option<RoundingBody>,
    days: Vec<Day>,
    /// Whoever has time in it, the longest first.
    by_member: Vec<MemberTimeBody>,
    /// The longest first. A session with several tags counts for each.
    by_tag: Vec<TagTime>,
    /// Who works on it now.
    running: Vec<MemberSession>,
}

/// Time of one account.
#[derive(Serialize, ToSchema)]
pub struct MemberTimeBody {
    account: PersonBody,
    #[schema(minimum = 0)]
    seconds: i64,
    /// A part of `amounts`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    amounts: Vec<MoneyBody>,
}

/// Time under one tag, of whoever calls one so.
#[derive(Serialize, ToSchema)]
pub struct TagTime {
    name: String,
    #[schema(minimum = 0)]
    seconds: i64,
}

/// Which period to look at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TeamLooked {
    /// The week, if it is not said.
    period: Option<PeriodWord>,
    /// A date in the day, week or month; today, if it is not said.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-20")]
    date: Option<Date>,
    /// Where its days begin and end, as an IANA name; the account's zone, if it is not said.
    #[param(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Option<KnownZone>,
    /// Only sessions with a tag of this name, whoever calls one so; or with one of your own tags, by its id.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// Only sessions that are billable, or not.
    billable: Option<bool>,
}

/// The time of a project, by member, day and tag, and who works on it now.
#[utoipa::path(
    get, path = "/projects/{id}/overview", tag = "Members", params(Item<ProjectId>, TeamLooked),
    responses((status = 200, description = "The period", body = TeamOverview))
)]
pub async fn show_team_overview(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Query(query): Query<TeamLooked>,
) -> Result<Json<TeamOverview>, Problem> {
    let (store, now) = (&state.app.store, state.app.clock.now());
    let word = query.period.unwrap_or(PeriodWord::Week);
    let settings = store.settings(caller.account).await?;
    let (settings, days) = period::days(settings, word, query.date, query.time_zone, now)?;
    let (from, to) = period::ends(&days);
    let catalog = store.catalog(caller.account).await?;
    let narrowing = filter::read_team(&catalog, None, query.tag.as_deref(), query.billable)?;
    let time = store.team_time(caller.account, id, &narrowing, days, now);
    let sums = TeamAmounts::of(store, caller.account, id, &narrowing, (from, to), now);
    let (time, sums) = tokio::try_join!(time, sums)?;
    let amounts = MemberAmounts::in_project(store, caller.account, id, &time.running, now).await?;
    let by_day = time.by_day();
    let total_seconds = time.total();
    let days = time.days.iter().zip(by_day);
    let running = time.running.into_iter();
    Ok(Json(TeamOverview {
        period: word,
        from: Moment(from),
        to: Moment(to),
        time_zone: settings.zone().to_string(),
        total_seconds,
        amounts: bodies(sums.total()),
        rounding: sums.rounding().map(Into::into),
        days: days.map(|(day, seconds)| Day::of(day, seconds)).collect(),
        by_member: time
            .members
            .into_iter()
            .map(|member| MemberTimeBody {
                seconds: member.total(),
                amounts: bodies(sums.member(member.account.id)),
                account: member.account.into(),
            })
            .collect(),
        by_tag: time
            .tags
            .into_iter()
            .map(|(name, seconds)| TagTime { name, seconds })
            .collect(),
        running: running
            .map(|record| MemberSession::of(record, &amounts, now))
            .collect(),
    }))
}
