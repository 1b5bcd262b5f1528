//! Pages that only say something: errors, what does not exist, help.

use super::sheet::IDLE_ICON;
use crate::{components::help::KeyList, domain::Refusal, error::AppError};
use leptos::{either::Either, prelude::*};
use leptos_meta::{Link, Title};

/// An error in place of a page.
#[component]
pub fn ErrorMessage(error: AppError) -> impl IntoView {
    let signed_out = error == AppError::SignedOut;
    let (title, way_on) = match error {
        AppError::SignedOut => ("Who are you?", "This server is for people with an account."),
        AppError::NotFound | AppError::Refused(Refusal::NotFound) => (
            "There is nothing here",
            "The address may be mistyped, or what it led to is gone.",
        ),
        _ => ("That did not work", "Reload the page to try again."),
    };
    view! {
        <Tab title=title/>
        <main class="sheet error-page">
            <h1>{title}</h1>
            <p>{error.to_string()}</p>
            <p>{way_on}</p>
            {match signed_out {
                true => Either::Left(view! { <p><a class="primary" href="/sign-in" rel="external">"Sign in"</a></p> }),
                false => Either::Right(view! { <p><a class="primary" href="/">"Back to the timer"</a></p> }),
            }}
        </main>
    }
    .into_any()
}

/// What an unknown address shows.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorMessage error=AppError::NotFound/> }.into_any()
}

/// The keys, for whoever has no keyboard dialog.
#[component]
pub fn HelpPage() -> impl IntoView {
    view! {
        <Tab title="Help"/>
        <main class="sheet help-page">
            <h1>"Help"</h1>
            <p>"Press Start when you begin and Stop when you end. Stint keeps counting when the browser is closed or the computer is off."</p>
            <p>"Anything can be undone from the message that follows it."</p>
            <h2>"Keyboard"</h2>
            <KeyList/>
        </main>
    }
    .into_any()
}

/// What a browser's tab says about a page that shows no running clock.
#[component]
pub fn Tab(#[prop(into)] title: String) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Stint")/>
        <Link rel="icon" href=IDLE_ICON/>
    }
}
