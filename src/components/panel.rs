//! The timer: what is being worked on, for how long, and the one big button.

use super::{
    belonging::belonging,
    field::{Hidden, OriginFields},
};
use crate::browser::page;
use crate::domain::{
    Catalog, Instant, Offsets, Seconds, Session, Settings,
    entry::Entry,
    form::{ADDRESS, Origin, intent},
    history::Help,
};
use leptos::{ev::KeyboardEvent, prelude::*};

/// The panel. The name field keeps what is typed while the page refreshes around it.
#[component]
pub fn TimerPanel(
    running: Signal<Option<Session>>,
    now: Signal<Instant>,
    settings: Settings,
    offsets: Signal<Offsets>,
    origin: Origin,
    catalog: Signal<Catalog>,
    /// What stands in the name field.
    name: RwSignal<String>,
    help: Signal<Help>,
    /// Asked for as somebody types: the line, and where the caret is.
    on_type: Callback<(String, usize)>,
    /// Asked for when the field is left.
    on_leave: Callback<()>,
) -> impl IntoView {
    let is_running = Memo::new(move |_| running.with(Option::is_some));
    let elapsed = move || {
        running.with(|running| {
            running
                .as_ref()
                .map_or(0, |session| session.span.seconds(now.get()))
        })
    };
    let id = move || {
        running.with(|running| {
            running
                .as_ref()
                .map(|session| session.id.to_string())
                .unwrap_or_default()
        })
    };
    let format = settings.hour_format;
    let since = move || {
        running.with(|running| {
            running.as_ref().map(|session| {
                let time = offsets.with(|offsets| offsets.time(session.span.from(), format));
                let started = session.id;
                view! {
                    <button class="since" form="edit" name="edit" value=started.to_string() title="Change when it began">
                        "since "{time}
                    </button>
                }
                .into_any()
            })
        })
    };
    let belonging = move || {
        running.with(|running| {
            let session = running.as_ref()?;
            let work = catalog.with(|catalog| belonging(&session.work, catalog));
            Some(work.into_string())
        })
    };
    let chosen = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let pick = move |text: String| {
        name.set(text);
        open.set(false);
        chosen.set(None);
    };
    let keys = move |event: KeyboardEvent| {
        let count = help.with(|help| help.suggestions.len());
        match event.key().as_str() {
            "ArrowDown" if count > 0 => {
                event.prevent_default();
                open.set(true);
                chosen.update(|chosen| *chosen = Some(chosen.map_or(0, |at| (at + 1) % count)));
            }
            "ArrowUp" if count > 0 => {
                event.prevent_default();
                chosen.update(|chosen| {
                    *chosen = Some(chosen.map_or(count - 1, |at| (at + count - 1) % count))
                });
            }
            "Enter" if open.get_untracked() => {
                let chosen = chosen
                    .get_untracked()
                    .and_then(|at| help.with_untracked(|help| help.suggestions.get(at).cloned()));
                if let Some(suggestion) = chosen {
                    event.prevent_default();
                    pick(suggestion.line);
                }
            }
            "Escape" => open.set(false),
            _ => {}
        }
    };
    view! {
        <form class="panel" class:panel--running=is_running method="post" action=ADDRESS aria-label="Timer">
            <OriginFields origin/>
            <Hidden name="named" value="1"/>
            <Hidden name="name_was" value=running.with_untracked(Entry::of_running)/>
            <input type="hidden" name="form[session]" prop:value=id value=untrack(id)/>
            <div class="panel-name">
                <input
                    id="name"
                    name="form[name]"
                    aria-label="What are you working on?"
                    placeholder="What are you working on?"
                    autocomplete="off"
                    maxlength="500"
                    aria-autocomplete="list"
                    aria-controls="suggestions"
                    aria-describedby="preview"
                    aria-activedescendant=move || chosen.get().filter(|_| open.get()).map(|at| format!("suggestion-{at}"))
                    value=name.get_untracked()
                    prop:value=move || name.get()
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        name.set(typed.clone());
                        open.set(true);
                        chosen.set(None);
                        on_type.run((typed, page::caret(&event)));
                    }
                    on:focus=move |event| on_type.run((name.get_untracked(), page::caret(&event)))
                    on:keydown=keys
                    on:blur=move |_| { open.set(false); on_leave.run(()) }
                />
                <ul id="suggestions" class="suggestions" role="listbox" aria-label="Earlier names" hidden=move || !open.get() || help.with(|help| help.suggestions.is_empty())>
                    {move || help.get().suggestions.into_iter().enumerate().map(|(at, suggestion)| {
                        let note = (!suggestion.note.is_empty()).then(|| view! { <span class="suggestion-note"><bdi>{suggestion.note.clone()}</bdi></span> });
                        view! {
                            <li
                                id=format!("suggestion-{at}")
                                role="option"
                                aria-selected=move || if chosen.get() == Some(at) { "true" } else { "false" }
                                on:mousedown=move |event| { event.prevent_default(); pick(suggestion.line.clone()) }
                            ><bdi>{suggestion.shown.clone()}</bdi>{note}</li>
                        }
                        .into_any()
                    }).collect_view()}
                </ul>
                <div class="panel-meta">
                    {move || since()}
                    <span class="panel-belonging" inner_html=move || belonging().unwrap_or_default()></span>
                    <span id="preview" class="panel-preview" aria-live="polite">{move || help.with(|help| help.preview.clone())}</span>
                    <button class="panel-enter quiet" tabindex="-1" name="form[intent]" value=move || if is_running.get() { intent::RENAME } else { intent::START }>
                        {move || if is_running.get() { "Rename" } else { "Begin" }}
                    </button>
                </div>
            </div>
            <time class="panel-clock" role="timer" aria-label="Elapsed">{move || Seconds(elapsed()).to_string()}</time>
            {move || if is_running.get() {
                view! { <button id="start-stop" class="primary panel-button" name="form[intent]" value=intent::STOP>"Stop"</button> }.into_any()
            } else {
                view! { <button id="start-stop" class="primary panel-button" name="form[intent]" value=intent::START>"Start"</button> }.into_any()
            }}
        </form>
    }
    .into_any()
}
