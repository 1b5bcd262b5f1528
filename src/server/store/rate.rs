//! What an hour costs: rates, and who may see and set them.
//!
//! An account has rates of its own and for its clients. Those of a project and its members are for
//! managers and owners; a member sees its own.

use super::{
    Store,
    asker::Asker,
    catalog_cache::Altered,
    client,
    error::StoreError,
    member::{member_in, require_manager},
    rate_row::{RateRow, columns, read_rates},
    writer::Write,
};
use crate::{
    domain::{AccountId, Instant, Level, Rate, RateDraft, RateId, RateRevision},
    error::AppError,
};

/// Most rates of one level: of an account, a client, a project, or a member of one.
const MOST: i64 = 200;

/// Reads the rates that the account $1 may see; to be followed by more of the condition.
macro_rules! select_rates {
    ($more:literal) => {
        concat!(
            "with mine as (
                 select m.project_id, m.role from member m join project p on p.id = m.project_id
                 where m.account_id = $1 and m.left_at is null and p.deleted_at is null)
             select id, level, account_id, client_id, project_id, hourly_minor, currency, holds_from
             from rate
             where (level = 'account' and account_id = $1
                or level = 'client'
                   and client_id in (select id from client
                                     where account_id = $1 and deleted_at is null)
                or level = 'member' and account_id = $1
                   and project_id in (select project_id from mine)
                or level in ('project', 'member')
                   and project_id in (select project_id from mine
                                      where role in ('owner', 'manager'))) ",
            $more
        )
    };
}

const ONE: &str = select_rates!("and id = $2");

impl Store {
    /// The rates that an account may see, by their levels, and of each the latest first.
    pub async fn rates(&self, account: AccountId) -> Result<Vec<Rate>, AppError> {
        let query = sqlx::query_as(select_rates!(""));
        let rows = self.all(query.bind(account.to_string())).await?;
        read_rates(rows).map_err(|error| self.explain(error))
    }

    /// One rate that the account may see.
    pub async fn rate(&self, account: AccountId, id: RateId) -> Result<Rate, AppError> {
        let query = sqlx::query_as::<_, RateRow>(ONE)
            .bind(account.to_string())
            .bind(id.to_string());
        self.read_one(query).await?.ok_or(AppError::NotFound)
    }

    /// Sets a rate. Refused if there is one for the same from the same date.
    pub async fn make_rate(
        &self,
        asker: impl Into<Asker>,
        draft: RateDraft,
        now: Instant,
    ) -> Result<Rate, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                require_place(write, account, draft.level).await?;
                let rate = Rate {
                    id: RateId::new(now),
                    level: draft.level,
                    hourly: draft.hourly,
                    from: draft.from,
                };
                refuse_unfit(write, account, &rate).await?;
                insert(write, account, &rate, now).await.map(|()| rate)
            });
            change.await
        };
        self.alter([altered(draft.level)], work).await
    }

    /// Changes what a rate says; whose it is stays.
    pub async fn change_rate(
        &self,
        asker: impl Into<Asker>,
        id: RateId,
        revision: RateRevision,
    ) -> Result<Rate, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let level = self.rate(account, id).await?.level;
        let work = async move {
            let change = store.change(asker, async |write| {
                let mut rate = find(write, account, id).await?;
                rate.hourly = revision.hourly.unwrap_or(rate.hourly);
                rate.from = revision.from.unwrap_or(rate.from);
                refuse_unfit(write, account, &rate).await?;
                let query = sqlx::query(
                    "update rate set hourly_minor = $2, currency = $3, holds_from = $4 where id = $1",
                );
                let query = query
                    .bind(id.to_string())
                    .bind(rate.hourly.minor)
                    .bind(rate.hourly.currency.code())
                    .bind(rate.from.to_string());
                write.execute(query).await.map(|_| rate)
            });
            change.await
        };
        self.alter([altered(level)], work).await
    }

    /// Deletes a rate.
    pub async fn delete_rate(&self, asker: impl Into<Asker>, id: RateId) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let level = self.rate(account, id).await?.level;
        let work = async move {
            let change = store.change(asker, async |write| {
                find(write, account, id).await?;
                let query = sqlx::query("delete from rate where id = $1");
                write.execute(query.bind(id.to_string())).await.map(drop)
            });
            change.await
        };
        self.alter([altered(level)], work).await
    }

    /// Refuses what making the rate `after`, changing `before` to it, or deleting that would refuse.
    pub async fn check_rate(
        &self,
        asker: impl Into<Asker>,
        before: Option<&Rate>,
        after: Option<&Rate>,
    ) -> Result<(), AppError> {
        let asker = asker.into();
        let account = asker.account;
        self.change(asker, async |write| {
            match (before, after) {
                (Some(before), _) => require_right(write, account, before.level).await?,
                (None, Some(after)) => require_place(write, account, after.level).await?,
                (None, None) => {}
            }
            match after {
                Some(after) => refuse_unfit(write, account, after).await,
                None => Ok(()),
            }
        })
        .await
    }
}

