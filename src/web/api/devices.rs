//! What an account is used through: devices and personal tokens.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{Device, DeviceId, DeviceKind, Token, TokenId, login::Scope},
    server::account,
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::{IntoParams, ToSchema};

/// A browser or client that is signed in.
#[derive(Serialize, ToSchema)]
pub struct DeviceBody {
    #[schema(value_type = String, format = "uuid")]
    id: DeviceId,
    #[schema(pattern = "^(browser|api)$", value_type = String)]
    kind: DeviceKind,
    /// What it calls itself, in short.
    #[schema(example = "Firefox on Linux")]
    label: String,
    created_at: Moment,
    /// Give or take five minutes; for a client, when it last refreshed its tokens.
    seen_at: Moment,
    /// Whether it is the one that asks.
    current: bool,
}

impl From<(Device, Option<DeviceId>)> for DeviceBody {
    fn from((device, current): (Device, Option<DeviceId>)) -> Self {
        Self {
            id: device.id,
            kind: device.kind,
            label: device.label,
            created_at: Moment(device.created_at),
            seen_at: Moment(device.seen_at),
            current: current == Some(device.id),
        }
    }
}

/// The devices that are signed in, newest first.
#[utoipa::path(
    get, path = "/devices", tag = "Account", params(Part),
    responses((status = 200, description = "The devices", body = Listing<DeviceBody>))
)]
pub async fn list_devices(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listing<DeviceBody>>, Problem> {
    let devices = state.app.store.devices(caller.account).await?;
    let devices = devices
        .into_iter()
        .map(|device| (device, caller.means.device()));
    let key = |(device, _): &(Device, _)| Reverse((device.created_at.timestamp(), device.id));
    Ok(Json(part.of(devices.collect(), key)?))
}

/// Signs every other device out.
#[utoipa::path(
    delete, path = "/devices", tag = "Account",
    responses((status = 204, description = "Signed out"))
)]
pub async fn end_devices(
    State(state): State<WebState>,
    Writer(caller): Writer,
) -> Result<StatusCode, Problem> {
    account::sign_out_everywhere(&state.app, caller.as_device()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What becomes of what only that device opens.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Abandoning {
    /// Signs a guest out although it has sessions and no other device: nobody finds them again.
    #[serde(default)]
    #[param(required = false)]
    abandon: bool,
}

/// Signs one device out. The only one of a guest that has sessions stays, unless they are to be
/// abandoned.
#[utoipa::path(
    delete, path = "/devices/{id}", tag = "Account", params(Item<DeviceId>, Abandoning),
    responses((status = 204, description = "Signed out"))
)]
pub async fn end_device(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(device): Item<DeviceId>,
    Query(Abandoning { abandon }): Query<Abandoning>,
) -> Result<StatusCode, Problem> {
    account::end_device(&state.app, caller.as_device()?, device, abandon).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a token allows.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeWord {
    /// To see everything.
    Read,
    /// To change it as well.
    Write,
}

/// A personal token, without its secret.
#[derive(Serialize, ToSchema)]
pub struct TokenBody {
    #[schema(value_type = String, format = "uuid")]
    id: TokenId,
    name: String,
    scope: ScopeWord,
    created_at: Moment,
    /// Null for never.
    expires_at: Option<Moment>,
    /// Give or take an hour; null for never.
    used_at: Option<Moment>,
}

impl From<Token> for TokenBody {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: match token.scope {
                Scope::Read => ScopeWord::Read,
                Scope::Write => ScopeWord::Write,
            },
            created_at: Moment(token.created_at),
            expires_at: token.expires_at.map(Moment),
            used_at: token.used_at.map(Moment),
        }
    }
}

/// The personal tokens, newest first.
#[utoipa::path(
    get, path = "/tokens", tag = "Account", params(Part),
    responses((status = 200, description = "The tokens", body = Listing<TokenBody>))
)]
pub async fn list_tokens(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listing<TokenBody>>, Problem> {
    let tokens = state.app.store.tokens(caller.account).await?;
    let key = |token: &Token| Reverse((token.created_at.timestamp(), token.id));
    Ok(Json(part.of(tokens, key)?))
}

/// What a token is for, what it allows, and until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// One line.
    #[schema(min_length = 1, max_length = 100, example = "backup script")]
    name: String,
    scope: ScopeWord,
    /// Never, if it is not said.
    expires_at: Option<Moment>,
}

/// A personal token, and its secret.
#[derive(Serialize, ToSchema)]
pub struct NewTokenBody {
    #[serde(flatten)]
    about: TokenBody,
    /// Send it as `Authorization: Bearer …`. It is not shown again.
    #[schema(example = "stint_pat_…")]
    token: String,
}

/// Makes a personal token for a script. Only a device that is signed in can.
#[utoipa::path(
    post, path = "/tokens", tag = "Account",
    request_body = NewToken,
    responses((status = 201, description = "The token, this once", body = NewTokenBody))
)]
pub async fn make_token(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewToken>,
) -> Result<(StatusCode, Json<NewTokenBody>), Problem> {
    let asker = caller.as_device()?;
    let scope = match new.scope {
        ScopeWord::Read => Scope::Read,
        ScopeWord::Write => Scope::Write,
    };
    let expires_at = new.expires_at.map(|Moment(at)| at);
    let (about, token) =
        account::make_token(&state.app, &asker, &new.name, scope, expires_at).await?;
    let about = about.into();
    Ok((StatusCode::CREATED, Json(NewTokenBody { about, token })))
}

/// Removes a personal token; it opens nothing from then on.
#[utoipa::path(
    delete, path = "/tokens/{id}", tag = "Account", params(Item<TokenId>),
    responses((status = 204, description = "Removed"))
)]
pub async fn remove_token(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(token): Item<TokenId>,
) -> Result<StatusCode, Problem> {
    caller.require_device()?;
    account::remove_token(&state.app, caller.account, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
