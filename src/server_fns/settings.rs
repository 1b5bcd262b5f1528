//! The choices of an account.

use crate::{
    domain::settings_form::SettingsForm,
    error::AppError,
    wire::{Json, Wire},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::server::{device, settings, status};

/// Takes over what was chosen. A browser without an account becomes a guest.
#[server(prefix = "/rpc", endpoint = "settings/save", output = Wire)]
pub async fn save_settings(form: SettingsForm) -> Result<(), AppError> {
    let answer = async {
        let viewer = device::viewer_or_guest(&form.zone).await?;
        settings::save(&viewer, &form).await
    };
    let answer = answer.await;
    settings::redirect(&form, &answer);
    status::told_unless_form(answer)
}

/// Takes over the browser's zone, unless the account has one already.
#[server(prefix = "/rpc", endpoint = "settings/guess-zone", input = Json, output = Wire)]
pub async fn guess_zone(zone: String) -> Result<(), AppError> {
    let viewer = status::told(device::require_viewer().await)?;
    status::told(settings::guess_zone(&viewer, &zone).await)
}
