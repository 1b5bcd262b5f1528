//! The step before a rate is set, changed or deleted.

use super::{
    Visit,
    words::{self, long_date},
};
use crate::{
    domain::{AccountId, Level, Money},
    error::AppError,
    server::rate::Preview,
};
use axum::response::Response;
use chrono::NaiveDate;
use leptos::prelude::*;

/// Whose time a rate is for.
pub async fn named(visit: &Visit, account: AccountId, level: Level) -> Result<String, AppError> {
    let store = &visit.app.store;
    let catalog = store.catalog(account).await?;
    Ok(match level {
        Level::Account(_) | Level::Project(_) => words::level(level, &catalog, &[], &[]),
        Level::Client(_) => words::level(level, &catalog, &store.clients(account).await?, &[]),
        Level::Member(project, _) => {
            let members = store.members(account, project).await?;
            words::level(level, &catalog, &[], &members)
        }
    })
}

/// A whole rate in words.
pub async fn said(
    visit: &Visit,
    account: AccountId,
    level: Level,
    hourly: Money,
    from: NaiveDate,
) -> Result<String, Response> {
    let name = visit.expect(named(visit, account, level).await)?;
    let (hourly, from) = (hourly.spelled(), long_date(from));
    Ok(format!("{name}: {hourly} an hour from {from}"))
}

/// What would be done and what that touches, with the buttons to do it or not.
#[expect(clippy::too_many_arguments, reason = "each is a part of the page")]
pub fn confirm(
    visit: &Visit,
    title: &'static str,
    what: String,
    touched: &Preview,
    action: &str,
    button: &'static str,
    fields: impl IntoView,
    back: String,
) -> Response {
    let class = match button {
        "Delete" => "plain danger",
        _ => "primary",
    };
    let main = view! {
        <main class="sheet">
            <h1>{title}</h1>
            <p class="lead">{what}"."</p>
            <p class="rate-preview" role="status">{words::preview(touched)}</p>
            <form class="settings" method="post" action=action.to_owned()>
                {fields.into_any()}
                <div class="edit-buttons">
                    <button class=class>{button}</button>
                    <a class="quiet" href=back>"Back"</a>
                </div>
            </form>
        </main>
    };
    visit.page(title, main)
}
