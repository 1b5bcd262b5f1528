//! Pages that show or ask once: settings, the history of a session, help. Plain documents with plain
//! forms, like those of accounts, so that the wasm holds nothing of them; a few lines of script lend
//! them the keys.

mod access;
mod favourites;
mod help;
mod history;
mod settings;

use super::{router::WebState, visit::Visit};
use crate::{error::AppError, server::status};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use leptos::prelude::IntoView;

/// The address of each page, for whoever checks that none was forgotten.
pub const ADDRESSES: [&str; 3] = ["/settings", "/session/{id}", "/help"];

/// The addresses that only take forms.
pub const FORMS: [&str; 1] = [favourites::ADDRESS];

/// The routes of the pages, and of their forms.
pub fn routes() -> Router<WebState> {
    let [settings, history, help] = ADDRESSES;
    Router::new()
        .route(settings, get(settings::show))
        .route(history, get(history::show))
        .route(help, get(help::show))
        .route(favourites::ADDRESS, post(favourites::change))
}

/// The page for whoever asks, in their theme.
fn page(visit: &Visit, title: &str, current: &'static str, main: impl IntoView) -> Response {
    visit.with_cookie(visit.document(title, current, main))
}

/// A page that says what went wrong, and the status that goes with it.
fn refuse(visit: &Visit, error: &AppError) -> Response {
    let (title, main) = crate::components::message::message(error);
    let mut response = page(visit, title, "", main);
    *response.status_mut() = status::of(error);
    response
}
