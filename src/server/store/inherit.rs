//! What becomes of projects and clients that others need when an account goes.

use super::{
    catalog::{read, read_title},
    client::find_or_insert_client,
    error::StoreError,
    project_invitation::withdraw_invitations,
    writer::Write,
};
use crate::domain::{AccountId, Instant, ProjectId};

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

/// Keeps the client of a project that the account leaves or owns no more, or of all: the owner who is there longest
/// gets one of its name.
pub async fn keep_clients(
    write: &mut Write<'_>,
    account: AccountId,
    project: Option<ProjectId>,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query_as(
        "select p.id, c.name,
                (select o.account_id from member o
                 where o.project_id = p.id and o.account_id <> $1 and o.left_at is null
                   and o.role = 'owner'
                 order by o.joined_at, o.account_id limit 1)
         from client c join project p on p.client_id = c.id
         where c.account_id = $1 and c.deleted_at is null and p.deleted_at is null
           and p.id = coalesce($2, p.id)",
    );
    let query = query
        .bind(account.to_string())
        .bind(project.map(|project| project.to_string()));
    let rows: Vec<(String, String, Option<String>)> = write.all(query).await?;
    for (project, name, heir) in rows {
        let Some(heir) = heir else { continue };
        let heir = read(&heir, "account id")?;
        let client = find_or_insert_client(write, heir, &read_title(name)?, now).await?;
        let query = sqlx::query("update project set client_id = $2 where id = $1");
        let query = query.bind(project).bind(client.id.to_string());
        write.execute(query).await?;
    }
    Ok(())
}
