//! What a form says that shows project, tags and billable.

use super::{CommandForm, intent};
use crate::domain::{
    field::FieldErrors,
    naming::{self, Naming},
};

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

#[cfg(test)]
mod tests;
