//! What a form says that shows project, tags and billable.

use super::{CommandForm, intent};
use crate::domain::{
    entry::Entry,
    field::FieldErrors,
    naming::{self, Naming},
};
use std::{mem, slice};

impl CommandForm {
    /// Makes a form that edits a session one that adds another, with all that is typed there.
    pub fn begin_anew(&mut self) {
        self.intent = intent::ADD.to_owned();
        self.session.clear();
        self.project_was.clear();
        self.tags_was.clear();
        self.billable_was.clear();
    }

    /// What was changed. What stands there as it was filled in says nothing: names are less than what
    /// they stand for, since a project may be archived, left, or one of two that are called the same,
    /// and a session that comes into a project is as billable as that is.
    pub(super) fn naming_of_details(&self) -> Result<Naming, FieldErrors> {
        let project = match self.project.trim() {
            typed if typed == self.project_was => None,
            typed => Some(naming::read_project(typed)?),
        };
        let typed = self.tags.trim();
        let behind = typed.strip_prefix(&self.tags_was).map(str::trim_start);
        let (tags, more_tags) = match behind {
            Some(more) if more.is_empty() || more.starts_with(',') => {
                (None, naming::read_tags(more)?)
            }
            _ => (Some(naming::read_tags(typed)?), Vec::new()),
        };
        let (ticked, was_ticked) = (!self.billable.is_empty(), !self.billable_was.is_empty());
        Ok(Naming {
            project,
            tags,
            more_tags,
            billable: (ticked != was_ticked).then(|| ticked.into()),
        })
    }
}

/// What stands in the fields for name, project and tags once `line` was picked as the name: its project is the project
/// and its tags are added, as far as these fields can say so; the rest is the name. A line that ends with a client, for
/// a project to follow, stays as it is.
pub fn picked(line: &str, project: &str, tags: &str) -> [String; 3] {
    let as_is = || [line, project, tags].map(str::to_owned);
    let Ok(mut entry) = Entry::read_untimed(line) else {
        return as_is();
    };
    if line.ends_with('/') {
        return as_is();
    }
    let [_, mut project, mut tags] = as_is();
    if let Some(named) = entry.project.take() {
        let path = named.path();
        if naming::read_project(&path).as_ref() == Ok(&Some(named.clone())) {
            project = path;
        } else {
            entry.project = Some(named);
        }
    }
    for tag in mem::take(&mut entry.tags) {
        let known = naming::read_tags(&tags).unwrap_or_default();
        if naming::read_tags(tag.as_str()).as_deref() != Ok(slice::from_ref(&tag)) {
            entry.tags.push(tag);
        } else if known.iter().all(|known| known.key() != tag.key()) {
            let before = tags.trim().trim_end_matches(',');
            let comma = if before.is_empty() { "" } else { ", " };
            tags = format!("{before}{comma}{tag}");
        }
    }
    let mut name = entry.write();
    // Behind a mark somebody goes on typing.
    if line.ends_with(' ') && !name.is_empty() {
        name.push(' ');
    }
    [name, project, tags]
}

#[cfg(test)]
mod tests;
