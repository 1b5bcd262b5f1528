//! What whoever runs the server can do about accounts, from the command line.

use super::{account::Tries, password::Hasher, secret, store::Store};
use crate::{
    domain::{
        Instant, Password, Username,
        code::{Code, CodeKind},
    },
    error::AppError,
};
use chrono::TimeDelta;

/// How long an invitation is good.
const INVITED_FOR: TimeDelta = TimeDelta::days(7);

/// Why nothing was done, in one line.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    #[error("there is no user named {0}")]
    NoSuchUser(Username),
    #[error(transparent)]
    Failed(#[from] AppError),
}

/// Gives a user a random password to sign in with once more, at once however often others guessed. Ends all
/// that the old one let in, and if asked for turns the second factor off.
pub async fn reset_password(
    store: &Store,
    user: &Username,
    without_code: bool,
    now: Instant,
) -> Result<Code, OperatorError> {
    let credentials = store.credentials(user).await?;
    let account = credentials
        .ok_or_else(|| OperatorError::NoSuchUser(user.clone()))?
        .account
        .into();
    let password = secret::random_code(CodeKind::Password);
    let typed = Password::attempt(&password.to_string());
    let hash = Hasher::default().rehash(typed).await?;
    store.change_password(&account, &hash, now).await?;
    if without_code {
        store
            .remove_second_factor(&account, &super::store::Factor::Waived)
            .await?;
    }
    store.forgive(&Tries::at(user.as_str())).await?;
    Ok(password)
}

/// A code with which one person can register.
pub async fn invite(store: &Store, now: Instant) -> Result<Code, OperatorError> {
    let code = secret::random_code(CodeKind::Invitation);
    let hash = secret::hash(code.reveal());
    store.save_invitation(&hash, now + INVITED_FOR, now).await?;
    Ok(code)
}
