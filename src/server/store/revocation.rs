//! How devices end, and what is remembered of it.

use super::{
    Store, asker::Asker, device::read_device_id, error::StoreError, link::end_link_code,
    login::is_guest_with_work, writer::Write,
};
use crate::{
    domain::{AccountId, DeviceId, Instant, session::instant},
    error::AppError,
    server::revoked::REMEMBERED,
};
use chrono::TimeDelta;

/// A browser that signed out is remembered so long, to let its owner in while others try in vain.
const KNOWN_FOR: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Ends a device of the account, and its link code with it; `false` if it has no such device.
    /// Refused unless `abandon`, if nobody gets at the work of a guest any more without it.
    pub async fn end_device(
        &self,
        asker: &Asker,
        device: DeviceId,
        abandon: bool,
        now: Instant,
    ) -> Result<bool, AppError> {
        let account = asker.account;
        self.change(*asker, async |write| {
            if !abandon {
                refuse_to_lose(write, account, device).await?;
            }
            let query = sqlx::query_as::<_, (i64,)>(
                "select 1 from device where id = $1 and account_id = $2 and signed_out_at is null",
            );
            let query = query.bind(device.to_string()).bind(account.to_string());
            match write.one(query).await? {
                Some(_) => end_one(write, device, now).await,
                None => Ok(false),
            }
        })
        .await
    }

    /// Ends all devices of an account, or all but the one that asks; those that were. Refused where nobody
    /// would get at the work of a guest any more.
    pub async fn end_devices(
        &self,
        asker: &Asker,
        keep: Option<DeviceId>,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        let account = asker.account;
        self.change(*asker, async |write| {
            if keep.is_none() && is_guest_with_work(write, account).await? {
                return Err(lost());
            }
            end_devices(write, account, keep, now).await
        })
        .await
    }

    /// Signs a device of the account out, and ends its link code with it. A browser stays known,
    /// without a way in. Refused unless `abandon`, if nobody gets at the work of a guest any more
    /// without it.
    pub async fn sign_out(
        &self,
        asker: &Asker,
        device: DeviceId,
        abandon: bool,
        now: Instant,
    ) -> Result<(), AppError> {
        let account = asker.account;
        self.change(*asker, async |write| {
            if !abandon {
                refuse_to_lose(write, account, device).await?;
            }
            end_link_code(write, account).await?;
            let query = sqlx::query(
                "delete from device where (id = $1 and kind = 'api') or signed_out_at < $2",
            );
            let forgotten = (now - KNOWN_FOR).timestamp();
            write
                .execute(query.bind(device.to_string()).bind(forgotten))
                .await?;
            let query = sqlx::query("update device set signed_out_at = $2 where id = $1");
            write
                .execute(query.bind(device.to_string()).bind(now.timestamp()))
                .await?;
            note_ended(write, &[device], now).await
        })
        .await
    }

    /// The devices that were ended while access tokens of theirs may still be valid; and personal
    /// tokens that ended with a password, as if they were devices.
    pub async fn revocations(&self, now: Instant) -> Result<Vec<(DeviceId, Instant)>, AppError> {
        let query =
            sqlx::query_as("select device_id, revoked_at from revocation where revoked_at >= $1");
        let rows: Vec<(String, i64)> = self.all(query.bind((now - REMEMBERED).timestamp())).await?;
        let read = |(device, at): (String, i64)| Some((device.parse().ok()?, instant(at).ok()?));
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

/// Refuses to end the only device of a guest that has something to lose.
async fn refuse_to_lose(
    write: &mut Write<'_>,
    account: AccountId,
    device: DeviceId,
) -> Result<(), StoreError> {
    if !is_guest_with_work(write, account).await? {
        return Ok(());
    }
    let query = sqlx::query_as(
        "select id from device where account_id = $1 and signed_out_at is null limit 2",
    );
    let signed_in: Vec<(String,)> = write.all(query.bind(account.to_string())).await?;
    match &signed_in[..] {
        [(last,)] if *last == device.to_string() => Err(lost()),
        _ => Ok(()),
    }
}

fn lost() -> StoreError {
    let message = "Nobody could find these sessions again. Register first, or delete the account.";
    StoreError::invalid("abandon", message)
}

/// Ends a device, and the link code that it could have shown; `false` if there is none.
pub async fn end_one(
    write: &mut Write<'_>,
    device: DeviceId,
    now: Instant,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "delete from link_code where account_id =
            (select account_id from device where id = $1 and signed_out_at is null)",
    );
    write.execute(query.bind(device.to_string())).await?;
    let query = sqlx::query("delete from device where id = $1");
    let ended = write.execute(query.bind(device.to_string())).await? == 1;
    if ended {
        note_ended(write, &[device], now).await?;
    }
    Ok(ended)
}

/// Ends all devices of an account but `except`, and its link code.
pub async fn end_devices(
    write: &mut Write<'_>,
    account: AccountId,
    except: Option<DeviceId>,
    now: Instant,
) -> Result<Vec<DeviceId>, StoreError> {
    let except = except.map_or_else(String::new, |device| device.to_string());
    let query = sqlx::query_as("select id from device where account_id = $1 and id <> $2");
    let rows: Vec<(String,)> = write
        .all(query.bind(account.to_string()).bind(except.clone()))
        .await?;
    let ended = rows.iter().map(|(id,)| read_device_id(id));
    let ended: Vec<DeviceId> = ended.collect::<Result<_, _>>()?;
    let query = sqlx::query("delete from device where account_id = $1 and id <> $2");
    write
        .execute(query.bind(account.to_string()).bind(except))
        .await?;
    end_link_code(write, account).await?;
    note_ended(write, &ended, now).await?;
    Ok(ended)
}

/// Remembers that the access tokens of these devices are refused, for as long as it matters.
pub async fn note_ended(
    write: &mut Write<'_>,
    devices: &[DeviceId],
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query("delete from revocation where revoked_at < $1");
    write
        .execute(query.bind((now - REMEMBERED).timestamp()))
        .await?;
    for device in devices {
        let query = sqlx::query(
            "insert into revocation (device_id, revoked_at) values ($1, $2)
             on conflict (device_id) do update set revoked_at = excluded.revoked_at",
        );
        write
            .execute(query.bind(device.to_string()).bind(now.timestamp()))
            .await?;
    }
    Ok(())
}
