//! Guests: accounts without a name, and tokens without a login.

use super::{extract::Body, grant::Grant, problem::Problem};
use crate::{domain::Settings, web::router::WebState};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing has to be said to become a guest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuest {}

/// Makes a guest, and a token for it: no login needed.
#[utoipa::path(
    post, path = "/guests", tag = "Access", security(()),
    request_body(content = Option<NewGuest>),
    responses((status = 201, description = "The guest's tokens", body = Grant))
)]
pub async fn create_guest(
    State(state): State<WebState>,
    Body(NewGuest {}): Body<NewGuest>,
) -> Result<(StatusCode, Json<Grant>), Problem> {
    let now = state.app.clock.now();
    let (viewer, secret) = state
        .app
        .store
        .create_guest(&Settings::default(), now)
        .await?;
    let grant = Grant {
        account: viewer.account.to_string(),
        access_token: secret.reveal().to_owned(),
        refresh_token: secret.reveal().to_owned(),
        expires_in: 900,
    };
    Ok((StatusCode::CREATED, Json(grant)))
}
