//! What a session belongs to, in a line.

use crate::domain::{Catalog, Work};
use leptos::prelude::*;

/// Project, tags, and a sign where somebody pays; nothing for a session without any of them.
#[component]
pub fn Belonging<'a>(work: &'a Work, catalog: &'a Catalog) -> impl IntoView {
    let project = catalog.project_of(work);
    let tags: Vec<String> = catalog
        .tags_of(work)
        .map(|tag| format!("#{}", tag.name))
        .collect();
    let is_shown = project.is_some() || !tags.is_empty() || work.billable;
    let project = project.map(|project| {
        view! { <span class="belonging-project"><bdi>{project.path()}</bdi></span> }
    });
    is_shown.then(|| {
        view! {
            <span class="belonging">
                {project}
                {tags.into_iter().map(|tag| view! { <span class="belonging-tag"><bdi>{tag}</bdi></span> }).collect_view()}
                {work.billable.then(|| view! { <span class="belonging-billable" title="Billable"><span aria-hidden="true">"$"</span><span class="visually-hidden">"Billable"</span></span> })}
            </span>
        }
        .into_any()
    })
}
