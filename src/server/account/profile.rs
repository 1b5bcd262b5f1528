//! Changing and deleting an account.

use super::{confirm_password, end};
use crate::{
    domain::{AccountId, DeviceId, Password, Username},
    error::AppError,
    server::state::AppState,
};

/// Replaces the password and ends what the old one let in: every device but the one that asks, link
/// codes and personal tokens.
pub async fn change_password(
    app: &AppState,
    (account, device): (AccountId, DeviceId),
    password: &str,
    new_password: &str,
) -> Result<(), AppError> {
    let new = Password::choose("new_password", new_password)?;
    let credentials = confirm_password(app, account, password).await?;
    let hasher = &app.login.hasher;
    let hash = hasher
        .hash("new_password", new, credentials.username.as_ref())
        .await?;
    end(app, async move |app, now| {
        let ended = app.store.change_password(account, &hash, Some(device), now);
        Ok(((), ended.await?))
    })
    .await
}

/// Gives the account another user name.
pub async fn change_username(
    app: &AppState,
    account: AccountId,
    username: &Username,
) -> Result<(), AppError> {
    app.store.rename_account(account, username).await
}

/// Deletes the account with everything in it. Whoever has a password must give it.
pub async fn delete_account(
    app: &AppState,
    account: AccountId,
    password: &str,
) -> Result<(), AppError> {
    let credentials = app.store.credentials_of(account).await?;
    if credentials.password_hash.is_some() {
        confirm_password(app, account, password).await?;
    }
    end(app, async move |app, now| {
        let ended = app.store.delete_account(account, now).await?;
        Ok(((), ended))
    })
    .await
}
