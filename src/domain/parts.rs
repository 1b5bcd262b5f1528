//! How a total divides into projects and tags.

use super::{
    catalog::{Catalog, ProjectLabel, TagLabel},
    id::{ProjectId, TagId},
    work::Work,
};
use std::{cmp::Reverse, collections::HashMap};

/// Seconds by project and by tag, the longest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// With `None` for what belongs to no project that the account knows of. They sum to the whole.
    pub projects: Vec<(Option<&'a ProjectLabel>, i64)>,
    /// A session with several tags counts for each.
    pub tags: Vec<(&'a TagLabel, i64)>,
}

impl<'a> Parts<'a> {
    /// Adds up sessions, of each what it belongs to and its seconds.
    pub fn of<'w>(sessions: impl Iterator<Item = (&'w Work, i64)>, catalog: &'a Catalog) -> Self {
        let mut projects: HashMap<Option<ProjectId>, (Option<&ProjectLabel>, i64)> = HashMap::new();
        let mut tags: HashMap<TagId, (&TagLabel, i64)> = HashMap::new();
        for (work, seconds) in sessions {
            let project = catalog.project_of(work);
            let id = project.map(|project| project.id);
            projects.entry(id).or_insert((project, 0)).1 += seconds;
            if !work.tags.is_empty() {
                for tag in &catalog.tags {
                    if tag.is_on(work) {
                        tags.entry(tag.id).or_insert((tag, 0)).1 += seconds;
                    }
                }
            }
        }
        let mut projects: Vec<_> = projects.into_values().collect();
        projects.sort_by_key(|(project, seconds)| {
            (Reverse(*seconds), project.map(|project| project.id))
        });
        let mut tags: Vec<_> = tags.into_values().collect();
        tags.sort_by_key(|(tag, seconds)| (Reverse(*seconds), tag.id));
        Self { projects, tags }
    }
}
