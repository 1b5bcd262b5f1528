//! `/account`: everything there is to change about an account, each part a form of its own.

use super::{
    Visit,
    form::{Alert, CurrentPassword, Input, said_of, said_of_all},
};
use crate::{
    domain::{FieldErrors, Offsets, Token, date, login::Scope},
    error::AppError,
    server::{store::Credentials, zone},
};
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Account";

/// What shows the second factor.
const CODE: &str = "Code of the app, or a recovery code";

/// What was done just now.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// A form of this page that was refused, by the last part of its address, and why.
type Refused<'a> = Option<(&'a str, &'a AppError)>;

/// The page; a browser without an account is sent to sign in.
pub async fn show(visit: Visit, Query(Done { done }): Query<Done>) -> Result<Response, Response> {
    let main = page(&visit, None, told(&done)).await?;
    Ok(visit.page(TITLE, main))
}

/// The page with what is wrong beside the form it was said of.
pub async fn refused(visit: &Visit, part: &str, error: &AppError) -> Result<Response, Response> {
    let main = page(visit, Some((part, error)), None).await?;
    Ok(visit.refused(error, TITLE, main))
}

/// What is said to somebody who did not say that they are sure.
pub fn not_sure() -> AppError {
    FieldErrors::one("sure", "Tick the box if you mean it.").into()
}

fn told(done: &str) -> Option<&'static str> {
    match done {
        "username" => Some("The user name was changed."),
        "password" => Some(
            "The password was changed. All other devices are signed out, and all tokens removed.",
        ),
        "second-factor" => Some("From now on, signing in takes a code of your app."),
        "second-factor-off" => Some("Signing in takes no code any more."),
        "token" => Some("The token was removed."),
        _ => None,
    }
}

async fn page(
    visit: &Visit,
    refused: Refused<'_>,
    told: Option<&'static str>,
) -> Result<impl IntoView + use<>, Response> {
    let account = visit.signed_in()?.account;
    let Some(known) = visit.credentials().await? else {
        return Err(Redirect::to("/sign-in").into_response());
    };
    let tokens = visit.app.store.tokens(account).await;
    let tokens = tokens.map_err(|error| visit.refuse(&error))?;
    let settings = visit.viewer.as_ref().map(|viewer| viewer.settings.clone());
    let now = visit.now();
    let zone = settings.unwrap_or_default().zone();
    let reach = tokens.iter().map(|token| token.created_at).min();
    let offsets = zone::offsets(
        &zone,
        reach.unwrap_or(now),
        now + chrono::TimeDelta::days(400),
    );
    let of = |part: &str| {
        refused
            .filter(|(name, _)| *name == part)
            .map(|(_, error)| error)
    };
    let is_guest = known.username.is_none();
    let named = (!is_guest).then(|| {
        view! {
            {username(&known, of("username"))}
            {password(of("password"))}
            {second_factor(&known, of("second-factor"))}
            {recovery(&known, of("recovery-codes"))}
        }
    });
    let guest = is_guest.then(|| view! {
        <p class="lead">"This browser holds sessions that belong to no user name yet. " <a href="/register">"Register"</a> " to find them from anywhere, or " <a href="/sign-in">"sign in"</a> "."</p>
    });
    let told = told.map(|told| view! { <p class="form-done" role="status">{told}</p> });
    Ok(view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            {told}
            {guest}
            {named}
            {self::tokens(&tokens, &offsets, of("tokens"))}
            <section class="account-part" aria-labelledby="part-export">
                <h2 id="part-export">"Export"</h2>
                <p>"Your sessions, what they belong to, rates and settings, in one file."</p>
                <p><a class="plain" href="/account/export.json" download>"Export as JSON"</a></p>
            </section>
            {delete(is_guest, of("delete"))}
        </main>
    })
}

fn username(known: &Credentials, error: Option<&AppError>) -> impl IntoView + use<> {
    let name = known
        .username
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let alert = said_of_all(error, &["username"]);
    view! {
        <section class="account-part" aria-labelledby="part-name">
            <h2 id="part-name">"User name"</h2>
            <form class="settings" method="post" action="/account/username">
                <Alert message=alert/>
                <Input label="User name" name="username" autocomplete="username" value=name error=said_of(error, "username")/>
                <div class="edit-buttons"><button class="plain">"Change the user name"</button></div>
            </form>
        </section>
    }
}

fn password(error: Option<&AppError>) -> impl IntoView + use<> {
    let alert = said_of_all(error, &["password", "new_password"]);
    view! {
        <section class="account-part" aria-labelledby="part-change-password">
            <h2 id="part-change-password">"Password"</h2>
            <p>"A new one signs all other devices out and removes all tokens."</p>
            <form class="settings" method="post" action="/account/password">
                <Alert message=alert/>
                <CurrentPassword of="password-" error=said_of(error, "password")/>
                <Input label="New password" name="new_password" kind="password" autocomplete="new-password" error=said_of(error, "new_password")/>
                <div class="edit-buttons"><button class="plain">"Change the password"</button></div>
            </form>
        </section>
    }
}

