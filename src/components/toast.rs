//! What just happened, and the way back.

use crate::domain::{Notice, form::intent};
use leptos::prelude::*;

/// The message, announced when it changes. Its button belongs to the page's row form.
#[component]
pub fn Toast(notice: Signal<Option<Notice>>) -> impl IntoView {
    let class = move || match notice.get() {
        None => "toast toast--empty",
        Some(notice) if notice.is_error => "toast toast--error",
        Some(_) => "toast",
    };
    view! {
        <div class=class role="status">
            {move || notice.get().map(|notice| {
                let label = if notice.is_undo { "Redo" } else { "Undo" };
                view! {
                    <span class="toast-text"><bdi>{notice.text}</bdi></span>
                    {notice.deleted.map(|session| view! {
                        <a class="toast-undo" rel="external" href=format!("/session/{session}")>"History"</a>
                    }.into_any())}
                    {notice.undo.map(|command| view! {
                        <button class="toast-undo" form="row" name="form[press]" value=format!("{}/{command}", intent::UNDO)>{label}</button>
                    }.into_any())}
                }
                .into_any()
            })}
        </div>
    }
    .into_any()
}
