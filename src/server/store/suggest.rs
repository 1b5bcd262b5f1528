//! Names used before.

use super::{Store, error::StoreError};
use crate::{
    domain::{AccountId, history::Suggestion},
    error::AppError,
};

/// How many of the newest sessions are looked through.
const LOOKED_THROUGH: i64 = 1000;

impl Store {
    /// At most `limit` different names that contain what was typed, whatever its case, most
    /// recently used first, each with the session that last had it.
    pub async fn suggest(
        &self,
        account: AccountId,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Suggestion>, AppError> {
        let query = sqlx::query_as(
            "select name, id from (
                 select name, id, started_at, row_number() over (partition by name order by started_at desc, id desc) as age
                 from (select name, id, started_at from session
                       where account_id = $1 order by started_at desc, id desc limit $2) as recent
             ) as named
             where age = 1 and name <> ''
             order by started_at desc, id desc",
        );
        let rows: Vec<(String, String)> = self
            .all(query.bind(account.to_string()).bind(LOOKED_THROUGH))
            .await?;
        // SQLite knows the case of ASCII only.
        let typed = typed.trim().to_lowercase();
        let found = rows
            .into_iter()
            .filter(|(name, _)| name.to_lowercase().contains(&typed))
            .take(limit);
        found
            .map(read_suggestion)
            .collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))
    }
}

fn read_suggestion((name, session): (String, String)) -> Result<Suggestion, StoreError> {
    Ok(Suggestion {
        name: name
            .try_into()
            .map_err(|error| StoreError::unreadable("name", error))?,
        session: session
            .parse()
            .map_err(|error| StoreError::unreadable("session id", error))?,
    })
}
