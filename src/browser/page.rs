//! The document around the app: its icon, its elements by id, its zone.

/// The browser's IANA time zone.
#[cfg(feature = "hydrate")]
pub fn time_zone() -> Option<String> {
    use leptos::wasm_bindgen::JsValue;

    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new())
        .resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()?
        .as_string()
}

/// Shows another icon for the tab.
#[cfg(feature = "hydrate")]
pub fn set_icon(address: &str) {
    use leptos::prelude::document;

    // Of several icons the last one counts.
    let last = "link[rel=icon]:not(:has(~ link[rel=icon]))";
    if let Ok(Some(link)) = document().query_selector(last) {
        // A tab with the old icon is still a good tab.
        let _ = link.set_attribute("href", address);
    }
}

/// Where the caret stands in the field that an event is about, in UTF-16 code units.
#[cfg(feature = "hydrate")]
pub fn caret(event: &leptos::web_sys::Event) -> usize {
    use leptos::wasm_bindgen::JsCast;

    let field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let caret = field.and_then(|field| field.selection_start().ok().flatten());
    caret.map_or(0, |caret| caret as usize)
}

/// What was typed into a field since it came, or the value of a box that was ticked or cleared.
#[cfg(feature = "hydrate")]
pub fn typed(id: &str) -> Option<String> {
    let input = input(id)?;
    let value = input.value();
    let is_ticked = input.checked() != input.default_checked();
    (is_ticked || value != input.default_value()).then_some(value)
}

/// What stands in a field.
#[cfg(feature = "hydrate")]
pub fn value(id: &str) -> Option<String> {
    Some(input(id)?.value())
}

/// Writes into a field, like somebody who types.
#[cfg(feature = "hydrate")]
pub fn fill(id: &str, text: &str) {
    if let Some(input) = input(id) {
        input.set_value(text);
    }
}

#[cfg(feature = "hydrate")]
fn input(id: &str) -> Option<web_sys::HtmlInputElement> {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the cursor into a field and selects what is in it.
#[cfg(feature = "hydrate")]
pub fn focus(id: &str) {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    }
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Brings an element into view, if it is there.
#[cfg(feature = "hydrate")]
pub fn reveal(id: &str) -> bool {
    let element = leptos::prelude::document().get_element_by_id(id);
    if let Some(element) = &element {
        element.scroll_into_view_with_bool(false);
    }
    element.is_some()
}

/// Presses a button.
#[cfg(feature = "hydrate")]
pub fn press(id: &str) {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    if let Some(button) = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        button.click();
    }
}

/// Puts the fields of a form back as they came, the boxes included that belong to it from elsewhere.
#[cfg(feature = "hydrate")]
pub fn reset(id: &str) {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    if let Some(form) = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlFormElement>().ok())
    {
        form.reset();
    }
}

/// The address of the name field.
#[cfg(feature = "hydrate")]
const TO_NAME: &str = "/#name";

/// Whether this address sends to the name field.
#[cfg(feature = "hydrate")]
pub fn is_sent_to_name() -> bool {
    leptos::prelude::location().hash().as_deref() == Ok(&TO_NAME[1..])
}

/// The link whose shortcut is this key.
#[cfg(feature = "hydrate")]
fn link_of(key: &str) -> Option<web_sys::HtmlElement> {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    // Whatever else a key is called is no selector, and no shortcut.
    let link = document().query_selector(&format!("a[aria-keyshortcuts~=\"{key}\"]"));
    link.ok().flatten()?.dyn_into().ok()
}

/// Presses the link whose shortcut is this key, unless it leads to where `here` is. Whether there is one.
#[cfg(feature = "hydrate")]
pub fn follow(key: &str, here: &str) -> bool {
    let link = link_of(key);
    if let Some(link) = &link
        && link.get_attribute("href").as_deref() != Some(here)
    {
        link.click();
    }
    link.is_some()
}

