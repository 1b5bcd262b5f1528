//! The choices of an account, as the settings page shows and saves them.

use super::{
    device::{self, Viewer},
    refused,
    state::{self, AppState},
    zone,
};
use crate::{
    domain::{
        CommandId, FieldErrors, ZoneName, date,
        device::{Device, DeviceKind},
        settings_form::{Access, DeviceLine, SettingsForm, SettingsSheet},
    },
    error::AppError,
    wire,
};

/// The settings of `viewer`, or the usual ones, with what there is to choose from.
pub async fn sheet(app: &AppState, viewer: Option<&Viewer>) -> Result<SettingsSheet, AppError> {
    let access = match viewer {
        Some(viewer) => Some(access(app, viewer).await?),
        None => None,
    };
    Ok(SettingsSheet {
        settings: viewer
            .map(|viewer| viewer.settings.clone())
            .unwrap_or_default(),
        zones: zone::names().into_iter().map(str::to_owned).collect(),
        zone_release: zone::release().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        access,
    })
}

async fn access(app: &AppState, viewer: &Viewer) -> Result<Access, AppError> {
    let (credentials, devices) = tokio::try_join!(
        app.store.credentials_of(viewer.account),
        app.store.devices(viewer.account)
    )?;
    let now = app.clock.now();
    let first = devices.iter().map(|device| device.seen_at).min();
    let offsets = zone::offsets(&viewer.settings.zone(), first.unwrap_or(now), now);
    let line = |device: Device| {
        let is_this = device.id == viewer.device;
        let seen = device.seen_at;
        let kind = match device.kind {
            DeviceKind::Browser => "",
            DeviceKind::Api => "API client, ",
        };
        let facts = match is_this {
            true => "this one".to_owned(),
            false => format!(
                "{kind}last seen {} {}",
                date::short(offsets.local(seen).date()),
                offsets.time(seen, viewer.settings.hour_format)
            ),
        };
        let name = match device.label.as_str() {
            "" => "Unknown device".to_owned(),
            label => label.to_owned(),
        };
        DeviceLine {
            id: device.id.to_string(),
            name,
            facts,
            is_this,
        }
    };
    Ok(Access {
        username: credentials.username.map(|name| name.to_string()),
        devices: devices.into_iter().map(line).collect(),
    })
}

/// Saves what was chosen, if all of it is sound.
pub async fn save(viewer: &Viewer, form: &SettingsForm) -> Result<(), AppError> {
    let zone = zone::meant(&form.zone).map_or_else(|| form.zone.clone(), |zone| zone.to_string());
    let form = SettingsForm {
        zone,
        ..form.clone()
    };
    let settings = form.read()?;
    if !zone::exists(&settings.zone()) {
        return Err(FieldErrors::one("zone", "Choose a time zone from the list.").into());
    }
    state::app().store.save_settings(viewer, &settings).await
}

/// Saves the browser's zone for an account that has none; a zone unknown here is ignored.
pub async fn guess_zone(viewer: &Viewer, name: &str) -> Result<(), AppError> {
    let guess: Option<ZoneName> = name.parse().ok();
    match guess.filter(zone::exists) {
        Some(name) => state::app().store.guess_zone(viewer, &name).await,
        None => Ok(()),
    }
}

/// Sends a browser without JavaScript back to the settings page, which shows again what was refused,
/// and why. Has no effect on answers to scripts.
pub fn redirect(form: &SettingsForm, answer: &Result<(), AppError>) {
    let Err(error) = answer else {
        return device::redirect_form("/settings?saved=1");
    };
    if wire::is_plain_form()
        && let Some(sender) = device::sender()
    {
        let id = CommandId::new(state::app().clock.now());
        refused::SETTINGS.keep(sender, id, (form.clone(), error.clone()));
        device::redirect_form(&format!("/settings?refused={id}"));
    }
}
