//! Sessions as they are stored, and how they are found.

use super::{Store, connection::Statement, error::StoreError};
use crate::{
    domain::{
        AccountId, Instant, Session, SessionId, Span, TagId, Work, overview::sort_newest_first,
        session::instant,
    },
    error::AppError,
};

/// The only reader of stored sessions.
#[derive(sqlx::FromRow)]
pub struct SessionRow {
    id: String,
    name: String,
    started_at: i64,
    stopped_at: Option<i64>,
    time_zone: String,
    overlap_kept_at: Option<i64>,
    reached_at: Option<i64>,
    version: i64,
    project_id: Option<String>,
    billable: i64,
    /// Their ids, with spaces between.
    tags: Option<String>,
}

/// Reads what a [`SessionRow`] is made of, and what else is named, of sessions of the account $1, or
/// of those that `of` tells; to be followed by a condition.
macro_rules! select_sessions {
    (of $whose:literal, $more:literal) => {
        concat!(
            "select id, name, started_at, stopped_at, time_zone, overlap_kept_at, reached_at, version, project_id, billable,
                    (select string_agg(t.tag_id, ' ') from session_tag t
                     where t.account_id = session.account_id and t.session_id = session.id) as tags",
            $more,
            " from session where ",
            $whose,
            " and "
        )
    };
    ($more:literal) => {
        select_sessions!(of "account_id = $1", $more)
    };
    () => {
        select_sessions!("")
    };
}
pub(super) use select_sessions;

impl SessionRow {
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let at = |seconds| instant(seconds).map_err(|error| StoreError::unreadable("time", error));
        let from = at(row.started_at)?;
        let span = match row.stopped_at.map(at).transpose()? {
            None => Span::Running { since: from },
            Some(to) => {
                Span::done(from, to).map_err(|error| StoreError::unreadable("span", error))?
            }
        };
        Ok(Self {
            id: row
                .id
                .parse()
                .map_err(|error| StoreError::unreadable("session id", error))?,
            name: row
                .name
                .try_into()
                .map_err(|error| StoreError::unreadable("name", error))?,
            span,
            zone: row
                .time_zone
                .parse()
                .map_err(|error| StoreError::unreadable("zone", error))?,
            overlap_kept_at: row.overlap_kept_at.map(at).transpose()?,
            reached_at: row.reached_at.map(at).transpose()?,
            work: Work {
                project: row
                    .project_id
                    .map(|id| id.parse())
                    .transpose()
                    .map_err(|error| StoreError::unreadable("project id", error))?,
                tags: read_tags(row.tags.as_deref().unwrap_or_default())?,
                billable: row.billable != 0,
            },
            version: row.version,
        })
    }
}

/// Reads ids with spaces between.
pub fn read_tags(ids: &str) -> Result<Vec<TagId>, StoreError> {
    let mut tags = ids
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| StoreError::unreadable("tag id", error))?;
    tags.sort_unstable();
    Ok(tags)
}

/// Reads the sessions that [`Store::sessions_within`] tells, and the running one if it began before $4. `+ 0`
/// sends the search for that one to the index that holds nothing else.
const WITHIN: &str = concat!(
    select_sessions!(),
    "started_at >= $2 - (select longest_seconds from account where id = $1)
       and started_at < $3
       and (stopped_at > $2 or (started_at >= $2 and stopped_at is not null))
     union all ",
    select_sessions!(),
    "stopped_at is null and started_at + 0 < $4"
);

/// The read of [`WITHIN`]; its rows are for [`read_within`].
pub fn within(
    account: AccountId,
    (from, to): (Instant, Instant),
    running_before: Instant,
) -> Statement<'static, SessionRow> {
    sqlx::query_as(WITHIN)
        .bind(account.to_string())
        .bind(from.timestamp())
        .bind(to.timestamp())
        .bind(running_before.timestamp())
}

/// Newest first.
pub fn read_within(rows: Vec<SessionRow>) -> Result<Vec<Session>, StoreError> {
    let read = rows.into_iter().map(Session::try_from);
    let mut sessions = read.collect::<Result<Vec<_>, _>>()?;
    sort_newest_first(&mut sessions);
    Ok(sessions)
}

impl Store {
    /// The session that runs, if one does.
    pub async fn running(&self, account: AccountId) -> Result<Option<Session>, AppError> {
        let query =
            sqlx::query_as::<_, SessionRow>(concat!(select_sessions!(), "stopped_at is null"));
        self.read_one(query.bind(account.to_string())).await
    }

    /// One session of the account.
    pub async fn session(
        &self,
        account: AccountId,
        id: SessionId,
    ) -> Result<Option<Session>, AppError> {
        let query = sqlx::query_as::<_, SessionRow>(concat!(select_sessions!(), "id = $2"));
        self.read_one(query.bind(account.to_string()).bind(id.to_string()))
            .await
    }

    /// The sessions that share a moment with `[from, to)`, or are empty and lie in it; the running
    /// one too if it began before `to`. Newest first.
    ///
    /// The scan begins where the longest session of the account could still reach into the range.
    pub async fn sessions_within(
        &self,
        account: AccountId,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<Session>, AppError> {
        let rows = self.all(within(account, (from, to), to)).await?;
        read_within(rows).map_err(|error| self.explain(error))
    }

    /// The finished session that ended last, at `at` or before.
    ///
    /// The one that began last before `at` tells how early a better one can have begun.
    pub async fn latest_before(
        &self,
        account: AccountId,
        at: Instant,
    ) -> Result<Option<Session>, AppError> {
        let query = sqlx::query_as::<_, SessionRow>(concat!(
            select_sessions!(),
            "started_at <= $2 and stopped_at <= $2
               and started_at >= (
                     select stopped_at from session
                     where account_id = $1 and started_at <= $2 and stopped_at <= $2
                     order by started_at desc limit 1)
                   - (select longest_seconds from account where id = $1)
             order by stopped_at desc, started_at desc limit 1"
        ));
        self.read_one(query.bind(account.to_string()).bind(at.timestamp()))
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Either half of the range is found by its ends, and nothing of the rest of an account read.
    #[tokio::test]
    async fn a_range_is_found_through_two_indexes() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path()).await?;
        let plan = sqlx::AssertSqlSafe(format!("explain query plan {WITHIN}"));
        let steps: Vec<(i64, i64, i64, String)> = store
            .all(sqlx::query_as(plan).bind("").bind(0).bind(1).bind(1))
            .await?;
        let searches: Vec<_> = steps
            .iter()
            .filter_map(|(.., step)| step.strip_prefix("SEARCH session USING INDEX "))
            .collect();
        let wanted = [
            "session_by_start (account_id=? AND started_at>? AND started_at<?)",
            "one_running_session (account_id=?)",
        ];
        assert_eq!(searches, wanted);
        Ok(())
    }
}
