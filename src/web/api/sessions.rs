//! The sessions of an account: starting, saving and listing them.

use super::{
    belonging::{Belonging, read_line},
    carrier::Carrier,
    extract::{Body, CommandKey, Query, Reader, Writer},
    filter,
    moment::Moment,
    page::{Cursor, Limit, Listing},
    period::{self, PeriodWord},
    problem::Problem,
    session_body::SessionBody,
    value::{Date, KnownZone},
};
use crate::{
    domain::{Action, ClientId, CommandId, Instant, Name, Place, ProjectId, Span},
    server::{
        amounts::Amounts,
        store::{Asked, Named, Wanted},
    },
    web::router::WebState,
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// A session to start, or, with a stop, one that is over.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// A UUID of your own making, best of version 7: however often the same is sent, there is one
    /// session.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<CommandId>,
    /// What is worked on; may be empty.
    #[schema(value_type = Option<String>, max_length = 500)]
    name: Option<Name>,
    /// A line such as `fix login @acme/web #bug 9:30-11`, instead of name and times.
    #[schema(max_length = 2000)]
    entry: Option<String>,
    /// Null, or not said: none, unless the line says one.
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Names of tags, or their ids; a new name makes a tag. At most 50.
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    /// What the project says, if it is not said.
    billable: Option<bool>,
    /// Now, if it is not said.
    started_at: Option<Moment>,
    /// Makes it a finished session; needs `started_at`.
    stopped_at: Option<Moment>,
    /// IANA name; the account's zone, if it is not said.
    #[schema(value_type = Option<String>)]
    time_zone: Option<KnownZone>,
}

/// A session to start or to save, without an id.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What is worked on; may be empty.
    #[schema(value_type = Option<String>, max_length = 500)]
    pub name: Option<Name>,
    /// A line such as `fix login @acme/web #bug 9:30-11`, instead of name and times.
    #[schema(max_length = 2000)]
    pub entry: Option<String>,
    /// Null, or not said: none, unless the line says one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub project_id: Option<ProjectId>,
    /// Names of tags, or their ids; a new name makes a tag. At most 50.
    #[schema(max_items = 50)]
    pub tags: Option<Vec<String>>,
    /// What the project says, if it is not said.
    pub billable: Option<bool>,
    /// When the command was given, if it is not said.
    pub started_at: Option<Moment>,
    /// Makes it a finished session; needs `started_at`.
    pub stopped_at: Option<Moment>,
    /// IANA name; the account's zone, if it is not said.
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<KnownZone>,
}

impl Draft {
    /// What it asks for, as the command `key`. A line means what it meant when it was given: `at` that
    /// moment if it is said, else when it was first sent.
    pub async fn action(
        self,
        carrier: &Carrier<'_>,
        key: Option<CommandId>,
        at: Option<Instant>,
    ) -> Result<Asked, Problem> {
        let zone = self.time_zone.map(|KnownZone(zone)| zone);
        let zone = carrier.zone(zone).await?;
        let belonging = Belonging {
            project_id: self.project_id.map(Some),
            tags: self.tags,
            billable: self.billable,
        };
        let (work, naming) = belonging.read(carrier).await?;
        if let Some(line) = self.entry {
            if self.name.is_some() || self.started_at.is_some() || self.stopped_at.is_some() {
                let detail = "Send `entry`, or `name` with `started_at` and `stopped_at`.";
                return Err(Problem::invalid("entry", detail));
            }
            let at = match at {
                Some(at) => at,
                None => carrier.given_at(key).await?,
            };
            let settings = carrier.settings(zone).await?;
            return read_line(&line, (&settings, at), (work, naming));
        }
        let name = self.name.unwrap_or_default();
        let action = match (self.started_at, self.stopped_at) {
            (from, None) => Action::Start {
                name,
                zone,
                from: from.map(|Moment(at)| at),
                work,
            },
            (Some(Moment(from)), Some(Moment(to))) => Action::Add {
                name,
                zone,
                span: Span::done(from, to)?,
                work,
            },
            (None, Some(_)) => {
                let detail =
                    "Say when it started, too; to stop what runs, use POST /sessions/ID/stop.";
                return Err(Problem::invalid("started_at", detail));
            }
        };
        Ok(Named {
            action,
            naming,
            field: None,
            is_known: false,
        }
        .into())
    }
}

