//! Pages for what an hour costs, and for the budgets of projects: plain documents with plain forms.

pub mod budget;
mod change;
mod confirm;
mod fields;
mod list;
mod project;
mod rounding;
pub mod words;

use super::{
    form,
    place::{At, Done},
    plain::{self, Table},
    project::part::{ListHead, Told, part},
    router::WebState,
    visit::Visit,
};
use crate::{domain::AccountId, server::zone};
use axum::{
    Router,
    http::Method,
    response::Response,
    routing::{get, post},
};
use chrono::NaiveDate;

pub use project::{Money, sections};

/// Every page and every form: method, address, and what answers.
fn table() -> Table {
    let page = |address, answer| (Method::GET, address, answer);
    let form = |address, answer| (Method::POST, address, answer);
    vec![
        page("/rates", get(list::show)),
        form("/rates", post(change::make)),
        form("/rates/preview", post(change::preview_new)),
        page("/rates/{id}", get(change::edit)),
        form("/rates/{id}", post(change::save)),
        form("/rates/{id}/preview", post(change::preview_change)),
        form("/rates/{id}/preview-delete", post(change::preview_delete)),
        form("/rates/{id}/delete", post(change::delete)),
        page("/project/{id}/money", get(project::show)),
        form("/project/{id}/rounding", post(rounding::change)),
        form("/project/{id}/rounding/preview", post(rounding::preview)),
        form("/project/{id}/budget", post(budget::change)),
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

/// What was done just now, in words.
fn told(done: &str) -> Option<&'static str> {
    match done {
        "made" => Some("The rate was set."),
        "changed" => Some("The rate was changed."),
        "deleted" => Some("The rate was deleted."),
        "rounding" => Some("The rounding was changed."),
        "budget" => Some("The budget was changed."),
        _ => None,
    }
}

/// The account that asks, or the way to sign in.
#[expect(
    clippy::result_large_err,
    reason = "it is the answer, and is moved once"
)]
fn who(visit: &Visit) -> Result<AccountId, Response> {
    visit.signed_in().map(|viewer| viewer.account)
}

fn today(visit: &Visit) -> NaiveDate {
    zone::today(&visit.settings(), visit.now())
}
