//! Signing in and out, and staying signed in.

use super::{
    door::{Door, grant},
    extract::{Body, Reader, Writer},
    grant::Grant,
    moment::Moment,
    problem::{Problem, ProblemBody},
};
use crate::{
    domain::GuestChoice,
    server::account::{self, SignIn},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of the sessions of the guest whose token is sent along.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestWord {
    /// They move into the account.
    Bring,
    /// They stay with the guest.
    Leave,
}

impl From<GuestWord> for GuestChoice {
    fn from(word: GuestWord) -> Self {
        match word {
            GuestWord::Bring => Self::Bring,
            GuestWord::Leave => Self::Leave,
        }
    }
}

/// How to get in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginBody {
    username: String,
    #[schema(format = "password")]
    password: String,
    /// Of the authenticator app, or a recovery code; needed where a second factor is in force.
    code: Option<String>,
    /// Needed with a guest's token if that guest has sessions, or anything else of its own.
    guest: Option<GuestWord>,
}

/// Signs in.
#[utoipa::path(
    post, path = "/login", tag = "Access", security((), ("token" = [])),
    request_body = LoginBody,
    responses(
        (status = 200, description = "Tokens", body = Grant),
        (status = 401, description = "User name, password or code are wrong, or a code is needed", body = ProblemBody),
        (status = 429, description = "This was tried too often", body = ProblemBody),
    )
)]
pub async fn login(
    State(state): State<WebState>,
    door: Door,
    Body(body): Body<LoginBody>,
) -> Result<Json<Grant>, Problem> {
    let choice = body.guest.map(GuestChoice::from);
    let guest = door.left_behind(choice)?;
    let form = SignIn {
        username: body.username,
        password: body.password,
        code: body.code,
        guest: choice,
    };
    let signed_in = account::sign_in(&state.app, &door.visitor, guest, &form).await?;
    Ok(Json(grant(&state.app, &signed_in)?))
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshBody {
    refresh_token: String,
}

/// Trades a refresh token for new tokens, once. One that was used before ends the device.
#[utoipa::path(
    post, path = "/refresh", tag = "Access", security(()),
    request_body = RefreshBody,
    responses(
        (status = 200, description = "Tokens", body = Grant),
        (status = 401, description = "The token is not known, or was used before", body = ProblemBody),
    )
)]
pub async fn refresh(
    State(state): State<WebState>,
    Body(body): Body<RefreshBody>,
) -> Result<Json<Grant>, Problem> {
    let signed_in = account::refresh(&state.app, &body.refresh_token).await?;
    Ok(Json(grant(&state.app, &signed_in)?))
}

/// What becomes of what only this device opens.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogoutBody {
    /// Signs a guest out although it has sessions and no other device: nobody finds them again.
    #[serde(default)]
    abandon: bool,
}

/// Signs this device out; its tokens are refused from then on, and so is a link code. The only
/// device of a guest that has sessions is not signed out, unless they are to be abandoned.
#[utoipa::path(
    post, path = "/logout", tag = "Access",
    request_body(content = Option<LogoutBody>),
    responses((status = 204, description = "Signed out"))
)]
pub async fn logout(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Body(LogoutBody { abandon }): Body<LogoutBody>,
) -> Result<StatusCode, Problem> {
    let device = caller.require_device()?;
    account::sign_out(&state.app, &caller, device, abandon).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A code to type on another device.
#[derive(Serialize, ToSchema)]
pub struct LinkCodeBody {
    #[schema(example = "DFHJ-KMPQ-RTVW")]
    code: String,
    expires_at: Moment,
}

/// Makes a code that joins another device to this account, once, within ten minutes. An earlier
/// code is good no longer.
#[utoipa::path(
    post, path = "/link-codes", tag = "Access",
    responses((status = 201, description = "The code", body = LinkCodeBody))
)]
pub async fn make_link_code(
    State(state): State<WebState>,
    Writer(caller): Writer,
) -> Result<(StatusCode, Json<LinkCodeBody>), Problem> {
    let asker = caller.as_device()?;
    let made = account::make_link_code(&state.app, &asker).await?;
    let body = LinkCodeBody {
        code: made.code.to_string(),
        expires_at: Moment(made.expires_at),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// The code of another device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// In whatever case, with or without hyphens.
    code: String,
    /// Of the authenticator app, or a recovery code; needed where a second factor is in force.
    second_code: Option<String>,
    /// Needed with a guest's token if that guest has sessions, or anything else of its own.
    guest: Option<GuestWord>,
}

/// Joins the guest or account whose code it is.
#[utoipa::path(
    post, path = "/link", tag = "Access", security((), ("token" = [])),
    request_body = LinkBody,
    responses(
        (status = 200, description = "Tokens", body = Grant),
        (status = 401, description = "A code of the second factor is needed, or wrong", body = ProblemBody),
        (status = 429, description = "This was tried too often", body = ProblemBody),
    )
)]
pub async fn link(
    State(state): State<WebState>,
    door: Door,
    Body(body): Body<LinkBody>,
) -> Result<Json<Grant>, Problem> {
    let choice = body.guest.map(GuestChoice::from);
    let guest = door.left_behind(choice)?;
    let second = body.second_code.as_deref();
    let linked =
        account::link(&state.app, &door.visitor, guest, &body.code, second, choice).await?;
    Ok(Json(grant(&state.app, &linked)?))
}
