//! What the work of a period comes to.

use crate::domain::{Sheet, Worth};
use leptos::prelude::*;

/// The amounts and how time was rounded for them, where the account's work is paid. The words come with
/// the sheet: what a command changes of them is known when the server has answered.
#[component]
pub fn WorthLine(sheet: RwSignal<Sheet>) -> impl IntoView {
    let line = |Worth { amounts, rounding }| {
        view! {
            <p class="worth">
                <strong>{amounts}</strong>" "{rounding}" "<a href="/rates" rel="external">"Rates"</a>
            </p>
        }
    };
    (move || sheet.with(|sheet| sheet.worth.clone()).map(line)).into_any()
}
