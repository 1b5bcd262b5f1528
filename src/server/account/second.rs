//! Turning the second factor on and off.

use super::confirm_password;
use crate::{
    domain::{AccountId, throttle::Limit},
    error::AppError,
    server::{
        second_factor::{self, Enrolment, factor},
        state::AppState,
        store::Subject,
    },
};

/// What to tell an authenticator app. Not asked for before a first code of it was right.
pub async fn offer_second_factor(
    app: &AppState,
    account: AccountId,
    password: &str,
) -> Result<Enrolment, AppError> {
    let credentials = confirm_password(app, account, password).await?;
    let secret = second_factor::random();
    app.store.offer_second_factor(account, &secret).await?;
    let username = credentials.username.ok_or(AppError::NotFound)?;
    second_factor::enrolment(&secret, username.as_str())
}

/// Asks for codes from now on, since the app shows the right one.
pub async fn confirm_second_factor(
    app: &AppState,
    account: AccountId,
    code: &str,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let credentials = app.store.credentials_of(account).await?;
    let second = credentials.second.filter(|second| !second.confirmed);
    let second = second.ok_or(AppError::NotFound)?;
    let subject = Subject::new("second", &account.to_string(), Limit::ACCOUNT);
    app.store
        .count_try(std::slice::from_ref(&subject), now)
        .await?;
    let step = second_factor::step(&second.secret, code, now)?;
    let step = step.ok_or(AppError::WrongCode)?;
    app.store.confirm_second_factor(account, step, now).await?;
    app.store.forgive(&subject).await
}

/// Asks for codes no longer. Takes the password and a code.
pub async fn remove_second_factor(
    app: &AppState,
    account: AccountId,
    password: &str,
    code: &str,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let credentials = confirm_password(app, account, password).await?;
    if credentials.second_in_force().is_none() {
        return Err(AppError::NotFound);
    }
    let subject = Subject::new("second", &account.to_string(), Limit::ACCOUNT);
    app.store
        .count_try(std::slice::from_ref(&subject), now)
        .await?;
    let factor = factor(&credentials, Some(code), now)?;
    app.store.remove_second_factor(account, &factor).await?;
    app.store.forgive(&subject).await
}
