//! One session: seeing, changing, stopping, continuing and copying it.

use super::{
    belonging::Belonging,
    carrier::Carrier,
    extract::{Body, CommandKey, Reader, Writer},
    item::Item,
    moment::Moment,
    problem::Problem,
    session_body::SessionBody,
    value::{KnownZone, even_null},
};
use crate::{
    domain::{Action, End, Name, ProjectId, SessionId, WorkRevision},
    server::store::Asked,
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;

/// What to change; what is not said stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPatch {
    #[schema(value_type = Option<String>, max_length = 500)]
    name: Option<Name>,
    /// Null takes it out of its project.
    #[serde(default, deserialize_with = "even_null")]
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<Option<ProjectId>>,
    /// All its tags: their names, or their ids; a new name makes a tag.
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    billable: Option<bool>,
    started_at: Option<Moment>,
    /// Null makes it run.
    #[serde(default, deserialize_with = "even_null")]
    #[schema(value_type = Option<Moment>)]
    stopped_at: Option<Option<Moment>>,
    /// Refuses the change if the session has another version by now.
    version: Option<i64>,
}

impl SessionPatch {
    /// What it asks for.
    pub async fn action(self, carrier: &Carrier<'_>, session: SessionId) -> Result<Asked, Problem> {
        let belonging = Belonging {
            project_id: self.project_id,
            tags: self.tags,
            billable: self.billable,
        };
        let revise = |work| Action::Revise {
            session,
            version: self.version,
            name: self.name,
            from: self.started_at.map(|Moment(at)| at),
            to: self
                .stopped_at
                .map(|to| to.map_or(End::Open, |Moment(at)| End::At(at))),
            work,
        };
        belonging.asked(carrier, revise).await
    }
}

/// When to stop.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopBody {
    /// Now, if it is not said.
    pub stopped_at: Option<Moment>,
}

/// Where to continue.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContinueBody {
    /// IANA name; the account's zone, if it is not said.
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<KnownZone>,
}

/// Nothing more has to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// One session.
#[utoipa::path(
    get, path = "/sessions/{id}", tag = "Sessions", params(Item<SessionId>),
    responses((status = 200, description = "It", body = SessionBody))
)]
pub async fn show_session(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<SessionId>,
) -> Result<Json<SessionBody>, Problem> {
    Carrier::new(&state.app, &caller).show(id).await.map(Json)
}

/// Changes name, start, stop or what it belongs to.
#[utoipa::path(
    patch, path = "/sessions/{id}", tag = "Sessions", params(Item<SessionId>, CommandKey),
    request_body(content = Option<SessionPatch>),
    responses((status = 200, description = "The session as it is now", body = SessionBody))
)]
pub async fn change_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<SessionId>,
    CommandKey(key): CommandKey,
    Body(patch): Body<SessionPatch>,
) -> Result<Json<SessionBody>, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    carrier.run(key, patch.action(&carrier, id).await?).await?;
    carrier.show(id).await.map(Json)
}

/// Deletes a session; a running one is discarded. Undo brings it back.
#[utoipa::path(
    delete, path = "/sessions/{id}", tag = "Sessions", params(Item<SessionId>, CommandKey),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<SessionId>,
    CommandKey(key): CommandKey,
) -> Result<StatusCode, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    carrier.run(key, Action::Delete { session: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stops a session. One that was stopped already stays as it is.
#[utoipa::path(
    post, path = "/sessions/{id}/stop", tag = "Sessions", params(Item<SessionId>, CommandKey),
    request_body(content = Option<StopBody>),
    responses((status = 200, description = "The stopped session", body = SessionBody))
)]
pub async fn stop_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<SessionId>,
    CommandKey(key): CommandKey,
    Body(body): Body<StopBody>,
) -> Result<Json<SessionBody>, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let action = Action::Stop {
        session: Some(id),
        to: body.stopped_at.map(|Moment(at)| at),
        name: None,
        work: WorkRevision::default(),
    };
    carrier.run(key, action).await?;
    carrier.show(id).await.map(Json)
}

/// Starts a session with the name of this one, stopping the one that runs. One that runs itself
/// just goes on.
#[utoipa::path(
    post, path = "/sessions/{id}/continue", tag = "Sessions", params(Item<SessionId>, CommandKey),
    request_body(content = Option<ContinueBody>),
    responses(
        (status = 201, description = "The new session", body = SessionBody),
        (status = 200, description = "The session that runs already", body = SessionBody),
    )
)]
pub async fn continue_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<SessionId>,
    CommandKey(key): CommandKey,
    Body(body): Body<ContinueBody>,
) -> Result<Response, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let zone = body.time_zone.map(|KnownZone(zone)| zone);
    let action = Action::Continue {
        session: id,
        zone: carrier.zone(zone).await?,
    };
    let carried = carrier.run(key, action).await?;
    carrier.tell_made(carried, Some(id)).await
}

/// Saves a copy; of a running session, what has passed of it.
#[utoipa::path(
    post, path = "/sessions/{id}/duplicate", tag = "Sessions", params(Item<SessionId>, CommandKey),
    request_body(content = Option<Nothing>),
    responses(
        (status = 201, description = "The copy", body = SessionBody),
        (status = 200, description = "The copy that the same key made before", body = SessionBody),
    )
)]
pub async fn duplicate_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<SessionId>,
    CommandKey(key): CommandKey,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Response, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let carried = carrier.run(key, Action::Duplicate { session: id }).await?;
    carrier.tell_made(carried, None).await
}