/// Whose prices a rate of this level decides.
fn altered(level: Level) -> Altered {
    match level {
        Level::Account(account) => Altered::Paid(account),
        Level::Client(client) => Altered::Client(client),
        Level::Project(project) | Level::Member(project, _) => Altered::Project(project),
    }
}

/// A rate that the account may see and set.
async fn find(write: &mut Write<'_>, account: AccountId, id: RateId) -> Result<Rate, StoreError> {
    let query = sqlx::query_as(ONE)
        .bind(account.to_string())
        .bind(id.to_string());
    let row: Option<RateRow> = write.one(query).await?;
    let rate: Rate = row.ok_or(StoreError::NOT_FOUND)?.try_into()?;
    require_right(write, account, rate.level).await?;
    Ok(rate)
}

/// What the rate would be for is not there for who is not in it, and not for other members to price.
async fn require_right(
    write: &mut Write<'_>,
    account: AccountId,
    level: Level,
) -> Result<(), StoreError> {
    match level {
        Level::Account(own) if own == account => Ok(()),
        Level::Account(_) => Err(StoreError::NOT_FOUND),
        Level::Client(client) => client::find(write, account, client).await.map(drop),
        Level::Project(project) | Level::Member(project, _) => {
            require_manager(write, account, project).await
        }
    }
}

/// What is needed to set a rate for the first time. Whoever has left gets none any more.
async fn require_place(
    write: &mut Write<'_>,
    account: AccountId,
    level: Level,
) -> Result<(), StoreError> {
    require_right(write, account, level).await?;
    if let Level::Member(project, other) = level {
        member_in(write, account, project, other).await?;
    }
    Ok(())
}

/// Refuses a second rate of a level from a date, and one too many.
async fn refuse_unfit(
    write: &mut Write<'_>,
    account: AccountId,
    rate: &Rate,
) -> Result<(), StoreError> {
    let (level, account, client, project) = columns(account, rate.level);
    let query = sqlx::query_as(
        "select count(*), coalesce(max(case when holds_from = $5 then 1 end), 0) from rate
         where level = $1 and coalesce(account_id, '') = $2 and coalesce(client_id, '') = $3
           and coalesce(project_id, '') = $4 and id <> $6",
    );
    let query = query
        .bind(level)
        .bind(account.unwrap_or_default())
        .bind(client.unwrap_or_default())
        .bind(project.unwrap_or_default())
        .bind(rate.from.to_string())
        .bind(rate.id.to_string());
    match write.one(query).await? {
        Some((_, 1_i64)) => Err(StoreError::Told(AppError::DateTaken)),
        Some((MOST.., _)) => {
            let message = "There are 200 rates of this kind already. Delete some first.";
            Err(StoreError::invalid("from", message))
        }
        _ => Ok(()),
    }
}

async fn insert(
    write: &mut Write<'_>,
    account: AccountId,
    rate: &Rate,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into rate (id, level, account_id, client_id, project_id, hourly_minor, currency,
                           holds_from, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    );
    let (level, account, client, project) = columns(account, rate.level);
    let query = query
        .bind(rate.id.to_string())
        .bind(level)
        .bind(account)
        .bind(client)
        .bind(project)
        .bind(rate.hourly.minor)
        .bind(rate.hourly.currency.code())
        .bind(rate.from.to_string());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
