//! User names, passwords and second factors.

use super::{
    Store,
    account::insert_account,
    catalog_cache::Altered,
    device::{NewDevice, end_devices, insert_device},
    enter::set_password,
    error::StoreError,
    inherit::leave_behind,
    refresh::replace_key,
    second_factor::{SecondFactor, write_recovery_codes},
    writer::Write,
};
use crate::{
    domain::{AccountId, DeviceId, FieldErrors, Instant, Settings, Username},
    error::AppError,
};

/// How an account is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub account: AccountId,
    /// `None` for a guest.
    pub username: Option<Username>,
    pub password_hash: Option<String>,
    pub second: Option<SecondFactor>,
    pub recovery_codes: i64,
    /// Whether it has sessions, or anything that they could belong to.
    pub has_work: bool,
}

impl Credentials {
    /// The second factor, if it is in force.
    pub fn second_in_force(&self) -> Option<&SecondFactor> {
        self.second.as_ref().filter(|second| second.confirmed)
    }
}

/// An account with a name, or what makes one of a guest.
#[derive(Clone, Debug)]
pub struct Registration {
    pub username: Username,
    pub password_hash: String,
    /// The hashes of its recovery codes.
    pub recovery: Vec<String>,
    /// The hash of the invitation that is used up, where one is needed.
    pub invitation: Option<String>,
    pub settings: Settings,
}

#[derive(sqlx::FromRow)]
struct CredentialsRow {
    id: String,
    username: Option<String>,
    password_hash: Option<String>,
    totp_secret: Option<String>,
    totp_since: Option<i64>,
    recovery_codes: i64,
    has_work: i64,
}

impl TryFrom<CredentialsRow> for Credentials {
    type Error = StoreError;

    fn try_from(row: CredentialsRow) -> Result<Self, StoreError> {
        let username = row.username.map(Username::try_from).transpose();
        Ok(Self {
            account: row
                .id
                .parse()
                .map_err(|error| StoreError::unreadable("account id", error))?,
            username: username.map_err(|error| StoreError::unreadable("user name", error))?,
            password_hash: row.password_hash,
            second: row.totp_secret.map(|secret| SecondFactor {
                secret,
                confirmed: row.totp_since.is_some(),
            }),
            recovery_codes: row.recovery_codes,
            has_work: row.has_work > 0,
        })
    }
}

impl Store {
    /// How the account with this user name is entered; `None` if there is none.
    pub async fn credentials(&self, username: &Username) -> Result<Option<Credentials>, AppError> {
        let query = sqlx::query_as(
            "select id, username, password_hash, totp_secret, totp_since,
                    (select count(*) from recovery_code where account_id = account.id) as recovery_codes,
                    (select count(*) from (
                        select 1 from session where account_id = account.id
                        union all select 1 from member where account_id = account.id
                        union all select 1 from client where account_id = account.id
                        union all select 1 from tag where account_id = account.id limit 1)) as has_work
             from account where username_key = $1",
        );
        self.read_credentials(self.one(query.bind(username.key())).await?)
    }

    /// How this account is entered.
    pub async fn credentials_of(&self, account: AccountId) -> Result<Credentials, AppError> {
        let query = sqlx::query_as(
            "select id, username, password_hash, totp_secret, totp_since,
                    (select count(*) from recovery_code where account_id = account.id) as recovery_codes,
                    (select count(*) from (
                        select 1 from session where account_id = account.id
                        union all select 1 from member where account_id = account.id
                        union all select 1 from client where account_id = account.id
                        union all select 1 from tag where account_id = account.id limit 1)) as has_work
             from account where id = $1",
        );
        let row = self.one(query.bind(account.to_string())).await?;
        self.read_credentials(row)?.ok_or(AppError::NotFound)
    }

    fn read_credentials(
        &self,
        row: Option<CredentialsRow>,
    ) -> Result<Option<Credentials>, AppError> {
        row.map(Credentials::try_from)
            .transpose()
            .map_err(|error| self.explain(error))
    }

    /// Makes an account with a device of its own.
    pub async fn register(
        &self,
        registration: &Registration,
        device: &NewDevice,
        now: Instant,
    ) -> Result<AccountId, AppError> {
        let account = AccountId::new(now);
        self.change(async |write| {
            insert_account(write, account, &registration.settings, now).await?;
            name_account(write, account, registration, now).await?;
            insert_device(write, account, device, now).await
        })
        .await?;
        Ok(account)
    }

