//! The choices of an account, as the settings page shows and saves them.

use super::{
    device::{self, Viewer},
    state, zone,
};
use crate::{
    domain::{
        FieldErrors, ZoneName,
        settings_form::{SettingsForm, SettingsSheet},
    },
    error::AppError,
};

/// The settings of `viewer`, or the usual ones, with what there is to choose from.
pub fn sheet(viewer: Option<&Viewer>) -> SettingsSheet {
    SettingsSheet {
        settings: viewer
            .map(|viewer| viewer.settings.clone())
            .unwrap_or_default(),
        zones: zone::names().into_iter().map(str::to_owned).collect(),
        zone_release: zone::release().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Saves what was chosen, if all of it is sound.
pub async fn save(viewer: &Viewer, form: &SettingsForm) -> Result<(), AppError> {
    let settings = form.read()?;
    if !zone::exists(&settings.zone()) {
        return Err(FieldErrors::one("zone", "Choose a time zone from the list.").into());
    }
    state::app()
        .store
        .save_settings(viewer.account, &settings)
        .await
}

/// Saves the browser's zone for an account that has none; a zone unknown here is ignored.
pub async fn guess_zone(viewer: &Viewer, name: &str) -> Result<(), AppError> {
    let guess: Option<ZoneName> = name.parse().ok();
    match guess.filter(zone::exists) {
        Some(name) => state::app().store.guess_zone(viewer.account, &name).await,
        None => Ok(()),
    }
}

/// Sends a browser without JavaScript back to the settings page, which shows a refused zone again.
pub fn redirect(form: &SettingsForm, answer: &Result<(), AppError>) {
    if answer.is_ok() {
        device::redirect_form("/settings?saved=1");
    } else {
        let zone: String = form
            .zone
            .bytes()
            .take(LONGEST_TYPED)
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        device::redirect_form(&format!("/settings?refused=1&zone={zone}"));
    }
}

/// Bytes of a refused zone that are shown again; the longest real name has 30.
const LONGEST_TYPED: usize = 100;
