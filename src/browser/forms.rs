//! Forms about tracked time, read as a plain browser would send them.

use crate::domain::form::CommandForm;
use leptos::ev::SubmitEvent;

/// What a form would have sent to the server, if it is one about tracked time.
#[cfg(feature = "hydrate")]
pub fn read(event: &SubmitEvent) -> Option<CommandForm> {
    use crate::{domain::form, wire::TextJson};
    use leptos::server_fn::{Decodes, Encodes};

    let (element, data) = parts(event)?;
    element
        .get_attribute("action")
        .filter(|action| action == form::ADDRESS)?;
    // A field is called `form[name]`.
    let fields = data.entries().into_iter().filter_map(|entry| {
        let entry = js_sys::Array::from(&entry.ok()?);
        let name = entry.get(0).as_string()?;
        let name = name.strip_prefix("form[")?.strip_suffix(']')?;
        Some((name.to_owned(), entry.get(1).as_string()?))
    });
    let fields: std::collections::BTreeMap<String, String> = fields.collect();
    TextJson::decode(TextJson::encode(&fields).ok()?).ok()
}

/// The value of one field, the pressed button included, of any form.
#[cfg(feature = "hydrate")]
pub fn field(event: &SubmitEvent, name: &str) -> Option<String> {
    parts(event)?.1.get(name).as_string()
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

/// What a form would have sent to the server, if it is one about tracked time.
#[cfg(not(feature = "hydrate"))]
pub fn read(_event: &SubmitEvent) -> Option<CommandForm> {
    None
}

/// The value of one field, the pressed button included, of any form.
#[cfg(not(feature = "hydrate"))]
pub fn field(_event: &SubmitEvent, _name: &str) -> Option<String> {
    None
}