/// Presses the link to the timer, which for once leads to the name field there. Whether there is one.
#[cfg(feature = "hydrate")]
pub fn follow_to_name() -> bool {
    let link = link_of("t");
    if let Some(link) = &link
        && let Some(usual) = link.get_attribute("href")
    {
        // An attribute of that name can be set.
        let _ = link.set_attribute("href", TO_NAME);
        link.click();
        let _ = link.set_attribute("href", &usual);
    }
    link.is_some()
}

/// Opens the dialog with this id, or closes it when it is open.
#[cfg(feature = "hydrate")]
pub fn toggle_dialog(id: &str) {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    let dialog = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok());
    match dialog {
        Some(dialog) if dialog.open() => dialog.close(),
        // It was closed a line ago.
        Some(dialog) => drop(dialog.show_modal()),
        None => {}
    }
}

/// Calls `leaving` when the page is left, be it for another one. Ends with the owner.
#[cfg(feature = "hydrate")]
pub fn on_leave(leaving: impl Fn() + 'static) {
    use leptos::prelude::*;

    let handle = window_event_listener_untyped("pagehide", move |_| leaving());
    on_cleanup(move || handle.remove());
}

/// Tells the page, and whoever tests it, that it now reacts without the server.
#[cfg(feature = "hydrate")]
pub fn mark_ready() {
    use leptos::prelude::document;

    if let Some(root) = document().document_element() {
        // Only a hint for others; nothing of ours depends on it.
        let _ = root.set_attribute("data-ready", "");
    }
}

/// The browser's IANA time zone.
#[cfg(not(feature = "hydrate"))]
pub fn time_zone() -> Option<String> {
    None
}

/// Shows another icon for the tab.
#[cfg(not(feature = "hydrate"))]
pub fn set_icon(_address: &str) {}

/// Where the caret stands in the field that an event is about, in UTF-16 code units.
#[cfg(not(feature = "hydrate"))]
pub fn caret(_event: &leptos::web_sys::Event) -> usize {
    0
}

/// What was typed into a field since it came, or the value of a box that was ticked or cleared.
#[cfg(not(feature = "hydrate"))]
pub fn typed(_id: &str) -> Option<String> {
    None
}

/// What stands in a field.
#[cfg(not(feature = "hydrate"))]
pub fn value(_id: &str) -> Option<String> {
    None
}

/// Writes into a field, like somebody who types.
#[cfg(not(feature = "hydrate"))]
pub fn fill(_id: &str, _text: &str) {}

/// Brings an element into view, if it is there.
#[cfg(not(feature = "hydrate"))]
pub fn reveal(_id: &str) -> bool {
    false
}

/// Puts the cursor into a field and selects what is in it.
#[cfg(not(feature = "hydrate"))]
pub fn focus(_id: &str) {}

/// Presses a button.
#[cfg(not(feature = "hydrate"))]
pub fn press(_id: &str) {}

/// Puts the fields of a form back as they came.
#[cfg(not(feature = "hydrate"))]
pub fn reset(_id: &str) {}

/// Whether this address sends to the name field.
#[cfg(not(feature = "hydrate"))]
pub fn is_sent_to_name() -> bool {
    false
}

/// Presses the link whose shortcut is this key, unless it leads to where `here` is. Whether there is one.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_key: &str, _here: &str) -> bool {
    false
}

/// Presses the link to the timer, which for once leads to the name field there. Whether there is one.
#[cfg(not(feature = "hydrate"))]
pub fn follow_to_name() -> bool {
    false
}

/// Opens the dialog with this id, or closes it when it is open.
#[cfg(not(feature = "hydrate"))]
pub fn toggle_dialog(_id: &str) {}

/// Calls `leaving` when the page is left, be it for another one.
#[cfg(not(feature = "hydrate"))]
pub fn on_leave(_leaving: impl Fn() + 'static) {}

/// Tells the page, and whoever tests it, that it now reacts without the server.
#[cfg(not(feature = "hydrate"))]
pub fn mark_ready() {}
