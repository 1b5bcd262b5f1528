//! `/recover`: back in without the password, and new recovery codes.

use super::{
    Visit,
    codes::codes_page,
    form::{Alert, CodeField, GuestField, Input, said_of, said_of_all},
};
use crate::{
    error::AppError,
    server::account::{self, Recovery},
};
use axum::{
    extract::Form,
    response::{Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Recover an account";

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RecoverForm {
    username: String,
    recovery_code: String,
    new_password: String,
    second_code: String,
    guest: String,
}

/// The form.
pub async fn show(visit: Visit) -> Result<Response, Response> {
    let asks = visit.asks_about_guest().await?;
    Ok(visit.page(TITLE, page(&RecoverForm::default(), asks, None)))
}

/// Takes a new password from whoever has a recovery code.
pub async fn recover(visit: Visit, Form(form): Form<RecoverForm>) -> Result<Response, Response> {
    let code = form.second_code.trim();
    let typed = Recovery {
        username: form.username.clone(),
        recovery_code: form.recovery_code.clone(),
        new_password: form.new_password.clone(),
        code: (!code.is_empty()).then(|| code.to_owned()),
        guest: form.guest.parse().ok(),
    };
    match account::recover(&visit.app, &visit.visitor, visit.account(), &typed).await {
        Ok(signed_in) => Ok(visit.let_in(&signed_in, Redirect::to("/"))),
        Err(error) => {
            let asks = visit.asks_about_guest().await?;
            Ok(visit.refused(&error, TITLE, page(&form, asks, Some(&error))))
        }
    }
}

/// A password to confirm with, and a code where a second factor is in force.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    password: String,
    code: String,
}

/// Shows new recovery codes; earlier ones are good no longer.
pub async fn renew(visit: Visit, Form(form): Form<Confirmation>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let (password, code) = (&form.password, Some(form.code.as_str()));
    match account::new_recovery_codes(&visit.app, &asker, password, code).await {
        Ok(codes) => {
            let main = codes_page(&codes, "Back to the account", "/account");
            Ok(visit.page("Recovery codes", main))
        }
        Err(error) => super::home::refused(&visit, "recovery-codes", &error).await,
    }
}

fn page(form: &RecoverForm, asks: bool, error: Option<&AppError>) -> impl IntoView + use<> {
    let shown = error.filter(|error| !matches!(error, AppError::CodeNeeded | AppError::WrongCode));
    let alert = said_of_all(shown, &["new_password", "recovery_code", "guest"]);
    let guest = asks.then(|| {
        view! { <GuestField chosen=form.guest.parse().ok() error=said_of(error, "guest")/> }
    });
    view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            <p class="lead">"One of the codes that you were shown when you registered lets you choose a new password. All other devices are signed out, and all tokens removed."</p>
            <form class="settings" method="post" action="/recover">
                <Alert message=alert/>
                <Input label="User name" name="username" autocomplete="username" value=form.username.clone() error=None/>
                <Input label="Recovery code" name="recovery_code" value=form.recovery_code.clone() error=said_of(error, "recovery_code")/>
                <Input label="New password" name="new_password" kind="password" autocomplete="new-password" error=said_of(error, "new_password")/>
                <CodeField error=error.cloned()/>
                {guest}
                <div class="edit-buttons"><button class="primary">"Save and sign in"</button></div>
            </form>
            <p class="aside">"Without a code, whoever runs this server can give you a new password."</p>
        </main>
    }
}
