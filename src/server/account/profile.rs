//! Changing and deleting an account.

use super::{confirm_password, end, register::names_asked};
use crate::{
    domain::{Password, Settings, Username},
    error::AppError,
    server::{address::ClientAddress, state::AppState, store::Asker},
};

/// Replaces the password and ends what the old one let in: every device but the one that asks, link
/// codes and personal tokens.
pub async fn change_password(
    app: &AppState,
    asker: Asker,
    password: &str,
    new_password: &str,
) -> Result<(), AppError> {
    let new = Password::choose("new_password", new_password)?;
    let credentials = confirm_password(app, asker.account, password).await?;
    let hasher = &app.login.hasher;
    let hash = hasher
        .hash("new_password", new, credentials.username.as_ref())
        .await?;
    end(app, async move |app, now| {
        let ended = app.store.change_password(&asker, &hash, now);
        Ok(((), ended.await?))
    })
    .await
}

/// Gives the account another user name, if one is said, and makes something else of what it prefers; both
/// or neither. Asking for names that are taken is limited as it is when registering.
pub async fn change_profile(
    app: &AppState,
    asker: Asker,
    address: ClientAddress,
    username: Option<&Username>,
    revise: impl FnOnce(Settings) -> Settings + Send + 'static,
) -> Result<(), AppError> {
    let Some(username) = username else {
        return app.store.revise_profile(asker, None, revise).await;
    };
    let tried = [names_asked(address)];
    let tried = app.store.count_try(&tried, app.clock.now()).await?;
    let revised = app.store.revise_profile(asker, Some(username), revise);
    revised.await?;
    app.store.take_back_try(&tried).await
}

/// Deletes the account with everything in it. Whoever has a password must give it.
pub async fn delete_account(app: &AppState, asker: Asker, password: &str) -> Result<(), AppError> {
    let credentials = app.store.credentials_of(asker.account).await?;
    if credentials.password_hash.is_some() {
        confirm_password(app, asker.account, password).await?;
    }
    end(app, async move |app, now| {
        let ended = app.store.delete_account(asker, now).await?;
        Ok(((), ended))
    })
    .await
}
