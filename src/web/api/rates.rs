//! What an hour costs.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Key, Part},
    money::MoneyBody,
    page::{Cursor, Limit, Listing},
    problem::Problem,
    value::Date,
};
use crate::{
    domain::{AccountId, ClientId, Level, ProjectId, Rate, RateDraft, RateId, RateRevision},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::{IntoParams, ToSchema};

/// Whose time a rate is for; the later, the closer to the work. The closest rate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RateLevel)]
pub enum LevelWord {
    /// All that the account does.
    Account,
    /// All that is done for a client.
    Client,
    /// All that is done in a project.
    Project,
    /// What one member does in a project.
    Member,
}

/// What an hour costs, from a date until another rate of its level follows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rate)]
pub struct RateBody {
    #[schema(value_type = String, format = "uuid")]
    id: RateId,
    level: LevelWord,
    /// Of the level `client`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// Of the levels `project` and `member`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Of the level `member`: whose time it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uuid")]
    account: Option<AccountId>,
    hourly: MoneyBody,
    /// The first date on which it holds: for sessions that begin then, in the zone of their account.
    #[schema(format = Date, example = "2026-11-20")]
    from: String,
}

impl From<Rate> for RateBody {
    fn from(rate: Rate) -> Self {
        let (level, client_id, project_id, account) = match rate.level {
            Level::Account(_) => (LevelWord::Account, None, None, None),
            Level::Client(client) => (LevelWord::Client, Some(client), None, None),
            Level::Project(project) => (LevelWord::Project, None, Some(project), None),
            Level::Member(project, account) => {
                (LevelWord::Member, None, Some(project), Some(account))
            }
        };
        Self {
            id: rate.id,
            level,
            client_id,
            project_id,
            account,
            hourly: rate.hourly.into(),
            from: rate.from.to_string(),
        }
    }
}

impl RateBody {
    /// By level, and of each the latest first.
    fn key(&self) -> impl Key + use<> {
        let place = (self.level, self.client_id, self.project_id, self.account);
        (place, Reverse(self.from.clone()), self.id)
    }
}

/// Which rates to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Listed {
    level: Option<LevelWord>,
    /// Only those of this project and its members.
    #[param(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Only those of this client.
    #[param(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// How many at most, 100 unless told.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    limit: Limit,
    /// What `next_cursor` held.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor<String>>,
}

/// The rates that the account may see: its own, those of its clients, those of projects that it
/// manages and of all their members, and what it is paid as a member. By level, and of each the
/// latest first.
#[utoipa::path(
    get, path = "/rates", tag = "Rates", params(Listed),
    responses((status = 200, description = "Part of the list", body = Listing<RateBody>))
)]
pub async fn list_rates(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(query): Query<Listed>,
) -> Result<Json<Listing<RateBody>>, Problem> {
    let rates = state.app.store.rates(caller.account).await?;
    let (of_project, of_client) = (query.project_id, query.client_id);
    let is_wanted = |body: &RateBody| {
        query.level.is_none_or(|level| body.level == level)
            && (of_project.is_none() || body.project_id == of_project)
            && (of_client.is_none() || body.client_id == of_client)
    };
    let rates = rates.into_iter().map(RateBody::from).filter(is_wanted);
    let Listed { limit, cursor, .. } = query;
    let part = Part { limit, cursor };
    Ok(Json(part.of(rates.collect(), RateBody::key)?))
}

/// A rate to set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRate {
    pub level: LevelWord,
    /// A client of the account, for the level `client`.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub client_id: Option<ClientId>,
    /// For the levels `project` and `member`.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub project_id: Option<ProjectId>,
    /// A member of the project, for the level `member`.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub account: Option<AccountId>,
    pub hourly: MoneyBody,
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub from: Date,
}

impl NewRate {
    /// What it asks for.
    pub fn draft(self, caller: AccountId) -> Result<RateDraft, Problem> {
        let level = match (self.level, self.client_id, self.project_id, self.account) {
            (LevelWord::Account, None, None, None) => Level::Account(caller),
            (LevelWord::Client, Some(client), None, None) => Level::Client(client),
            (LevelWord::Project, None, Some(project), None) => Level::Project(project),
            (LevelWord::Member, None, Some(project), Some(account)) => {
                Level::Member(project, account)
            }
            _ => {
                let detail = "Send `client_id` for a client, `project_id` for a project, `project_id` and \
                              `account` for a member, and none of them for the account.";
                return Err(Problem::invalid("level", detail));
            }
        };
        Ok(RateDraft {
            level,
            hourly: self.hourly.into(),
            from: self.from.0,
        })
    }
}

/// Sets a rate. Those of projects and their members are set by managers and owners.
#[utoipa::path(
    post, path = "/rates", tag = "Rates",
    request_body = NewRate,
    responses((status = 201, description = "The new rate", body = RateBody))
)]
pub async fn make_rate(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewRate>,
) -> Result<(StatusCode, Json<RateBody>), Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let draft = new.draft(caller.account)?;
    let rate = app.store.make_rate(&caller, draft, now).await?;
    Ok((StatusCode::CREATED, Json(rate.into())))
}

/// One rate.
#[utoipa::path(
    get, path = "/rates/{id}", tag = "Rates", params(Item<RateId>),
    responses((status = 200, description = "It", body = RateBody))
)]
pub async fn show_rate(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<RateId>,
) -> Result<Json<RateBody>, Problem> {
    let rate = state.app.store.rate(caller.account, id).await?;
    Ok(Json(rate.into()))
}

/// What to change; what is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatePatch {
    pub hourly: Option<MoneyBody>,
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
}

impl RatePatch {
    /// What it asks for.
    pub fn revision(self) -> RateRevision {
        RateRevision {
            hourly: self.hourly.map(Into::into),
            from: self.from.map(|Date(from)| from),
        }
    }
}

/// Changes a rate. What was done before costs something else then, too.
#[utoipa::path(
    patch, path = "/rates/{id}", tag = "Rates", params(Item<RateId>),
    request_body(content = Option<RatePatch>),
    responses((status = 200, description = "The rate as it is now", body = RateBody))
)]
pub async fn change_rate(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<RateId>,
    Body(patch): Body<RatePatch>,
) -> Result<Json<RateBody>, Problem> {
    let store = &state.app.store;
    let changed = store.change_rate(&caller, id, patch.revision());
    Ok(Json(changed.await?.into()))
}

/// Deletes a rate.
#[utoipa::path(
    delete, path = "/rates/{id}", tag = "Rates", params(Item<RateId>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete_rate(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<RateId>,
) -> Result<StatusCode, Problem> {
    state.app.store.delete_rate(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
