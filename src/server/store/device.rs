//! Devices: how they come, how they are told apart, and how they end.

use super::{
    Store, asker::Asker, error::StoreError, link::end_link_code, login::work_of, writer::Write,
};
use crate::{
    domain::{AccountId, Device, DeviceId, DeviceKind, FieldErrors, Instant, session::instant},
    error::AppError,
    server::{
        secret::{RefreshToken, Secret},
        token::LIFETIME,
    },
};
use chrono::TimeDelta;

/// A browser that signed out is remembered so long, to let its owner in while others try in vain.
const KNOWN_FOR: TimeDelta = TimeDelta::days(90);

/// A device that is about to be signed in.
#[derive(Clone, Debug)]
pub struct NewDevice {
    pub id: DeviceId,
    kind: DeviceKind,
    label: String,
    pub(super) secret_hash: String,
    pub(super) refresh_hash: Option<String>,
}

impl NewDevice {
    /// A browser that will present `secret`.
    pub fn browser(secret: &Secret, label: &str, now: Instant) -> Self {
        Self {
            id: DeviceId::new(now),
            kind: DeviceKind::Browser,
            label: label.to_owned(),
            secret_hash: secret.hash(),
            refresh_hash: None,
        }
    }

    /// An API client that will present `token`.
    pub fn api(token: &RefreshToken, label: &str, now: Instant) -> Self {
        Self {
            id: DeviceId::new(now),
            kind: DeviceKind::Api,
            label: label.to_owned(),
            secret_hash: token.family.hash(),
            refresh_hash: Some(token.current.hash()),
        }
    }
}

/// The only reader of devices for their account.
#[derive(sqlx::FromRow)]
struct DeviceRow {
    id: String,
    kind: String,
    label: String,
    created_at: i64,
    seen_at: i64,
}

impl TryFrom<DeviceRow> for Device {
    type Error = StoreError;

    fn try_from(row: DeviceRow) -> Result<Self, StoreError> {
        let at = |seconds| instant(seconds).map_err(|error| StoreError::unreadable("time", error));
        Ok(Self {
            id: read_device_id(&row.id)?,
            kind: match row.kind.as_str() {
                "browser" => DeviceKind::Browser,
                _ => DeviceKind::Api,
            },
            label: row.label,
            created_at: at(row.created_at)?,
            seen_at: at(row.seen_at)?,
        })
    }
}

impl Store {
    /// The devices that are signed in to an account, the one seen last first.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<Device>, AppError> {
        let query = sqlx::query_as(
            "select id, kind, label, created_at, seen_at from device
             where account_id = $1 and signed_out_at is null
             order by seen_at desc, id desc",
        );
        let rows: Vec<DeviceRow> = self.all(query.bind(account.to_string())).await?;
        let devices = rows
            .into_iter()
            .map(Device::try_from)
            .collect::<Result<_, _>>();
        devices.map_err(|error| self.explain(error))
    }

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
        self.change(async |write| {
            asker.require(write).await?;
            if !abandon {
                refuse_to_lose(write, account, device).await?;
            }
            let query = sqlx::query(
                "delete from device where id = $1 and account_id = $2 and signed_out_at is null",
            );
            let query = query.bind(device.to_string()).bind(account.to_string());
            let ended = write.execute(query).await? == 1;
            if ended {
                end_link_code(write, account).await?;
                note_ended(write, &[device], now).await?;
            }
            Ok(ended)
        })
        .await
    }

    /// Ends all devices of an account but the one that asks; those that were.
    pub async fn end_devices(
        &self,
        asker: &Asker,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        self.change(async |write| {
            asker.require(write).await?;
            end_devices(write, asker.account, asker.device(), now).await
        })
        .await
    }

    /// Signs a device of the account out, and ends its link code with it. A browser stays known,
    /// without a way in. Refused unless `abandon`, if nobody gets at the work of a guest any more
    /// without it.
    pub async fn sign_out(
        &self,
        account: AccountId,
        device: DeviceId,
        abandon: bool,
        now: Instant,
    ) -> Result<(), AppError> {
        self.change(async |write| {
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

    /// Whose browser presents this secret, signed in or out.
    pub async fn known_device(
        &self,
        secret: &Secret,
    ) -> Result<Option<(AccountId, DeviceId)>, AppError> {
        let query = sqlx::query_as(
            "select account_id, id from device where secret_hash = $1 and kind = 'browser'",
        );
        let row: Option<(String, String)> = self.one(query.bind(secret.hash())).await?;
        Ok(row.and_then(|(account, device)| Some((account.parse().ok()?, device.parse().ok()?))))
    }

    /// The devices that were ended while access tokens of theirs may still be valid; and personal
    /// tokens that ended with a password, as if they were devices.
    pub async fn revocations(&self, now: Instant) -> Result<Vec<(DeviceId, Instant)>, AppError> {
        let query =
            sqlx::query_as("select device_id, revoked_at from revocation where revoked_at >= $1");
        let rows: Vec<(String, i64)> = self.all(query.bind((now - LIFETIME).timestamp())).await?;
        let read = |(device, at): (String, i64)| Some((device.parse().ok()?, instant(at).ok()?));
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

/// Adds a device to an account.
pub async fn insert_device(
    write: &mut Write<'_>,
    account: AccountId,
    device: &NewDevice,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into device (id, account_id, kind, label, secret_hash, refresh_hash, created_at, seen_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
    );
    let kind = match device.kind {
        DeviceKind::Browser => "browser",
        DeviceKind::Api => "api",
    };
    let query = query
        .bind(device.id.to_string())
        .bind(account.to_string())
        .bind(kind);
    let query = query
        .bind(device.label.clone())
        .bind(device.secret_hash.clone());
    let query = query
        .bind(device.refresh_hash.clone())
        .bind(now.timestamp());
    write.execute(query).await.map(drop)
}

/// Refuses to end the only device of a guest that has something to lose.
async fn refuse_to_lose(
    write: &mut Write<'_>,
    account: AccountId,
    device: DeviceId,
) -> Result<(), StoreError> {
    let query = sqlx::query_as(concat!(
        "select 1 from device d join account a on a.id = d.account_id
             where a.id = $1 and d.id = $2 and d.signed_out_at is null and a.username_key is null
                and not exists (select 1 from device where account_id = $1 and id <> $2
                                and signed_out_at is null)
                and exists (",
        work_of!("$1"),
        ")"
    ));
    let query = query.bind(account.to_string()).bind(device.to_string());
    let lost: Option<(i64,)> = write.one(query).await?;
    match lost {
        None => Ok(()),
        Some(_) => {
            let message =
                "Nobody could find these sessions again. Register first, or delete the account.";
            Err(StoreError::Told(
                FieldErrors::one("abandon", message).into(),
            ))
        }
    }
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
        .execute(query.bind((now - LIFETIME).timestamp()))
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

/// Reads a stored id.
pub fn read_device_id(text: &str) -> Result<DeviceId, StoreError> {
    text.parse()
        .map_err(|error| StoreError::unreadable("device id", error))
}
