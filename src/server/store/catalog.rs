//! What an account can name on its sessions: read whole, and made where somebody names it.

use super::{
    Store, catalog_cache::Known, client::find_or_insert_client, error::StoreError,
    project::insert_project, tag::insert_tag, twins::tell_apart, writer::Write,
};
use crate::{
    domain::{
        AccountId, Catalog, Colour, CommandId, Instant, ProjectId, ProjectLabel, Role, TagId,
        TagLabel, Title, entry::ProjectRef, session::instant,
    },
    error::AppError,
};
use std::{collections::HashMap, str::FromStr, sync::Arc};

/// Most projects, and most tags, of one account: all of them are sent with every page.
const MOST: usize = 2_000;

/// Reads what a [`ProjectRow`] is made of, and what else the project says of itself, for the account $1; to be
/// followed by a condition. Where it left, it sees the name from then: whatever happens later to
/// the project is not for its eyes.
macro_rules! select_projects {
    ($condition:expr) => {
        concat!(
            "select p.id, p.name, p.colour, p.billable, p.archived_at, p.created_at,
                    p.rounding, p.rounding_per, p.rounding_minutes,
                    p.budget_seconds, p.budget_minor, p.budget_currency,
                    c.id as client_id, c.name as client_name, m.role, m.left_at, m.left_name
             from member m join project p on p.id = m.project_id
             left join client c on c.id = p.client_id and c.deleted_at is null
             where m.account_id = $1 and ",
            $condition
        )
    };
}
pub(super) use select_projects;

/// The condition on which a project `p` is in the catalogue of its member `m`.
macro_rules! is_listed {
    () => {
        "(p.deleted_at is null or m.left_at is not null)"
    };
}
pub(super) use is_listed;

const PROJECTS: &str = select_projects!(is_listed!());

const TAGS: &str =
    "select id, name, merged_into from tag where account_id = $1 and deleted_at is null";

/// As [`PROJECTS`], without those that the account came into after its command $2.
const PROJECTS_THEN: &str = select_projects!(concat!(
    is_listed!(),
    " and m.joined_at <= (select recorded_at from command where account_id = $1 and id = $2)"
));

/// As [`TAGS`], without those that were made after the account's command $2.
const TAGS_THEN: &str = "select id, name, merged_into from tag
     where account_id = $1 and deleted_at is null
       and created_at <= (select recorded_at from command where account_id = $1 and id = $2)";

/// The only reader of projects as labels.
#[derive(sqlx::FromRow)]
pub struct ProjectRow {
    id: String,
    name: String,
    colour: String,
    billable: i64,
    archived_at: Option<i64>,
    client_id: Option<String>,
    client_name: Option<String>,
    role: String,
    left_at: Option<i64>,
    left_name: Option<String>,
}

impl TryFrom<ProjectRow> for ProjectLabel {
    type Error = StoreError;

    fn try_from(row: ProjectRow) -> Result<Self, StoreError> {
        let is_member = row.left_at.is_none();
        let client = row.client_id.zip(row.client_name).filter(|_| is_member);
        let name = row.left_name.filter(|_| !is_member).unwrap_or(row.name);
        Ok(Self {
            id: read(&row.id, "project id")?,
            name: read_title(name)?,
            colour: read(&row.colour, "colour")?,
            client: client
                .map(|(id, name)| Ok::<_, StoreError>((read(&id, "client id")?, read_title(name)?)))
                .transpose()?,
            billable: is_member && row.billable != 0,
            role: is_member
                .then(|| read::<Role>(&row.role, "role"))
                .transpose()?,
            is_archived: is_member && row.archived_at.is_some(),
        })
    }
}

type TagRow = (String, String, Option<String>);

/// Puts together what was read.
fn assemble(projects: Vec<ProjectRow>, tags: Vec<TagRow>) -> Result<Catalog, StoreError> {
    let mut catalog = Catalog {
        projects: projects
            .into_iter()
            .map(ProjectLabel::try_from)
            .collect::<Result<_, _>>()?,
        tags: Vec::new(),
    };
    let mut merged: HashMap<TagId, TagId> = HashMap::new();
    for (id, name, into) in tags {
        let id = read(&id, "tag id")?;
        match into {
            Some(into) => drop(merged.insert(id, read(&into, "tag id")?)),
            None => catalog.tags.push(TagLabel {
                id,
                name: read_title(name)?,
                merged: Vec::new(),
            }),
        }
    }
    let mut places: HashMap<TagId, Vec<TagId>> = HashMap::new();
    for id in merged.keys() {
        // No longer than there are tags: nothing is merged into what was merged into it.
        let chain = std::iter::successors(merged.get(id), |into| merged.get(into));
        if let Some(last) = chain.take(merged.len()).last() {
            places.entry(*last).or_default().push(*id);
        }
    }
    for tag in &mut catalog.tags {
        tag.merged = places.remove(&tag.id).unwrap_or_default();
        tag.merged.sort_unstable();
    }
    tell_apart(&mut catalog.projects);
    sort(&mut catalog);
    Ok(catalog)
}

