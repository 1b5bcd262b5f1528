//! Devices: how they come, and how they are told apart.

use super::{Store, error::StoreError, writer::Write};
use crate::{
    domain::{AccountId, Device, DeviceId, DeviceKind, Instant, session::instant},
    error::AppError,
    server::secret::{RefreshToken, Secret},
};

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
        let query = sqlx::query_as::<_, DeviceRow>(
            "select id, kind, label, created_at, seen_at from device
             where account_id = $1 and signed_out_at is null
             order by seen_at desc, id desc",
        );
        self.read_all(query.bind(account.to_string())).await
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

/// Reads a stored id.
pub fn read_device_id(text: &str) -> Result<DeviceId, StoreError> {
    text.parse()
        .map_err(|error| StoreError::unreadable("device id", error))
}
