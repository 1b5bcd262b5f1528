//! User names, passwords and second factors.

use super::{
    Store, asker::Asker, catalog_cache::Altered, enter::replace_password, error::StoreError,
    inherit::leave_behind, revocation::end_devices, second_factor::SecondFactor, writer::Write,
};
use crate::{
    domain::{AccountId, DeviceId, Instant, Username},
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
    /// Whether it has sessions, anything that they could belong to, favourites or rates.
    pub has_work: bool,
}

impl Credentials {
    /// The second factor, if it is in force.
    pub fn second_in_force(&self) -> Option<&SecondFactor> {
        self.second.as_ref().filter(|second| second.confirmed)
    }

    /// Whether it is a guest with something to lose: nobody gets at it without its devices.
    pub fn is_guest_with_work(&self) -> bool {
        self.username.is_none() && self.has_work
    }
}

/// SQL for a row for each session of an account, each thing that sessions could belong to, what is pinned and
/// what an hour costs.
macro_rules! work_of {
    ($account:literal) => {
        concat!(
            "select 1 from session where account_id = ",
            $account,
            " union all select 1 from member where account_id = ",
            $account,
            " union all select 1 from client where account_id = ",
            $account,
            " union all select 1 from tag where account_id = ",
            $account,
            " union all select 1 from favourite where account_id = ",
            $account,
            " union all select 1 from rate where account_id = ",
            $account
        )
    };
}

/// Whether it is a guest with something to lose, as [`Credentials::is_guest_with_work`] tells it.
pub async fn is_guest_with_work(
    write: &mut Write<'_>,
    account: AccountId,
) -> Result<bool, StoreError> {
    let query = sqlx::query_as::<_, (i64,)>(concat!(
        "select 1 from account where id = $1 and username_key is null and exists (",
        work_of!("$1"),
        ")"
    ));
    let found = write.one(query.bind(account.to_string())).await?;
    Ok(found.is_some())
}

macro_rules! credentials {
    ($where:literal) => {
        concat!(
            "select id, username, password_hash, totp_secret, totp_since,
                    (select count(*) from recovery_code where account_id = account.id) as recovery_codes,
                    exists (",
            work_of!("account.id"),
            ") as has_work from account ",
            $where
        )
    };
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
        let query = sqlx::query_as::<_, CredentialsRow>(credentials!("where username_key = $1"));
        self.read_one(query.bind(username.key())).await
    }

    /// How this account is entered.
    pub async fn credentials_of(&self, account: AccountId) -> Result<Credentials, AppError> {
        let query = sqlx::query_as::<_, CredentialsRow>(credentials!("where id = $1"));
        let known = self.read_one(query.bind(account.to_string())).await?;
        known.ok_or(AppError::NotFound)
    }

    /// Replaces the password, and ends what the old one let in: every device but the one that asks,
    /// link codes and personal tokens. The devices that ended.
    pub async fn change_password(
        &self,
        asker: &Asker,
        hash: &str,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        self.change(*asker, async |write| {
            replace_password(write, asker.account, hash, asker.device(), now).await
        })
        .await
    }

    /// Deletes the account with everything in it; its devices. What others work on stays theirs.
    pub async fn delete_account(
        &self,
        asker: impl Into<Asker>,
        now: Instant,
    ) -> Result<Vec<DeviceId>, AppError> {
        let asker = asker.into();
        let account = asker.account;
        let deleted = self.change(asker, async |write| {
            let ended = end_devices(write, account, None, now).await?;
            leave_behind(write, account, now).await?;
            let query = sqlx::query("delete from account where id = $1");
            match write.execute(query.bind(account.to_string())).await? {
                1 => Ok(ended),
                _ => Err(StoreError::NoAccount),
            }
        });
        let deleted = deleted.await;
        self.forget(&[Altered::All]);
        deleted
    }
}
