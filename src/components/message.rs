//! What is said in place of a page.

use crate::{domain::Refusal, error::AppError};
use leptos::prelude::*;

/// The title and the inside of a page that only says what went wrong.
pub fn message(error: &AppError) -> (&'static str, impl IntoView + use<>) {
    let (title, way_on) = match error {
        AppError::SignedOut => ("Who are you?", "This server is for people with an account."),
        AppError::NotFound | AppError::Refused(Refusal::NotFound) => (
            "There is nothing here",
            "The address may be mistyped, or what it led to is gone.",
        ),
        _ => ("That did not work", "Reload the page to try again."),
    };
    let link = match error {
        AppError::SignedOut => {
            view! { <a class="primary" href="/sign-in" rel="external">"Sign in"</a> }.into_any()
        }
        _ => view! { <a class="primary" href="/">"Back to the timer"</a> }.into_any(),
    };
    let main = view! {
        <main class="sheet error-page">
            <h1>{title}</h1>
            <p>{error.to_string()}</p>
            <p>{way_on}</p>
            <p>{link}</p>
        </main>
    };
    (title, main)
}
