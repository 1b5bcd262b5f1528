//! The keys that work on every page, and what tells them.

use crate::browser::{hotkeys, page};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

/// Listens for the keys that lead to a view, and for the one that opens the list of all keys.
#[component]
pub fn Keys() -> impl IntoView {
    let path = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
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
                // Without a connection the way to the timer is tried like any other: by its link.
                "n" if path != "/" && !page::is_connected() => page::follow("t", path),
                "n" if path != "/" => {
                    navigate(page::TO_NAME, Default::default());
                    true
                }
                key => page::follow(key, path),
            })
        });
        page::mark_ready();
    });
}
