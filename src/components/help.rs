//! What the keys do.

use leptos::prelude::*;

/// Keys and what they do, in the order they are shown.
const KEYS: [(&str, &str); 12] = [
    ("n", "Go to the name field"),
    ("s", "Start or stop"),
    ("t", "Timer"),
    ("d", "Day"),
    ("w", "Week"),
    ("m", "Month"),
    ("x", "Select the session that has the focus"),
    ("Shift x", "Select all from the last one to it"),
    ("Esc", "Select none"),
    ("Ctrl/⌘ Z", "Undo the last change"),
    ("Ctrl/⌘ Shift Z", "Redo it"),
    ("?", "This help"),
];

/// The list of keys.
#[component]
pub fn KeyList() -> impl IntoView {
    let rows = KEYS.into_iter().map(|(key, meaning)| {
        view! { <div class="key"><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div> }.into_any()
    });
    view! { <dl class="keys">{rows.collect_view()}</dl> }.into_any()
}

/// The list in a dialog, closed until it is asked for.
#[component]
pub fn HelpDialog() -> impl IntoView {
    view! {
        <dialog id="help" class="help" aria-labelledby="help-title">
            <h2 id="help-title">"Keyboard"</h2>
            <KeyList/>
            <p><a href="/help#line">"What a line can say"</a></p>
            <form method="dialog"><button class="plain">"Close"</button></form>
        </dialog>
    }
    .into_any()
}
