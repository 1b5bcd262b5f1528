//! What can be started again with one press, and the way to keep it there.

use super::{belonging::belonging, swatch::hue_of_details};
use crate::domain::{
    Catalog,
    favourite::{Kept, Shortcut},
    form::{ADDRESS, Origin, intent},
};
use leptos::prelude::*;
use maud::{Markup, html};

/// Where pins are set and taken off.
pub const PIN_ADDRESS: &str = "/favourites";

/// The shortcuts, written as text: nothing in them listens, and both forms are plain ones.
#[component]
pub fn Shortcuts(
    shortcuts: Memo<Vec<Shortcut>>,
    catalog: Signal<Catalog>,
    origin: Origin,
) -> impl IntoView {
    let inside = move || {
        shortcuts.with(|shortcuts| {
            catalog.with(|catalog| written(shortcuts, catalog, &origin).into_string())
        })
    };
    view! { <div class="shortcuts" inner_html=inside></div> }.into_any()
}

fn written(shortcuts: &[Shortcut], catalog: &Catalog, origin: &Origin) -> Markup {
    let hidden = |name: &str, value: &str| {
        html! { input type="hidden" name={ "form[" (name) "]" } value=(value); }
    };
    html! {
        @if !shortcuts.is_empty() {
            form #pin method="post" action=(PIN_ADDRESS) {}
            form.shortcut-list method="post" action=(ADDRESS) aria-label="Favourites" {
                @for (name, value) in origin.fields() {
                    (hidden(name, &value))
                }
                (hidden("intent", intent::START))
                (hidden("again", "1"))
                @for shortcut in shortcuts {
                    (chip(shortcut, catalog))
                }
            }
        }
    }
}

fn chip(shortcut: &Shortcut, catalog: &Catalog) -> Markup {
    let Shortcut {
        line,
        name,
        work,
        kept,
    } = shortcut;
    let (field, id, verb) = match kept {
        Kept::Pinned(favourite) => ("unpin", favourite.to_string(), "Unpin"),
        Kept::Often(session) => ("pin", session.to_string(), "Pin"),
    };
    html! {
        span.shortcut {
            button.shortcut-start name="form[name]" value=(line) title={ "Start " (line) } {
                span.{ "swatch " (hue_of_details(name, work, catalog)) } aria-hidden="true" {}
                bdi { (name.shown()) }
                span.visually-hidden { (belonging(work, catalog)) }
            }
            button.icon-button.icon-pin.{ "shortcut-" (field) } form="pin" name=(field) value=(id)
                aria-label={ (verb) " " (name.shown()) } title=(verb) {}
        }
    }
}
