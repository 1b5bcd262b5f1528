//! Who tried in vain how often. Counted before each try, so that many tries at once are all
//! counted, and kept over a restart.

use super::{Store, error::StoreError};
use crate::{
    domain::{
        Instant,
        session::instant,
        throttle::{Failures, Limit},
    },
    error::AppError,
    server::secret::hash,
};

/// Who or what tries: stored as a hash, since people type passwords where user names belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    key: String,
    limit: Limit,
}

impl Subject {
    /// Tries at `what` (such as `sign-in`) by or for `who`.
    pub fn new(what: &str, who: &str, limit: Limit) -> Self {
        Self {
            key: hash(&format!("{what}\n{who}")),
            limit,
        }
    }
}

/// A try that was counted for each of its subjects, with when the one before it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    at: Instant,
    subjects: Vec<(Subject, Option<Instant>)>,
}

impl Store {
    /// Counts a try for all subjects, as if it had failed. Refuses it, and counts nothing, while
    /// one of them is held back.
    pub async fn count_try(&self, subjects: &[Subject], now: Instant) -> Result<Tried, AppError> {
        self.change_unasked(async |write| {
            let mut tried = Vec::with_capacity(subjects.len());
            let query = sqlx::query("delete from throttle where failed_at <= $1");
            let forgotten = (now - Limit::FORGOTTEN_AFTER).timestamp();
            write.execute(query.bind(forgotten)).await?;
            for subject in subjects {
                let query =
                    sqlx::query_as("select failures, failed_at from throttle where subject = $1");
                let row: Option<(i64, i64)> = write.one(query.bind(subject.key.clone())).await?;
                let failures = row.map(read).transpose()?;
                if let Some(until) =
                    failures.and_then(|known| subject.limit.held_until(&known, now))
                {
                    let seconds = (until - now).num_seconds().max(1);
                    return Err(StoreError::Told(AppError::TooMany { seconds }));
                }
                tried.push((subject.clone(), failures.map(|known| known.last)));
            }
            for subject in subjects {
                let query = sqlx::query(
                    "insert into throttle (subject, failures, failed_at) values ($1, 1, $2)
                     on conflict (subject) do update
                     set failures = throttle.failures + 1, failed_at = excluded.failed_at",
                );
                write
                    .execute(query.bind(subject.key.clone()).bind(now.timestamp()))
                    .await?;
            }
            let (at, subjects) = (now, tried);
            Ok(Tried { at, subjects })
        })
        .await
    }

    /// Takes back a try that succeeded, or never took place. The pause after the failures before it
    /// is as long as it was, unless there was another one since.
    pub async fn take_back_try(&self, tried: &Tried) -> Result<(), AppError> {
        self.change_unasked(async |write| {
            for (subject, before) in &tried.subjects {
                let query = sqlx::query(
                    "update throttle set failures = failures - 1,
                        failed_at = case when failed_at = $2 then coalesce($3, failed_at) else failed_at end
                     where subject = $1 and failures > 0",
                );
                let query = query.bind(subject.key.clone()).bind(tried.at.timestamp());
                let query = query.bind(before.map(|before| before.timestamp()));
                write.execute(query).await?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets the failures of a subject that got it right.
    pub async fn forgive(&self, subject: &Subject) -> Result<(), AppError> {
        let query = sqlx::query("delete from throttle where subject = $1");
        let query = query.bind(subject.key.clone());
        self.change_unasked(async |write| write.execute(query).await.map(drop))
            .await
    }
}

fn read((count, at): (i64, i64)) -> Result<Failures, StoreError> {
    let last = instant(at).map_err(|error| StoreError::unreadable("time", error))?;
    Ok(Failures { count, last })
}
