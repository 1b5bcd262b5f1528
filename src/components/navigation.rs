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
    view! { <Bar is_current=is_current/> }.into_any()
}

/// The same where no address is followed.
#[component]
pub fn Bar(
    /// Whether the page shown is one of those whose address begins like this.
    is_current: impl Fn(&str) -> bool + Copy + Send + 'static,
) -> impl IntoView {
    let tab = move |label: &'static str, href: &'static str, prefix: &'static str| {
        let current = move || is_current(prefix);
        // Plain documents, which the script on the other pages leaves to the browser.
        let rel = (href == "/projects").then_some("external");
        view! { <a href=href rel=rel aria-current=move || current().then_some("page")>{label}</a> }
    };
    view! {
        <header class="top">
            <a class="brand" href="/" aria-label="Stint, home"><span class="brand-dot" aria-hidden="true"></span>"Stint"</a>
            <nav class="tabs" aria-label="Views">
                {tab("Timer", "/", "/")}
                {tab("Day", "/day", "/day")}
                {tab("Week", "/week", "/week")}
                {tab("Month", "/month", "/month")}
                {tab("Projects", "/projects", "/projects")}
            </nav>
            <div class="top-side">
                <a class="help-link" href="/help" aria-label="Help" title="Keyboard and help"><kbd aria-hidden="true">"?"</kbd></a>
                {tab("Settings", "/settings", "/settings")}
            </div>
        </header>
    }
    .into_any()
}
