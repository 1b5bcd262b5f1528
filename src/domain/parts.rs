//! How a total divides into projects and tags.

use super::{
    catalog::{Catalog, ProjectLabel, TagLabel},
    work::Work,
};
use std::cmp::Reverse;

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
        // One place for each, none for what has no session; the last is for those without a project.
        let mut projects = vec![None; catalog.projects.len() + 1];
        let mut tags = vec![None; catalog.tags.len()];
        let add = |sum: &mut Option<i64>, seconds| *sum = Some(sum.unwrap_or(0) + seconds);
        for (work, seconds) in sessions {
            let mut known = catalog.projects.iter();
            let place = known.position(|project| Some(project.id) == work.project);
            add(
                &mut projects[place.unwrap_or(catalog.projects.len())],
                seconds,
            );
            if !work.tags.is_empty() {
                for (tag, sum) in catalog.tags.iter().zip(&mut tags) {
                    if tag.is_on(work) {
                        add(sum, seconds);
                    }
                }
            }
        }
        let labels = catalog.projects.iter().map(Some).chain([None]);
        let mut projects = summed(labels, projects);
        let mut tags = summed(catalog.tags.iter(), tags);
        projects.sort_by_key(|(project, seconds)| {
            (Reverse(*seconds), project.map(|project| project.id))
        });
        tags.sort_by_key(|(tag, seconds)| (Reverse(*seconds), tag.id));
        Self { projects, tags }
    }
}

/// Those that have a sum.
fn summed<T>(labels: impl Iterator<Item = T>, sums: Vec<Option<i64>>) -> Vec<(T, i64)> {
    let known = labels.zip(sums);
    known
        .filter_map(|(label, sum)| Some((label, sum?)))
        .collect()
}
