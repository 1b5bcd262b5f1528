//! Pages that show or ask once: settings, the history of a session, help. Plain documents with plain
//! forms, like those of accounts, so that the wasm holds nothing of them; a few lines of script lend
//! them the keys.

mod access;
mod favourites;
mod help;
mod history;
mod settings;

use super::{
    plain::{self, Table},
    router::WebState,
    visit::{Visit, with_status},
};
use crate::error::AppError;
use axum::{
    Router,
    http::Method,
    response::Response,
    routing::{get, post},
};
use leptos::prelude::IntoView;

/// Every page and every form: method, address, and what answers.
fn table() -> Table {
    vec![
        (Method::GET, "/settings", get(settings::show)),
        (Method::GET, "/session/{id}", get(history::show)),
        (Method::GET, "/help", get(help::show)),
        (Method::POST, favourites::ADDRESS, post(favourites::change)),
    ]
}

/// The routes of the pages and forms.
pub fn routes() -> Router<WebState> {
    plain::routes(table())
}

/// The method and address of each, for whoever checks that none was forgotten.
pub fn addresses() -> Vec<(Method, &'static str)> {
    plain::addresses(table())
}

/// The page for whoever asks, in their theme.
fn page(visit: &Visit, title: &str, current: &'static str, main: impl IntoView) -> Response {
    visit.with_cookie(visit.document(title, current, main))
}

/// A page that says what went wrong, and the status that goes with it.
fn refuse(visit: &Visit, error: &AppError) -> Response {
    let (title, main) = crate::components::message::message(error);
    with_status(error, page(visit, title, "", main))
}
