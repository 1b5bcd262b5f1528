//! Registering: who gets a user name.

use super::{
    Store,
    account::insert_account,
    asker::Asker,
    device::{NewDevice, insert_device},
    error::StoreError,
    refresh::replace_key,
    second_factor::write_recovery_codes,
    writer::Write,
};
use crate::{
    domain::{AccountId, FieldErrors, Instant, Settings, Username},
    error::AppError,
};

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

impl Store {
    /// Refuses an invitation that is good no longer, and then a name that somebody else has; so that
    /// a made-up invitation tells of no names. Registering decides the same again.
    pub async fn check_registration(
        &self,
        account: Option<AccountId>,
        username: &Username,
        invitation: Option<&str>,
        now: Instant,
    ) -> Result<(), AppError> {
        if let Some(invitation) = invitation {
            let query = sqlx::query_as::<_, (i64,)>(
                "select 1 from invitation where code_hash = $1 and expires_at > $2",
            );
            let query = query.bind(invitation.to_owned()).bind(now.timestamp());
            self.one(query).await?.ok_or_else(not_invited)?;
        }
        let holder = self.credentials(username).await?;
        match holder.filter(|holder| Some(holder.account) != account) {
            Some(_) => Err(taken()),
            None => Ok(()),
        }
    }

    /// Makes an account with a device of its own.
    pub async fn register(
        &self,
        registration: &Registration,
        device: &NewDevice,
        now: Instant,
    ) -> Result<AccountId, AppError> {
        let account = AccountId::new(now);
        self.change_unasked(async |write| {
            insert_account(write, account, &registration.settings, now).await?;
            name_account(write, account, registration, now).await?;
            insert_device(write, account, device, now).await
        })
        .await?;
        Ok(account)
    }

    /// Makes an account of a guest, which keeps everything: sessions, history, devices, tokens.
    /// The device that asks may get a new key with it.
    pub async fn register_guest(
        &self,
        guest: Asker,
        registration: &Registration,
        new_key: Option<&NewDevice>,
        now: Instant,
    ) -> Result<(), AppError> {
        let (registration, new_key) = (registration.clone(), new_key.cloned());
        let account = guest.account;
        let store = self.clone();
        let work = async move {
            let named = store.change(guest, async |write| {
                name_account(write, account, &registration, now).await?;
                match guest.device().zip(new_key.as_ref()) {
                    Some((device, key)) => replace_key(write, account, device, key).await,
                    None => Ok(()),
                }
            });
            named.await
        };
        self.change_account(account, work).await
    }
}

/// Gives a guest its user name, password and recovery codes.
async fn name_account(
    write: &mut Write<'_>,
    account: AccountId,
    registration: &Registration,
    now: Instant,
) -> Result<(), StoreError> {
    if let Some(invitation) = &registration.invitation {
        let query = sqlx::query("delete from invitation where code_hash = $1 and expires_at > $2");
        let query = query.bind(invitation.clone()).bind(now.timestamp());
        if write.execute(query).await? != 1 {
            return Err(StoreError::Told(not_invited()));
        }
    }
    refuse_taken(write, &registration.username, account).await?;
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

/// Refuses a name that another account has. The transaction holds the write lock, so nobody takes it
/// in between.
pub async fn refuse_taken(
    write: &mut Write<'_>,
    username: &Username,
    account: AccountId,
) -> Result<(), StoreError> {
    let query = sqlx::query_as("select id from account where username_key = $1 and id <> $2");
    let query = query.bind(username.key()).bind(account.to_string());
    let holder: Option<(String,)> = write.one(query).await?;
    match holder {
        Some(_) => Err(StoreError::Told(taken())),
        None => Ok(()),
    }
}

fn not_invited() -> AppError {
    let message = "This invitation is wrong, was used before, or is too old.";
    FieldErrors::one("invitation", message).into()
}

fn taken() -> AppError {
    let message = "This user name is taken. Choose another one, or sign in if it is yours.";
    FieldErrors::one("username", message).into()
}
