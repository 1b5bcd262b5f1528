//! `/link`: one code joins two devices, with no password typed.

use super::{
    Visit,
    form::{Alert, CodeField, GuestField, Input, said_of, said_of_all},
};
use crate::{
    domain::qr::Qr,
    error::AppError,
    server::{account, qr},
};
use axum::{
    extract::{Form, Query},
    response::{Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Link a device";

/// What was typed, or came with the picture.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    code: String,
    second_code: String,
    guest: String,
}

/// The form. A code in the address is filled in, and not yet used.
pub async fn show(visit: Visit, Query(form): Query<LinkForm>) -> Result<Response, Response> {
    let main = page(&visit, &form, None).await?;
    Ok(visit.page(TITLE, main))
}

/// Joins this browser to the guest or account whose code it is.
pub async fn link(visit: Visit, Form(form): Form<LinkForm>) -> Result<Response, Response> {
    let linked = account::link(
        &visit.app,
        &visit.visitor,
        visit.account(),
        &form.code,
        Some(&form.second_code),
        form.guest.parse().ok(),
    );
    match linked.await {
        Ok(signed_in) => Ok(visit.let_in(&signed_in, Redirect::to("/"))),
        Err(error) => {
            let main = page(&visit, &form, Some(&error)).await?;
            Ok(visit.refused(&error, TITLE, main))
        }
    }
}

/// Shows a code, and a picture of the address it belongs to.
pub async fn make_code(visit: Visit) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let made = account::make_link_code(&visit.app, &asker).await;
    let made = made.map_err(|error| visit.refuse(&error))?;
    let address = format!("{}/link?code={}", visit.origin, made.code.reveal());
    let code = made.code.to_string();
    let picture = picture(&address);
    let main = view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            <p class="lead">"On the other device, open " <b>{format!("{}/link", visit.origin)}</b> " and type this code, or point its camera at the picture."</p>
            <p class="link-code"><code aria-label="Code">{code}</code></p>
            {picture}
            <p class="aside">"The code is good once, for ten minutes. Whoever has it sees everything here."</p>
            <p><a class="plain" href="/settings">"Back to the settings"</a></p>
        </main>
    };
    Ok(visit.page(TITLE, main))
}

/// A QR code that says `text`; dark on white in every theme, as cameras want it.
pub fn picture(text: &str) -> Option<impl IntoView + use<>> {
    let Qr { side, path } = qr::picture(text).ok()?;
    let size = format!("0 0 {side} {side}");
    Some(view! {
        <svg class="qr" viewBox=size role="img" aria-label="QR code with the same content"><path d=path></path></svg>
    })
}

async fn page(
    visit: &Visit,
    form: &LinkForm,
    error: Option<&AppError>,
) -> Result<impl IntoView + use<>, Response> {
    let credentials = visit.credentials().await?;
    let holds = credentials.is_some();
    let asks = credentials.is_some_and(|known| known.is_guest_with_work());
    let shown = error.filter(|error| !matches!(error, AppError::CodeNeeded | AppError::WrongCode));
    let alert = said_of_all(shown, &["guest", "code"]);
    let guest = asks.then(|| {
        view! { <GuestField chosen=form.guest.parse().ok() error=said_of(error, "guest")/> }
    });
    let other_way = holds.then(|| view! {
        <section class="account-part" aria-labelledby="make-code">
            <h2 id="make-code">"Show a code here"</h2>
            <p>"Or let another device join this one: it will see what you see here."</p>
            <form method="post" action="/account/link-code"><button class="plain">"Show a code"</button></form>
        </section>
    });
    Ok(view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            <p class="lead">"Type the code that the other device shows under Settings, Link a device."</p>
            <form class="settings" method="post" action="/link">
                <Alert message=alert/>
                <Input label="Code" name="code" autocomplete="one-time-code" value=form.code.clone() error=said_of(error, "code")/>
                <CodeField error=error.cloned()/>
                {guest}
                <div class="edit-buttons"><button class="primary">"Link"</button></div>
            </form>
            {other_way}
        </main>
    })
}
