//! A guest's sessions move into an account, with their whole history.

use super::{command::carry_out_one, device::end_devices, error::StoreError, writer::Write};
use crate::{
    domain::{
        AccountId, Action, Command, CommandId, DeviceId, FieldErrors, Instant, WorkRevision,
        session::whole_second,
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
    let query =
        sqlx::query_as("select 1 from session where account_id = $1 and stopped_at is null");
    let runs: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
    if runs.is_some() {
        let stop = Command {
            id: CommandId::new(now),
            at: whole_second(now),
            action: Action::Stop {
                session: None,
                to: None,
                name: None,
                work: WorkRevision::default(),
            },
        };
        carry_out_one(write, guest, &stop, now).await?;
    }
    let ended = end_devices(write, guest, None, now).await?;
    for step in STEPS {
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

/// In this order, so that a change never lacks its command. The guest's commands come after those
/// of the account.
const STEPS: [&str; 5] = [
    "insert into command (account_id, id, seq, acted_at, recorded_at, action, undo_depth, undoes)
     select $2, id, seq + coalesce((select max(seq) from command where account_id = $2), 0),
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
