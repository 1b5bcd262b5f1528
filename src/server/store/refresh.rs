//! Refresh tokens: traded one for the next.

use super::{
    Store,
    device::{NewDevice, read_device_id},
    error::StoreError,
    revocation::end_one,
    writer::Write,
};
use crate::{
    domain::{AccountId, Denied, DeviceId, Instant},
    error::AppError,
    server::secret::RefreshToken,
};

/// What became of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refreshed {
    Fresh {
        account: AccountId,
        device: DeviceId,
    },
    /// It was used before: somebody else has it. The device is ended.
    Reused {
        device: DeviceId,
    },
    Unknown,
}

impl Store {
    /// Trades a refresh token for `next`, once.
    pub async fn refresh(
        &self,
        token: &RefreshToken,
        next: &RefreshToken,
        now: Instant,
    ) -> Result<Refreshed, AppError> {
        self.change_unasked(async |write| {
            let query = sqlx::query_as(
                "select id, account_id, refresh_hash from device where secret_hash = $1 and kind = 'api'",
            );
            let row: Option<(String, String, String)> =
                write.one(query.bind(token.family.hash())).await?;
            let Some((device, account, current)) = row else {
                return Ok(Refreshed::Unknown);
            };
            let device = read_device_id(&device)?;
            let account = account.parse();
            let account = account.map_err(|error| StoreError::unreadable("account id", error))?;
            if current != token.current.hash() {
                end_one(write, device, now).await?;
                return Ok(Refreshed::Reused { device });
            }
            let query = sqlx::query("update device set refresh_hash = $2, seen_at = $3 where id = $1");
            let query = query.bind(device.to_string()).bind(next.current.hash());
            write.execute(query.bind(now.timestamp())).await?;
            Ok(Refreshed::Fresh { account, device })
        })
        .await
    }
}

/// Gives a client what it presents from now on, in place of what it had.
pub async fn replace_key(
    write: &mut Write<'_>,
    account: AccountId,
    device: DeviceId,
    key: &NewDevice,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "update device set secret_hash = $3, refresh_hash = $4
         where id = $1 and account_id = $2 and kind = 'api'",
    );
    let query = query.bind(device.to_string()).bind(account.to_string());
    let query = query
        .bind(key.secret_hash.clone())
        .bind(key.refresh_hash.clone());
    match write.execute(query).await? {
        1 => Ok(()),
        _ => Err(StoreError::Told(Denied::Revoked.into())),
    }
}
