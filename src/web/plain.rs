//! Documents without the wasm.

use super::{assets, documents_css, router::WebState};
use crate::{
    components::{field::Hidden, navigation::Bar},
    domain::{
        CommandId, Instant, Session, Theme,
        form::{ADDRESS, intent},
    },
    pages::sheet::{IDLE_ICON, LOST, RUNNING_ICON, title_of},
};
use axum::{Router, http::Method, response::Html, routing::MethodRouter};
use leptos::{nonce::Nonce, prelude::*};
use maud::html;

/// What leads away only while the server is there, the keys, the clock in the tab, and the browser's zone
/// where none was chosen.
const SCRIPT: &str = include_str!("plain.js");

/// Pages and forms: method, address, and what answers.
pub type Table = Vec<(Method, &'static str, MethodRouter<WebState>)>;

/// The routes of a table.
pub fn routes(table: Table) -> Router<WebState> {
    let add = |router: Router<WebState>, (_, address, answer)| router.route(address, answer);
    table.into_iter().fold(Router::new(), add)
}

/// What a table answers.
pub fn addresses(table: Table) -> Vec<(Method, &'static str)> {
    let rows = table.into_iter();
    rows.map(|(method, address, _)| (method, address)).collect()
}

/// A page with the bar at its head around `main`.
pub struct Document<'a, V> {
    /// Somebody's theme; `None` is the system's.
    pub theme: Option<Theme>,
    pub title: &'a str,
    /// Which link of the bar leads here; none where it is empty.
    pub current: &'static str,
    /// With the response's nonce the keys work and the tab's clock ticks; without it no script runs at all.
    pub nonce: Option<Nonce>,
    /// What the tab tells somebody who has an account.
    pub tab: Option<Tab>,
    pub main: V,
}

/// What runs, at the moment of the answer.
#[derive(Clone, Debug)]
pub struct Tab {
    pub running: Option<Session>,
    pub now: Instant,
}

impl Tab {
    /// The page's title after what runs.
    fn title(&self, title: String) -> String {
        match &self.running {
            Some(session) => format!("{} · {title}", title_of(session, self.now)),
            None => title,
        }
    }

    /// How long what runs has run, for the script to go on from.
    fn seconds(&self) -> Option<i64> {
        let running = self.running.as_ref();
        running.map(|session| session.span.seconds(self.now))
    }

    fn icon(&self) -> &'static str {
        if self.running.is_some() {
            RUNNING_ICON
        } else {
            IDLE_ICON
        }
    }

    /// The form that keys send which do something; the timer tells what came of it.
    fn form(&self) -> impl IntoView + use<> {
        let intent = if self.running.is_some() {
            intent::STOP
        } else {
            intent::START
        };
        view! {
            <form id="keys" method="post" action=ADDRESS hidden>
                <Hidden name="command" value=CommandId::new(self.now).to_string()/>
                <Hidden name="intent" value=intent/>
                <Hidden name="back" value="/"/>
            </form>
        }
    }
}

/// The document as an answer.
pub fn page<V: IntoView>(document: Document<'_, V>) -> Html<String> {
    let Document {
        theme,
        title,
        current,
        nonce,
        tab,
        main,
    } = document;
    let bar =
        view! { <Bar is_current=move |prefix: &str| prefix == current has_keys=nonce.is_some()/> };
    let lost = nonce.is_some().then(|| {
        view! { <p id="lost" class="toast toast--error" role="alert" hidden><span class="toast-text">{LOST}</span></p> }
    });
    let script = nonce.map(|nonce| {
        view! { <script type="module" nonce=nonce.to_string()>{SCRIPT}</script> }
    });
    let keys = tab.as_ref().map(Tab::form);
    whole(
        theme,
        title,
        tab,
        script,
        view! { {bar} {main} {lost} {keys} },
    )
}

/// A document in the product's look around `main`.
pub fn document(title: &str, main: impl IntoView) -> Html<String> {
    whole(None, title, None, (), main)
}

fn whole(
    theme: Option<Theme>,
    title: &str,
    tab: Option<Tab>,
    script: impl IntoView,
    body: impl IntoView,
) -> Html<String> {
    let (title, css) = (format!("{title} · Stint"), assets::pkg_names().css);
    let icon = tab.as_ref().map_or(IDLE_ICON, Tab::icon);
    let (live, seconds) = (
        tab.is_some().then_some(""),
        tab.as_ref().and_then(Tab::seconds),
    );
    let title = match &tab {
        Some(tab) => tab.title(title),
        None => title,
    };
    // As text, since a title has no room for the marks between parts of a view.
    let title = html! { (title) }.into_string();
    let page = view! {
        <html lang="en" data-theme=theme.map(Theme::as_str)>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title data-live=live data-seconds=seconds inner_html=title></title>
                <link rel="icon" href=icon type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <link rel="stylesheet" href=documents_css::address() />
                {script}
            </head>
            <body>{body}</body>
        </html>
    };
    Html(format!("<!DOCTYPE html>{}", page.to_html()))
}
