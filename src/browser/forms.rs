//! Forms about tracked time, read as a plain browser would send them.

use crate::domain::form::CommandForm;
use leptos::ev::SubmitEvent;

/// Calls `sent` for each form of the page, before its browser sends it. Ends with the owner.
#[cfg(feature = "hydrate")]
pub fn on_submit(sent: impl Fn(&SubmitEvent) + 'static) {
    use leptos::{ev, prelude::*};

    let handle = window_event_listener(ev::submit, move |event| sent(&event));
    on_cleanup(move || handle.remove());
}

/// What a form would have sent to the server, if it is one about tracked time.
#[cfg(feature = "hydrate")]
pub fn read(event: &SubmitEvent) -> Option<CommandForm> {
    use crate::domain::form;

    let (element, data) = parts(event)?;
    element
        .get_attribute("action")
        .filter(|action| action == form::ADDRESS)?;
    let mut form = CommandForm::default();
    for (field, place) in form.fields() {
        // Of several values the last one counts: that of the button.
        let value = data.get_all(&format!("form[{field}]")).pop();
        *place = value.as_string().unwrap_or_default();
    }
    form.sessions = data.get_all(form::SELECTED).join(",").into();
    Some(form)
}

/// The value of one field, the pressed button included, of any form.
#[cfg(feature = "hydrate")]
pub fn field(event: &SubmitEvent, name: &str) -> Option<String> {
    parts(event)?.1.get(name).as_string()
}

/// Sends forms about tracked time in one piece and without waiting for an answer, so that they arrive,
/// and in order, although the page is being left.
#[cfg(feature = "hydrate")]
pub fn send_off(forms: Vec<CommandForm>) {
    let Ok(fields) = web_sys::UrlSearchParams::new() else {
        return;
    };
    for (place, mut form) in forms.into_iter().enumerate() {
        for (field, value) in form.fields() {
            if !value.is_empty() {
                fields.append(&format!("forms[{place}][{field}]"), value);
            }
        }
    }
    let navigator = leptos::prelude::window().navigator();
    let address = crate::domain::form::ADDRESS_OF_MANY;
    // Where it cannot be sent, nobody is left to be told.
    let _ = navigator.send_beacon_with_opt_url_search_params(address, Some(&fields));
}

#[cfg(feature = "hydrate")]
fn parts(event: &SubmitEvent) -> Option<(web_sys::HtmlFormElement, web_sys::FormData)> {
    use leptos::wasm_bindgen::JsCast;

    let element: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = web_sys::FormData::new_with_form(&element).ok()?;
    if let Some(button) = event.submitter()
        && let (Some(name), Some(value)) =
            (button.get_attribute("name"), button.get_attribute("value"))
    {
        data.append_with_str(&name, &value).ok()?;
    }
    Some((element, data))
}

/// Calls `sent` for each form of the page, before its browser sends it.
#[cfg(not(feature = "hydrate"))]
pub fn on_submit(_sent: impl Fn(&SubmitEvent) + 'static) {}

/// What a form would have sent to the server, if it is one about tracked time.
#[cfg(not(feature = "hydrate"))]
pub fn read(_event: &SubmitEvent) -> Option<CommandForm> {
    None
}

/// Sends forms about tracked time in one piece and without waiting for an answer.
#[cfg(not(feature = "hydrate"))]
pub fn send_off(_forms: Vec<CommandForm>) {}

/// The value of one field, the pressed button included, of any form.
#[cfg(not(feature = "hydrate"))]
pub fn field(_event: &SubmitEvent, _name: &str) -> Option<String> {
    None
}
