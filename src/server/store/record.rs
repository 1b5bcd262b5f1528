//! Sessions with when they were made and changed, one by one and page by page.

use super::{
    Store,
    error::StoreError,
    narrow::Narrowing,
    session::{SessionRow, select_sessions},
};
use crate::{
    domain::{AccountId, Instant, Place, Record, SessionId, session::instant},
    error::AppError,
};
use sqlx::AssertSqlSafe;

/// The only reader of sessions with the times of their rows.
#[derive(sqlx::FromRow)]
pub struct RecordRow {
    #[sqlx(flatten)]
    session: SessionRow,
    created_at: i64,
    updated_at: i64,
}

impl TryFrom<RecordRow> for Record {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        let at = |seconds| instant(seconds).map_err(|error| StoreError::unreadable("time", error));
        Ok(Self {
            session: row.session.try_into()?,
            created_at: at(row.created_at)?,
            updated_at: at(row.updated_at)?,
        })
    }
}

/// Which sessions to list; `P` is a place in that list.
#[derive(Clone, Debug)]
pub struct Wanted<'a, P = Place> {
    /// Those that share a moment with `[from, to)`, or are empty and lie in it. One that runs
    /// reaches up to `now`.
    pub from: Instant,
    pub to: Instant,
    pub now: Instant,
    /// Only those whose name contains this, whatever the case.
    pub containing: Option<&'a str>,
    /// Only those that come after.
    pub after: Option<P>,
    /// How many are looked at for this part of the list, at most.
    pub limit: u32,
}

macro_rules! select_records {
    ($($condition:literal),*) => {
        concat!($(select_sessions!(", created_at, updated_at"), $condition, " "),*)
    };
}

/// As for `sessions_within`, one search for what is finished and one for what runs, merged by the
/// order of the list, so that no more is read than is given.
fn page(narrowing: &Narrowing) -> String {
    let narrowed = narrowing.condition(9);
    [
        select_records!(
            "started_at >= $2 - (select longest_seconds from account where id = $1)
               and started_at < $3
               and (stopped_at > $2 or (started_at >= $2 and stopped_at is not null))
               and (started_at < $4 or (started_at = $4 and id < $5))
               and ($6 = '%' or lower(name) like $6 escape '\\')"
        ),
        &narrowed,
        " union all ",
        select_records!(
            "stopped_at is null
               and started_at + 0 < $3 and (started_at + 0 >= $2 or $7 > $2)
               and (started_at + 0 < $4 or (started_at + 0 = $4 and id < $5))
               and ($6 = '%' or lower(name) like $6 escape '\\')"
        ),
        &narrowed,
        " order by started_at desc, id desc limit $8",
    ]
    .concat()
}

impl Store {
    /// One session of the account.
    pub async fn record(
        &self,
        account: AccountId,
        id: SessionId,
    ) -> Result<Option<Record>, AppError> {
        let query = sqlx::query_as::<_, RecordRow>(select_records!("id = $2"));
        self.read_one(query.bind(account.to_string()).bind(id.to_string()))
            .await
    }

    /// The session that runs, if one does.
    pub async fn running_record(&self, account: AccountId) -> Result<Option<Record>, AppError> {
        let query = sqlx::query_as::<_, RecordRow>(select_records!("stopped_at is null"));
        self.read_one(query.bind(account.to_string())).await
    }

    /// Part of the list of the account's sessions that are meant, newest first, and the place after which it
    /// goes on, if it does. One statement; of a search by name a part may hold few or none.
    pub async fn records(
        &self,
        account: AccountId,
        narrowing: &Narrowing,
        wanted: &Wanted<'_>,
    ) -> Result<(Vec<Record>, Option<Place>), AppError> {
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        let (last_start, last_id) = wanted.after.map_or((i64::MAX, String::new()), |place| {
            (place.started_at, place.id.to_string())
        });
        // The scan begins where the part before it ended.
        let to = wanted.to.timestamp().min(last_start.saturating_add(1));
        // The text depends on nothing but how much is said.
        let query = sqlx::query_as::<_, RecordRow>(AssertSqlSafe(page(narrowing)))
            .bind(account.to_string())
            .bind(wanted.from.timestamp())
            .bind(to)
            .bind(last_start)
            .bind(last_id)
            .bind(pattern(wanted.containing.unwrap_or_default()))
            .bind(wanted.now.timestamp())
            .bind(i64::from(wanted.limit) + 1);
        let mut records: Vec<Record> = self.read_all(narrowing.bind(query)).await?;
        let more = records.len() > limit;
        records.truncate(limit);
        let next = records.last().filter(|_| more).map(Record::place);
        if let Some(containing) = wanted.containing {
            let containing = containing.to_lowercase();
            records.retain(|record| {
                let name = record.session.name.as_str().to_lowercase();
                name.contains(&containing)
            });
        }
        Ok((records, next))
    }
}

/// Matches at least what contains `typed` in any case. The database may know the case of ASCII
/// only, so whatever else was typed stands for anything.
fn pattern(typed: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in typed.to_lowercase().chars() {
        match letter {
            '%' | '_' | '\\' => pattern.extend(['\\', letter]),
            _ if letter.is_ascii() => pattern.push(letter),
            _ if pattern.ends_with('%') && !pattern.ends_with("\\%") => {}
            _ => pattern.push('%'),
        }
    }
    if !pattern.ends_with('%') || pattern.ends_with("\\%") {
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_at_least_what_was_typed() {
        assert_eq!(pattern(""), "%");
        assert_eq!(pattern("Invoice"), "%invoice%");
        assert_eq!(pattern("100 %"), "%100 \\%%");
        assert_eq!(pattern("a_b\\"), "%a\\_b\\\\%");
        assert_eq!(pattern("ÄÖ Büro ß"), "% b%ro %");
    }

    /// A page is read in the order of an index, and nothing beyond it.
    #[tokio::test]
    async fn a_page_is_not_sorted() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path()).await?;
        let id = "019e0f3a-7c00-7000-8000-000000000001";
        let narrow = Narrowing {
            projects: Some(vec![id.parse()?, id.parse()?]),
            tags: Some(vec![id.parse()?]),
            billable: Some(true),
        };
        for narrowing in [Narrowing::default(), narrow] {
            let plan = AssertSqlSafe(format!("explain query plan {}", page(&narrowing)));
            let query = sqlx::query_as(plan).bind("").bind(0).bind(1).bind(1);
            let query = query.bind("").bind("%").bind(0).bind(1);
            let query = narrowing.bind(query);
            let steps: Vec<(i64, i64, i64, String)> = store.all(query).await?;
            let steps: Vec<_> = steps.iter().map(|(.., step)| step.as_str()).collect();
            let search = |step: &str| steps.iter().any(|found| found.contains(step));
            let by_start = "session_by_start (account_id=? AND started_at>? AND started_at<?)";
            assert!(search(&format!("USING INDEX {by_start}")), "{steps:#?}");
            assert!(search("USING INDEX one_running_session (account_id=?)"));
            assert!(
                !steps.contains(&"USE TEMP B-TREE FOR ORDER BY"),
                "{steps:#?}"
            );
        }
        Ok(())
    }
}
