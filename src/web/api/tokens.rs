//! Personal tokens: access for scripts.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{Token, TokenId, login::Scope},
    error::AppError,
    server::account,
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::ToSchema;

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

/// One personal token, without its secret.
#[utoipa::path(
    get, path = "/tokens/{id}", tag = "Account", params(Item<TokenId>),
    responses((status = 200, description = "The token", body = TokenBody))
)]
pub async fn show_token(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<TokenId>,
) -> Result<Json<TokenBody>, Problem> {
    let tokens = state.app.store.tokens(caller.account).await?;
    let token = tokens.into_iter().find(|token| token.id == id);
    Ok(Json(token.ok_or(AppError::NotFound)?.into()))
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
    account::remove_token(&state.app, &caller.as_device()?, token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes all personal tokens.
#[utoipa::path(
    delete, path = "/tokens", tag = "Account",
    responses((status = 204, description = "Removed"))
)]
pub async fn remove_tokens(
    State(state): State<WebState>,
    Writer(caller): Writer,
) -> Result<StatusCode, Problem> {
    account::remove_tokens(&state.app, &caller.as_device()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
