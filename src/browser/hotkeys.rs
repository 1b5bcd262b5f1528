//! Single keys as commands, except while typing.

/// A key that means something, and whether Control or Command and Shift were held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotkey {
    /// As the keyboard names it, lower case; where its letters are not Latin, as its place is named.
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
        let mut key = event.key();
        if *key > *LAST_LATIN {
            // By its place where the keyboard has other letters.
            let code = event.code();
            key = code.strip_prefix("Key").unwrap_or(&code).to_owned();
        }
        key.make_ascii_lowercase();
        let key = Hotkey {
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            key,
        };
        if !key.is_capital() && !key.is_behind_dialog() && pressed(&key) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Letters up to this one are Latin, with all their accents.
#[cfg(feature = "hydrate")]
const LAST_LATIN: &str = "\u{24f}";

#[cfg(feature = "hydrate")]
impl Hotkey {
    fn is_capital(&self) -> bool {
        self.shift && !self.control && matches!(self.key.as_bytes(), [b'a'..=b'z'])
    }

    /// Whether a dialog is open that it does not close.
    fn is_behind_dialog(&self) -> bool {
        let open = leptos::prelude::document().query_selector("dialog[open]");
        self.key != "?" && open.is_ok_and(|dialog| dialog.is_some())
    }
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