    /// Makes an account of a guest, which keeps everything: sessions, history, devices, tokens.
    /// A device may get a new key with it.
    pub async fn register_guest(
        &self,
        guest: AccountId,
        registration: &Registration,
        new_key: Option<(DeviceId, &NewDevice)>,
        now: Instant,
    ) -> Result<(), AppError> {
        let registration = registration.clone();
        let new_key = new_key.map(|(device, key)| (device, key.clone()));
        let store = self.clone();
        let work = async move {
            let named = store.change(async |write| {
                name_account(write, guest, &registration, now).await?;
                match &new_key {
                    Some((device, key)) => replace_key(write, guest, *device, key).await,
                    None => Ok(()),
                }
            });
            named.await
        };
        self.change_account(guest, work).await
    }

    /// Gives the account another user name.
    pub async fn rename_account(
        &self,
        account: AccountId,
        username: &Username,
    ) -> Result<(), AppError> {
        let (store, username) = (self.clone(), username.clone());
        let work = async move {
            let named = store.change(async |write| {
                refuse_taken(write, &username, account).await?;
                let query = sqlx::query(
                    "update account set username = $2, username_key = $3 where id = $1 and username_key is not null",
                );
                let query = query.bind(account.to_string()).bind(username.as_str().to_owned());
                match write.execute(query.bind(username.key())).await? {
                    1 => Ok(()),
                    _ => Err(StoreError::NoAccount),
                }
            });
            named.await
        };
        self.change_account(account, work).await
    }

    /// Replaces the password and ends every device but `keep`; those that ended.
    pub async fn change_password(
        &self,
        account: AccountId,
        hash: &str,
        keep: Option<DeviceId>,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        self.change(async |write| {
            set_password(write, account, hash).await?;
            end_devices(write, account, keep, now).await
        })
        .await
    }

    /// Deletes the account with everything in it; its devices. What others work on stays theirs.
    pub async fn delete_account(
        &self,
        account: AccountId,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        let deleted = self.change(async |write| {
            let ended = end_devices(write, account, None, now).await?;
            leave_behind(write, account, now).await?;
            let query = sqlx::query("delete from account where id = $1");
            match write.execute(query.bind(account.to_string())).await? {
                1 => Ok(ended),
                _ => Err(StoreError::NoAccount),
            }
        });
        let deleted = deleted.await;
        self.inner.catalogs.forget(&[Altered::All]);
        deleted
    }
}

/// Gives a guest its user name, password and recovery codes.
async fn name_account(
    write: &mut Write<'_>,
    account: AccountId,
    registration: &Registration,
    now: Instant,
) -> Result<(), StoreError> {
    refuse_taken(write, &registration.username, account).await?;
    if let Some(invitation) = &registration.invitation {
        let query = sqlx::query("delete from invitation where code_hash = $1 and expires_at > $2");
        let query = query.bind(invitation.clone()).bind(now.timestamp());
        if write.execute(query).await? != 1 {
            let message = "This invitation is wrong, was used before, or is too old.";
            return Err(StoreError::Told(
                FieldErrors::one("invitation", message).into(),
            ));
        }
    }
    let query = sqlx::query(
        "update account set username = $2, username_key = $3, password_hash = $4
         where id = $1 and username_key is null",
    );
    let query = query
        .bind(account.to_string())
        .bind(registration.username.as_str().to_owned())
        .bind(registration.username.key())
        .bind(registration.password_hash.clone());
    if write.execute(query).await? != 1 {
        let message =
            "You are signed in with a user name already. Sign out to make another account.";
        return Err(StoreError::Told(
            FieldErrors::one("username", message).into(),
        ));
    }
    write_recovery_codes(write, account, &registration.recovery).await
}

/// The transaction holds the write lock, so nobody takes the name in between.
async fn refuse_taken(
    write: &mut Write<'_>,
    username: &Username,
    account: AccountId,
) -> Result<(), StoreError> {
    let query = sqlx::query_as("select id from account where username_key = $1 and id <> $2");
    let query = query.bind(username.key()).bind(account.to_string());
    let taken: Option<(String,)> = write.one(query).await?;
    if taken.is_some() {
        let message = "This user name is taken. Choose another one, or sign in if it is yours.";
        return Err(StoreError::Told(
            FieldErrors::one("username", message).into(),
        ));
    }
    Ok(())
}
