//! Documents without a script.

use super::{assets, router::WebState};
use crate::{components::navigation::Bar, domain::Theme};
use axum::{Router, http::Method, response::Html, routing::MethodRouter};
use leptos::prelude::*;

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

/// A page with the bar at its head around `main`, in somebody's theme. It belongs to the `view`
/// that the bar has at this address.
pub fn page(
    theme: Option<Theme>,
    view: &'static str,
    title: &str,
    main: impl IntoView,
) -> Html<String> {
    let bar = view! { <Bar is_current=move |prefix: &str| prefix == view/> };
    html(theme, title, view! { {bar} {main} })
}

/// A document in the product's look around `main`.
pub fn document(title: &str, main: impl IntoView) -> Html<String> {
    html(None, title, main)
}

fn html(theme: Option<Theme>, title: &str, body: impl IntoView) -> Html<String> {
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
            </head>
            <body>{body}</body>
        </html>
    };
    Html(format!("<!DOCTYPE html>{}", page.to_html()))
}
