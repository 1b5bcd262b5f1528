//! Who stands at the door: the client, and the token that it has already.

use super::{extract::bearer, grant::Grant, problem::Problem};
use crate::{
    domain::{AccountId, Denied, DeviceId, GuestChoice, login::Scope},
    error::AppError,
    server::{
        account::{Key, SignedIn, Visitor},
        caller::{Caller, authenticate},
        state::AppState,
    },
    web::router::WebState,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A client that wants in.
pub struct Door {
    pub visitor: Visitor,
    /// Who it is already, if it sent a token.
    caller: Result<Caller, AppError>,
}

impl FromRequestParts<WebState> for Door {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).map(str::to_owned);
        let caller = match &token {
            Some(token) => authenticate(&state.app, token).await,
            None => Err(Denied::Missing.into()),
        };
        let visitor = Visitor::client(&state.app, parts, token.as_deref()).await?;
        Ok(Self { visitor, caller })
    }
}

impl Door {
    /// The guest that becomes an account; `None` without a token. One that opens nothing any more
    /// is refused: whoever sends it means the guest that it once opened.
    pub fn guest(&self) -> Result<Option<(AccountId, DeviceId)>, AppError> {
        let caller = match &self.caller {
            Ok(caller) => caller,
            Err(AppError::Denied(Denied::Missing)) => return Ok(None),
            Err(error) => return Err(error.clone()),
        };
        Ok(Some((caller.account, caller.require_device()?)))
    }

    /// The account whose sessions may come along. A token that opens nothing any more counts only
    /// if something was said about them.
    pub fn left_behind(&self, choice: Option<GuestChoice>) -> Result<Option<AccountId>, AppError> {
        match &self.caller {
            Ok(caller) if caller.scope < Scope::Write => Err(Denied::ReadOnly.into()),
            Ok(caller) => {
                caller.require_device()?;
                Ok(Some(caller.account))
            }
            Err(AppError::Denied(_)) if choice.is_none() => Ok(None),
            Err(error) => Err(error.clone()),
        }
    }
}

/// The tokens of a device that was let in.
pub fn grant(app: &AppState, signed_in: &SignedIn) -> Result<Grant, AppError> {
    let (access_token, expires_in) = signed_in.access_token(app)?;
    match &signed_in.key {
        Some(Key::Refresh(token)) => Ok(Grant {
            account: signed_in.account.to_string(),
            access_token,
            refresh_token: token.reveal(),
            expires_in,
        }),
        // The door lets clients in, never browsers.
        Some(Key::Cookie(_)) | None => Err(AppError::Internal),
    }
}
