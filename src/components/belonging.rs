//! What a session belongs to, in a line.

use crate::domain::{Catalog, Work};
use maud::{Markup, html};

/// Project, tags, and a sign where somebody pays; nothing for a session without any of them.
pub fn belonging(work: &Work, catalog: &Catalog) -> Markup {
    let project = catalog.project_of(work);
    let is_shown = project.is_some() || !work.tags.is_empty() || work.billable;
    html! {
        @if is_shown {
            span.belonging {
                @if let Some(project) = project {
                    span.belonging-project { bdi { (project.path()) } }
                }
                @for tag in catalog.tags_of(work) {
                    span.belonging-tag { bdi { "#" (tag.name) } }
                }
                @if work.billable {
                    span.belonging-billable title="Billable" {
                        span aria-hidden="true" { "$" }
                        span.visually-hidden { "Billable" }
                    }
                }
            }
        }
    }
}
