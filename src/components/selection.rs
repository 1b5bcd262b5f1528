//! The boxes that select sessions. Which are selected is known to them alone.

use crate::domain::{
    Session,
    form::{SELECTED, SELECTION},
};
use maud::{Markup, html};

/// The box that selects a session.
pub fn select_box(session: &Session, checked: bool) -> Markup {
    html! {
        input.row-select type="checkbox" form=(SELECTION) name=(SELECTED) value=(session.id)
            checked[checked] aria-label={ "Select " (session.name.shown()) };
    }
}
