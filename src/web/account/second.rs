//! The second factor: turning it on takes a code of the app, turning it off takes another.

use super::{
    Visit,
    form::{Alert, Input},
    home,
    link::picture,
};
use crate::{
    error::AppError,
    server::{account, second_factor::Enrolment},
};
use axum::{
    extract::Form,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Authenticator app";

/// A password, a code of the app, or both.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SecondForm {
    password: String,
    code: String,
}

/// Shows what to tell the app.
pub async fn offer(visit: Visit, Form(form): Form<SecondForm>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    match account::offer_second_factor(&visit.app, &asker, &form.password).await {
        Ok(enrolment) => Ok(visit.page(TITLE, page(Some(&enrolment), None))),
        Err(error) => home::refused(&visit, "second-factor", &error).await,
    }
}

/// Turns it on, if the app shows the right code.
pub async fn confirm(visit: Visit, Form(form): Form<SecondForm>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    match account::confirm_second_factor(&visit.app, &asker, &form.code).await {
        Ok(()) => Ok(Redirect::to("/account?done=second-factor").into_response()),
        Err(error) => Ok(visit.refused(&error, TITLE, page(None, Some(&error)))),
    }
}

/// Turns it off.
pub async fn remove(visit: Visit, Form(form): Form<SecondForm>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let (password, code) = (&form.password, &form.code);
    match account::remove_second_factor(&visit.app, &asker, password, code).await {
        Ok(()) => Ok(Redirect::to("/account?done=second-factor-off").into_response()),
        Err(error) => home::refused(&visit, "second-factor", &error).await,
    }
}

fn page(enrolment: Option<&Enrolment>, error: Option<&AppError>) -> impl IntoView + use<> {
    let wrong = error.filter(|error| matches!(error, AppError::WrongCode));
    let alert = error.filter(|_| wrong.is_none()).map(ToString::to_string);
    let shown = match enrolment {
        None => view! { <p class="lead">"The picture and the key were shown once. If your app does not have them, begin again on the page of the account."</p> }.into_any(),
        Some(enrolment) => view! {
            <p class="lead">"Scan this with your authenticator app, or type the key. Then type the code that the app shows."</p>
            {picture(&enrolment.url)}
            <p class="link-code"><code aria-label="Key">{enrolment.secret.clone()}</code></p>
        }
        .into_any(),
    };
    view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            {shown}
            <form class="settings" method="post" action="/account/second-factor/confirm">
                <Alert message=alert/>
                <Input label="Code of the app" name="code" autocomplete="one-time-code" error=wrong.map(ToString::to_string)/>
                <div class="edit-buttons"><button class="primary">"Turn on"</button></div>
            </form>
            <p><a class="plain" href="/account">"Back to the account"</a></p>
        </main>
    }
}
