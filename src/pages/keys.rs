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
            let Some(mut address) = page::shortcut(&hotkey.key) else {
                return false;
            };
            if path.with_untracked(|path| *path == address) {
                return true;
            }
            match hotkey.key.as_str() {
                // Where there are sessions, it starts and stops.
                "s" => return false,
                "n" => address.push_str(page::TO_NAME),
                _ => {}
            }
            navigate(&address, Default::default());
            true
        });
        page::mark_ready();
    });
}
