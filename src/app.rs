//! The document around every page, and which page is where.

#[cfg(feature = "ssr")]
use crate::server::site::PkgNames;
use crate::{
    components::navigation::Navigation,
    pages::{
        history::HistoryPage,
        message::{HelpPage, NotFoundPage},
        period::PeriodPage,
        settings::SettingsPage,
        timer::TimerPage,
    },
};
#[cfg(feature = "ssr")]
use leptos::nonce::use_nonce;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The pages. All are rendered whole before they are sent, so that they work without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Navigation/>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=TimerPage ssr=SsrMode::Async/>
                <Route path=path!("/day") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/day/:date") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week/:week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month/:month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/last/:window") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/session/:id") view=HistoryPage ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

/// The document around every page. Only the server makes one, with the response's nonce; it loads
/// the wasm that wakes the page.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let PkgNames { js, wasm, css } = expect_context();
    let wake = format!(
        "import init, {{ hydrate }} from \"{js}\"; init({{ module_or_path: \"{wasm}\" }}).then(hydrate);"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=js nonce=use_nonce()/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=use_nonce()>{wake}</script>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
