//! Accounts and the browsers that use them.

use super::{
    Store,
    device::{NewDevice, insert_device},
    error::StoreError,
    presence::{Presence, PresenceRow, active_at},
    settings::{SettingsRow, bind_settings},
    writer::Write,
};
use crate::{
    domain::{AccountId, DeviceId, Instant, Settings, session::whole_second},
    error::AppError,
    server::secret::Secret,
};

/// Who asks: an account, through one of its browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub account: AccountId,
    pub device: DeviceId,
    pub settings: Settings,
    pub presence: Presence,
}

/// The only reader of stored accounts and devices.
#[derive(sqlx::FromRow)]
struct ViewerRow {
    account_id: String,
    device_id: String,
    #[sqlx(flatten)]
    settings: SettingsRow,
    #[sqlx(flatten)]
    presence: PresenceRow,
}

impl TryFrom<ViewerRow> for Viewer {
    type Error = StoreError;

    fn try_from(row: ViewerRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: row
                .account_id
                .parse()
                .map_err(|error| StoreError::unreadable("account id", error))?,
            device: row
                .device_id
                .parse()
                .map_err(|error| StoreError::unreadable("device id", error))?,
            settings: row.settings.try_into()?,
            presence: row.presence.try_into()?,
        })
    }
}

impl Store {
    /// Whose browser presents this secret; `None` for one that is not known. No statement is sent for
    /// one that was asked about a moment ago.
    pub async fn viewer(&self, secret: &Secret, now: Instant) -> Result<Option<Viewer>, AppError> {
        let (hash, known) = (secret.hash(), &self.inner.viewers);
        let began = match known.find(&hash, now) {
            Ok(viewer) => return Ok(Some(viewer)),
            Err(began) => began,
        };
        let query = sqlx::query_as::<_, ViewerRow>(concat!(
            "select d.account_id, d.id as device_id, a.time_zone, a.week_start, a.hour_format, a.theme,
                    a.duration_format, a.day_start_hour, d.seen_at, a.left_at, a.back_at, ",
            active_at!("$2"),
            " as active_at
             from device d join account a on a.id = d.account_id
             where d.secret_hash = $1 and d.kind = 'browser' and d.signed_out_at is null"
        ));
        let query = query.bind(hash.clone()).bind(now.timestamp());
        let viewer: Option<Viewer> = self.read_one(query).await?;
        if let Some(viewer) = &viewer {
            known.keep(began, hash, viewer.clone(), now);
        }
        Ok(viewer)
    }

    /// Whether a browser presents the secret of a device that signed out by itself, and is remembered.
    pub async fn has_signed_out(&self, secret: &Secret) -> Result<bool, AppError> {
        let query = sqlx::query_as::<_, (i64,)>(
            "select 1 from device where secret_hash = $1 and signed_out_at is not null",
        );
        let found = self.one(query.bind(secret.hash())).await?;
        Ok(found.is_some())
    }

    /// A new account without a name, and the secret for the browser it belongs to.
    pub async fn create_guest(
        &self,
        settings: &Settings,
        label: &str,
        now: Instant,
    ) -> Result<(Viewer, Secret), AppError> {
        let secret = Secret::random();
        let device = NewDevice::browser(&secret, label, now);
        let account = self.create_guest_with(settings, &device, now).await?;
        let viewer = Viewer {
            account,
            device: device.id,
            settings: settings.clone(),
            presence: Presence::new(whole_second(now)),
        };
        Ok((viewer, secret))
    }

    /// A new account without a name, for the device.
    pub async fn create_guest_with(
        &self,
        settings: &Settings,
        device: &NewDevice,
        now: Instant,
    ) -> Result<AccountId, AppError> {
        let account = AccountId::new(now);
        self.change_unasked(async |write| {
            insert_account(write, account, settings, now).await?;
            insert_device(write, account, device, now).await
        })
        .await?;
        Ok(account)
    }
}

/// Makes an account without a name.
pub async fn insert_account(
    write: &mut Write<'_>,
    account: AccountId,
    settings: &Settings,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into account
            (id, time_zone, week_start, hour_format, theme, duration_format, day_start_hour, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let query = bind_settings(query.bind(account.to_string()), settings);
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
