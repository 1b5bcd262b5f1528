//! What happened to one session.

use super::message::{ErrorMessage, Tab};
use crate::{
    domain::{
        Action, Offsets, Session, Settings,
        history::{History, HistoryEntry},
        local::short_date,
    },
    server_fns::tracking::load_history,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Html;
use leptos_router::hooks::use_params_map;

/// The page at `/session/ID`.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let params = use_params_map();
    let history = Resource::new(
        move || params.with(|params| params.get("id").unwrap_or_default()),
        load_history,
    );
    view! {
        <Suspense>
            {move || history.get().map(|history| match history {
                Ok(history) => Either::Left(show(history)),
                Err(error) => Either::Right(view! { <ErrorMessage error=error/> }),
            })}
        </Suspense>
    }
    .into_any()
}

fn show(history: History) -> impl IntoView {
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
    let theme = settings.theme.as_str();
    let rows = entries
        .iter()
        .map(|entry| row(entry, &settings, &offsets))
        .collect_view();
    view! {
        <Html attr:data-theme=theme/>
        <Tab title=format!("History of {name}")/>
        <main class="sheet">
            <h1>"History of “"<bdi>{name.clone()}</bdi>"”"</h1>
            <ol class="history">{rows}</ol>
            <p><a class="plain" href="/">"Back to the timer"</a></p>
        </main>
    }
    .into_any()
}

fn row(entry: &HistoryEntry, settings: &Settings, offsets: &Offsets) -> impl IntoView + use<> {
    let moment = |at| {
        format!(
            "{}, {}",
            short_date(offsets.local(at).date()),
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
