//! The document around every page, which loads the wasm that wakes it.

use super::selection::SelectionBar;
use crate::{app::App, components::help::HelpDialog, server::site::PkgNames};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// The document, with the response's nonce. A page brings its own icon. What is the same on each page
/// stands beside the app and is not woken.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let PkgNames {
        js,
        wasm,
        css,
        script,
    } = expect_context();
    // To wake the page is a task of its own: what was pressed while the wasm was made ready goes first.
    let wake = format!(
        "import init, {{ hydrate }} from \"{js}\"; init({{ module_or_path: \"{wasm}\" }}).then(() => setTimeout(hydrate));"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content="A time tracker that never loses a second, and whose numbers add up."/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=js nonce=use_nonce()/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" src=script nonce=use_nonce()></script>
                <script type="module" nonce=use_nonce()>{wake}</script>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <SelectionBar/>
                <HelpDialog/>
            </body>
        </html>
    }
}
