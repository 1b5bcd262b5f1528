//! Codes that let somebody in: to link a device, and to register by invitation.

use super::{Store, asker::Asker, error::StoreError, writer::Write};
use crate::{
    domain::{AccountId, Instant},
    error::AppError,
};

impl Store {
    /// Keeps the link code of an account, in place of an earlier one.
    pub async fn save_link_code(
        &self,
        asker: &Asker,
        hash: &str,
        expires_at: Instant,
    ) -> Result<(), AppError> {
        let query = sqlx::query(
            "insert into link_code (account_id, code_hash, expires_at) values ($1, $2, $3)
             on conflict (account_id) do update
             set code_hash = excluded.code_hash, expires_at = excluded.expires_at",
        );
        let query = query.bind(asker.account.to_string()).bind(hash.to_owned());
        let query = query.bind(expires_at.timestamp());
        self.change(*asker, async |write| write.execute(query).await.map(drop))
            .await
    }

    /// Whose link code this is. It is used up by [`Store::enter`].
    pub async fn link_code(&self, hash: &str, now: Instant) -> Result<Option<AccountId>, AppError> {
        let query = sqlx::query_as(
            "select account_id from link_code where code_hash = $1 and expires_at > $2",
        );
        let query = query.bind(hash.to_owned()).bind(now.timestamp());
        let row: Option<(String,)> = self.one(query).await?;
        Ok(row.and_then(|(account,)| account.parse().ok()))
    }

    /// Keeps an invitation, and forgets those that have expired.
    pub async fn save_invitation(
        &self,
        hash: &str,
        expires_at: Instant,
        now: Instant,
    ) -> Result<(), AppError> {
        self.change_unasked(async |write| {
            let query = sqlx::query("delete from invitation where expires_at <= $1");
            write.execute(query.bind(now.timestamp())).await?;
            let query =
                sqlx::query("insert into invitation (code_hash, expires_at) values ($1, $2)");
            let query = query.bind(hash.to_owned()).bind(expires_at.timestamp());
            write.execute(query).await.map(drop)
        })
        .await
    }
}

/// Makes the link code of an account worthless: what could have shown it was ended.
pub async fn end_link_code(write: &mut Write<'_>, account: AccountId) -> Result<(), StoreError> {
    let query = sqlx::query("delete from link_code where account_id = $1");
    write
        .execute(query.bind(account.to_string()))
        .await
        .map(drop)
}
