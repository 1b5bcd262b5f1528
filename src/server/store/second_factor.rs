//! Second factors and recovery codes.

use super::{
    Store,
    asker::Asker,
    enter::{Factor, use_factor},
    error::StoreError,
    writer::Write,
};
use crate::{
    domain::{AccountId, FieldErrors, Instant},
    error::AppError,
};

/// What an authenticator app shares with the server.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// As stored: base64.
    pub secret: String,
    /// Asked for from the moment on when a first code was right.
    pub confirmed: bool,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor")
            .field("confirmed", &self.confirmed)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Whether the account has a recovery code with this hash left.
    pub async fn has_recovery_code(
        &self,
        account: AccountId,
        hash: &str,
    ) -> Result<bool, AppError> {
        let query = sqlx::query_as::<_, (i64,)>(
            "select 1 from recovery_code where account_id = $1 and code_hash = $2",
        );
        let query = query.bind(account.to_string()).bind(hash.to_owned());
        Ok(self.one(query).await?.is_some())
    }

    /// Replaces the recovery codes, and uses up what showed the second factor.
    pub async fn save_recovery_codes(
        &self,
        asker: &Asker,
        factor: &Factor,
        hashes: &[String],
    ) -> Result<(), AppError> {
        self.change(*asker, async |write| {
            use_factor(write, asker.account, factor).await?;
            write_recovery_codes(write, asker.account, hashes).await
        })
        .await
    }

    /// Keeps a second factor that is not in force yet, in place of another such.
    pub async fn offer_second_factor(&self, asker: &Asker, secret: &str) -> Result<(), AppError> {
        self.change(*asker, async |write| {
            let query = sqlx::query(
                "update account set totp_secret = $2 where id = $1 and totp_since is null and username_key is not null",
            );
            let query = query.bind(asker.account.to_string()).bind(secret.to_owned());
            match write.execute(query).await? {
                1 => Ok(()),
                _ => Err(StoreError::Told(second_factor_is_on())),
            }
        })
        .await
    }

    /// Asks for the second factor from now on.
    pub async fn confirm_second_factor(
        &self,
        asker: &Asker,
        step: i64,
        now: Instant,
    ) -> Result<(), AppError> {
        self.change(*asker, async |write| {
            let query = sqlx::query(
                "update account set totp_since = $3, totp_step = $2
                 where id = $1 and totp_since is null and totp_secret is not null and totp_step < $2",
            );
            let query = query.bind(asker.account.to_string()).bind(step).bind(now.timestamp());
            match write.execute(query).await? {
                1 => Ok(()),
                _ => Err(StoreError::Told(AppError::WrongCode)),
            }
        })
        .await
    }

    /// Asks for it no longer.
    pub async fn remove_second_factor(
        &self,
        asker: &Asker,
        factor: &Factor,
    ) -> Result<(), AppError> {
        let account = asker.account;
        self.change(*asker, async |write| {
            use_factor(write, account, factor).await?;
            let query = sqlx::query(
                "update account set totp_secret = null, totp_since = null where id = $1",
            );
            write
                .execute(query.bind(account.to_string()))
                .await
                .map(drop)
        })
        .await
    }
}

/// Replaces the recovery codes of an account.
pub async fn write_recovery_codes(
    write: &mut Write<'_>,
    account: AccountId,
    hashes: &[String],
) -> Result<(), StoreError> {
    let query = sqlx::query("delete from recovery_code where account_id = $1");
    write.execute(query.bind(account.to_string())).await?;
    for hash in hashes {
        let query =
            sqlx::query("insert into recovery_code (account_id, code_hash) values ($1, $2)");
        write
            .execute(query.bind(account.to_string()).bind(hash.clone()))
            .await?;
    }
    Ok(())
}

fn second_factor_is_on() -> AppError {
    FieldErrors::one(
        "code",
        "A second factor is in force already. Turn it off first.",
    )
    .into()
}
