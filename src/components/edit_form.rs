//! The form of one session: add one by hand, or edit one.

use super::{
    field::{Field, Hidden, OriginFields, labelled},
    line::{Line, LineField},
};
use crate::browser::page;
use crate::domain::{
    Catalog, Offsets, ProjectLabel, Refused, Session,
    entry::Entry,
    form::{ADDRESS, CommandForm, Origin, intent},
    history::Suggestion,
};
use leptos::prelude::*;

/// Name, start, stop and duration. `session` is the one to edit; without it one is added. What was
/// refused is shown again as typed, with the reasons.
#[component]
pub fn EditForm(
    #[prop(optional_no_strip)] session: Option<Session>,
    offsets: Offsets,
    catalog: Catalog,
    origin: Origin,
    refused: Signal<Option<Refused>>,
    /// Makes the line of the field with an id, of what stands in it at first.
    line: fn(&str, String) -> Line,
    on_cancel: Callback<()>,
) -> impl IntoView {
    let subject = session
        .as_ref()
        .map(|session| session.id.to_string())
        .unwrap_or_default();
    let mine = {
        let subject = subject.clone();
        let kind = if session.is_some() {
            intent::EDIT
        } else {
            intent::ADD
        };
        Signal::derive(move || {
            refused
                .get()
                .filter(|refused| refused.form.intent == kind && refused.form.session == subject)
        })
    };
    let error = move |field: &'static str| {
        Signal::derive(move || {
            mine.with(|refused| refused.as_ref()?.fields.of(field).map(str::to_owned))
        })
    };
    let typed = mine.get_untracked().map(|refused| refused.form);
    let start = session.as_ref().map(|session| session.span.from());
    let stop = session.as_ref().and_then(|session| session.span.to());
    let running = session.as_ref().is_some_and(Session::is_running);
    let shown = |at: Option<_>| at.map(|at| offsets.field(at)).unwrap_or_default();
    let CommandForm {
        name: name_value,
        start: start_value,
        stop: stop_value,
        duration: duration_value,
        project: project_value,
        tags: tags_value,
        billable: billable_value,
        project_was,
        tags_was,
        billable_was,
        ..
    } = typed.unwrap_or_else(|| {
        let as_is = session
            .as_ref()
            .map(|session| filled_in(session, &catalog))
            .unwrap_or_default();
        CommandForm {
            start: shown(start),
            stop: shown(stop),
            ..as_is
        }
    });
    let seconds = |at: Option<crate::domain::Instant>| {
        at.map(|at| at.timestamp().to_string()).unwrap_or_default()
    };
    let label = match &session {
        Some(session) => format!("Edit {}", session.name.shown()),
        None => "Add session".to_owned(),
    };
    let suffix = if subject.is_empty() {
        "-new".to_owned()
    } else {
        format!("-{subject}")
    };
    let name_id = format!("name{suffix}");
    let version = session
        .as_ref()
        .map(|session| session.version.to_string())
        .unwrap_or_default();
    let version = move || match mine.get() {
        Some(refused) => refused.form.version,
        None => version.clone(),
    };
    let history = session
        .as_ref()
        .map(|session| format!("/session/{}", session.id));
    view! {
        <form class="edit" method="post" action=ADDRESS aria-label=label>
            <OriginFields origin=origin.clone()/>
            <Hidden name="intent" value=if session.is_some() { intent::EDIT } else { intent::ADD }/>
            <Hidden name="session" value=subject/>
            <input type="hidden" name="form[version]" value=version/>
            <Hidden name="start_was" value=seconds(start)/>
            <Hidden name="stop_was" value=seconds(stop)/>
            {name_field(line(&name_id, name_value), suffix.clone(), error("name"))}
            <Hidden name="detailed" value="1"/>
            <Hidden name="project_was" value=project_was/>
            <Hidden name="tags_was" value=tags_was/>
            <Hidden name="billable_was" value=billable_was/>
            <div class="edit-times">
                <Field label="Project" name="project" value=project_value hint="Client/Project" list="projects" id_suffix=suffix.clone() error=error("project")/>
                <Field label="Tags" name="tags" value=tags_value hint="bug, review" id_suffix=suffix.clone() error=error("tags")/>
                <label class="edit-billable"><input id=format!("billable{suffix}") type="checkbox" name="form[billable]" value="1" checked=!billable_value.is_empty()/>"Billable"</label>
            </div>
            <div class="edit-times">
                <div class="edit-time">
                    <Field label="Start" name="start" kind="datetime-local" value=start_value id_suffix=suffix.clone() error=error("start")/>
                    {move || error("start_pick").get().map(|times| view! { <Pick name="start_pick" label="Which start" times/> }.into_any())}
                </div>
                <div class="edit-time">
                    <Field
                        label="Stop"
                        name="stop"
                        kind="datetime-local"
                        value=stop_value
                        id_suffix=suffix.clone()
                        error=error("stop")
                    />
                    {move || error("stop_pick").get().map(|times| view! { <Pick name="stop_pick" label="Which stop" times/> }.into_any())}
                </div>
                <Field
                    label="Duration"
                    name="duration"
                    value=duration_value
                    hint="1:30, 90m, 1.5h"
                    id_suffix=suffix
                    error=error("duration")
                />
            </div>
            <p class="edit-hint">
                {if running {
                    "Leave Stop empty to keep it running."
                } else {
                    "Give start and stop, or one of them and a duration."
                }}
            </p>
            <p class="field-error" role="alert">
                {move || mine.get().filter(|refused| refused.fields.0.is_empty() || refused.fields.of("form").is_some()).map(|refused| refused.message)}
            </p>
            <div class="edit-buttons">
                <button class="primary">"Save"</button>
                <a class="plain" href=origin.back on:click=move |event| { event.prevent_default(); on_cancel.run(()) }>"Cancel"</a>
                {history.map(|address| view! { <a class="quiet" href=address rel="external">"History"</a> }.into_any())}
            </div>
        </form>
    }
    .into_any()
}

