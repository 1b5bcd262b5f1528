//! Documents without the wasm.

use super::{assets, router::WebState};
use crate::{components::navigation::Bar, domain::Theme};
use axum::{Router, http::Method, response::Html, routing::MethodRouter};
use leptos::{nonce::Nonce, prelude::*};

/// The keys, and the browser's zone where none was chosen.
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
    /// With the response's nonce the keys work; without it no script runs at all.
    pub nonce: Option<Nonce>,
    pub main: V,
}

/// The document as an answer.
pub fn page<V: IntoView>(document: Document<'_, V>) -> Html<String> {
    let Document {
        theme,
        title,
        current,
        nonce,
        main,
    } = document;
    let bar = view! { <Bar is_current=move |prefix: &str| prefix == current/> };
    let script = nonce.map(|nonce| {
        view! { <script type="module" nonce=nonce.to_string()>{SCRIPT}</script> }
    });
    html(theme, title, script, view! { {bar} {main} })
}

/// A document in the product's look around `main`.
pub fn document(title: &str, main: impl IntoView) -> Html<String> {
    html(None, title, (), main)
}

fn html(
    theme: Option<Theme>,
    title: &str,
    script: impl IntoView,
    body: impl IntoView,
) -> Html<String> {
    let (title, css) = (format!("{title} · Stint"), assets::pkg_names().css);
    let page = view! {
        <html lang="en" data-theme=theme.map(Theme::as_str)>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                {script}
            </head>
            <body>{body}</body>
        </html>
    };
    Html(format!("<!DOCTYPE html>{}", page.to_html()))
}
