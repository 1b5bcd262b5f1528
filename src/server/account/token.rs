//! Personal tokens: access for a script, with a name and an end.

use crate::{
    domain::{
        FieldErrors, Instant, Token, TokenId,
        login::{Scope, token_name},
        session::whole_second,
    },
    error::AppError,
    server::{
        secret::{Secret, personal_token},
        state::AppState,
        store::Asker,
    },
};

/// Makes a token; its text is shown this once.
pub async fn make_token(
    app: &AppState,
    asker: &Asker,
    name: &str,
    scope: Scope,
    expires_at: Option<Instant>,
) -> Result<(Token, String), AppError> {
    let now = app.clock.now();
    let name = token_name(name)?;
    if expires_at.is_some_and(|at| at <= now) {
        return Err(FieldErrors::one("expires_at", "Choose a moment to come.").into());
    }
    let secret = Secret::random();
    let token = Token {
        id: TokenId::new(now),
        name,
        scope,
        created_at: whole_second(now),
        expires_at: expires_at.map(whole_second),
        used_at: None,
    };
    app.store.save_token(asker, &token, &secret.hash()).await?;
    Ok((token, personal_token(&secret)))
}

/// Removes all tokens of the account.
pub async fn remove_tokens(app: &AppState, asker: &Asker) -> Result<(), AppError> {
    app.store.remove_tokens(asker, app.clock.now()).await
}

/// Removes a token of the account; it opens nothing from then on.
pub async fn remove_token(app: &AppState, asker: &Asker, token: TokenId) -> Result<(), AppError> {
    if app.store.remove_token(asker, token).await? {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}
