//! The second factor: turning it on and off.

use super::{
    extract::{Body, Writer},
    problem::Problem,
    register::OwnPassword,
};
use crate::{server::account, web::router::WebState};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an authenticator app is told.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorOffer {
    /// To be typed.
    secret: String,
    /// To be scanned, as a QR code.
    #[schema(format = "uri")]
    url: String,
}

/// Begins to turn a second factor on; it is asked for once a code of it was confirmed.
#[utoipa::path(
    post, path = "/me/second-factor", tag = "Account",
    request_body = OwnPassword,
    responses((status = 200, description = "What to tell the app", body = SecondFactorOffer))
)]
pub async fn offer_second_factor(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(OwnPassword { password }): Body<OwnPassword>,
) -> Result<Json<SecondFactorOffer>, Problem> {
    let asker = caller.as_device()?;
    let told = account::offer_second_factor(&state.app, &asker, &password).await?;
    Ok(Json(SecondFactorOffer {
        secret: told.secret,
        url: told.url,
    }))
}

/// A code of the authenticator app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    code: String,
}

/// Turns the second factor on.
#[utoipa::path(
    post, path = "/me/second-factor/confirm", tag = "Account",
    request_body = Confirmation,
    responses((status = 204, description = "It is asked for from now on"))
)]
pub async fn confirm_second_factor(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(Confirmation { code }): Body<Confirmation>,
) -> Result<StatusCode, Problem> {
    let asker = caller.as_device()?;
    account::confirm_second_factor(&state.app, &asker, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The password, and a code of the app or a recovery code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorEnd {
    #[schema(format = "password")]
    password: String,
    code: String,
}

/// Turns the second factor off.
#[utoipa::path(
    post, path = "/me/second-factor/remove", tag = "Account",
    request_body = SecondFactorEnd,
    responses((status = 204, description = "It is asked for no longer"))
)]
pub async fn remove_second_factor(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(end): Body<SecondFactorEnd>,
) -> Result<StatusCode, Problem> {
    let asker = caller.as_device()?;
    account::remove_second_factor(&state.app, &asker, &end.password, &end.code).await?;
    Ok(StatusCode::NO_CONTENT)
}
