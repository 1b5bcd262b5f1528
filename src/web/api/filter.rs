//! Which sessions a list or an overview is about, by what they belong to.

use super::problem::Problem;
use crate::{
    domain::{AccountId, Catalog, ClientId, ProjectId, TagId, Title, Work},
    error::AppError,
    server::store::Store,
};

/// What sessions must belong to; what is not said is all the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    pub project: Option<ProjectId>,
    pub client: Option<ClientId>,
    /// A name or an id.
    pub tag: Option<&'a str>,
    pub billable: Option<bool>,
}

/// Keeps sessions of a project or a client, with a tag, billable or not; what is not said keeps all.
#[derive(Debug, Default)]
pub struct Filter {
    project: Option<ProjectId>,
    /// The projects of the client.
    projects: Option<Vec<ProjectId>>,
    /// The tag, and those that were merged into it.
    tags: Option<Vec<TagId>>,
    billable: Option<bool>,
}

impl Filter {
    /// What is asked for, in the words of the account's catalogue. Only a client of whom it holds no
    /// project costs a statement.
    pub async fn read(
        store: &Store,
        account: AccountId,
        catalog: &Catalog,
        asked: Asked<'_>,
    ) -> Result<Self, Problem> {
        if asked
            .project
            .is_some_and(|id| catalog.project(id).is_none())
        {
            return Err(Problem::invalid("project_id", "There is no such project."));
        }
        let projects = asked.client.map(|client| catalog.projects_of(client));
        if let (Some(client), Some([])) = (asked.client, projects.as_deref()) {
            store.client(account, client).await.map_err(unknown)?;
        }
        Ok(Self {
            project: asked.project,
            projects,
            tags: asked.tag.map(|word| find_tag(catalog, word)).transpose()?,
            billable: asked.billable,
        })
    }

    pub fn keeps(&self, work: &Work) -> bool {
        let has = |tags: &Vec<TagId>| tags.iter().any(|tag| work.tags.contains(tag));
        let is_for =
            |projects: &Vec<ProjectId>| work.project.is_some_and(|id| projects.contains(&id));
        (self.project.is_none() || work.project == self.project)
            && self.projects.as_ref().is_none_or(is_for)
            && self.tags.as_ref().is_none_or(has)
            && self
                .billable
                .is_none_or(|billable| work.billable == billable)
    }
}

fn unknown(error: AppError) -> Problem {
    match error {
        AppError::NotFound => Problem::invalid("client_id", "There is no such client."),
        error => error.into(),
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
