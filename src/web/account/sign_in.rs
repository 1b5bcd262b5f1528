//! `/sign-in`, and the ways out.

use super::{
    Visit,
    form::{Alert, CodeField, GuestField, Input, said_of, said_of_all},
};
use crate::{
    domain::DeviceId,
    error::AppError,
    server::account::{self, SignIn},
};
use axum::{
    extract::{Form, Path},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Sign in";

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    username: String,
    password: String,
    second_code: String,
    guest: String,
}

/// The form; whoever is signed in already is shown the account.
pub async fn show(visit: Visit) -> Result<Response, Response> {
    let credentials = visit.credentials().await?;
    if credentials
        .as_ref()
        .is_some_and(|known| known.username.is_some())
    {
        return Ok(visit.redirect("/account"));
    }
    let asks = credentials.is_some_and(|known| known.is_guest_with_work());
    Ok(visit.page(TITLE, page(&SignInForm::default(), asks, None)))
}

/// Lets the browser in.
pub async fn sign_in(visit: Visit, Form(form): Form<SignInForm>) -> Result<Response, Response> {
    let typed = SignIn {
        username: form.username.clone(),
        password: form.password.clone(),
        code: Some(form.second_code.clone()),
        guest: form.guest.parse().ok(),
    };
    match account::sign_in(&visit.app, &visit.visitor, visit.account(), &typed).await {
        Ok(signed_in) => Ok(visit.let_in(&signed_in, Redirect::to("/"))),
        Err(error) => {
            let asks = visit.asks_about_guest().await?;
            Ok(visit.refused(&error, TITLE, page(&form, asks, Some(&error))))
        }
    }
}

/// Signs this browser out. A guest with sessions has no way back, and is told so.
pub async fn sign_out(visit: Visit) -> Result<Response, Response> {
    let viewer = visit.signed_in()?;
    let done = account::sign_out(&visit.app, viewer, viewer.device, false).await;
    done.map_err(|error| visit.refuse(&error))?;
    Ok(Redirect::to("/sign-in").into_response())
}

/// Signs one device of the account out.
pub async fn end_device(visit: Visit, Path(device): Path<String>) -> Result<Response, Response> {
    let viewer = visit.signed_in()?;
    let refused = |error| visit.refuse(&error);
    let device: DeviceId = device.parse().map_err(|_| refused(AppError::NotFound))?;
    if device == viewer.device {
        return sign_out(visit).await;
    }
    let done = account::end_device(&visit.app, viewer, device, false).await;
    done.map_err(refused)?;
    Ok(Redirect::to("/settings").into_response())
}

/// Signs every device out but this one.
pub async fn end_others(visit: Visit) -> Result<Response, Response> {
    let done = account::sign_out_others(&visit.app, visit.signed_in()?).await;
    done.map_err(|error| visit.refuse(&error))?;
    Ok(Redirect::to("/settings").into_response())
}

/// Signs every device out, also this one.
pub async fn end_all(visit: Visit) -> Result<Response, Response> {
    let done = account::sign_out_everywhere(&visit.app, visit.signed_in()?).await;
    done.map_err(|error| visit.refuse(&error))?;
    Ok(visit.let_go(Redirect::to("/sign-in")))
}

fn page(form: &SignInForm, asks: bool, error: Option<&AppError>) -> impl IntoView + use<> {
    let shown = error.filter(|error| !matches!(error, AppError::CodeNeeded | AppError::WrongCode));
    let alert = said_of_all(shown, &["guest"]);
    let guest = asks.then(|| {
        view! { <GuestField chosen=form.guest.parse().ok() error=said_of(error, "guest")/> }
    });
    view! {
        <main class="sheet">
            <h1>"Sign in"</h1>
            <form class="settings" method="post" action="/sign-in">
                <Alert message=alert/>
                <Input label="User name" name="username" autocomplete="username" value=form.username.clone() error=None/>
                <Input label="Password" name="password" kind="password" autocomplete="current-password" error=None/>
                <CodeField error=error.cloned()/>
                {guest}
                <div class="edit-buttons"><button class="primary">"Sign in"</button></div>
            </form>
            <p class="aside">"New here? " <a href="/register">"Register"</a></p>
            <p class="aside">"Signed in on another device? " <a href="/link">"Link this one with a code"</a></p>
            <p class="aside">"Lost the password? " <a href="/recover">"Use a recovery code"</a></p>
        </main>
    }
}
