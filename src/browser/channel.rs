//! Word between the tabs of one browser, and from the system, that something may have changed. `sheet.js`
//! carries it.

/// Calls `changed` when another tab says so, and when this one is looked at again. Ends with the
/// owner.
#[cfg(feature = "hydrate")]
pub fn on_change(changed: impl Fn() + 'static) {
    use leptos::prelude::*;

    let handle = window_event_listener_untyped("look", move |_| changed());
    on_cleanup(move || handle.remove());
}

/// Tells the other tabs of this browser that something changed.
#[cfg(feature = "hydrate")]
pub fn announce() {
    if let Ok(event) = web_sys::Event::new("changed") {
        // A tab that cannot be told finds out when it is looked at.
        let _ = leptos::prelude::window().dispatch_event(&event);
    }
}

/// Calls `changed` when another tab says so, and when this one is looked at again.
#[cfg(not(feature = "hydrate"))]
pub fn on_change(_changed: impl Fn() + 'static) {}

/// Tells the other tabs of this browser that something changed.
#[cfg(not(feature = "hydrate"))]
pub fn announce() {}
