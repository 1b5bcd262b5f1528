//! Word between the tabs of one browser, and from the system, that something may have changed.

#[cfg(feature = "hydrate")]
use web_sys::BroadcastChannel;

/// Calls `changed` when another tab says so, and when this one is looked at again. Ends with the
/// owner.
#[cfg(feature = "hydrate")]
pub fn on_change(changed: impl Fn() + Clone + 'static) {
    use leptos::{ev, prelude::*, wasm_bindgen::JsCast, wasm_bindgen::prelude::Closure};
    use send_wrapper::SendWrapper;

    let shown = changed.clone();
    let focus = window_event_listener(ev::focus, move |_| shown());
    let online = changed.clone();
    let online = window_event_listener(ev::online, move |_| online());
    // A phone that shows the page again may give it no focus, and one kept by "back" gets none either.
    let again = changed.clone();
    let again = ["visibilitychange", "pageshow"].map(|name| {
        let again = again.clone();
        window_event_listener_untyped(name, move |_| {
            let document = document();
            if !document.hidden() && document.has_focus() != Ok(true) {
                again();
            }
        })
    });
    if let Some(channel) = channel() {
        let listener = Closure::<dyn FnMut()>::new(changed);
        let heard = listener.as_ref().unchecked_ref();
        // It fails only for a listener that is none.
        let _ = channel.add_event_listener_with_callback(MESSAGE, heard);
        let held = SendWrapper::new((channel, listener));
        on_cleanup(move || {
            let (channel, listener) = &*held;
            let heard = listener.as_ref().unchecked_ref();
            let _ = channel.remove_event_listener_with_callback(MESSAGE, heard);
        });
    }
    on_cleanup(move || {
        focus.remove();
        online.remove();
        for listener in again {
            listener.remove();
        }
    });
}

/// Tells the other tabs of this browser that something changed.
#[cfg(feature = "hydrate")]
pub fn announce() {
    if let Some(channel) = channel() {
        // A tab that cannot be told finds out when it is looked at.
        let _ = channel.post_message(&leptos::wasm_bindgen::JsValue::NULL);
    }
}

/// The one of this tab, so that it does not hear itself.
#[cfg(feature = "hydrate")]
fn channel() -> Option<BroadcastChannel> {
    thread_local! {
        static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("stint").ok();
    }
    CHANNEL.with(Clone::clone)
}

#[cfg(feature = "hydrate")]
const MESSAGE: &str = "message";

/// Calls `changed` when another tab says so, and when this one is looked at again.
#[cfg(not(feature = "hydrate"))]
pub fn on_change(_changed: impl Fn() + Clone + 'static) {}

/// Tells the other tabs of this browser that something changed.
#[cfg(not(feature = "hydrate"))]
pub fn announce() {}
