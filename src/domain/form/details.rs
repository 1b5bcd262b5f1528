//! What a form says that shows project, tags and billable.

use super::{CommandForm, intent};
use crate::domain::{
    entry::{Entry, ProjectRef},
    field::FieldErrors,
    naming::{self, Naming},
    title::Title,
};
use std::{mem, slice::from_ref};

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

/// What stands in the fields for name, project and tags when `line` is picked: its project and its tags, as far as
/// these fields can say so; the rest is the name. A line that ends with a client, for a project to follow, is all name.
pub fn picked(line: &str) -> [String; 3] {
    let mut all = [line.to_owned(), String::new(), String::new()];
    let Ok(mut entry) = Entry::read_untimed(line) else {
        return all;
    };
    if line.ends_with('/') {
        return all;
    }
    let [name, project, tags] = &mut all;
    let is_said = |path: &ProjectRef| {
        naming::read_project(&path.path()).is_ok_and(|read| read.as_ref() == Some(path))
    };
    if let Some(named) = entry.project.take_if(|named| is_said(named)) {
        *project = named.path();
    }
    let is_said = |tag: &Title| naming::read_tags(tag.as_str()).as_deref() == Ok(from_ref(tag));
    let (said, rest): (Vec<_>, Vec<_>) = mem::take(&mut entry.tags).into_iter().partition(is_said);
    entry.tags = rest;
    *tags = said
        .iter()
        .map(Title::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    *name = entry.write();
    // Behind a mark somebody goes on typing.
    if line.ends_with(' ') && !name.is_empty() {
        name.push(' ');
    }
    all
}

#[cfg(test)]
mod tests;
