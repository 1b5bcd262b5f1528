//! Word between the tabs of one browser, and from the system, that something may have changed.

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
    if let Ok(channel) = web_sys::BroadcastChannel::new(NAME) {
        let listener = Closure::<dyn FnMut()>::new(changed);
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let held = SendWrapper::new((channel, listener));
        on_cleanup(move || held.0.close());
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
    if let Ok(channel) = web_sys::BroadcastChannel::new(NAME) {
        // A tab that cannot be told finds out when it is looked at.
        let _ = channel.post_message(&leptos::wasm_bindgen::JsValue::NULL);
        channel.close();
    }
}

#[cfg(feature = "hydrate")]
const NAME: &str = "stint";

/// Calls `changed` when another tab says so, and when this one is looked at again.
#[cfg(not(feature = "hydrate"))]
pub fn on_change(_changed: impl Fn() + Clone + 'static) {}

/// Tells the other tabs of this browser that something changed.
#[cfg(not(feature = "hydrate"))]
pub fn announce() {}
