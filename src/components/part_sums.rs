//! How the time of a period divides into projects and tags.

use crate::domain::{Instant, PartSum, Seconds, Sheet, session::whole_second};
use leptos::prelude::*;
use maud::html;

/// Two lists, as far as there is something to list. What runs goes on counting.
#[component]
pub fn PartSums(sheet: RwSignal<Sheet>, now: Signal<Instant>) -> impl IntoView {
    let inside = move || {
        sheet.with(|sheet| {
            let since = (now.get() - whole_second(sheet.now)).num_seconds();
            let length = |part: &PartSum| {
                let live = if part.runs { since } else { 0 };
                Seconds(part.seconds + live).written(sheet.settings.duration_format)
            };
            let lists = [("By project", &sheet.by_project), ("By tag", &sheet.by_tag)];
            let inside = html! {
                @for (label, parts) in lists {
                    @if !parts.is_empty() {
                        section.part-sums aria-label=(label) {
                            h2 { (label) }
                            ul {
                                @for part in parts { li { bdi { (part.name) } span { (length(part)) } } }
                            }
                        }
                    }
                }
            };
            inside.into_string()
        })
    };
    view! { <div class="parts" inner_html=inside></div> }.into_any()
}