/// The name, which is a line like the one at the top.
fn name_field(line: Line, suffix: String, error: Signal<Option<String>>) -> AnyView {
    let id = format!("name{suffix}");
    let preview = line.preview(&id);
    let described_by = format!("{id}-error {id}-preview");
    let on_pick = Callback::new(move |picked: Suggestion| {
        if !picked.project.is_empty() {
            page::fill(&format!("project{suffix}"), &picked.project);
        }
        if !picked.tags.is_empty() {
            let tags = format!("tags{suffix}");
            // One that is there already is no other one.
            let there = page::value(&tags).filter(|there| !there.is_empty());
            let all = there.map_or(String::new(), |there| there + ", ") + &picked.tags;
            page::fill(&tags, &all);
        }
        picked.name
    });
    let field = view! {
        <LineField line id=id.clone() offers="Earlier sessions" described_by error autofocus=true on_pick/>
    };
    labelled(
        "Name".to_owned(),
        id,
        error,
        view! { <div>{field}{preview}</div> }.into_any(),
    )
}

/// What the fields say of a session as it is, but for its times.
fn filled_in(session: &Session, catalog: &Catalog) -> CommandForm {
    let project = catalog.project_of(&session.work);
    let project = project.map(ProjectLabel::path).unwrap_or_default();
    let tags: Vec<&str> = catalog
        .tags_of(&session.work)
        .map(|tag| tag.name.as_str())
        .collect();
    let tags = tags.join(", ");
    let billable = if session.work.billable { "1" } else { "" };
    CommandForm {
        name: Entry::of_name(&session.name),
        project_was: project.clone(),
        project,
        tags_was: tags.clone(),
        tags,
        billable_was: billable.to_owned(),
        billable: billable.to_owned(),
        ..CommandForm::default()
    }
}

/// Which of two moments is meant where the clocks were changed.
#[component]
pub fn Pick(
    name: &'static str,
    label: &'static str,
    /// Both, as the server shows them, apart by a slash.
    times: String,
) -> impl IntoView {
    let (earlier, later) = times.split_once('/').unwrap_or_default();
    let (earlier, later) = (earlier.to_owned(), later.to_owned());
    view! {
        <fieldset class="pick">
            <legend>{label}</legend>
            <label><input type="radio" name=format!("form[{name}]") value="earlier" checked/>"The earlier one, "{earlier}</label>
            <label><input type="radio" name=format!("form[{name}]") value="later"/>"The later one, "{later}</label>
        </fieldset>
    }
    .into_any()
}
