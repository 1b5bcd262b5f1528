//! What becomes of projects and clients that others need when an account goes.

use super::{error::StoreError, project_invitation::withdraw_invitations, writer::Write};
use crate::domain::{AccountId, ClientId, Instant, ProjectId, RateId};
use sqlx::AssertSqlSafe;

/// Leaves the projects of an account that is about to be deleted to others: where it was the only
/// owner, the manager who is there longest becomes one, else the member. Projects with nobody else
/// are deleted.
pub async fn leave_behind(
    write: &mut Write<'_>,
    account: AccountId,
    now: Instant,
) -> Result<(), StoreError> {
    write
        .execute(sqlx::query(PROMOTE).bind(account.to_string()))
        .await?;
    keep_clients(write, account, None, now).await?;
    withdraw_invitations(write, account, None).await?;
    let query = sqlx::query(DELETE_EMPTY).bind(account.to_string());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}

const PROMOTE: &str = "update member set role = 'owner'
     where account_id <> $1 and left_at is null
       and project_id in (select mine.project_id from member mine
                          where mine.account_id = $1 and mine.left_at is null and mine.role = 'owner')
       and not exists (select 1 from member o
                       where o.project_id = member.project_id and o.account_id <> $1
                         and o.left_at is null and o.role = 'owner')
       and account_id = (select h.account_id from member h
                         where h.project_id = member.project_id and h.account_id <> $1
                           and h.left_at is null
                         order by case h.role when 'manager' then 0 else 1 end, h.joined_at, h.account_id
                         limit 1)";

const DELETE_EMPTY: &str = "update project set deleted_at = $2
     where deleted_at is null
       and id in (select mine.project_id from member mine
                  where mine.account_id = $1 and mine.left_at is null)
       and not exists (select 1 from member o
                       where o.project_id = project.id and o.account_id <> $1 and o.left_at is null)";

/// The owner of a project who is there longest, but for the account $1.
macro_rules! heir {
    ($project:literal) => {
        concat!(
            "(select o.account_id from member o
              where o.project_id = ",
            $project,
            " and o.account_id <> $1 and o.left_at is null and o.role = 'owner'
              order by o.joined_at, o.account_id limit 1)"
        )
    };
}

/// The clients that heirs have none like, each once.
const MISSING: &str = concat!(
    "select distinct needed.heir, needed.name, needed.name_key
     from (select c.name, c.name_key, ",
    heir!("p.id"),
    " as heir from client c join project p on p.client_id = c.id
           where c.account_id = $1 and c.deleted_at is null and p.deleted_at is null
             and p.id = coalesce($2, p.id)) needed
     where needed.heir is not null
       and not exists (select 1 from client n where n.account_id = needed.heir
                         and n.name_key = needed.name_key and n.deleted_at is null)"
);

/// A client that has a rate of its own, for a time for which the project has none, would change the past.
const HAND_ON: &str = concat!(
    "update project set client_id = (
         select n.id from client c join client n on n.name_key = c.name_key and n.deleted_at is null
         where c.id = project.client_id and n.account_id = ",
    heir!("project.id"),
    "      and not exists (
               select 1 from rate r where r.level = 'client' and r.client_id = n.id
                  and not exists (select 1 from rate o where o.level = 'project' and o.project_id = project.id
                                     and o.holds_from <= r.holds_from)))
     where client_id in (select id from client where account_id = $1 and deleted_at is null)
       and deleted_at is null and id = coalesce($2, id) and exists ",
    heir!("project.id")
);

/// What the client's rates say of projects that are handed on, as far as no rate of the project itself holds then.
const PRICES: &str = concat!(
    "select p.id, r.hourly_minor, r.currency, r.holds_from
     from client c join project p on p.client_id = c.id
     join rate r on r.level = 'client' and r.client_id = c.id
     where c.account_id = $1 and c.deleted_at is null and p.deleted_at is null
       and p.id = coalesce($2, p.id) and exists ",
    heir!("p.id"),
    " and not exists (select 1 from rate o where o.level = 'project' and o.project_id = p.id
                         and o.holds_from <= r.holds_from)"
);

/// Keeps the client of a project that the account leaves or owns no more, or of all: the owner who is there longest
/// gets one of its name, and the project the rates that its client had, so that nothing comes to anything else and
/// the heir's other projects cost what they did. Where a client of that name has rates by which older work would
/// cost something else, the project has none from then on. As many statements for many projects as for one.
pub async fn keep_clients(
    write: &mut Write<'_>,
    account: AccountId,
    project: Option<ProjectId>,
    now: Instant,
) -> Result<(), StoreError> {
    let project = project.map(|project| project.to_string());
    let query = sqlx::query_as(MISSING).bind(account.to_string());
    let missing: Vec<(String, String, String)> = write.all(query.bind(project.clone())).await?;
    for part in missing.chunks(AT_ONCE) {
        insert_clients(write, part, now).await?;
    }
    let query = sqlx::query_as(PRICES).bind(account.to_string());
    let prices: Vec<Price> = write.all(query.bind(project.clone())).await?;
    for part in prices.chunks(AT_ONCE) {
        insert_prices(write, part, now).await?;
    }
    let query = sqlx::query(HAND_ON).bind(account.to_string());
    write.execute(query.bind(project)).await.map(drop)
}

/// How many rows one statement makes.
const AT_ONCE: usize = 500;

/// So many rows of values: what each begins with, and places for so many columns, from $2 on.
fn values(rows: usize, begin: &str, columns: usize) -> String {
    let row = |row: usize| {
        let places = (2..columns + 2).map(|place| format!("${}", row * columns + place));
        format!("({begin}, {})", places.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Makes clients: whose, their names, and those in lower case.
async fn insert_clients(
    write: &mut Write<'_>,
    clients: &[(String, String, String)],
    now: Instant,
) -> Result<(), StoreError> {
    // The text depends on nothing but the number of clients.
    let insert = AssertSqlSafe(format!(
        "insert into client (created_at, id, account_id, name, name_key) values {}",
        values(clients.len(), "$1", 4)
    ));
    let mut query = sqlx::query(insert).bind(now.timestamp());
    for (account, name, key) in clients {
        query = query
            .bind(ClientId::new(now).to_string())
            .bind(account.clone())
            .bind(name.clone())
            .bind(key.clone());
    }
    write.execute(query).await.map(drop)
}

/// A project's rate: whose, minor units, currency, and the date from which it holds.
type Price = (String, i64, String, String);

/// Makes rates of projects.
async fn insert_prices(
    write: &mut Write<'_>,
    prices: &[Price],
    now: Instant,
) -> Result<(), StoreError> {
    // The text depends on nothing but the number of rates.
    let insert = AssertSqlSafe(format!(
        "insert into rate (created_at, level, id, project_id, hourly_minor, currency, holds_from) values {}",
        values(prices.len(), "$1, 'project'", 5)
    ));
    let mut query = sqlx::query(insert).bind(now.timestamp());
    for (project, minor, currency, from) in prices {
        query = query
            .bind(RateId::new(now).to_string())
            .bind(project.clone())
            .bind(*minor)
            .bind(currency.clone())
            .bind(from.clone());
    }
    write.execute(query).await.map(drop)
}
