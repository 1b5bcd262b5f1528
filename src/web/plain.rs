//! Documents without a script: pages that are the same for everybody.

use super::assets;
use axum::response::Html;
use leptos::prelude::*;

/// A document in the product's look around `main`.
pub fn document(title: &str, main: impl IntoView) -> Html<String> {
    let (title, css) = (format!("{title} · Stint"), assets::pkg_names().css);
    let page = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
            </head>
            <body>{main}</body>
        </html>
    };
    Html(format!("<!DOCTYPE html>{}", page.to_html()))
}
