//! What can be done to all sessions that are selected.

use crate::{
    components::field::{Field, Hidden},
    domain::{
        CommandId,
        form::{ADDRESS, CommandForm, SELECTION, intent},
    },
    server::{cookies, refused, state::AppState},
};
use axum::http::request::Parts;
use leptos::prelude::*;

/// The form about the selected sessions, there as long as a box is ticked. What was refused is shown
/// again as typed, with the reasons.
///
/// It is part of the document and not of the app: the same on each page, it need not weigh anything in
/// the wasm, which hears of it when it is sent.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let app: AppState = expect_context();
    let command = CommandId::new(app.clock.now());
    let (back, refused) = use_context::<Parts>().map_or_else(Default::default, |parts| {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let refused = form_urlencoded::parse(query).find(|(name, _)| name == "refused");
        let browser = cookies::browser_of(&parts.headers, app.secure_cookies);
        let refused = refused.zip(browser);
        let refused = refused
            .and_then(|((_, id), browser)| refused::COMMANDS.find(&browser, id.parse().ok()?));
        (parts.uri.path().to_owned(), refused)
    });
    let (typed, errors) = refused
        .filter(|refused| refused.form.intent == intent::ASSIGN)
        .map_or_else(Default::default, |refused| (refused.form, refused.fields));
    let CommandForm {
        project,
        tags,
        billable,
        ..
    } = typed;
    let error = |field: &str| -> Signal<Option<String>> {
        Signal::stored(errors.of(field).map(str::to_owned))
    };
    let answer = |value: &'static str, label: &'static str| {
        view! { <option value=value selected=billable == value>{label}</option> }
    };
    view! {
        <form id=SELECTION class="select-bar" method="post" action=ADDRESS aria-label="Selected sessions">
            <Hidden name="command" value=command.to_string()/>
            <Hidden name="back" value=back/>
            <p class="select-count" aria-live="polite"></p>
            <Field label="Project" name="project" value=project hint="Client/Project" list="projects" id_suffix="-all" error=error("project")/>
            <Field label="Tags" name="tags" value=tags hint="bug, review" id_suffix="-all" error=error("tags")/>
            <div class="field">
                <label for="billable-all">"Billable"</label>
                <select id="billable-all" name="form[billable]">
                    {answer("", "As it is")} {answer("yes", "Yes")} {answer("no", "No")}
                </select>
            </div>
            <button class="primary" name="form[intent]" value=intent::ASSIGN>"Apply"</button>
            <button class="plain" name="form[intent]" value=intent::DELETE_ALL>"Delete selected"</button>
            <button class="quiet" type="reset">"Clear selection"</button>
            <p class="field-hint">"An empty field changes nothing, - takes away. Another project leaves billable as it is."</p>
        </form>
    }
}