/// Starts a session, stopping the one that runs; or saves a finished one.
///
/// With `started_at` it was started a while ago, stopping what runs. If what runs began later, that goes
/// on, and the new session is saved as over at the moment when it began.
#[utoipa::path(
    post, path = "/sessions", tag = "Sessions",
    request_body(content = Option<NewSession>),
    params(CommandKey),
    responses(
        (status = 201, description = "The new session", body = SessionBody),
        (status = 200, description = "The session that the same id made before", body = SessionBody),
    )
)]
pub async fn create_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    CommandKey(key): CommandKey,
    Body(new): Body<NewSession>,
) -> Result<Response, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    if new.id.is_some() && key.is_some() && new.id != key {
        let detail = "Send `id` or the header Idempotency-Key, or the same in both.";
        return Err(Problem::invalid("id", detail));
    }
    let draft = Draft {
        name: new.name,
        entry: new.entry,
        project_id: new.project_id,
        tags: new.tags,
        billable: new.billable,
        started_at: new.started_at,
        stopped_at: new.stopped_at,
        time_zone: new.time_zone,
    };
    let key = new.id.or(key);
    let action = draft.action(&carrier, key, None).await?;
    let carried = carrier.run(key, action).await?;
    carrier.tell_made(carried, None).await
}

/// The session that runs.
#[utoipa::path(
    get, path = "/sessions/running", tag = "Sessions",
    responses(
        (status = 200, description = "It", body = SessionBody),
        (status = 204, description = "None runs"),
    )
)]
pub async fn show_running(
    State(state): State<WebState>,
    Reader(caller): Reader,
) -> Result<Response, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let running = state.app.store.running_record(caller.account);
    Ok(match running.await? {
        Some(record) => Json(carrier.body(&record).await?).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Which sessions to list: those that touch a period, or a range of moments; all, if neither is said.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Listed {
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
    /// Only those whose name contains this, whatever the case. A part of the list may then hold
    /// few items or none and still go on.
    #[param(max_length = 500)]
    q: Option<String>,
    /// Only those of this project.
    #[param(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Only those of this client's projects.
    #[param(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// Only those with this tag: its name, or its id.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// Only those that are billable, or not.
    billable: Option<bool>,
    /// Most items in this part of the list; 100, if it is not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    limit: Option<Limit>,
    /// `next_cursor` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor<Place>>,
}

/// Sessions, newest first.
#[utoipa::path(
    get, path = "/sessions", tag = "Sessions", params(Listed),
    responses((status = 200, description = "Part of the list", body = Listing<SessionBody>))
)]
pub async fn list_sessions(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(query): Query<Listed>,
) -> Result<Json<Listing<SessionBody>>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let (from, to) = match query.period {
        Some(word) => {
            if query.from.is_some() || query.to.is_some() {
                let detail = "Ask for a period, or for a range with `from` and `to`.";
                return Err(Problem::invalid("period", detail));
            }
            let settings = app.store.settings(caller.account).await?;
            let days = period::days(settings, word, query.date, query.time_zone, now)?;
            period::ends(&days.1)
        }
        None => period::range(query.date, query.time_zone, query.from, query.to)?,
    };
    let name = query.q.as_deref().map(str::trim);
    if name.is_some_and(|name| name.chars().count() > Name::LIMIT) {
        return Err(Problem::invalid("q", "A name has at most 500 characters."));
    }
    let wanted = Wanted {
        from,
        to,
        now,
        containing: name.filter(|name| !name.is_empty()),
        after: query.cursor.map(|Cursor(place)| place),
        limit: query.limit.unwrap_or_default().0.into(),
    };
    let catalog = app.store.catalog(caller.account).await?;
    let asked = filter::Asked {
        project: query.project_id,
        client: query.client_id,
        tag: query.tag.as_deref(),
        billable: query.billable,
    };
    let narrowing = filter::read(&app.store, caller.account, &catalog, asked).await?;
    let records = app.store.records(caller.account, &narrowing, &wanted);
    let (records, next) = records.await?;
    let sessions = records.iter().map(|record| &record.session);
    let amounts = Amounts::own(&app.store, caller.account, sessions, now).await?;
    let items = records.iter();
    let items = items.map(|record| SessionBody::of(record, &catalog, &amounts, now));
    Ok(Json(Listing::new(items, next)))
}
