//! Personal tokens: made, shown once, removed.

use super::{Visit, home};
use crate::{
    domain::{FieldErrors, TokenId, login::Scope},
    error::AppError,
    server::account,
};
use axum::{
    extract::{Form, Path},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use leptos::prelude::*;
use serde::Deserialize;

/// What a token is for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    name: String,
    scope: String,
    /// Days; empty for never.
    days: String,
}

/// Makes a token, and shows it this once.
pub async fn make(visit: Visit, Form(form): Form<TokenForm>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let made = async {
        let scope: Scope = form.scope.parse()?;
        let expires_at = match form.days.as_str() {
            "" => None,
            days => {
                let days = days.parse::<u16>().ok();
                let days =
                    days.ok_or_else(|| FieldErrors::one("days", "Choose one of the options."))?;
                Some(visit.now() + TimeDelta::days(days.into()))
            }
        };
        account::make_token(&visit.app, &asker, &form.name, scope, expires_at).await
    };
    match made.await {
        Ok((token, text)) => {
            let main = view! {
                <main class="sheet">
                    <h1>"Token for " <bdi>{token.name}</bdi></h1>
                    <p class="lead">"Copy it now; it is shown only this once. Send it as " <code>"Authorization: Bearer …"</code> "."</p>
                    <p class="link-code link-code--long"><code aria-label="Token">{text}</code></p>
                    <p><a class="primary" href="/account">"Back to the account"</a></p>
                </main>
            };
            Ok(visit.page("Token", main))
        }
        Err(error) => home::refused(&visit, "tokens", &error).await,
    }
}

/// Removes a token.
pub async fn remove(visit: Visit, Path(token): Path<String>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let refused = |error| visit.refuse(&error);
    let token: TokenId = token.parse().map_err(|_| refused(AppError::NotFound))?;
    let removed = account::remove_token(&visit.app, &asker, token).await;
    removed.map_err(refused)?;
    Ok(Redirect::to("/account?done=token").into_response())
}
