//! Names used before.

use super::{Store, session::SessionRow, session::select_sessions};
use crate::{
    domain::{AccountId, Session},
    error::AppError,
};
use sqlx::AssertSqlSafe;

impl Store {
    /// At most `limit` sessions of different names that contain what was typed, whatever its case;
    /// of each name the newest, the most recent first. Every name that the account used is looked at.
    /// Two statements, however many there are.
    pub async fn suggest(
        &self,
        account: AccountId,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Session>, AppError> {
        let names = self.names(account, typed, limit).await?;
        if names.is_empty() {
            return Ok(Vec::new());
        }
        // The text depends on nothing but the number of names.
        let places: Vec<_> = (2..).take(names.len()).map(|it| format!("${it}")).collect();
        let places = places.join(", ");
        let text = format!("{} started_at in ({places})", select_sessions!());
        let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(account.to_string());
        for (start, _) in &names {
            query = query.bind(start);
        }
        let mut rows: Vec<SessionRow> = self.all(query).await?;
        rows.retain(|row| names.iter().any(|(_, name)| **name == *row.name()));
        let sessions: Result<Vec<_>, _> = rows.into_iter().map(Session::try_from).collect();
        let sessions = sessions.map_err(|error| self.explain(error))?;
        let newest = names.iter().filter_map(|(start, name)| {
            let same = sessions.iter().filter(|session| {
                session.name.as_str() == &**name && session.span.from().timestamp() == *start
            });
            same.max_by_key(|session| session.id).cloned()
        });
        Ok(newest.collect())
    }
}
