//! The document around every page, with the scripts that wake it.

use crate::{app::App, server::site::PkgNames};
use leptos::{nonce::Nonce, prelude::*};
use leptos_meta::MetaTags;

/// The document. `pkg` names the files made for this build.
pub fn shell(pkg: &PkgNames) -> impl IntoView + use<> {
    let nonce = use_context::<Nonce>().map(|nonce| nonce.to_string());
    let (style, script, wasm) = (format!("/pkg/{}", pkg.css), format!("/pkg/{}", pkg.js), format!("/pkg/{}", pkg.wasm));
    let wake = format!(
        "import('{script}').then(app => app.default({{module_or_path: '{wasm}'}}).then(() => app.hydrate()))"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content="Stint is a time tracker that never loses a second, and whose numbers add up."/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=style/>
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="apple-touch-icon" href="/icon-180.png"/>
                <script type="module" nonce=nonce>{wake}</script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
