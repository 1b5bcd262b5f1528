//! The account itself: what it is called, what it prefers, and how it ends.

use super::{
    extract::{Address, Body, Reader, Writer},
    problem::Problem,
    value::KnownZone,
};
use crate::{
    domain::{AccountId, DurationFormat, HourFormat, Settings, Theme, Username},
    error::AppError,
    server::{account, state::AppState},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::Weekday;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The account and what it prefers.
#[derive(Serialize, ToSchema)]
pub struct Me {
    #[schema(format = "uuid")]
    account: String,
    /// Null for a guest.
    username: Option<String>,
    /// IANA name; null as long as none was chosen, which counts as UTC.
    time_zone: Option<String>,
    week_start: DayWord,
    #[schema(value_type = String, pattern = "^(24|12)$")]
    hour_format: HourFormat,
    #[schema(value_type = String, pattern = "^(system|light|dark)$")]
    theme: Theme,
    #[schema(value_type = String, pattern = "^(h:mm:ss|h:mm|decimal)$")]
    duration_format: DurationFormat,
    /// The hour, 0 to 12, at which a new day begins on the pages.
    #[schema(minimum = 0, maximum = 12)]
    day_start_hour: u8,
    /// Whether signing in takes a code of an authenticator app.
    second_factor: bool,
    /// How many recovery codes are left.
    #[schema(minimum = 0)]
    recovery_codes: i64,
}

/// What to change; what is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    /// Only a device that is signed in can change it.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9][A-Za-z0-9._+@-]{0,63}$")]
    username: Option<Username>,
    /// IANA name.
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    time_zone: Option<KnownZone>,
    week_start: Option<DayWord>,
    #[schema(value_type = Option<String>, pattern = "^(24|12)$")]
    hour_format: Option<HourFormat>,
    #[schema(value_type = Option<String>, pattern = "^(system|light|dark)$")]
    theme: Option<Theme>,
    #[schema(value_type = Option<String>, pattern = "^(h:mm:ss|h:mm|decimal)$")]
    duration_format: Option<DurationFormat>,
    #[schema(minimum = 0, maximum = 12)]
    day_start_hour: Option<u8>,
}

impl MePatch {
    /// The settings, with what is said.
    fn revise(self, was: Settings) -> Settings {
        let week_start = self.week_start.map(|day| DAYS[day as usize].1);
        Settings {
            zone: self.time_zone.map(|KnownZone(zone)| zone).or(was.zone),
            week_start: week_start.unwrap_or(was.week_start),
            hour_format: self.hour_format.unwrap_or(was.hour_format),
            theme: self.theme.unwrap_or(was.theme),
            duration_format: self.duration_format.unwrap_or(was.duration_format),
            day_start_hour: self.day_start_hour.unwrap_or(was.day_start_hour),
        }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayWord {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// In the order of both enums.
const DAYS: [(DayWord, Weekday); 7] = [
    (DayWord::Monday, Weekday::Mon),
    (DayWord::Tuesday, Weekday::Tue),
    (DayWord::Wednesday, Weekday::Wed),
    (DayWord::Thursday, Weekday::Thu),
    (DayWord::Friday, Weekday::Fri),
    (DayWord::Saturday, Weekday::Sat),
    (DayWord::Sunday, Weekday::Sun),
];

/// The account.
#[utoipa::path(
    get, path = "/me", tag = "Account",
    responses((status = 200, description = "It", body = Me))
)]
pub async fn show_me(
    State(state): State<WebState>,
    Reader(caller): Reader,
) -> Result<Json<Me>, Problem> {
    Ok(Json(load(&state.app, caller.account).await?))
}

/// Changes what it is called or prefers.
#[utoipa::path(
    patch, path = "/me", tag = "Account",
    request_body(content = Option<MePatch>),
    responses((status = 200, description = "The account as it is now", body = Me))
)]
pub async fn change_me(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Address(address): Address,
    Body(patch): Body<MePatch>,
) -> Result<Json<Me>, Problem> {
    let app = &state.app;
    if patch.day_start_hour > Some(Settings::LATEST_DAY_START) {
        return Err(Problem::invalid(
            "day_start_hour",
            "Choose an hour from 0 to 12.",
        ));
    }
    let username = patch.username.clone();
    let asker = match username {
        Some(_) => caller.as_device()?,
        None => (&caller).into(),
    };
    let revise = |was: Settings| patch.revise(was);
    account::change_profile(app, asker, address, username.as_ref(), revise).await?;
    Ok(Json(load(app, caller.account).await?))
}

/// An account as it is now.
pub async fn load(app: &AppState, account: AccountId) -> Result<Me, AppError> {
    let settings = app.store.settings(account).await?;
    let credentials = app.store.credentials_of(account).await?;
    let week_start = DAYS[settings.week_start.num_days_from_monday() as usize].0;
    Ok(Me {
        account: account.to_string(),
        second_factor: credentials.second_in_force().is_some(),
        username: credentials.username.map(String::from),
        time_zone: settings.zone.map(|zone| zone.to_string()),
        week_start,
        hour_format: settings.hour_format,
        theme: settings.theme,
        duration_format: settings.duration_format,
        day_start_hour: settings.day_start_hour,
        recovery_codes: credentials.recovery_codes,
    })
}

/// What is needed to delete an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Farewell {
    /// Of an account with a user name; a guest has none.
    #[schema(format = "password")]
    password: Option<String>,
}

/// Deletes the account with everything in it.
#[utoipa::path(
    delete, path = "/me", tag = "Account",
    request_body(content = Option<Farewell>),
    responses((status = 204, description = "Deleted"))
)]
pub async fn delete_me(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(Farewell { password }): Body<Farewell>,
) -> Result<StatusCode, Problem> {
    let asker = caller.as_device()?;
    let password = password.unwrap_or_default();
    account::delete_account(&state.app, asker, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The password of today and the one from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[schema(format = "password")]
    password: String,
    #[schema(min_length = 8, max_length = 256, format = "password")]
    new_password: String,
}

/// Changes the password, signs every other device out, and removes all personal tokens.
#[utoipa::path(
    post, path = "/me/password", tag = "Account",
    request_body = PasswordChange,
    responses((status = 204, description = "Changed"))
)]
pub async fn change_password(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(change): Body<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let asker = caller.as_device()?;
    account::change_password(&state.app, asker, &change.password, &change.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}
