//! Projects: who is in one sees it, its owners change it.

use super::{
    Store,
    asker::Asker,
    catalog::{ProjectRow, is_listed, read_instant, select_projects},
    catalog_cache::Altered,
    client,
    error::StoreError,
    member::insert_owner,
    terms::{BudgetRow, RoundingRow, write_terms},
    writer::Write,
};
use crate::{
    domain::{
        AccountId, ClientChoice, ClientId, Instant, Project, ProjectId, ProjectLabel,
        ProjectRevision, Role, Title,
    },
    error::AppError,
};

/// The only reader of whole projects.
#[derive(sqlx::FromRow)]
struct DatedRow {
    #[sqlx(flatten)]
    label: ProjectRow,
    #[sqlx(flatten)]
    rounding: RoundingRow,
    #[sqlx(flatten)]
    budget: BudgetRow,
    created_at: i64,
}

impl TryFrom<DatedRow> for Project {
    type Error = StoreError;

    fn try_from(row: DatedRow) -> Result<Self, StoreError> {
        Ok(Self {
            label: row.label.try_into()?,
            rounding: row.rounding.try_into()?,
            budget: row.budget.try_into()?,
            created_at: read_instant(row.created_at)?,
        })
    }
}

const ONE: &str = select_projects!("m.left_at is null and p.deleted_at is null and p.id = $2");

impl Store {
    /// The projects that an account is in, by name, archived ones too.
    pub async fn projects(&self, account: AccountId) -> Result<Vec<Project>, AppError> {
        let query = sqlx::query_as::<_, DatedRow>(select_projects!(
            "m.left_at is null and p.deleted_at is null order by p.name_key, p.id"
        ));
        self.read_all(query.bind(account.to_string())).await
    }

    /// One project that the account is in.
    pub async fn project(&self, account: AccountId, id: ProjectId) -> Result<Project, AppError> {
        let query = sqlx::query_as::<_, DatedRow>(ONE)
            .bind(account.to_string())
            .bind(id.to_string());
        self.read_one(query).await?.ok_or(AppError::NotFound)
    }

    /// Changes a project that the account owns. Sessions keep what they have.
    pub async fn change_project(
        &self,
        asker: impl Into<Asker>,
        id: ProjectId,
        revision: ProjectRevision,
        now: Instant,
    ) -> Result<Project, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let mut project = owned(write, account, id).await?;
                let label = &mut project.label;
                let was = label.clone();
                match revision.client {
                    Some(None) => label.client = None,
                    Some(Some(asked))
                        if !label.client.as_ref().is_some_and(|had| asked.is(had)) =>
                    {
                        label.client = Some(choose_client(write, account, asked, now).await?);
                    }
                    Some(Some(_)) | None => {}
                }
                label.name = revision.name.unwrap_or(was.name.clone());
                label.colour = revision.colour.unwrap_or(was.colour.clone());
                label.billable = revision.billable.unwrap_or(was.billable);
                label.is_archived = revision.archived.unwrap_or(was.is_archived);
                let is_renamed = (&label.name, &label.client) != (&was.name, &was.client);
                if !label.is_archived && (is_renamed || was.is_archived) {
                    refuse_taken(write, account, label).await?;
                }
                project.rounding = revision.rounding.unwrap_or(project.rounding);
                project.budget = revision.budget.unwrap_or(project.budget);
                update(write, &project.label, now).await?;
                write_terms(write, &project).await.map(|()| project)
            });
            change.await
        };
        self.alter([Altered::Project(id)], work).await
    }

    /// Deletes a project that the account owns. The sessions of all its members stay, in no
    /// project.
    pub async fn delete_project(
        &self,
        asker: impl Into<Asker>,
        id: ProjectId,
        now: Instant,
    ) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                owned(write, account, id).await?;
                let query = sqlx::query("update project set deleted_at = $2 where id = $1");
                let query = query.bind(id.to_string()).bind(now.timestamp());
                write.execute(query).await.map(drop)
            });
            change.await
        };
        self.alter([Altered::Project(id)], work).await
    }
}