fn sort(catalog: &mut Catalog) {
    catalog
        .projects
        .sort_by_cached_key(|project| (project.name.key(), project.path(), project.id));
    catalog
        .tags
        .sort_by_cached_key(|tag| (tag.name.key(), tag.id));
}

impl Store {
    /// What an account can name on its sessions, by name. No statement is sent for an account that
    /// was asked about before.
    pub async fn catalog(&self, account: AccountId) -> Result<Arc<Catalog>, AppError> {
        Ok(self.known(account).await?.catalog)
    }

    /// The catalogue of an account, and what its work costs, if that was read.
    pub(super) async fn known(&self, account: AccountId) -> Result<Known, AppError> {
        let forgotten = match self.inner.catalogs.find(account) {
            Ok(known) => return Ok(known),
            Err(forgotten) => forgotten,
        };
        let whose = account.to_string();
        let projects = sqlx::query_as(PROJECTS).bind(whose.clone());
        let projects = self.all(projects).await?;
        let tags = self.all(sqlx::query_as(TAGS).bind(whose)).await?;
        let catalog = assemble(projects, tags).map_err(|error| self.explain(error))?;
        let catalogs = &self.inner.catalogs;
        Ok(catalogs.keep(account, Arc::new(catalog), forgotten))
    }
}

/// The catalogue with everything in it that was written; what is missing is made, projects with their
/// clients. Refused, as the field `project`, for one that lies in the archive.
pub(super) async fn make_missing(
    write: &mut Write<'_>,
    account: AccountId,
    projects: &[ProjectRef],
    tags: &[Title],
    now: Instant,
) -> Result<Catalog, StoreError> {
    let mut catalog = load(write, account).await?;
    for written in projects {
        if catalog.find_project(written).is_some() {
            continue;
        }
        let refused = catalog.refuse_archived(written);
        refused.map_err(|errors| StoreError::Told(errors.into()))?;
        refuse_more(catalog.projects.len())?;
        let client = match &written.client {
            Some(name) => Some(find_or_insert_client(write, account, name, now).await?),
            None => None,
        };
        let label = ProjectLabel {
            id: ProjectId::new(now),
            name: written.name.clone(),
            colour: Colour::numbered(catalog.projects.len()),
            client: client.map(|client| (client.id, client.name)),
            billable: false,
            role: Some(Role::Owner),
            is_archived: false,
        };
        insert_project(write, account, &label, now).await?;
        catalog.projects.push(label);
    }
    for name in tags {
        if catalog.find_tag(name).is_none() {
            refuse_more(catalog.tags.len())?;
            let tag = insert_tag(write, account, TagId::new(now), name.clone(), now).await?;
            catalog.tags.push(TagLabel {
                id: tag.id,
                name: tag.name,
                merged: Vec::new(),
            });
        }
    }
    sort(&mut catalog);
    Ok(catalog)
}

/// The catalogue as it is inside a transaction.
pub async fn load(write: &mut Write<'_>, account: AccountId) -> Result<Catalog, StoreError> {
    let whose = account.to_string();
    let projects = write
        .all(sqlx::query_as(PROJECTS).bind(whose.clone()))
        .await?;
    let tags = write.all(sqlx::query_as(TAGS).bind(whose)).await?;
    assemble(projects, tags)
}

/// What the account could name when a command of its was carried out, as far as it is still there, under
/// the names of today.
pub async fn load_then(
    write: &mut Write<'_>,
    account: AccountId,
    command: CommandId,
) -> Result<Catalog, StoreError> {
    let (account, command) = (account.to_string(), command.to_string());
    let projects = sqlx::query_as(PROJECTS_THEN).bind(account.clone());
    let projects = write.all(projects.bind(command.clone())).await?;
    let tags = sqlx::query_as(TAGS_THEN).bind(account).bind(command);
    assemble(projects, write.all(tags).await?)
}

/// Refuses one more than [`MOST`] of a kind.
pub fn refuse_more(count: usize) -> Result<(), StoreError> {
    if count < MOST {
        return Ok(());
    }
    let message = "There are 2000 already. Delete or merge some first.";
    Err(StoreError::invalid("name", message))
}

/// Reads what the store wrote.
pub fn read<T: FromStr<Err: ToString>>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|error: T::Err| StoreError::unreadable(what, error))
}

/// Reads a stored moment.
pub fn read_instant(seconds: i64) -> Result<Instant, StoreError> {
    instant(seconds).map_err(|error| StoreError::unreadable("time", error))
}

/// Reads a stored name.
pub fn read_title(text: String) -> Result<Title, StoreError> {
    Title::try_from(text).map_err(|error| StoreError::unreadable("name", error))
}
