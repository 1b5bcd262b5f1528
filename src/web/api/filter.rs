//! Which sessions a list or an overview is about, by what they belong to.

use super::problem::Problem;
use crate::domain::{Catalog, ProjectId, TagId, Title, Work};

/// Keeps sessions of a project, with a tag, billable or not; what is not said keeps all.
#[derive(Debug, Default)]
pub struct Filter {
    project: Option<ProjectId>,
    /// The tag, and those that were merged into it.
    tags: Option<Vec<TagId>>,
    billable: Option<bool>,
}

impl Filter {
    /// What is asked for, in the words of the account's catalogue. `tag` is a name or an id.
    pub fn read(
        catalog: &Catalog,
        project: Option<ProjectId>,
        tag: Option<&str>,
        billable: Option<bool>,
    ) -> Result<Self, Problem> {
        if project.is_some_and(|id| catalog.project(id).is_none()) {
            return Err(Problem::invalid("project_id", "There is no such project."));
        }
        let tag = tag.map(|word| find_tag(catalog, word)).transpose()?;
        Ok(Self {
            project,
            tags: tag,
            billable,
        })
    }

    pub fn keeps(&self, work: &Work) -> bool {
        let has = |tags: &Vec<TagId>| tags.iter().any(|tag| work.tags.contains(tag));
        (self.project.is_none() || work.project == self.project)
            && self.tags.as_ref().is_none_or(has)
            && self
                .billable
                .is_none_or(|billable| work.billable == billable)
    }
}

fn find_tag(catalog: &Catalog, word: &str) -> Result<Vec<TagId>, Problem> {
    let tag = match word.parse::<TagId>() {
        Ok(id) => catalog.tags.iter().find(|tag| tag.id == id),
        Err(_) => Title::new(word)
            .ok()
            .and_then(|name| catalog.find_tag(&name)),
    };
    let tag = tag.ok_or_else(|| Problem::invalid("tag", "There is no such tag."))?;
    Ok(tag.merged.iter().copied().chain([tag.id]).collect())
}
