//! The keys that work on every page, and what tells them.

use crate::{
    browser::{hotkeys, page},
    components::help::HelpDialog,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

/// Listens for the keys that lead to a view, and holds the list of all keys.
#[component]
pub fn Keys() -> impl IntoView {
    let path = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        hotkeys::on_press(move |hotkey| {
            let address = match (hotkey.key.as_str(), hotkey.control) {
                ("?", false) => {
                    page::toggle_dialog("help");
                    return true;
                }
                ("n" | "s" | "t", false) => "/",
                ("d", false) => "/day",
                ("w", false) => "/week",
                ("m", false) => "/month",
                _ => return false,
            };
            if path.with_untracked(|path| path != address) {
                navigate(address, Default::default());
            }
            true
        });
        page::mark_ready();
    });
    view! { <HelpDialog/> }
}
