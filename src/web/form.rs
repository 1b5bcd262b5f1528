//! What the forms of plain pages are made of.

use crate::{
    domain::{FieldErrors, GuestChoice, Refusal},
    error::AppError,
};
use leptos::prelude::*;

/// What is said of one field of a form that was refused.
pub fn said_of(error: Option<&AppError>, field: &str) -> Option<String> {
    let FieldErrors(errors) = error?.fields()?;
    let found = errors.iter().find(|error| error.field == field);
    found.map(|error| error.message.clone())
}

/// What is said of the form as a whole, unless the fields in `shown` say it.
pub fn said_of_all(error: Option<&AppError>, shown: &[&str]) -> Option<String> {
    let error = error?;
    let is_shown = shown
        .iter()
        .any(|field| said_of(Some(error), field).is_some());
    (!is_shown).then(|| error.to_string())
}

/// One field, with what is wrong with it.
#[component]
pub fn Input(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(into, optional)] value: String,
    /// What browsers and password managers fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(into, optional)] hint: String,
    error: Option<String>,
    #[prop(optional)] optional: bool,
    /// Tells fields of one name apart where a page has several forms.
    #[prop(into, optional)]
    of: String,
    /// The id of a list of values to choose from.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let id = format!("{of}{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = [
        (!hint.is_empty()).then_some(hint_id.as_str()),
        error.is_some().then_some(error_id.as_str()),
    ];
    let described: Vec<_> = described.into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.is_some().then_some("true");
    let hint = (!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> });
    let error =
        error.map(|error| view! { <p class="field-error" id=error_id role="alert">{error}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input id=id name=name type=kind value=value required=!optional list=list autocomplete=autocomplete
                autocapitalize="none" spellcheck="false" aria-invalid=invalid aria-describedby=described/>
            {hint}
            {error}
        </div>
    }
}

/// The password that is asked for before something that cannot be taken back.
#[component]
pub fn CurrentPassword(of: &'static str, error: Option<String>) -> impl IntoView {
    view! { <Input label="Your password" name="password" of=of kind="password" autocomplete="current-password" error=error/> }
}

/// The field for a code of an authenticator app, folded away until it is needed.
#[component]
pub fn CodeField(error: Option<AppError>) -> impl IntoView {
    let needed = matches!(error, Some(AppError::CodeNeeded | AppError::WrongCode));
    let said = needed
        .then(|| error.map(|error| error.to_string()))
        .flatten();
    view! {
        <details class="code-field" open=needed>
            <summary>"I use an authenticator app"</summary>
            <Input label="Code of the app, or a recovery code" name="second_code" autocomplete="one-time-code" error=said optional=true/>
        </details>
    }
}

/// What becomes of the sessions, and all else, of a browser that nobody has put a name to.
#[component]
pub fn GuestField(chosen: Option<GuestChoice>, error: Option<String>) -> impl IntoView {
    let error =
        error.map(|_| view! { <p class="field-error" role="alert">"Choose one of the two."</p> });
    view! {
        <fieldset class="choice">
            <legend>"There are sessions or other things in this browser that belong to no account yet."</legend>
            <label><input type="radio" name="guest" value="bring" required checked=chosen == Some(GuestChoice::Bring)/>"Bring them along into my account"</label>
            <label><input type="radio" name="guest" value="leave" checked=chosen == Some(GuestChoice::Leave)/>"Leave them behind; this browser no longer shows them"</label>
            {error}
        </fieldset>
    }
}

/// What is wrong with a form as a whole.
#[component]
pub fn Alert(message: Option<String>) -> impl IntoView {
    message.map(|message| view! { <p class="form-alert" role="alert">{message}</p> })
}

const NOTHING: &str = "There is nothing here";

/// The heading of a page that says what went wrong.
pub fn title_of(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound | AppError::Refused(Refusal::NotFound) => NOTHING,
        _ => "That did not work",
    }
}

/// What went wrong, in place of a page. Whoever is not signed in may see more after it.
pub fn message(error: &AppError, is_signed_in: bool) -> impl IntoView + use<> {
    let title = title_of(error);
    let hint = (title == NOTHING && !is_signed_in).then(|| {
        view! { <p>"If it is shared with you, " <a href="/sign-in">"sign in"</a> " first."</p> }
    });
    view! {
        <main class="sheet error-page">
            <h1>{title}</h1>
            <p>{error.to_string()}</p>
            {hint}
            <p><a class="primary" href="/">"Back to the timer"</a></p>
        </main>
    }
}