fn second_factor(known: &Credentials, error: Option<&AppError>) -> impl IntoView + use<> {
    let on = known.second_in_force().is_some();
    let alert = said_of_all(error, &["password"]);
    let (address, does) = if on {
        ("/account/second-factor/remove", "Turn off")
    } else {
        ("/account/second-factor", "Turn on")
    };
    let state = if on {
        "On: signing in takes a code of your app."
    } else {
        "Off. An authenticator app shows a new code every half minute; with it, a password alone opens nothing."
    };
    let code = on
        .then(|| view! { <Input label=CODE name="code" autocomplete="one-time-code" error=None/> });
    view! {
        <section class="account-part" aria-labelledby="part-second">
            <h2 id="part-second">"Authenticator app"</h2>
            <p>{state}</p>
            <form class="settings" method="post" action=address>
                <Alert message=alert/>
                <CurrentPassword of="second-" error=said_of(error, "password")/>
                {code}
                <div class="edit-buttons"><button class="plain">{does}</button></div>
            </form>
        </section>
    }
}

fn recovery(known: &Credentials, error: Option<&AppError>) -> impl IntoView + use<> {
    let left = format!("{} of your recovery codes are left.", known.recovery_codes);
    let alert = said_of_all(error, &["password"]);
    let code = known.second_in_force().map(|_| view! { <Input label=CODE name="code" of="recovery-" autocomplete="one-time-code" error=None/> });
    view! {
        <section class="account-part" aria-labelledby="part-recovery">
            <h2 id="part-recovery">"Recovery codes"</h2>
            <p>{left}" New ones replace them."</p>
            <form class="settings" method="post" action="/account/recovery-codes">
                <Alert message=alert/>
                <CurrentPassword of="recovery-" error=said_of(error, "password")/>
                {code}
                <div class="edit-buttons"><button class="plain">"Make new codes"</button></div>
            </form>
        </section>
    }
}

fn tokens(tokens: &[Token], offsets: &Offsets, error: Option<&AppError>) -> impl IntoView + use<> {
    let date = |at| date::short(offsets.local(at).date());
    let rows: Vec<_> = tokens
        .iter()
        .map(|token| {
            let may = match token.scope {
                Scope::Read => "reads",
                Scope::Write => "reads and writes",
            };
            let until = token.expires_at.map_or_else(String::new, |at| format!(", until {}", date(at)));
            let used = token.used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", date(at)));
            let facts = format!("{may}{until}; made {}, {used}", date(token.created_at));
            view! {
                <li class="device">
                    <span><bdi>{token.name.clone()}</bdi><small>{facts}</small></span>
                    <form method="post" action=format!("/account/tokens/{}/remove", token.id)>
                        <button class="quiet" aria-label=format!("Remove {}", token.name)>"Remove"</button>
                    </form>
                </li>
            }
        })
        .collect();
    let list =
        (!rows.is_empty()).then(|| view! { <ul class="devices" aria-label="Tokens">{rows}</ul> });
    let alert = said_of_all(error, &["name"]);
    view! {
        <section class="account-part" aria-labelledby="part-tokens">
            <h2 id="part-tokens">"Tokens"</h2>
            <p>"For scripts that use the " <a href="/docs">"API"</a> "."</p>
            {list}
            <form class="settings" method="post" action="/account/tokens">
                <Alert message=alert/>
                <Input label="What for" name="name" error=said_of(error, "name")/>
                <div class="field">
                    <label for="scope">"May"</label>
                    <select id="scope" name="scope"><option value="read">"read"</option><option value="write">"read and write"</option></select>
                </div>
                <div class="field">
                    <label for="days">"Good for"</label>
                    <select id="days" name="days"><option value="30">"30 days"</option><option value="365">"a year"</option><option value="">"ever"</option></select>
                </div>
                <div class="edit-buttons"><button class="plain">"Make a token"</button></div>
            </form>
        </section>
    }
}

fn delete(is_guest: bool, error: Option<&AppError>) -> impl IntoView + use<> {
    let alert = said_of_all(error, &["password", "sure"]);
    let sure =
        said_of(error, "sure").map(|said| view! { <p class="field-error" role="alert">{said}</p> });
    let password = (!is_guest)
        .then(|| view! { <CurrentPassword of="delete-" error=said_of(error, "password")/> });
    view! {
        <section class="account-part" aria-labelledby="part-delete">
            <h2 id="part-delete">"Delete the account"</h2>
            <p>"Deletes every session, for good. " <a href="/account/export.json" download>"Export everything"</a> " first if you may want it one day."</p>
            <form class="settings" method="post" action="/account/delete">
                <Alert message=alert/>
                {password}
                <label class="check"><input type="checkbox" name="sure" value="yes"/>"Delete everything"</label>
                {sure}
                <div class="edit-buttons"><button class="plain danger">"Delete the account"</button></div>
            </form>
        </section>
    }
}