/// A project that the account is in, inside a transaction.
pub async fn find(
    write: &mut Write<'_>,
    account: AccountId,
    id: ProjectId,
) -> Result<Project, StoreError> {
    let query = sqlx::query_as(ONE)
        .bind(account.to_string())
        .bind(id.to_string());
    let row: Option<DatedRow> = write.one(query).await?;
    row.ok_or(StoreError::NOT_FOUND)?.try_into()
}

/// A project of which the account is an owner.
async fn owned(
    write: &mut Write<'_>,
    account: AccountId,
    id: ProjectId,
) -> Result<Project, StoreError> {
    let project = find(write, account, id).await?;
    match project.label.role {
        Some(Role::Owner) => Ok(project),
        _ => Err(StoreError::Told(AppError::NotAllowed)),
    }
}

/// A client of the account to give to a project.
pub async fn choose_client(
    write: &mut Write<'_>,
    account: AccountId,
    choice: ClientChoice,
    now: Instant,
) -> Result<(ClientId, Title), StoreError> {
    let found = match choice {
        ClientChoice::Known(id) => client::find(write, account, id).await,
        ClientChoice::Named(name) => {
            client::find_or_insert_client(write, account, &name, now).await
        }
    };
    match found {
        Ok(client) => Ok((client.id, client.name)),
        Err(StoreError::Told(AppError::NotFound)) => {
            Err(StoreError::invalid("client_id", "You have no such client."))
        }
        Err(error) => Err(error),
    }
}

/// How many projects the account has to count against the limit.
pub async fn count(write: &mut Write<'_>, account: AccountId) -> Result<usize, StoreError> {
    let query = sqlx::query_as(concat!(
        "select count(*) from member m join project p on p.id = m.project_id
         where m.account_id = $1 and ",
        is_listed!()
    ));
    let row: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
    Ok(row.map_or(0, |(count,)| usize::try_from(count).unwrap_or_default()))
}

/// Refuses a name that another project has: somebody who writes `@client/project` means one.
pub async fn refuse_taken(
    write: &mut Write<'_>,
    account: AccountId,
    label: &ProjectLabel,
) -> Result<(), StoreError> {
    let query = sqlx::query_as(
        "select 1 from member m join project p on p.id = m.project_id
         left join client c on c.id = p.client_id and c.deleted_at is null
         where m.account_id = $1 and m.left_at is null and p.deleted_at is null
           and p.archived_at is null and p.name_key = $2 and coalesce(c.name_key, '') = $3
           and p.id <> $4
         limit 1",
    );
    let client = label.client.as_ref().map(|(_, name)| name.key());
    let query = query
        .bind(account.to_string())
        .bind(label.name.key())
        .bind(client.unwrap_or_default())
        .bind(label.id.to_string());
    let taken: Option<(i64,)> = write.one(query).await?;
    match taken {
        Some(_) => Err(StoreError::taken(
            "There is a project of this name already.",
        )),
        None => Ok(()),
    }
}

/// Makes a project; the account owns it.
pub async fn insert_project(
    write: &mut Write<'_>,
    account: AccountId,
    label: &ProjectLabel,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into project (id, client_id, name, name_key, colour, billable, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    let client = label.client.as_ref();
    let query = query
        .bind(label.id.to_string())
        .bind(client.map(|(client, _)| client.to_string()))
        .bind(label.name.as_str().to_owned())
        .bind(label.name.key())
        .bind(label.colour.as_str().to_owned())
        .bind(i64::from(label.billable));
    write.execute(query.bind(now.timestamp())).await?;
    insert_owner(write, label.id, account, now).await
}

/// Writes what a project is like; the time at which it was archived stays.
async fn update(
    write: &mut Write<'_>,
    label: &ProjectLabel,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "update project set client_id = $2, name = $3, name_key = $4, colour = $5, billable = $6,
                archived_at = case when $7 = 1 then coalesce(archived_at, $8) end
         where id = $1",
    );
    let client = label.client.as_ref();
    let query = query
        .bind(label.id.to_string())
        .bind(client.map(|(client, _)| client.to_string()))
        .bind(label.name.as_str().to_owned())
        .bind(label.name.key())
        .bind(label.colour.as_str().to_owned())
        .bind(i64::from(label.billable))
        .bind(i64::from(label.is_archived));
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
