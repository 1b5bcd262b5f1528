//! The boxes that select sessions. Which are selected is known to them alone.

use crate::domain::{
    Session,
    form::{SELECTED, SELECTION},
};
use leptos::prelude::*;

/// The box that selects a session.
pub fn select_box(session: &Session, checked: bool) -> impl IntoView {
    view! {
        <input class="row-select" type="checkbox" form=SELECTION name=SELECTED value=session.id.to_string()
            checked=checked aria-label=format!("Select {}", session.name.shown())/>
    }
    .into_any()
}
