//! Who presents a token.

use super::{secret::Secret, state::AppState};
use crate::{
    domain::{AccountId, DeviceId, login::Scope},
    error::AppError,
};

/// Who asks through the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub account: AccountId,
    /// The device whose token it is; `None` for a personal token.
    pub device: Option<DeviceId>,
    pub scope: Scope,
}

/// Why a request is not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("Send a token: `Authorization: Bearer TOKEN`.")]
    Missing,
    #[error("This token is not known here.")]
    Unknown,
    #[error("This token has expired. Get another one with the refresh token, or sign in again.")]
    Expired,
    #[error("This token was revoked. Sign in again.")]
    Revoked,
    #[error("This token may read only. Use one that may write.")]
    ReadOnly,
    /// It could not be found out.
    #[error(transparent)]
    Failed(#[from] AppError),
}

/// Who presents this bearer token.
pub async fn authenticate(app: &AppState, bearer: &str) -> Result<Caller, Denied> {
    let secret: Secret = bearer.parse().map_err(|_| Denied::Unknown)?;
    let viewer = app.store.viewer(&secret).await?.ok_or(Denied::Unknown)?;
    Ok(Caller {
        account: viewer.account,
        device: Some(viewer.device),
        scope: Scope::Write,
    })
}
