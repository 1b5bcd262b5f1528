//! Names used before.

use super::{Store, session::SessionRow, session::select_sessions};
use crate::{
    domain::{AccountId, Session},
    error::AppError,
};

/// How many of the newest sessions are looked through.
const LOOKED_THROUGH: i64 = 1000;

/// The newest session of each name among the newest of all.
const NAMED: &str = concat!(
    select_sessions!(),
    "id in (
         select id from (
             select id, row_number() over (partition by name order by started_at desc, id desc) as age
             from (select name, id, started_at from session
                   where account_id = $1 and name <> '' order by started_at desc, id desc limit $2) as recent
         ) as named
         where age = 1)
     order by started_at desc, id desc"
);

impl Store {
    /// At most `limit` sessions of different names that contain what was typed, whatever its case;
    /// of each name the newest, most recent first.
    pub async fn suggest(
        &self,
        account: AccountId,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Session>, AppError> {
        let query = sqlx::query_as(NAMED).bind(account.to_string());
        let rows: Vec<SessionRow> = self.all(query.bind(LOOKED_THROUGH)).await?;
        // SQLite knows the case of ASCII only.
        let typed = typed.trim().to_lowercase();
        let found = rows
            .into_iter()
            .filter(|row| row.name().to_lowercase().contains(&typed))
            .take(limit);
        found
            .map(Session::try_from)
            .collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))
    }
}
