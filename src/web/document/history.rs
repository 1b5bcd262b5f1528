//! `/session/ID`: what happened to one session.

use super::{page, refuse};
use crate::{
    components::shortcuts::PIN_ADDRESS,
    domain::{
        Action, Offsets, Session, Settings, date,
        history::{History, HistoryEntry},
    },
    error::AppError,
    server::history,
    web::visit::Visit,
};
use axum::{extract::Path, response::Response};
use leptos::prelude::*;

/// The page; for a session that is not the viewer's, that there is nothing here.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    match load(&visit, &id).await {
        Ok(history) => show_history(&visit, history),
        Err(error) => refuse(&visit, &error),
    }
}

async fn load(visit: &Visit, id: &str) -> Result<History, AppError> {
    let viewer = visit.viewer.as_ref().ok_or(AppError::NotFound)?;
    let session = id.parse().map_err(|_| AppError::NotFound)?;
    history::load(&visit.app, viewer, session).await
}

fn show_history(visit: &Visit, history: History) -> Response {
    let History {
        entries,
        settings,
        offsets,
    } = history;
    let name = entries
        .iter()
        .find_map(|entry| entry.change.after.as_ref().or(entry.change.before.as_ref()));
    let name = name
        .map(|session| session.name.shown().to_owned())
        .unwrap_or_default();
    let rows = entries
        .iter()
        .map(|entry| row(entry, &settings, &offsets))
        .collect_view();
    let title = format!("History of {name}");
    // What was deleted is pinned no more.
    let session = entries
        .first()
        .and_then(|entry| entry.change.after.as_ref());
    let pin = session.map(|session| {
        view! { <button class="plain" name="pin" value=session.id.to_string()>"Pin to the timer"</button> }
    });
    let main = view! {
        <main class="sheet">
            <h1>"History of “"<bdi>{name}</bdi>"”"</h1>
            <ol class="history">{rows}</ol>
            <form class="ways" method="post" action=PIN_ADDRESS>
                {pin}
                <a class="plain" href="/">"Back to the timer"</a>
            </form>
        </main>
    };
    page(visit, &title, "", main)
}

fn row(entry: &HistoryEntry, settings: &Settings, offsets: &Offsets) -> impl IntoView + use<> {
    let moment = |at| {
        format!(
            "{}, {}",
            date::short(offsets.local(at).date()),
            offsets.time(at, settings.hour_format)
        )
    };
    let differences = differences(entry, &moment);
    let lines = differences
        .into_iter()
        .map(|line| view! { <li><bdi>{line}</bdi></li> })
        .collect_view();
    view! {
        <li class="history-entry">
            <p class="history-head"><strong>{verb(&entry.action)}</strong>" "<span class="row-time">{moment(entry.acted_at)}</span></p>
            <ul class="history-changes">{lines}</ul>
        </li>
    }
    .into_any()
}

fn verb(action: &Action) -> &'static str {
    match action {
        Action::Start { .. } => "Started",
        Action::Stop { .. } => "Stopped",
        Action::Rename { .. } => "Renamed",
        Action::Edit { .. } | Action::Revise { .. } => "Edited",
        Action::Add { .. } => "Added by hand",
        Action::Continue { .. } => "Continued from another session",
        Action::Duplicate { .. } => "Duplicated",
        Action::Delete { .. } | Action::DeleteAll { .. } => "Deleted",
        Action::Assign { .. } => "Assigned",
        Action::Trim { .. } => "Trimmed",
        Action::KeepOverlap { .. } => "Overlap kept",
        Action::Undo { .. } => "Undone or redone",
    }
}

/// What is different, from what to what.
fn differences(
    entry: &HistoryEntry,
    moment: &impl Fn(crate::domain::Instant) -> String,
) -> Vec<String> {
    let stop = |session: &Session| {
        session
            .span
            .to()
            .map_or_else(|| "running".to_owned(), moment)
    };
    match (&entry.change.before, &entry.change.after) {
        (Some(before), Some(after)) => {
            let start = |session: &Session| moment(session.span.from());
            let name = |session: &Session| format!("“{}”", session.name.shown());
            let lines = [
                ("Name", name(before), name(after)),
                ("Start", start(before), start(after)),
                ("Stop", stop(before), stop(after)),
            ];
            lines
                .into_iter()
                .filter(|(_, before, after)| before != after)
                .map(|(what, before, after)| format!("{what}: {before} → {after}"))
                .collect()
        }
        (None, Some(after)) => vec![format!(
            "“{}”, {} – {}",
            after.name.shown(),
            moment(after.span.from()),
            stop(after)
        )],
        (Some(before), None) => vec![format!(
            "Removed “{}”, {} – {}",
            before.name.shown(),
            moment(before.span.from()),
            stop(before)
        )],
        (None, None) => Vec::new(),
    }
}
