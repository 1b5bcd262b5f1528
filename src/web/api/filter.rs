//! Which sessions a list or an overview is about, by what they belong to.

use super::problem::Problem;
use crate::{
    domain::{AccountId, Catalog, ClientId, ProjectId, TagId, TagLabel, Title},
    error::AppError,
    server::store::{Narrowing, Store, TeamNarrowing},
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

/// What is asked for, in the words of the account's catalogue. Only a client of whom it holds no
/// project costs a statement.
pub async fn read(
    store: &Store,
    account: AccountId,
    catalog: &Catalog,
    asked: Asked<'_>,
) -> Result<Narrowing, Problem> {
    if asked
        .project
        .is_some_and(|id| catalog.project(id).is_none())
    {
        return Err(Problem::invalid("project_id", "There is no such project."));
    }
    let of_client = asked.client.map(|client| catalog.projects_of(client));
    if let (Some(client), Some([])) = (asked.client, of_client.as_deref()) {
        store.client(account, client).await.map_err(unknown)?;
    }
    let projects = match (asked.project, of_client) {
        (None, of_client) => of_client,
        (Some(project), None) => Some(vec![project]),
        (Some(project), Some(mut both)) => {
            both.retain(|id| *id == project);
            Some(both)
        }
    };
    let tag = asked.tag.map(|word| find_tag(catalog, word)).transpose()?;
    let merged = |tag: &TagLabel| tag.merged.iter().copied().chain([tag.id]).collect();
    Ok(Narrowing {
        projects,
        tags: tag.map(merged),
        billable: asked.billable,
    })
}

/// What is asked for of a project's sessions. Tags are an account's own: a name is that of any member's, an id
/// one of the account's tags.
pub fn read_team(
    catalog: &Catalog,
    of: Option<AccountId>,
    tag: Option<&str>,
    billable: Option<bool>,
) -> Result<TeamNarrowing, Problem> {
    let name = |word: &str| match word.parse::<TagId>() {
        Ok(_) => find_tag(catalog, word).map(|tag| tag.name.clone()),
        Err(_) => Title::new(word).map_err(|errors| errors.for_field("tag").into()),
    };
    Ok(TeamNarrowing {
        of,
        tag: tag.map(name).transpose()?,
        billable,
    })
}

fn unknown(error: AppError) -> Problem {
    match error {
        AppError::NotFound => Problem::invalid("client_id", "There is no such client."),
        error => error.into(),
    }
}

/// By its name, or its id, or that of a tag that was merged into it.
fn find_tag<'a>(catalog: &'a Catalog, word: &str) -> Result<&'a TagLabel, Problem> {
    let tag = match word.parse::<TagId>() {
        Ok(id) => catalog.tag(id),
        Err(_) => Title::new(word)
            .ok()
            .and_then(|name| catalog.find_tag(&name)),
    };
    tag.ok_or_else(|| Problem::invalid("tag", "There is no such tag."))
}
