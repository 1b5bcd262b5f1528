//! Signing in: what is used up by it, and what it brings along, in one transaction.

use super::{
    Store,
    catalog_cache::Altered,
    device::{NewDevice, insert_device},
    error::StoreError,
    login::is_guest_with_work,
    merge::bring_along,
    revocation::{end_devices, end_one},
    token::end_tokens,
    writer::Write,
};
use crate::{
    domain::{AccountId, DeviceId, GuestChoice, Instant},
    error::AppError,
};

/// How the second factor was shown. Each is good for one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Factor {
    /// The account asks for none. Good for nothing once it does.
    #[default]
    NotAsked,
    /// Whoever runs the server answers for it.
    Waived,
    /// By the code of this time step.
    Step(i64),
    /// By a recovery code with this hash.
    Recovery(String),
}

/// A device that signs in to an account, and what comes with it.
#[derive(Clone, Debug)]
pub struct Entrance {
    pub account: AccountId,
    pub device: NewDevice,
    pub factor: Factor,
    /// The hash of the link code that stands for a password.
    pub link_code: Option<String>,
    /// The hash of the recovery code that stands for a password, and the hash of the new password.
    /// Every other device is signed out then, and personal tokens end.
    pub recovery: Option<(String, String)>,
    /// The stored hash of the password that was right. Nobody is let in when it was replaced since.
    pub password: Option<String>,
    /// That password hashed anew.
    pub rehash: Option<String>,
    /// The guest that is left here, and what the person says becomes of its work. Whether it has any is
    /// decided when the device is let in; with nothing said, nobody is then. It ends when it comes along.
    pub guest: Option<(AccountId, Option<GuestChoice>)>,
    /// The device that nobody can be any more, since its cookie is replaced.
    pub replaces: Option<DeviceId>,
}

impl Entrance {
    /// With nothing shown yet.
    pub fn new(account: AccountId, device: NewDevice) -> Self {
        Self {
            account,
            device,
            factor: Factor::NotAsked,
            link_code: None,
            recovery: None,
            password: None,
            rehash: None,
            guest: None,
            replaces: None,
        }
    }
}

impl Store {
    /// Lets a device in, once: codes are used up in the same transaction. Returns the devices that
    /// ended because of it.
    pub async fn enter(
        &self,
        entrance: &Entrance,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        let ended = self
            .change_unasked(async |write| enter(write, entrance, now).await)
            .await;
        // A guest may have brought its zone.
        self.inner.settings.forget(entrance.account);
        if matches!(entrance.guest, Some((_, Some(GuestChoice::Bring)))) {
            self.forget(&[Altered::All]);
            self.inner.names.forget(entrance.account);
        }
        ended
    }
}

async fn enter(
    write: &mut Write<'_>,
    entrance: &Entrance,
    now: Instant,
) -> Result<Vec<DeviceId>, StoreError> {
    let account = entrance.account;
    if let Some(code) = &entrance.link_code {
        let query = sqlx::query(
            "delete from link_code where code_hash = $1 and account_id = $2 and expires_at > $3",
        );
        let query = query.bind(code.clone()).bind(account.to_string());
        if write.execute(query.bind(now.timestamp())).await? != 1 {
            return Err(StoreError::Told(AppError::WrongCode));
        }
    }
    use_factor(write, account, &entrance.factor).await?;
    let mut ended = Vec::new();
    if let Some((code, password_hash)) = &entrance.recovery {
        use_recovery_code(write, account, code).await?;
        ended = replace_password(write, account, password_hash, None, now).await?;
    }
    if let Some(proven) = &entrance.password {
        let hash = entrance.rehash.as_ref().unwrap_or(proven);
        keep_password(write, account, proven, hash).await?;
    }
    if let Some((guest, choice)) = entrance.guest
        && guest != account
        && is_guest_with_work(write, guest).await?
    {
        match choice {
            Some(GuestChoice::Bring) => {
                ended.extend(bring_along(write, guest, account, now).await?);
            }
            Some(GuestChoice::Leave) => {}
            None => return Err(StoreError::Told(GuestChoice::missing().into())),
        }
    }
    if let Some(device) = entrance.replaces
        && end_one(write, device, now).await?
    {
        ended.push(device);
    }
    insert_device(write, account, &entrance.device, now).await?;
    Ok(ended)
}

/// Uses up what shows the second factor; refuses what was used before, and to do without one
/// where it was turned on meanwhile.
pub async fn use_factor(
    write: &mut Write<'_>,
    account: AccountId,
    factor: &Factor,
) -> Result<(), StoreError> {
    match factor {
        Factor::Waived => Ok(()),
        Factor::NotAsked => {
            let query = sqlx::query_as::<_, (i64,)>(
                "select 1 from account where id = $1 and totp_since is not null",
            );
            match write.one(query.bind(account.to_string())).await? {
                None => Ok(()),
                Some(_) => Err(StoreError::Told(AppError::CodeNeeded)),
            }
        }
        Factor::Recovery(code) => use_recovery_code(write, account, code).await,
        Factor::Step(step) => {
            let query =
                sqlx::query("update account set totp_step = $2 where id = $1 and totp_step < $2");
            match write
                .execute(query.bind(account.to_string()).bind(*step))
                .await?
            {
                1 => Ok(()),
                _ => Err(StoreError::Told(AppError::WrongCode)),
            }
        }
    }
}

async fn use_recovery_code(
    write: &mut Write<'_>,
    account: AccountId,
    hash: &str,
) -> Result<(), StoreError> {
    let query = sqlx::query("delete from recovery_code where account_id = $1 and code_hash = $2");
    let query = query.bind(account.to_string()).bind(hash.to_owned());
    match write.execute(query).await? {
        1 => Ok(()),
        _ => Err(StoreError::Told(AppError::WrongCode)),
    }
}

/// Replaces a password, and ends what the old one let in: all devices but `keep`, link codes and
/// personal tokens. The devices that ended.
pub async fn replace_password(
    write: &mut Write<'_>,
    account: AccountId,
    hash: &str,
    keep: Option<DeviceId>,
    now: Instant,
) -> Result<Vec<DeviceId>, StoreError> {
    set_password(write, account, hash).await?;
    end_tokens(write, account, now).await?;
    end_devices(write, account, keep, now).await
}

/// Writes the password that was `proven` as `hash`; refuses one that was replaced since. Of two
/// that have theirs hashed anew at once, one is refused and tries again.
async fn keep_password(
    write: &mut Write<'_>,
    account: AccountId,
    proven: &str,
    hash: &str,
) -> Result<(), StoreError> {
    let query =
        sqlx::query("update account set password_hash = $3 where id = $1 and password_hash = $2");
    let query = query.bind(account.to_string()).bind(proven.to_owned());
    match write.execute(query.bind(hash.to_owned())).await? {
        1 => Ok(()),
        _ => Err(StoreError::Told(AppError::WrongCredentials)),
    }
}

/// Replaces the password of an account that has a user name.
async fn set_password(
    write: &mut Write<'_>,
    account: AccountId,
    hash: &str,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "update account set password_hash = $2 where id = $1 and username_key is not null",
    );
    let query = query.bind(account.to_string()).bind(hash.to_owned());
    match write.execute(query).await? {
        1 => Ok(()),
        _ => Err(StoreError::NoAccount),
    }
}
