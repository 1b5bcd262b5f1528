//! Personal tokens.

use super::{Store, asker::Asker, error::StoreError, writer::Write};
use crate::{
    domain::{AccountId, FieldErrors, Instant, Token, TokenId, login::Scope, session::instant},
    error::AppError,
};
use chrono::TimeDelta;

/// Most tokens of one account.
const MOST: i64 = 100;

/// How stale `used_at` may become before it is written again.
const USED_EVERY: TimeDelta = TimeDelta::hours(1);

/// What a personal token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Personal {
    pub id: TokenId,
    pub account: AccountId,
    pub scope: Scope,
    /// `None` for ever.
    pub expires_at: Option<Instant>,
    /// Give or take an hour; `None` for never.
    used_at: Option<Instant>,
}

impl Personal {
    /// Whether [`touch_token`](Store::touch_token) is due.
    pub fn is_stale(&self, now: Instant) -> bool {
        self.used_at.is_none_or(|used| now - used >= USED_EVERY)
    }
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: String,
    name: String,
    scope: String,
    created_at: i64,
    expires_at: Option<i64>,
    used_at: Option<i64>,
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        let at = |seconds| instant(seconds).map_err(|error| StoreError::unreadable("time", error));
        let scope = row.scope.parse();
        Ok(Self {
            id: row
                .id
                .parse()
                .map_err(|error| StoreError::unreadable("token id", error))?,
            name: row.name,
            scope: scope.map_err(|error| StoreError::unreadable("scope", error))?,
            created_at: at(row.created_at)?,
            expires_at: row.expires_at.map(at).transpose()?,
            used_at: row.used_at.map(at).transpose()?,
        })
    }
}

impl Store {
    /// The personal tokens of an account, newest first, also those that have expired.
    pub async fn tokens(&self, account: AccountId) -> Result<Vec<Token>, AppError> {
        let query = sqlx::query_as::<_, TokenRow>(
            "select id, name, scope, created_at, expires_at, used_at from token
             where account_id = $1 order by created_at desc, id desc",
        );
        self.read_all(query.bind(account.to_string())).await
    }

    /// Keeps a token that is presented with this secret.
    pub async fn save_token(
        &self,
        asker: &Asker,
        token: &Token,
        hash: &str,
    ) -> Result<(), AppError> {
        let account = asker.account;
        self.change(*asker, async |write| {
            let query = sqlx::query_as("select count(*) from token where account_id = $1");
            let count: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
            if count.is_some_and(|(count,)| count >= MOST) {
                let message = "There are a hundred tokens already. Remove one first.";
                return Err(StoreError::Told(FieldErrors::one("name", message).into()));
            }
            let query = sqlx::query(
                "insert into token (id, account_id, name, scope, secret_hash, created_at, expires_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            );
            let query = query.bind(token.id.to_string()).bind(account.to_string());
            let query = query.bind(token.name.clone()).bind(token.scope.as_str());
            let query = query.bind(hash.to_owned()).bind(token.created_at.timestamp());
            let query = query.bind(token.expires_at.map(|at| at.timestamp()));
            write.execute(query).await.map(drop)
        })
        .await
    }

    /// Removes a token of the account; `false` if it has no such token.
    pub async fn remove_token(&self, asker: &Asker, token: TokenId) -> Result<bool, AppError> {
        let query = sqlx::query("delete from token where id = $1 and account_id = $2");
        let query = query
            .bind(token.to_string())
            .bind(asker.account.to_string());
        self.change(*asker, async |write| Ok(write.execute(query).await? == 1))
            .await
    }

    /// Removes all tokens of the account.
    pub async fn remove_tokens(&self, asker: &Asker, now: Instant) -> Result<(), AppError> {
        self.change(*asker, async |write| {
            end_tokens(write, asker.account, now).await
        })
        .await
    }

    /// What the token with this hash opens. No statement is sent for one that was asked about a moment
    /// ago.
    pub async fn personal(&self, hash: &str, now: Instant) -> Result<Option<Personal>, AppError> {
        let began = match self.inner.personal.find(hash, now) {
            Ok(token) => return Ok(Some(token)),
            Err(began) => began,
        };
        let query = sqlx::query_as(
            "select id, account_id, scope, expires_at, used_at from token where secret_hash = $1",
        );
        let row: Option<PersonalRow> = self.one(query.bind(hash.to_owned())).await?;
        let read = |(id, account, scope, expires_at, used_at): PersonalRow| {
            Some(Personal {
                id: id.parse().ok()?,
                account: account.parse().ok()?,
                scope: scope.parse().ok()?,
                expires_at: expires_at.map(instant).transpose().ok()?,
                used_at: used_at.map(instant).transpose().ok()?,
            })
        };
        let token = row.and_then(read);
        if let Some(token) = token {
            self.inner.personal.keep(began, hash.to_owned(), token, now);
        }
        Ok(token)
    }

    /// Notes that a token is in use; writes once an hour at most.
    pub async fn touch_token(&self, hash: &str, now: Instant) -> Result<(), AppError> {
        let query = sqlx::query(
            "update token set used_at = $2 where secret_hash = $1 and coalesce(used_at, 0) <= $3",
        );
        let query = query.bind(hash.to_owned()).bind(now.timestamp());
        let query = query.bind((now - USED_EVERY).timestamp());
        self.change_unasked(async |write| write.execute(query).await.map(drop))
            .await
    }
}

/// Id, account, scope, end, last use.
type PersonalRow = (String, String, String, Option<i64>, Option<i64>);

/// Ends all personal tokens of an account. They are noted beside the devices that ended, so that a
/// server which remembers them learns of it.
pub async fn end_tokens(
    write: &mut Write<'_>,
    account: AccountId,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into revocation (device_id, revoked_at) select id, $2 from token where account_id = $1",
    );
    let query = query.bind(account.to_string()).bind(now.timestamp());
    write.execute(query).await?;
    let query = sqlx::query("delete from token where account_id = $1");
    write
        .execute(query.bind(account.to_string()))
        .await
        .map(drop)
}
