//! `/help`: how to begin, and the keys, for whoever has no keyboard dialog.

use super::page;
use crate::{components::help::KeyList, web::visit::Visit};
use axum::response::Response;
use leptos::prelude::*;

/// The page; the same for everybody.
pub async fn show(visit: Visit) -> Response {
    let main = view! {
        <main class="sheet help-page">
            <h1>"Help"</h1>
            <p>"Press Start when you begin and Stop when you end. Stint keeps counting when the browser is closed or the computer is off."</p>
            <p>"Anything can be undone from the message that follows it."</p>
            <p>"What you start often stands below the timer, to be started again with one press. Pin it there, or pin any session from its history, and it stays."</p>
            <h2>"Keyboard"</h2>
            <KeyList/>
        </main>
    };
    page(&visit, "Help", "", main)
}
