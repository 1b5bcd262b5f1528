//! Documents without a script.

use super::assets;
use crate::{components::navigation::Bar, domain::Theme};
use axum::response::Html;
use leptos::prelude::*;

/// A page with the bar at its head around `main`, in somebody's theme.
pub fn page(theme: Option<Theme>, title: &str, main: impl IntoView) -> Html<String> {
    let bar = view! { <Bar is_current=|prefix: &str| prefix == "/settings"/> };
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
