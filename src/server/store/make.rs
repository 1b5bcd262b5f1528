//! Clients, projects and tags are made: once, however often they are asked for under one id.

use super::{
    Store, asker::Asker, catalog::refuse_more, catalog_cache::Altered, client, error::StoreError,
    project, tag, writer::Write,
};
use crate::{
    domain::{
        AccountId, Client, ClientId, Colour, Instant, Project, ProjectDraft, ProjectId,
        ProjectLabel, Refusal, Role, Tag, TagId, Title, session::whole_second,
    },
    error::AppError,
};

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made<T> {
    pub it: T,
    /// Whether it was this time; else it was asked for before under the same id.
    pub first: bool,
}

impl<T> Made<T> {
    fn now(it: T) -> Self {
        Self { it, first: true }
    }
}

impl Store {
    /// Makes a client; refused if the account has one of this name.
    pub async fn make_client(
        &self,
        asker: impl Into<Asker>,
        name: Title,
        now: Instant,
    ) -> Result<Client, AppError> {
        let made = self.make_client_as(asker, None, name, now).await?;
        Ok(made.it)
    }

    /// As [`make_client`](Self::make_client), under an id that whoever asks has made. Asked again it
    /// gives the client, as long as that is as asked; an id of anything else is refused.
    pub async fn make_client_as(
        &self,
        asker: impl Into<Asker>,
        id: Option<ClientId>,
        name: Title,
        now: Instant,
    ) -> Result<Made<Client>, AppError> {
        let asker = asker.into();
        let account = asker.account;
        self.change(asker, async |write| {
            if let Some(id) = id {
                let known = client::find(write, account, id).await;
                let used = "select 1 from client where id = $1";
                let is_same = |known: &Client| known.name == name;
                if let Some(made) = made_before(write, known, is_same, used, id).await? {
                    return Ok(made);
                }
            }
            client::refuse_taken(write, account, &name, None).await?;
            refuse_more(client::count(write, account).await?)?;
            let id = id.unwrap_or_else(|| ClientId::new(now));
            let made = client::insert_client(write, account, id, name, now).await;
            made.map(Made::now)
        })
        .await
    }

    /// Makes a tag; refused if the account uses one of this name.
    pub async fn make_tag(
        &self,
        asker: impl Into<Asker>,
        name: Title,
        now: Instant,
    ) -> Result<Tag, AppError> {
        let made = self.make_tag_as(asker, None, name, now).await?;
        Ok(made.it)
    }

    /// As [`make_tag`](Self::make_tag), under an id as for a client.
    pub async fn make_tag_as(
        &self,
        asker: impl Into<Asker>,
        id: Option<TagId>,
        name: Title,
        now: Instant,
    ) -> Result<Made<Tag>, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                if let Some(id) = id {
                    let known = tag::find(write, account, id).await;
                    let used = "select 1 from tag where id = $1";
                    let is_same = |known: &Tag| known.name == name;
                    if let Some(made) = made_before(write, known, is_same, used, id).await? {
                        return Ok(made);
                    }
                }
                tag::refuse_taken(write, account, &name, None).await?;
                refuse_more(tag::count(write, account).await?)?;
                let id = id.unwrap_or_else(|| TagId::new(now));
                let made = tag::insert_tag(write, account, id, name, now).await;
                made.map(Made::now)
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }

    /// Makes a project that the account owns. Refused if it is in one of this name and client that
    /// takes time.
    pub async fn make_project(
        &self,
        asker: impl Into<Asker>,
        draft: ProjectDraft,
        now: Instant,
    ) -> Result<Project, AppError> {
        let made = self.make_project_as(asker, None, draft, now).await?;
        Ok(made.it)
    }

    /// As [`make_project`](Self::make_project), under an id as for a client.
    pub async fn make_project_as(
        &self,
        asker: impl Into<Asker>,
        id: Option<ProjectId>,
        draft: ProjectDraft,
        now: Instant,
    ) -> Result<Made<Project>, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                if let Some(id) = id {
                    let known = project::find(write, account, id).await;
                    let used = "select 1 from project where id = $1";
                    let is_same = |known: &Project| draft.is_of(known);
                    if let Some(made) = made_before(write, known, is_same, used, id).await? {
                        return Ok(made);
                    }
                }
                let made = insert(write, account, id, draft, now).await;
                made.map(Made::now)
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }
}

async fn insert(
    write: &mut Write<'_>,
    account: AccountId,
    id: Option<ProjectId>,
    draft: ProjectDraft,
    now: Instant,
) -> Result<Project, StoreError> {
    let count = project::count(write, account).await?;
    refuse_more(count)?;
    let client = match draft.client {
        Some(choice) => Some(project::choose_client(write, account, choice, now).await?),
        None => None,
    };
    let label = ProjectLabel {
        id: id.unwrap_or_else(|| ProjectId::new(now)),
        name: draft.name,
        colour: draft.colour.unwrap_or_else(|| Colour::numbered(count)),
        client,
        billable: draft.billable,
        role: Some(Role::Owner),
        is_archived: false,
    };
    project::refuse_taken(write, account, &label).await?;
    project::insert_project(write, account, &label, now).await?;
    Ok(Project::new(label, whole_second(now)))
}

/// What stands under an id already, if it is what is asked for; nothing, if the id is new. Of what stands there and
/// is not the account's, or was deleted, nothing is told but that the id is of no use. `used` finds any row of the id $1.
async fn made_before<T>(
    write: &mut Write<'_>,
    known: Result<T, StoreError>,
    is_same: impl FnOnce(&T) -> bool,
    used: &'static str,
    id: impl ToString,
) -> Result<Option<Made<T>>, StoreError> {
    match known {
        Ok(it) if is_same(&it) => Ok(Some(Made { it, first: false })),
        Ok(_) => Err(Refusal::Reused.into()),
        Err(StoreError::Told(AppError::NotFound)) => {
            let query = sqlx::query_as(used).bind(id.to_string());
            match write.one::<(i64,)>(query).await? {
                Some(_) => Err(StoreError::invalid(
                    "id",
                    "This id cannot be used. Take a new one.",
                )),
                None => Ok(None),
            }
        }
        Err(error) => Err(error),
    }
}
