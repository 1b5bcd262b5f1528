//! The keys that work on every page, and what tells them.

use crate::browser::{hotkeys, page};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Listens for the keys that lead to a view, and for the one that opens the list of all keys.
#[component]
pub fn Keys() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |_| {
        hotkeys::on_press(move |hotkey| {
            if hotkey.control {
                return false;
            }
            if hotkey.key == "?" {
                page::toggle_dialog("help");
                return true;
            }
            path.with_untracked(|path| match hotkey.key.as_str() {
                // Where there are sessions, it starts and stops.
                "s" => false,
                "n" if path != "/" => page::follow_to_name(),
                key => page::follow(key, path),
            })
        });
        page::mark_ready();
    });
}
