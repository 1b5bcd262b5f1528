//! The field for a line: a name, and by its marks what it belongs to. While somebody types, earlier lines and what a
//! mark can mean are offered below it.

use crate::{
    browser::page,
    domain::history::{Help, Suggestion},
};
use leptos::{ev::KeyboardEvent, prelude::*};

/// A line that somebody types, and the help with it.
#[derive(Clone, Copy)]
pub struct Line {
    /// What stands in the field.
    pub text: RwSignal<String>,
    pub help: RwSignal<Help>,
    /// Asked for as somebody types: the line, and where the caret is.
    pub on_type: Callback<(String, usize)>,
}

impl Line {
    /// What is understood of the line, told as it is typed; the field with this id is described by it.
    pub fn preview(self, field: &str) -> AnyView {
        let preview = move || self.help.with(|help| help.preview.clone());
        view! { <span id=format!("{field}-preview") class="line-preview" aria-live="polite">{preview}</span> }
            .into_any()
    }
}

/// The field, with what is offered.
#[component]
pub fn LineField(
    line: Line,
    id: String,
    /// What it is called, where no label stands beside it.
    #[prop(optional)]
    label: Option<&'static str>,
    /// How many characters can be typed.
    #[prop(optional)]
    most: Option<&'static str>,
    /// What the list of offers is called.
    offers: &'static str,
    /// The ids of what describes it.
    described_by: String,
    /// What is wrong with it.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
    /// Whether the cursor stands here when it appears, which also brings it into view.
    #[prop(optional)]
    autofocus: bool,
    /// What then stands in the field, when a line is picked.
    #[prop(optional)]
    on_pick: Option<Callback<Suggestion, String>>,
    /// Asked for when the field is left.
    #[prop(optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let Line {
        text,
        help,
        on_type,
    } = line;
    let chosen = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let pick = move |at: usize| {
        let Some(picked) = help.with_untracked(|help| help.suggestions.get(at).cloned()) else {
            return;
        };
        let line = match on_pick {
            Some(on_pick) => on_pick.run(picked),
            None => picked.line,
        };
        text.set(line.clone());
        open.set(false);
        chosen.set(None);
        let end = line.encode_utf16().count();
        on_type.run((line, end));
    };
    let keys = move |event: KeyboardEvent| {
        // What is composed takes these keys for itself.
        if event.is_composing() {
            return;
        }
        let count = help.with(|help| help.suggestions.len());
        match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                open.set(true);
                if count == 0 {
                    return on_type.run((text.get_untracked(), page::caret(&event)));
                }
                chosen.update(|chosen| *chosen = Some(chosen.map_or(0, |at| (at + 1) % count)));
            }
            "ArrowUp" if count > 0 => {
                event.prevent_default();
                chosen.update(|chosen| {
                    *chosen = Some(chosen.map_or(count - 1, |at| (at + count - 1) % count))
                });
            }
            "Enter" if open.get_untracked() => {
                if let Some(at) = chosen.get_untracked() {
                    event.prevent_default();
                    pick(at);
                }
            }
            "Escape" => open.set(false),
            _ => {}
        }
    };
    let list = format!("{id}-offers");
    let option = format!("{id}-offer-");
    let active = option.clone();
    view! {
        <div class="line">
            <input
                id=id
                name="form[name]"
                aria-label=label
                placeholder=label
                autocomplete="off"
                maxlength=most
                autofocus=autofocus
                aria-autocomplete="list"
                aria-controls=list.clone()
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-activedescendant=move || chosen.get().filter(|_| open.get()).map(|at| format!("{active}{at}"))
                value=text.get_untracked()
                prop:value=move || text.get()
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    text.set(typed.clone());
                    open.set(true);
                    chosen.set(None);
                    on_type.run((typed, page::caret(&event)));
                }
                on:keydown=keys
                on:blur=move |_| {
                    open.set(false);
                    if let Some(on_leave) = on_leave {
                        on_leave.run(());
                    }
                }
            />
            <ul id=list class="suggestions" role="listbox" aria-label=offers hidden=move || !open.get() || help.with(|help| help.suggestions.is_empty())>
                {move || help.get().suggestions.into_iter().enumerate().map(|(at, suggestion)| {
                    let note = (!suggestion.note.is_empty()).then(|| view! { <span class="suggestion-note"><bdi>{suggestion.note}</bdi></span> });
                    view! {
                        <li
                            id=format!("{option}{at}")
                            role="option"
                            aria-selected=move || if chosen.get() == Some(at) { "true" } else { "false" }
                            on:mousedown=move |event| { event.prevent_default(); pick(at) }
                        ><bdi>{suggestion.shown}</bdi>{note}</li>
                    }
                    .into_any()
                }).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}
