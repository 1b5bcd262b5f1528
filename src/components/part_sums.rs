//! How the time of a period divides into projects and tags.

use crate::domain::{Instant, ProjectLabel, Seconds, Sheet, parts::Parts};
use leptos::prelude::*;
use maud::html;

/// Two lists, as far as something belongs to a project or has a tag: what belongs to none stands beside the
/// others. They count as the total does.
#[component]
pub fn PartSums(sheet: RwSignal<Sheet>, now: Signal<Instant>) -> impl IntoView {
    let inside = Memo::new(move |_| {
        sheet.with(|sheet| {
            let Parts { projects, tags } = sheet.parts(now.get());
            let has_any = projects.iter().any(|(project, _)| project.is_some());
            let projects = projects.into_iter().filter(|_| has_any);
            let by_project: Vec<_> = projects
                .map(|(project, seconds)| (name_of(project), seconds))
                .collect();
            let tags = tags.into_iter();
            let by_tag = tags
                .map(|(tag, seconds)| (format!("#{}", tag.name), seconds))
                .collect();
            let length = |seconds| Seconds(seconds).written(sheet.settings.duration_format);
            let inside = html! {
                @for (label, parts) in [("By project", by_project), ("By tag", by_tag)] {
                    @if !parts.is_empty() {
                        section.part-sums aria-label=(label) {
                            h2 { (label) }
                            ul {
                                @for (name, seconds) in parts { li { bdi { (name) } span { (length(seconds)) } } }
                            }
                        }
                    }
                }
            };
            inside.into_string()
        })
    });
    view! { <div class="parts" inner_html=move || inside.get()></div> }.into_any()
}

fn name_of(project: Option<&ProjectLabel>) -> String {
    project.map_or_else(|| "No project".to_owned(), ProjectLabel::path)
}
