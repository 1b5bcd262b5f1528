//! One labelled field of a form, with what is wrong with it; and those that nobody sees.

use crate::domain::form::Origin;
use leptos::prelude::*;

/// A text-like input. An error is announced, and the field is described by it.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    /// The form field's name, without the form around it: `start`.
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] hint: &'static str,
    /// The id of a list of values to choose from.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(into, default = Signal::stored(None))] error: Signal<Option<String>>,
    #[prop(into, default = String::new())] id_suffix: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = format!("{name}{id_suffix}");
    let described = format!("{id}-error");
    let step = (kind == "datetime-local").then_some("1");
    let input = view! {
        <input
            id=id.clone()
            name=format!("form[{name}]")
            type=kind
            step=step
            value=value
            placeholder=hint
            list=list
            autocomplete="off"
            required=required
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
        />
    };
    labelled(label, id, error, input.into_any())
}

/// The field with this id between its label and what is wrong with it.
pub fn labelled(
    label: String,
    id: String,
    error: Signal<Option<String>>,
    field: AnyView,
) -> AnyView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {field}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </div>
    }
    .into_any()
}

/// A field that people do not see.
#[component]
pub fn Hidden(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=format!("form[{name}]") value=value/> }.into_any()
}

/// The fields of the page that a form is on.
#[component]
pub fn OriginFields(origin: Origin) -> impl IntoView {
    let [(command, id), (back, address), (account, whose)] = origin.fields();
    view! {
        <Hidden name=command value=id/>
        <Hidden name=back value=address/>
        <Hidden name=account value=whose/>
    }
    .into_any()
}
