//! What a page of tracked time shows of an account.

use super::{
    Store,
    session::{read_within, within},
    sum::{read_sums, sums},
};
use crate::{
    domain::{
        AccountId, Bucket, Instant, Session,
        session::{LATEST, instant},
    },
    error::AppError,
};

/// Sessions and sums as they stood together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tracked {
    /// As [`Store::sessions_within`] finds them.
    pub sessions: Vec<Session>,
    /// The session that runs, wherever it lies.
    pub running: Option<Session>,
    /// Seconds of finished sessions, one for each bucket.
    pub sums: Vec<i64>,
}

impl Store {
    /// The sessions of `[from, to)`, the one that runs, and what finished sessions sum to in `buckets`: all of
    /// one moment, so that whatever stops meanwhile counts once. One statement, or with buckets two in a
    /// transaction.
    pub async fn tracked(
        &self,
        account: AccountId,
        (from, to): (Instant, Instant),
        buckets: &[Bucket],
    ) -> Result<Tracked, AppError> {
        let end_of_time = instant(LATEST - 1)?;
        let query = within(account, (from, to), end_of_time);
        let (rows, sums) = if buckets.is_empty() {
            (self.all(query).await?, Vec::new())
        } else {
            let mut snapshot = self.snapshot().await?;
            let rows = snapshot.all(query).await?;
            let sums = snapshot.all(sums(account, buckets)).await?;
            snapshot.end().await?;
            (rows, read_sums(&sums, buckets.len()))
        };
        let mut sessions = read_within(rows).map_err(|error| self.explain(error))?;
        let running = sessions
            .iter()
            .find(|session| session.is_running())
            .cloned();
        sessions.retain(|session| !session.is_running() || session.span.from() < to);
        Ok(Tracked {
            sessions,
            running,
            sums,
        })
    }
}
