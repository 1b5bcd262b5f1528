//! Guests: accounts without a name, and tokens without a login.

use super::{
    door::{Door, grant},
    extract::Body,
    grant::Grant,
    problem::Problem,
    value::KnownZone,
};
use crate::{domain::Settings, server::account, web::router::WebState};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

/// Nothing has to be said to become a guest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuest {
    /// IANA name; UTC, if it is not said.
    #[schema(value_type = Option<String>)]
    time_zone: Option<KnownZone>,
}

/// Makes a guest, and a token for it: no login needed.
#[utoipa::path(
    post, path = "/guests", tag = "Access", security(()),
    request_body(content = Option<NewGuest>),
    responses(
        (status = 201, description = "The guest's tokens", body = Grant),
        (status = 403, description = "This server takes no guests", body = super::problem::ProblemBody),
        (status = 429, description = "Too many guests came from this address", body = super::problem::ProblemBody),
    )
)]
pub async fn create_guest(
    State(state): State<WebState>,
    Door { visitor, .. }: Door,
    Body(NewGuest { time_zone }): Body<NewGuest>,
) -> Result<(StatusCode, Json<Grant>), Problem> {
    let settings = Settings {
        zone: time_zone.map(|KnownZone(zone)| zone),
        ..Settings::default()
    };
    let guest = account::make_guest(&state.app, &visitor, &settings).await?;
    Ok((StatusCode::CREATED, Json(grant(&state.app, &guest)?)))
}
