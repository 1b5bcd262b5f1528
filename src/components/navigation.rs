//! The head of every page. On a phone the views are at the bottom.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The brand, the views, help and settings.
#[component]
pub fn Navigation() -> impl IntoView {
    let path = use_location().pathname;
    let is_current = move |prefix: &str| {
        path.with(|path| match prefix {
            "/" => path == "/",
            _ => path.starts_with(prefix),
        })
    };
    view! { <Bar is_current=is_current has_keys=true/> }.into_any()
}

/// The same where no address is followed.
#[component]
pub fn Bar(
    /// Whether the page shown is one of those whose address begins like this.
    is_current: impl Fn(&str) -> bool + Copy + Send + 'static,
    /// Whether a script on the page hears of the keys.
    has_keys: bool,
) -> impl IntoView {
    let keys = move |keys: &'static str| has_keys.then_some(keys);
    let tab = move |label: &'static str, href: &'static str, keys: Option<&'static str>| {
        // Plain documents, which the script on the other pages leaves to the browser.
        let rel = (href == "/projects").then_some("external");
        view! { <a href=href rel=rel aria-keyshortcuts=keys aria-current=move || is_current(href).then_some("page")>{label}</a> }
    };
    view! {
        <header class="top">
            <a class="brand" href="/" aria-label="Stint, home"><span class="brand-dot" aria-hidden="true"></span>"Stint"</a>
            <nav class="tabs" aria-label="Views">
                {tab("Timer", "/", keys("t n s"))}
                {tab("Day", "/day", keys("d"))}
                {tab("Week", "/week", keys("w"))}
                {tab("Month", "/month", keys("m"))}
                {tab("Projects", "/projects", None)}
            </nav>
            <div class="top-side">
                <a class="help-link" href="/help" rel="external" aria-label="Help" title="Keyboard and help" aria-keyshortcuts=keys("?")><kbd aria-hidden="true">"?"</kbd></a>
                <a href="/settings" rel="external" aria-current=move || is_current("/settings").then_some("page")>"Settings"</a>
            </div>
        </header>
    }
    .into_any()
}
