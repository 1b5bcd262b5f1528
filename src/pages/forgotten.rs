//! The question about a session that has run for so long that it was perhaps forgotten.

use super::sheet_state::SheetState;
use crate::{
    components::flag::{FORGOTTEN_AFTER, ForgottenFlag},
    domain::form::Origin,
};
use leptos::prelude::*;

/// Asks when what runs is to be stopped, from the moment on at which it may have been forgotten.
#[component]
pub fn Forgotten(state: SheetState) -> impl IntoView {
    let running = state.running();
    let is_old = Memo::new(move |_| {
        running.with(|running| {
            running
                .as_ref()
                .is_some_and(|session| session.span.seconds(state.now().get()) >= FORGOTTEN_AFTER)
        })
    });
    move || {
        let session = is_old.get().then(|| running.get()).flatten()?;
        let sheet = state.sheet.read_untracked();
        let (settings, offsets) = (sheet.settings.clone(), sheet.overview.offsets.clone());
        let (left_at, origin) = (sheet.left_at, Origin::of(&sheet, state.is_timer()));
        let now = state.now().get_untracked();
        Some(
            view! { <ForgottenFlag session left_at settings offsets origin now refused=state.refused.into()/> }.into_any(),
        )
    }
}
