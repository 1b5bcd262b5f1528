//! `/register`: a user name and a password for what this browser holds, or for somebody new.

use super::{
    Visit,
    codes::codes_page,
    form::{Alert, Input, said_of, said_of_all},
};
use crate::{
    domain::Settings,
    error::AppError,
    server::{
        account::{self, Registering},
        login::RegistrationPolicy,
        store::Credentials,
    },
};
use axum::{extract::Form, response::Response};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Register";

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    username: String,
    password: String,
    invitation: String,
}

/// The form; whoever has an account already is shown that.
pub async fn show(visit: Visit) -> Result<Response, Response> {
    let credentials = visit.credentials().await?;
    if is_named(credentials.as_ref()) {
        return Ok(visit.redirect("/account"));
    }
    let keeps = credentials.is_some_and(|guest| guest.has_work);
    Ok(visit.page(TITLE, page(&visit, &RegisterForm::default(), keeps, None)))
}

/// Makes the account, and shows its recovery codes, this once; whoever has one already is shown that.
pub async fn register(visit: Visit, Form(form): Form<RegisterForm>) -> Result<Response, Response> {
    let credentials = visit.credentials().await?;
    if is_named(credentials.as_ref()) {
        return Ok(visit.redirect("/account"));
    }
    let typed = Registering {
        username: form.username.clone(),
        password: form.password.clone(),
        invitation: form.invitation.clone(),
    };
    let registered = match (&credentials, &visit.viewer) {
        (Some(_), Some(viewer)) => {
            let guest = (viewer.account, viewer.device);
            account::register_guest(&visit.app, &visit.visitor, guest, &typed).await
        }
        _ => account::register(&visit.app, &visit.visitor, &typed, Settings::default()).await,
    };
    match registered {
        Ok(registered) => {
            let codes = codes_page(&registered.recovery_codes, "Continue to the timer", "/");
            let answer = visit.page("Recovery codes", codes);
            Ok(visit.let_in(&registered.signed_in, answer))
        }
        Err(error) => {
            let keeps = credentials.is_some_and(|guest| guest.has_work);
            let main = page(&visit, &form, keeps, Some(&error));
            Ok(visit.refused(&error, TITLE, main))
        }
    }
}

/// Whether somebody with a user name is signed in.
fn is_named(credentials: Option<&Credentials>) -> bool {
    credentials.is_some_and(|known| known.username.is_some())
}

fn page(
    visit: &Visit,
    form: &RegisterForm,
    keeps: bool,
    error: Option<&AppError>,
) -> impl IntoView + use<> {
    let policy = visit.app.login.policy.registration;
    let invited = policy == RegistrationPolicy::Invite;
    let alert = said_of_all(error, &["username", "password", "invitation"]);
    let open = (policy != RegistrationPolicy::Closed).then(|| {
        let invitation = invited.then(|| view! {
            <Input label="Invitation" name="invitation" value=form.invitation.clone() error=said_of(error, "invitation")
                hint="Registering here takes a code from whoever runs this server."/>
        });
        view! {
            <form class="settings" method="post" action="/register">
                <Alert message=alert/>
                <Input label="User name" name="username" autocomplete="username" value=form.username.clone() error=said_of(error, "username")/>
                <Input label="Password" name="password" kind="password" autocomplete="new-password" error=said_of(error, "password")
                    hint="At least 8 characters. Several words are easy to remember and hard to guess."/>
                {invitation}
                <div class="edit-buttons"><button class="primary">"Register"</button></div>
            </form>
        }
    });
    let closed = open
        .is_none()
        .then(|| view! { <p>{AppError::Closed.to_string()}</p> });
    let lead = if keeps {
        "Everything in this browser stays as it is, and a running session keeps running. With a user name and a password you find it from any other browser, too."
    } else {
        "With a user name and a password you find your time from any browser. No e-mail address is needed."
    };
    view! {
        <main class="sheet">
            <h1>"Register"</h1>
            <p class="lead">{lead}</p>
            {open}
            {closed}
            <p class="aside">"You have an account? " <a href="/sign-in">"Sign in"</a></p>
        </main>
    }
}
