//! A guest's sessions move into an account, with their whole history and all that they belong to.

use super::{command::carry_out_one, error::StoreError, revocation::end_devices, writer::Write};
use crate::{
    domain::{
        AccountId, Action, Command, CommandId, DeviceId, FieldErrors, Instant, SessionId,
        WorkRevision, session::whole_second,
    },
    error::AppError,
};

/// Moves everything a guest tracked into `account` and ends the guest; the guest's devices. If
/// both have a session that runs, the guest's is stopped now, by a command like any other.
pub async fn bring_along(
    write: &mut Write<'_>,
    guest: AccountId,
    account: AccountId,
    now: Instant,
) -> Result<Vec<DeviceId>, StoreError> {
    let query = sqlx::query_as("select 1 from account where id = $1 and username_key is null");
    let is_guest: Option<(i64,)> = write.one(query.bind(guest.to_string())).await?;
    if is_guest.is_none() || guest == account {
        return Err(StoreError::NoAccount);
    }
    refuse_shared_ids(write, guest, account).await?;
    if let (Some(_), Some(guests)) = (running(write, account).await?, running(write, guest).await?)
    {
        let stop = Command {
            id: CommandId::new(now),
            at: whole_second(now),
            action: Action::Stop {
                session: Some(guests),
                to: None,
                name: None,
                work: WorkRevision::default(),
            },
        };
        carry_out_one(write, guest, &stop, now).await?;
    }
    let ended = end_devices(write, guest, None, now).await?;
    for step in CATALOG.into_iter().chain(STEPS) {
        write
            .execute(
                sqlx::query(step)
                    .bind(guest.to_string())
                    .bind(account.to_string()),
            )
            .await?;
    }
    Ok(ended)
}

/// What runs.
async fn running(
    write: &mut Write<'_>,
    account: AccountId,
) -> Result<Option<SessionId>, StoreError> {
    let query =
        sqlx::query_as("select id from session where account_id = $1 and stopped_at is null");
    let row: Option<(String,)> = write.one(query.bind(account.to_string())).await?;
    let read = |(id,): (String,)| {
        id.parse()
            .map_err(|error| StoreError::unreadable("session id", error))
    };
    row.map(read).transpose()
}

