//! What is signed in to an account: browsers and clients.

use super::{
    extract::{Query, Reader, Writer},
    item::{Item, Part},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{Device, DeviceId, DeviceKind},
    error::AppError,
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

/// One device that is signed in.
#[utoipa::path(
    get, path = "/devices/{id}", tag = "Account", params(Item<DeviceId>),
    responses((status = 200, description = "The device", body = DeviceBody))
)]
pub async fn show_device(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<DeviceId>,
) -> Result<Json<DeviceBody>, Problem> {
    let devices = state.app.store.devices(caller.account).await?;
    let device = devices.into_iter().find(|device| device.id == id);
    let device = device.ok_or(AppError::NotFound)?;
    Ok(Json((device, caller.means.device()).into()))
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
    account::sign_out_others(&state.app, caller.as_device()?).await?;
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
