//! How a total divides into projects and tags.

use super::{
    catalog::{Catalog, ProjectLabel, TagLabel},
    work::Work,
};
use std::cmp::Reverse;

/// Seconds by project and by tag, the longest first, and by name where they are equal.
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
        let Catalog { projects, tags } = catalog;
        // One place for each, none for what has no session; the last is for those without a project.
        let mut of_projects = vec![None; projects.len() + 1];
        let mut of_tags = vec![None; tags.len()];
        let add = |sum: &mut Option<i64>, seconds| *sum = Some(sum.unwrap_or(0) + seconds);
        for (work, seconds) in sessions {
            let mut known = projects.iter();
            let place = known.position(|project| Some(project.id) == work.project);
            add(&mut of_projects[place.unwrap_or(projects.len())], seconds);
            if !work.tags.is_empty() {
                for (tag, sum) in tags.iter().zip(&mut of_tags) {
                    if tag.is_on(work) {
                        add(sum, seconds);
                    }
                }
            }
        }
        let of_projects = longest_first(of_projects).into_iter();
        let of_tags = longest_first(of_tags).into_iter();
        Self {
            projects: of_projects
                .map(|(Reverse(seconds), place)| (projects.get(place), seconds))
                .collect(),
            tags: of_tags
                .map(|(Reverse(seconds), place)| (&tags[place], seconds))
                .collect(),
        }
    }
}

/// The sums that there are, with their places.
fn longest_first(sums: Vec<Option<i64>>) -> Vec<(Reverse<i64>, usize)> {
    let places = sums.into_iter().enumerate();
    let known = places.filter_map(|(place, sum)| Some((Reverse(sum?), place)));
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    known
}
