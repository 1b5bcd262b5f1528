//! What a change would do to amounts, before it is made: of a rate, of a rounding rule, of what work belongs to.

use super::{
    extract::{Body, Reader},
    item::Item,
    money::{MoneyBody, RoundingBody, bodies},
    problem::Problem,
    rates::{LevelWord, NewRate, RatePatch},
    value::Date,
};
use crate::{
    domain::{AccountId, ClientChoice, ClientId, ProjectId, RateId},
    server::{
        rate::{self, Preview, RateChange, Regrouping},
        state::AppState,
    },
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rate that could be set, as for `POST /rates`; or `id` with what could change, as for `PATCH`, or with
/// `delete`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedRate {
    /// The rate to change.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<RateId>,
    level: Option<LevelWord>,
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    #[schema(value_type = Option<String>, format = "uuid")]
    account: Option<AccountId>,
    hourly: Option<MoneyBody>,
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Whether the rate is to be deleted; then nothing else is said but its `id`.
    #[serde(default)]
    #[schema(required = false)]
    delete: bool,
}

impl PlannedRate {
    fn change(self, caller: AccountId) -> Result<RateChange, Problem> {
        let needed = |field| Problem::invalid(field, "This field is needed.");
        let (hourly, from) = (self.hourly, self.from);
        if let Some(id) = self.id {
            if self.level.is_some()
                || self.client_id.is_some()
                || self.project_id.is_some()
                || self.account.is_some()
            {
                return Err(Problem::invalid("id", "Whose a rate is does not change."));
            }
            return match (self.delete, &hourly, &from) {
                (false, ..) => {
                    let revision = RatePatch { hourly, from }.revision();
                    Ok(RateChange::Change(id, revision))
                }
                (true, None, None) => Ok(RateChange::Delete(id)),
                (true, ..) => Err(Problem::invalid(
                    "delete",
                    "Send nothing but the id with it.",
                )),
            };
        }
        if self.delete {
            return Err(needed("id"));
        }
        let new = NewRate {
            level: self.level.ok_or_else(|| needed("level"))?,
            client_id: self.client_id,
            project_id: self.project_id,
            account: self.account,
            hourly: hourly.ok_or_else(|| needed("hourly"))?,
            from: from.ok_or_else(|| needed("from"))?,
        };
        new.draft(caller).map(RateChange::Make)
    }
}

/// What another rate or rule would do to what was tracked so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatePreview {
    /// How many sessions would cost something else.
    sessions: usize,
    /// What they come to now, in each currency.
    before: Vec<MoneyBody>,
    /// What they would come to.
    after: Vec<MoneyBody>,
    /// How their time is rounded, where they are all of one project.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rounding: Option<RoundingBody>,
}

impl From<Preview> for RatePreview {
    fn from(preview: Preview) -> Self {
        Self {
            sessions: preview.sessions,
            before: bodies(preview.before),
            after: bodies(preview.after),
            rounding: preview.rounding.map(Into::into),
        }
    }
}

/// Tells what setting, changing or deleting a rate would do, and does nothing.
#[utoipa::path(
    post, path = "/rates/preview", tag = "Rates",
    request_body = PlannedRate,
    responses((status = 200, description = "What it would touch", body = RatePreview))
)]
pub async fn preview_rate(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Body(planned): Body<PlannedRate>,
) -> Result<Json<RatePreview>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let change = planned.change(caller.account)?;
    let preview = rate::preview(&app.store, caller.account, change, now);
    Ok(Json(preview.await?.into()))
}

/// Tells what another rounding rule of a project would do, and does nothing; for its owners.
#[utoipa::path(
    post, path = "/projects/{id}/rounding/preview", tag = "Rates", params(Item<ProjectId>),
    request_body = RoundingBody,
    responses((status = 200, description = "What it would touch", body = RatePreview))
)]
pub async fn preview_rounding(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Body(planned): Body<RoundingBody>,
) -> Result<Json<RatePreview>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let preview = rate::preview_rounding(&app.store, caller.account, id, planned.into(), now);
    Ok(Json(preview.await?.into()))
}

/// The client that a project could have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedClient {
    /// A client of the account; null for none.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<String>, format = "uuid", required)]
    client_id: Option<ClientId>,
}

/// Tells what another client of a project, with the rates of that one, would do, and does nothing; for its owners.
#[utoipa::path(
    post, path = "/projects/{id}/client/preview", tag = "Rates", params(Item<ProjectId>),
    request_body = PlannedClient,
    responses((status = 200, description = "What it would touch", body = RatePreview))
)]
pub async fn preview_client(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Body(planned): Body<PlannedClient>,
) -> Result<Json<RatePreview>, Problem> {
    let choice = planned.client_id.map(ClientChoice::Known);
    let change = Regrouping::ChooseClient(id, choice);
    preview(&state.app, caller.account, change).await
}

/// Tells what deleting a project, and its rates with it, would do, and does nothing; for its owners.
#[utoipa::path(
    post, path = "/projects/{id}/delete/preview", tag = "Rates", params(Item<ProjectId>),
    responses((status = 200, description = "What it would touch", body = RatePreview))
)]
pub async fn preview_project_end(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
) -> Result<Json<RatePreview>, Problem> {
    preview(&state.app, caller.account, Regrouping::DeleteProject(id)).await
}

/// Tells what deleting a client, and its rates with it, would do, and does nothing.
#[utoipa::path(
    post, path = "/clients/{id}/delete/preview", tag = "Rates", params(Item<ClientId>),
    responses((status = 200, description = "What it would touch", body = RatePreview))
)]
pub async fn preview_client_end(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ClientId>,
) -> Result<Json<RatePreview>, Problem> {
    preview(&state.app, caller.account, Regrouping::DeleteClient(id)).await
}

async fn preview(
    app: &AppState,
    account: AccountId,
    change: Regrouping,
) -> Result<Json<RatePreview>, Problem> {
    let now = app.clock.now();
    let preview = rate::preview_regrouping(&app.store, account, change, now);
    Ok(Json(preview.await?.into()))
}