/// What the guest's sessions belong to comes first. Where both have a client or a tag of the same
/// name, the account's takes its place; where both are in a project, the one who may do more stays;
/// tags that were merged before stand directly under it, as after every merge;
/// where both have the same favourite, the account's.
///
/// What the account had priced keeps its price: the guest's rates go where one of the account's held for the same
/// already, of the same level or of a wider one. For a client or a project of the guest alone none did.
const CATALOG: [&str; 16] = [
    "delete from rate where account_id = $1 and (
        level = 'account' and exists (
            select 1 from rate a where a.account_id = $2 and a.level = 'account')
        or level = 'client' and exists (
            select 1 from client g join client c on c.name_key = g.name_key
            join rate a on a.client_id = c.id or (a.account_id = $2 and a.level = 'account')
            where g.id = rate.client_id and g.deleted_at is null
              and c.account_id = $2 and c.deleted_at is null)
        or level = 'member' and exists (
            select 1 from member m join project p on p.id = m.project_id
            join rate a on (a.project_id = p.id and a.level = 'project')
              or (a.project_id = p.id and a.account_id = $2)
              or a.client_id = p.client_id or (a.account_id = $2 and a.level = 'account')
            where m.project_id = rate.project_id and m.account_id = $2))",
    "update project set client_id = (
        select a.id from client a join client g on g.name_key = a.name_key
        where g.id = project.client_id and a.account_id = $2 and a.deleted_at is null)
     where client_id in (
        select g.id from client g join client a on a.name_key = g.name_key
        where g.account_id = $1 and g.deleted_at is null and a.account_id = $2 and a.deleted_at is null)",
    "update rate set client_id = (
        select a.id from client a join client g on g.name_key = a.name_key
        where g.id = rate.client_id and a.account_id = $2 and a.deleted_at is null)
     where account_id = $1 and client_id in (
        select g.id from client g join client a on a.name_key = g.name_key
        where g.account_id = $1 and g.deleted_at is null and a.account_id = $2 and a.deleted_at is null)",
    "delete from client where account_id = $1 and deleted_at is null
        and name_key in (select name_key from client where account_id = $2 and deleted_at is null)",
    "update client set account_id = $2 where account_id = $1",
    "update tag set merged_into = (
        select a.id from tag a where a.account_id = $2 and a.name_key = tag.name_key
           and a.deleted_at is null and a.merged_into is null)
     where account_id = $1 and deleted_at is null and merged_into is null
        and name_key in (select name_key from tag
                         where account_id = $2 and deleted_at is null and merged_into is null)",
    "update tag set merged_into = (select i.merged_into from tag i where i.id = tag.merged_into)
     where account_id = $1
        and merged_into in (select id from tag where account_id = $1 and merged_into is not null)",
    "update tag set account_id = $2 where account_id = $1",
    "update member set left_at = null, left_name = null, joined_at = g.joined_at, role = g.role
     from member g
     where member.account_id = $2 and g.account_id = $1 and g.project_id = member.project_id
        and g.left_at is null and member.left_at is not null",
    "update member set role = g.role
     from member g
     where member.account_id = $2 and g.account_id = $1 and g.project_id = member.project_id
        and g.left_at is null and (g.role = 'owner' or member.role = 'member')",
    "delete from member where account_id = $1
        and project_id in (select project_id from member where account_id = $2)",
    "update member set account_id = $2 where account_id = $1",
    "delete from project_invitation where account_id = $2
        and project_id in (select project_id from member where account_id = $2 and left_at is null)",
    "update project_invitation set invited_by = $2 where invited_by = $1",
    "update favourite set account_id = $2
     where account_id = $1 and not exists (
        select 1 from favourite a
        where a.account_id = $2 and a.name = favourite.name and a.billable = favourite.billable
           and coalesce(a.project_id, '') = coalesce(favourite.project_id, '') and a.tags = favourite.tags)",
    "update rate set account_id = $2 where account_id = $1",
];

/// In this order, so that a change never lacks its command. The guest's commands are numbered before
/// the account's first, so that an undo takes back what the account did last.
const STEPS: [&str; 5] = [
    "insert into command (account_id, id, seq, acted_at, recorded_at, action, undo_depth, undoes)
     select $2, id, seq + coalesce((select min(seq) - 1 from command where account_id = $2)
                                 - (select max(seq) from command where account_id = $1), 0),
            acted_at, recorded_at, action, undo_depth, undoes
     from command where account_id = $1",
    "update change set account_id = $2 where account_id = $1",
    "update session set account_id = $2 where account_id = $1",
    "update account
     set longest_seconds = (select max(longest_seconds) from account where id in ($1, $2)),
         time_zone = coalesce(time_zone, (select time_zone from account where id = $1))
     where id = $2",
    "delete from account where id = $1",
];

/// Ids are made by whoever asks, so two accounts can hold the same, if somebody wants them to.
async fn refuse_shared_ids(
    write: &mut Write<'_>,
    guest: AccountId,
    account: AccountId,
) -> Result<(), StoreError> {
    let query = sqlx::query_as(
        "select 1 from session g join session a on a.id = g.id where g.account_id = $1 and a.account_id = $2
         union all
         select 1 from command g join command a on a.id = g.id where g.account_id = $1 and a.account_id = $2
         limit 1",
    );
    let query = query.bind(guest.to_string()).bind(account.to_string());
    let shared: Option<(i64,)> = write.one(query).await?;
    if shared.is_some() {
        let message =
            "Some of these sessions are in the account already, so they cannot be brought along.";
        return Err(StoreError::Told(AppError::from(FieldErrors::one(
            "guest", message,
        ))));
    }
    Ok(())
}
