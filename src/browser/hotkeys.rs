//! Single keys as commands, except while typing.

/// A key that means something, and whether Control or Command and Shift were held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotkey {
    /// As the keyboard names it, lower case.
    pub key: String,
    pub control: bool,
    pub shift: bool,
}

/// Calls `pressed` for each key, unless a field has the focus. Answer whether the key was used: the
/// browser's own meaning is then suppressed. Ends with the owner.
#[cfg(feature = "hydrate")]
pub fn on_press(pressed: impl Fn(&Hotkey) -> bool + 'static) {
    use leptos::{ev, prelude::*};

    let handle = window_event_listener(ev::keydown, move |event| {
        if event.alt_key() || event.is_composing() || event.repeat() || typing() {
            return;
        }
        let key = Hotkey {
            key: event.key().to_ascii_lowercase(),
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
        };
        if pressed(&key) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether a field has the focus that takes letters.
#[cfg(feature = "hydrate")]
fn typing() -> bool {
    let focused = leptos::prelude::document().active_element();
    let letters = "input:not([type=checkbox]),textarea,select";
    focused.is_some_and(|element| element.matches(letters) == Ok(true))
}

/// Calls `pressed` for each key, unless a field has the focus.
#[cfg(not(feature = "hydrate"))]
pub fn on_press(_pressed: impl Fn(&Hotkey) -> bool + 'static) {}
