//! Who presents a token.

use super::{
    secret,
    state::AppState,
    store::{Asker, Means},
};
use crate::{
    domain::{AccountId, Denied, DeviceId, login::Scope},
    error::AppError,
};
use tracing::Instrument;

/// Who asks through the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub account: AccountId,
    pub means: Means,
    pub scope: Scope,
}

impl Caller {
    /// The device, for what a personal token must not do: whoever finds one in a script shall not
    /// make lasting access of it.
    pub fn require_device(&self) -> Result<DeviceId, AppError> {
        let device = self.means.device();
        device.ok_or(AppError::Denied(Denied::NeedsDevice))
    }

    /// Who asks, if a device does; as [`require_device`](Self::require_device).
    pub fn as_device(&self) -> Result<Asker, AppError> {
        self.require_device().map(|_| self.into())
    }
}

impl From<&Caller> for Asker {
    fn from(caller: &Caller) -> Self {
        Self::new(caller.account, caller.means)
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
        means: Means::Client(access.device),
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
        means: Means::Token(token.id),
        scope: token.scope,
    })
}
