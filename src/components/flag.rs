//! A timer that was probably forgotten.

use super::{
    edit_form::Pick,
    field::{Field, Hidden, OriginFields},
};
use crate::domain::{
    Instant, Offsets, Refused, Seconds, Session, Settings,
    form::{ADDRESS, Origin, intent},
};
use leptos::prelude::*;

/// From this age on, in seconds, a running session is asked about.
pub const FORGOTTEN_AFTER: i64 = 8 * 3600;

/// Asks when the session really ended. Nothing is cut unless somebody chooses to.
#[component]
pub fn ForgottenFlag(
    session: Session,
    /// When the person was last there, if they have just come back.
    left_at: Option<Instant>,
    settings: Settings,
    offsets: Offsets,
    origin: Origin,
    now: Instant,
    refused: Signal<Option<Refused>>,
) -> impl IntoView {
    let since = session.span.from();
    let left_at = left_at.filter(|left_at| *left_at > since && *left_at <= now);
    let hours = Seconds(session.span.seconds(now)).spoken();
    let mine = Signal::derive(move || {
        let is_mine = |refused: &Refused| {
            refused.form.intent == intent::STOP && !refused.form.stop.is_empty()
        };
        refused.get().filter(is_mine)
    });
    let error = move |field: &'static str| {
        Signal::derive(move || mine.get()?.fields.of(field).map(str::to_owned))
    };
    let typed = mine.get_untracked().map(|refused| refused.form.stop);
    let shown = typed.unwrap_or_else(|| offsets.field(left_at.unwrap_or(now)));
    let time = offsets.time(left_at.unwrap_or(now), settings.hour_format);
    let id = session.id.to_string();
    view! {
        <aside class="flag" aria-label="Forgotten timer">
            <p>
                "“"<bdi>{session.name.shown().to_owned()}</bdi>"” has been running for "{hours}
                ". Still at it? Then leave it. If it was forgotten, say when it ended; nothing is cut by itself."
            </p>
            <form class="flag-form" method="post" action=ADDRESS>
                <OriginFields origin/>
                <Hidden name="intent" value=intent::STOP/>
                <Hidden name="session" value=id/>
                <Field label="Stop it at" name="stop" kind="datetime-local" value=shown id_suffix="-flag" error=error("stop") required=true/>
                {move || error("stop_pick").get().map(|times| view! { <Pick name="stop_pick" label="Which stop" times/> }.into_any())}
                <button class="plain">"End there"</button>
                {left_at.map(|left_at| view! {
                    <button class="plain" name="form[stop_at]" value=left_at.timestamp().to_string() formnovalidate>
                        "End at last activity, "{time}
                    </button>
                }.into_any())}
            </form>
        </aside>
    }
    .into_any()
}
