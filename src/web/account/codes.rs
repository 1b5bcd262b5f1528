//! Secrets that are shown once: recovery codes.

use crate::domain::code::Code;
use leptos::prelude::*;

/// Recovery codes, with the way on.
pub fn codes_page(
    codes: &[Code],
    way_on: &'static str,
    href: &'static str,
) -> impl IntoView + use<> {
    let codes: Vec<_> = codes
        .iter()
        .map(|code| view! { <li><code>{code.to_string()}</code></li> })
        .collect();
    view! {
        <main class="sheet">
            <h1>"Recovery codes"</h1>
            <p class="lead">
                "Print these codes or put them into a password manager. They are shown only now. Each lets you choose a new password once, or stands in for a lost authenticator app."
            </p>
            <ul class="codes" aria-label="Recovery codes">{codes}</ul>
            <p><a class="primary" href=href>{way_on}</a></p>
        </main>
    }
}
