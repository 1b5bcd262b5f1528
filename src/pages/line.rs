//! Help with a line, from the server.

use crate::{
    browser::page, components::line::Line, domain::history::Help, server_fns::tracking::suggest,
};
use leptos::{prelude::*, task::spawn_local};

/// The line of the field with this id: what was typed there before the page was woken, or `text`. A time is read from
/// it unless `is_untimed`.
pub fn line(id: &str, text: String, is_untimed: Signal<bool>) -> Line {
    let text = RwSignal::new(page::typed(id).unwrap_or(text));
    let help = RwSignal::new(Help::default());
    let on_type = Callback::new(move |(typed, caret): (String, usize)| {
        let is_untimed = is_untimed.get_untracked();
        spawn_local(async move {
            // Without help the field is still a field.
            let found = suggest(typed.clone(), caret, is_untimed).await;
            // Answers may overtake each other; only that for what stands there now counts.
            if text.try_get_untracked().is_some_and(|now| now == typed) {
                help.try_set(found.unwrap_or_default());
            }
        });
    });
    Line {
        text,
        help,
        on_type,
    }
}
