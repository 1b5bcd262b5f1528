//! `/session/ID`: what happened to one session.

use super::{page, refuse};
use crate::{
    components::shortcuts::PIN_ADDRESS,
    domain::{
        Action, Catalog, Instant, Offsets, Session, Settings, TagId, Work, date,
        history::{History, HistoryEntry},
    },
    error::AppError,
    server::history,
    web::visit::Visit,
};
use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use std::sync::Arc;

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
        catalog,
    } = history;
    let name = entries
        .iter()
        .find_map(|entry| entry.change.after.as_ref().or(entry.change.before.as_ref()));
    let name = name.map(|session| session.name.clone()).unwrap_or_default();
    let words = Words {
        settings,
        offsets,
        catalog,
        is_exact: false,
    };
    let rows = entries
        .iter()
        .map(|entry| row(entry, &words))
        .collect_view();
    let title = format!("History of {}", name.isolated());
    let name = name.shown().to_owned();
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

fn row(entry: &HistoryEntry, words: &Words) -> impl IntoView + use<> {
    let lines = differences(entry, words)
        .into_iter()
        .map(|line| view! { <li><bdi>{line}</bdi></li> })
        .collect_view();
    view! {
        <li class="history-entry">
            <p class="history-head"><strong>{verb(entry)}</strong>" "<span class="row-time">{words.moment(entry.acted_at)}</span></p>
            <ul class="history-changes">{lines}</ul>
        </li>
    }
    .into_any()
}

fn verb(entry: &HistoryEntry) -> &'static str {
    match &entry.action {
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
        Action::Undo { .. } if entry.redo => "Redone",
        Action::Undo { .. } => "Undone",
    }
}

type Tell = fn(&Words, &Session) -> String;

/// What can be different in a session, and how it is told.
const FACTS: [(&str, Tell); 6] = [
    ("Name", Words::name),
    ("Start", Words::start),
    ("Stop", Words::stop),
    ("Project", Words::project),
    ("Tags", Words::tags),
    ("Billable", Words::billable),
];

/// What is different, from what to what.
fn differences(entry: &HistoryEntry, words: &Words) -> Vec<String> {
    match (&entry.change.before, &entry.change.after) {
        (Some(before), Some(after)) => {
            // Projects that are called the same are still two.
            let moved = before.work.project != after.work.project;
            let exact = words.exact();
            let lines = FACTS.iter().filter_map(|(what, tell)| {
                let told = |words: &Words| (tell(words, before), tell(words, after));
                let differs = |(was, is): &(String, String)| was != is;
                let is_moved = moved && *what == "Project";
                let (was, is) = Some(told(words))
                    .filter(|told| is_moved || differs(told))
                    .or_else(|| Some(told(&exact)).filter(differs))?;
                Some(format!("{what}: {was} → {is}"))
            });
            lines.collect()
        }
        (None, Some(after)) => words.whole("", after),
        (Some(before), None) => words.whole("Removed ", before),
        (None, None) => Vec::new(),
    }
}

/// What the viewer's sessions are told with.
struct Words {
    settings: Settings,
    offsets: Offsets,
    catalog: Arc<Catalog>,
    /// Whether moments are told to the second and with the offset of the zone.
    is_exact: bool,
}

impl Words {
    /// The same, for moments that are written alike otherwise.
    fn exact(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            offsets: self.offsets.clone(),
            catalog: self.catalog.clone(),
            is_exact: true,
        }
    }

    fn moment(&self, at: Instant) -> String {
        let local = self.offsets.local(at);
        let day = date::short(local.date());
        if self.is_exact {
            return format!("{day}, {} ({})", local.time(), self.offsets.name(at));
        }
        format!(
            "{day}, {}",
            self.offsets.time(at, self.settings.hour_format)
        )
    }

    fn name(&self, session: &Session) -> String {
        format!("“{}”", session.name.shown())
    }

    fn start(&self, session: &Session) -> String {
        self.moment(session.span.from())
    }

    fn stop(&self, session: &Session) -> String {
        let stop = session.span.to();
        stop.map_or_else(|| "running".to_owned(), |at| self.moment(at))
    }

    fn project(&self, session: &Session) -> String {
        match self.catalog.project_of(&session.work) {
            Some(project) => project.path(),
            None if session.work.project.is_some() => "one that is no longer known".to_owned(),
            None => "none".to_owned(),
        }
    }

    fn tags(&self, session: &Session) -> String {
        let known = self.catalog.tags_of(&session.work);
        let mut names: Vec<String> = known.map(|tag| tag.name.to_string()).collect();
        let is_known = |id: &TagId| self.catalog.tag(*id).is_some();
        if !session.work.tags.iter().all(is_known) {
            names.push("what is no longer known".to_owned());
        }
        if names.is_empty() {
            names.push("none".to_owned());
        }
        names.join(", ")
    }

    fn billable(&self, session: &Session) -> String {
        if session.work.billable { "yes" } else { "no" }.to_owned()
    }

    /// A session that came or went, and what it belongs to.
    fn whole(&self, verb: &str, session: &Session) -> Vec<String> {
        let (name, start, stop) = (self.name(session), self.start(session), self.stop(session));
        let bare = Session {
            work: Work::default(),
            ..session.clone()
        };
        let facts = FACTS
            .iter()
            .filter(|(_, tell)| tell(self, session) != tell(self, &bare));
        let facts = facts.map(|(what, tell)| format!("{what}: {}", tell(self, session)));
        let first = format!("{verb}{name}, {start} – {stop}");
        std::iter::once(first).chain(facts).collect()
    }
}
