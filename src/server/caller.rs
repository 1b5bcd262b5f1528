//! Who presents a token.

use super::{secret, state::AppState};
use crate::{
    domain::{AccountId, Denied, DeviceId, login::Scope},
    error::AppError,
};
use tracing::Instrument;

/// Who asks through the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub account: AccountId,
    /// The device whose token it is; `None` for a personal token.
    pub device: Option<DeviceId>,
    pub scope: Scope,
}

impl Caller {
    /// The device, for what a personal token must not do: whoever finds one in a script shall not
    /// make lasting access of it.
    pub fn require_device(&self) -> Result<DeviceId, AppError> {
        self.device.ok_or(AppError::Denied(Denied::NeedsDevice))
    }
}

/// Who presents this bearer token. For an access token that is known without the database.
pub async fn authenticate(app: &AppState, bearer: &str) -> Result<Caller, AppError> {
    if bearer.starts_with(secret::PERSONAL) {
        return personal(app, bearer).await;
    }
    let access = app.login.key.read(bearer, app.clock.now())?;
    if app.login.revoked.contains(access.device) {
        return Err(Denied::Revoked.into());
    }
    Ok(Caller {
        account: access.account,
        device: Some(access.device),
        scope: access.scope,
    })
}

async fn personal(app: &AppState, bearer: &str) -> Result<Caller, AppError> {
    let secret = secret::read_personal(bearer).ok_or(Denied::Unknown)?;
    let (hash, now) = (secret.hash(), app.clock.now());
    let token = app.store.personal(&hash, now).await?;
    let token = token.ok_or(Denied::Unknown)?;
    if token.is_stale(now) {
        let store = app.store.clone();
        // A failure is in the log already, and no harm.
        let touch = async move { store.touch_token(&hash, now).await };
        tokio::spawn(touch.in_current_span());
    }
    if token.expires_at.is_some_and(|at| at <= now) {
        return Err(Denied::Expired.into());
    }
    Ok(Caller {
        account: token.account,
        device: None,
        scope: token.scope,
    })
}
