//! Accounts with a name.

use super::{
    door::{Door, grant},
    extract::{Body, Writer},
    grant::Grant,
    login::GuestWord,
    problem::{Problem, ProblemBody},
    value::KnownZone,
};
use crate::{
    domain::{GuestChoice, Settings},
    server::account::{self, Recovery, Registering},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to be called, and how to get in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Upper and lower case are the same.
    #[schema(pattern = "^[A-Za-z0-9][A-Za-z0-9._+@-]{0,63}$", example = "anna")]
    username: String,
    /// Any characters, but none of those that everybody tries first.
    #[schema(min_length = 8, max_length = 256, format = "password")]
    password: String,
    /// Where registration is by invitation.
    invitation: Option<String>,
    /// IANA name; UTC, if it is not said. A guest keeps its own.
    #[schema(value_type = Option<String>)]
    time_zone: Option<KnownZone>,
}

/// A new account's tokens, and what to keep for the day when the password is lost.
#[derive(Serialize, ToSchema)]
pub struct NewAccountGrant {
    #[serde(flatten)]
    grant: Grant,
    /// Ten codes, each good for one time; they are not shown again.
    recovery_codes: Vec<String>,
}

/// Makes an account. With a guest's token that guest becomes the account and keeps everything.
#[utoipa::path(
    post, path = "/register", tag = "Access", security((), ("token" = [])),
    request_body = NewAccount,
    responses(
        (status = 201, description = "The account's tokens", body = NewAccountGrant),
        (status = 403, description = "This server takes no new accounts", body = ProblemBody),
    )
)]
pub async fn register(
    State(state): State<WebState>,
    door: Door,
    Body(new): Body<NewAccount>,
) -> Result<(StatusCode, Json<NewAccountGrant>), Problem> {
    let app = &state.app;
    let form = Registering {
        username: new.username,
        password: new.password,
        invitation: new.invitation.unwrap_or_default(),
    };
    let registered = match door.guest()? {
        Some(guest) => account::register_guest(app, &door.visitor, guest, &form).await?,
        None => {
            let settings = Settings {
                zone: new.time_zone.map(|KnownZone(zone)| zone),
                ..Settings::default()
            };
            account::register(app, &door.visitor, &form, settings).await?
        }
    };
    let codes = registered.recovery_codes.iter();
    let answer = NewAccountGrant {
        grant: grant(app, &registered.signed_in)?,
        recovery_codes: codes.map(ToString::to_string).collect(),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A recovery code, and the password that it sets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LostPassword {
    username: String,
    recovery_code: String,
    #[schema(min_length = 8, max_length = 256, format = "password")]
    new_password: String,
    /// Of the authenticator app, or another recovery code, where a second factor is in force.
    code: Option<String>,
    /// Needed with a guest's token if that guest has sessions, or anything else of its own.
    guest: Option<GuestWord>,
}

/// Sets a new password with a recovery code, which is used up, signs every device out, and removes
/// all personal tokens.
#[utoipa::path(
    post, path = "/recover", tag = "Access", security((), ("token" = [])),
    request_body = LostPassword,
    responses(
        (status = 200, description = "Tokens", body = Grant),
        (status = 401, description = "The user name or a code is wrong, or one is needed", body = ProblemBody),
        (status = 429, description = "This was tried too often", body = ProblemBody),
    )
)]
pub async fn recover(
    State(state): State<WebState>,
    door: Door,
    Body(lost): Body<LostPassword>,
) -> Result<Json<Grant>, Problem> {
    let choice = lost.guest.map(GuestChoice::from);
    let guest = door.left_behind(choice)?;
    let form = Recovery {
        username: lost.username,
        recovery_code: lost.recovery_code,
        new_password: lost.new_password,
        code: lost.code,
        guest: choice,
    };
    let signed_in = account::recover(&state.app, &door.visitor, guest, &form).await?;
    Ok(Json(grant(&state.app, &signed_in)?))
}

/// The password, once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnPassword {
    #[schema(format = "password")]
    pub password: String,
}

/// Codes to keep.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each good for one time; they are not shown again.
    recovery_codes: Vec<String>,
}

/// The password once more, and a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryCodesRenewal {
    #[schema(format = "password")]
    password: String,
    /// Of the authenticator app, or a recovery code; needed where a second factor is in force.
    code: Option<String>,
}

/// Makes ten new recovery codes; the old ones are good no longer.
#[utoipa::path(
    post, path = "/me/recovery-codes", tag = "Account",
    request_body = RecoveryCodesRenewal,
    responses(
        (status = 200, description = "The codes", body = RecoveryCodes),
        (status = 401, description = "A code of the second factor is needed, or wrong", body = ProblemBody),
    )
)]
pub async fn renew_recovery_codes(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(renewal): Body<RecoveryCodesRenewal>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let asker = caller.as_device()?;
    let (password, code) = (&renewal.password, renewal.code.as_deref());
    let codes = account::new_recovery_codes(&state.app, &asker, password, code).await?;
    Ok(Json(RecoveryCodes {
        recovery_codes: codes.iter().map(ToString::to_string).collect(),
    }))
}
