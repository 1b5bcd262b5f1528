//! The words that accounts put on their sessions.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant, read_title},
    catalog_cache::Altered,
    error::StoreError,
    writer::Write,
};
use crate::{
    domain::{AccountId, Instant, Tag, TagId, Title, session::whole_second},
    error::AppError,
};
use std::collections::HashMap;

/// The only reader of tags that are in use.
#[derive(sqlx::FromRow)]
struct TagRow {
    id: String,
    name: String,
    created_at: i64,
}

impl TryFrom<TagRow> for Tag {
    type Error = StoreError;

    fn try_from(row: TagRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: read(&row.id, "tag id")?,
            name: read_title(row.name)?,
            created_at: read_instant(row.created_at)?,
        })
    }
}

/// Reads tags in use of the account $1; to be followed by more of the condition.
macro_rules! select_tags {
    ($more:literal) => {
        concat!(
            "select id, name, created_at from tag
             where account_id = $1 and deleted_at is null and merged_into is null ",
            $more
        )
    };
}

const ONE: &str = select_tags!("and id = $2");
const NAMED: &str = select_tags!("and name_key = $2");

/// The sessions of each tag in use; `place` says under which one every tag stands.
const USES: &str = "
    with recursive place (tag_id, id) as (
        select id, id from tag where account_id = $1 and deleted_at is null and merged_into is null
        union all
        select t.id, p.id from tag t join place p on t.merged_into = p.tag_id
    )
    select p.id, count(distinct s.session_id)
    from place p join session_tag s on s.tag_id = p.tag_id and s.account_id = $1
    group by p.id";

impl Store {
    /// The tags of an account that are in use, by name.
    pub async fn tags(&self, account: AccountId) -> Result<Vec<Tag>, AppError> {
        let query = sqlx::query_as::<_, TagRow>(select_tags!("order by name_key"));
        self.read_all(query.bind(account.to_string())).await
    }

    /// How many sessions of an account have each tag that is in use, or one that was merged into it.
    /// A tag on none of them is not in the answer.
    pub async fn tag_uses(&self, account: AccountId) -> Result<HashMap<TagId, u64>, AppError> {
        let rows: Vec<(String, i64)> = self
            .all(sqlx::query_as(USES).bind(account.to_string()))
            .await?;
        let uses = rows.into_iter().map(|(id, count)| {
            let id = read(&id, "tag id")?;
            Ok::<_, StoreError>((id, u64::try_from(count).unwrap_or_default()))
        });
        uses.collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))
    }

    /// One tag of the account that is in use.
    pub async fn tag(&self, account: AccountId, id: TagId) -> Result<Tag, AppError> {
        let query = sqlx::query_as::<_, TagRow>(ONE)
            .bind(account.to_string())
            .bind(id.to_string());
        self.read_one(query).await?.ok_or(AppError::NotFound)
    }

    /// Renames a tag on all its sessions.
    pub async fn rename_tag(
        &self,
        asker: impl Into<Asker>,
        id: TagId,
        name: Title,
    ) -> Result<Tag, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let tag = find(write, account, id).await?;
                refuse_taken(write, account, &name, Some(id)).await?;
                let query = sqlx::query("update tag set name = $2, name_key = $3 where id = $1");
                let query = query.bind(id.to_string());
                let query = query.bind(name.as_str().to_owned()).bind(name.key());
                write.execute(query).await.map(|_| Tag { name, ..tag })
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }

    /// Takes a tag off all its sessions, with those that were merged into it.
    pub async fn delete_tag(
        &self,
        asker: impl Into<Asker>,
        id: TagId,
        now: Instant,
    ) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                find(write, account, id).await?;
                let query = sqlx::query("update tag set deleted_at = $2 where id = $1");
                let query = query.bind(id.to_string()).bind(now.timestamp());
                write.execute(query).await.map(drop)
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }

    /// Lets the tag `into` take the place of another one, on all its sessions; that tag.
    pub async fn merge_tag(
        &self,
        asker: impl Into<Asker>,
        id: TagId,
        into: TagId,
    ) -> Result<Tag, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                find(write, account, id).await?;
                let target = find_one(write, account, into).await?;
                let refused = StoreError::invalid("into", "Choose another tag that is in use.");
                let target = target.filter(|target| target.id != id).ok_or(refused)?;
                let query = sqlx::query(
                    "update tag set merged_into = $2 where id = $1 or merged_into = $1",
                );
                let query = query.bind(id.to_string()).bind(into.to_string());
                write.execute(query).await.map(|_| target)
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }
}

/// One tag of the account that is in use, inside a transaction.
pub async fn find(write: &mut Write<'_>, account: AccountId, id: TagId) -> Result<Tag, StoreError> {
    let tag = find_one(write, account, id).await?;
    tag.ok_or(StoreError::NOT_FOUND)
}

async fn find_one(
    write: &mut Write<'_>,
    account: AccountId,
    id: TagId,
) -> Result<Option<Tag>, StoreError> {
    let query = sqlx::query_as(ONE)
        .bind(account.to_string())
        .bind(id.to_string());
    let row: Option<TagRow> = write.one(query).await?;
    row.map(Tag::try_from).transpose()
}

/// Refuses a name that another tag of the account has.
pub async fn refuse_taken(
    write: &mut Write<'_>,
    account: AccountId,
    name: &Title,
    except: Option<TagId>,
) -> Result<(), StoreError> {
    let query = sqlx::query_as(NAMED)
        .bind(account.to_string())
        .bind(name.key());
    let row: Option<TagRow> = write.one(query).await?;
    match row.map(Tag::try_from).transpose()? {
        Some(known) if Some(known.id) != except => Err(StoreError::taken(
            "There is a tag of this name already. Merge the two to make them one.",
        )),
        _ => Ok(()),
    }
}

/// How many tags the account uses.
pub async fn count(write: &mut Write<'_>, account: AccountId) -> Result<usize, StoreError> {
    let query = sqlx::query_as(
        "select count(*) from tag where account_id = $1 and deleted_at is null and merged_into is null",
    );
    let row: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
    Ok(row.map_or(0, |(count,)| usize::try_from(count).unwrap_or_default()))
}

/// Makes a tag.
pub async fn insert_tag(
    write: &mut Write<'_>,
    account: AccountId,
    id: TagId,
    name: Title,
    now: Instant,
) -> Result<Tag, StoreError> {
    let tag = Tag {
        id,
        name,
        created_at: whole_second(now),
    };
    let query = sqlx::query(
        "insert into tag (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5)",
    );
    let query = query
        .bind(tag.id.to_string())
        .bind(account.to_string())
        .bind(tag.name.as_str().to_owned())
        .bind(tag.name.key())
        .bind(now.timestamp());
    write.execute(query).await.map(|_| tag)
}
