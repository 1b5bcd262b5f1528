//! Turning the second factor on and off.

use super::confirm_password;
use crate::{
    domain::throttle::Limit,
    error::AppError,
    server::{
        second_factor::{self, Enrolment, factor},
        state::AppState,
        store::{Asker, Credentials, Factor, Subject},
    },
};

/// What to tell an authenticator app. Not asked for before a first code of it was right.
pub async fn offer_second_factor(
    app: &AppState,
    asker: &Asker,
    password: &str,
) -> Result<Enrolment, AppError> {
    let credentials = confirm_password(app, asker.account, password).await?;
    let secret = second_factor::random();
    app.store.offer_second_factor(asker, &secret).await?;
    let username = credentials.username.ok_or(AppError::NotFound)?;
    second_factor::enrolment(&secret, username.as_str())
}

/// Asks for codes from now on, since the app shows the right one.
pub async fn confirm_second_factor(
    app: &AppState,
    asker: &Asker,
    code: &str,
) -> Result<(), AppError> {
    let (account, now) = (asker.account, app.clock.now());
    let credentials = app.store.credentials_of(account).await?;
    let second = credentials.second.filter(|second| !second.confirmed);
    let second = second.ok_or(AppError::NotFound)?;
    let subject = Subject::new("second", &account.to_string(), Limit::ACCOUNT);
    app.store
        .count_try(std::slice::from_ref(&subject), now)
        .await?;
    let step = second_factor::step(&second.secret, code, now)?;
    let step = step.ok_or(AppError::WrongCode)?;
    app.store.confirm_second_factor(asker, step, now).await?;
    app.store.forgive(&subject).await
}

/// Asks for codes no longer. Takes the password and a code.
pub async fn remove_second_factor(
    app: &AppState,
    asker: &Asker,
    password: &str,
    code: &str,
) -> Result<(), AppError> {
    let credentials = confirm_password(app, asker.account, password).await?;
    if credentials.second_in_force().is_none() {
        return Err(AppError::NotFound);
    }
    let shown = show(app, &credentials, Some(code)).await?;
    let removed = app.store.remove_second_factor(asker, &shown.factor);
    removed.await?;
    shown.forgive(app).await
}

/// The second factor of an account, shown beside its password; counted as a wrong guess until it
/// is forgiven.
pub struct Shown {
    pub factor: Factor,
    guess: Option<Subject>,
}

impl Shown {
    /// It was right, and is used up.
    pub async fn forgive(&self, app: &AppState) -> Result<(), AppError> {
        match &self.guess {
            Some(guess) => app.store.forgive(guess).await,
            None => Ok(()),
        }
    }
}

/// Reads what shows the second factor, where one is in force.
pub async fn show(
    app: &AppState,
    credentials: &Credentials,
    code: Option<&str>,
) -> Result<Shown, AppError> {
    let now = app.clock.now();
    if credentials.second_in_force().is_none() {
        let (factor, guess) = (Factor::NotAsked, None);
        return Ok(Shown { factor, guess });
    }
    let guess = Subject::new("second", &credentials.account.to_string(), Limit::ACCOUNT);
    let tried = std::slice::from_ref(&guess);
    let tried = app.store.count_try(tried, now).await?;
    let factor = factor(credentials, code, now);
    if factor == Err(AppError::CodeNeeded) {
        app.store.take_back_try(&tried).await?;
    }
    Ok(Shown {
        factor: factor?,
        guess: Some(guess),
    })
}
