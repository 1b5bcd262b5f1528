//! The time of a project, of all who are or were in it. Whoever is in it may see it.

use super::{
    Store,
    columns::{numbers, words},
    error::StoreError,
    member::read_person,
    narrow::TeamNarrowing,
    record::{RecordRow, Wanted},
    team_query::{PAGE, PEOPLE, RUNNING, SPANS, TAG_SUMS},
};
use crate::{
    domain::{
        AccountId, Bucket, Instant, MemberRecord, MemberTime, ProjectId, Record, TeamPlace,
        TeamTime,
    },
    error::AppError,
};
use std::collections::HashMap;

/// The only reader of sessions of several accounts.
#[derive(sqlx::FromRow)]
struct MemberRecordRow {
    #[sqlx(flatten)]
    record: RecordRow,
    account_id: String,
    username: Option<String>,
    tag_names: Option<String>,
    is_member: i64,
}

/// A row of [`PEOPLE`].
type Account = (String, Option<String>);

/// A row of [`SPANS`].
type Spans = (Option<String>, Option<String>, Option<String>);

/// Stands between the names of tags, which hold no control characters.
const BETWEEN: char = '\u{1f}';

impl TryFrom<MemberRecordRow> for MemberRecord {
    type Error = StoreError;

    fn try_from(row: MemberRecordRow) -> Result<Self, StoreError> {
        let names = row.tag_names.unwrap_or_default();
        let names = names.split(BETWEEN).filter(|name| !name.is_empty());
        let mut tags: Vec<String> = names.map(str::to_owned).collect();
        tags.sort_by_key(|name| name.to_lowercase());
        tags.dedup();
        Ok(Self {
            record: Record::try_from(row.record)?,
            account: read_person(&row.account_id, row.username)?,
            tags,
        })
    }
}

impl Store {
    /// Part of the list of a project's sessions that are meant, newest first, and the place after which it goes
    /// on. One statement.
    pub async fn team_records(
        &self,
        viewer: AccountId,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        wanted: &Wanted<'_, TeamPlace>,
    ) -> Result<(Vec<MemberRecord>, Option<TeamPlace>), AppError> {
        self.require_member(viewer, project).await?;
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        let (last_start, last_id, last_account) = match wanted.after {
            None => (i64::MAX, String::new(), String::new()),
            Some(TeamPlace { place, account }) => {
                (place.started_at, place.id.to_string(), account.to_string())
            }
        };
        let query = sqlx::query_as::<_, MemberRecordRow>(PAGE)
            .bind(project.to_string())
            .bind(wanted.from.timestamp())
            .bind(wanted.to.timestamp())
            .bind(last_start)
            .bind(last_id)
            .bind(narrowing.of.map(|account| account.to_string()))
            .bind(wanted.now.timestamp())
            .bind(i64::from(wanted.limit) + 1);
        let query = narrowing.bind(query).bind(last_account);
        let mut records: Vec<MemberRecord> = self.read_all(query).await?;
        let more = records.len() > limit;
        records.truncate(limit);
        let next = records.last().filter(|_| more);
        let next = next.map(MemberRecord::place);
        Ok((records, next))
    }

    /// The time of a project by member, day and tag, and who works on it now, all of one moment; of those sessions
    /// that are meant. What runs of who has left is counted and not shown. Four statements in a transaction.
    pub async fn team_time(
        &self,
        viewer: AccountId,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        days: Vec<Bucket>,
        now: Instant,
    ) -> Result<TeamTime, AppError> {
        self.require_member(viewer, project).await?;
        let (from, to) = match (days.first(), days.last()) {
            (Some(first), Some(last)) => (first.from.timestamp(), last.to.timestamp()),
            _ => (0, 0),
        };
        let mut snapshot = self.snapshot().await?;
        let people = sqlx::query_as(PEOPLE).bind(project.to_string());
        let people = snapshot.all(people).await?;
        let spans = sqlx::query_as(SPANS).bind(project.to_string());
        let spans = narrowing.bind(spans.bind(from).bind(to));
        let spans = snapshot.all(spans).await?;
        let tags = sqlx::query_as(TAG_SUMS).bind(project.to_string());
        let tags = snapshot.all(narrowing.bind(tags.bind(from).bind(to)));
        // Summed up while the database looks for tags, which takes longest.
        let (tags, finished) = tokio::join!(tags, async { sum(&people, &spans, &days) });
        let (tags, finished) = (tags?, finished.map_err(|error| self.explain(error))?);
        let running = sqlx::query_as(RUNNING).bind(project.to_string());
        let rows: Vec<MemberRecordRow> = snapshot.all(narrowing.bind(running)).await?;
        snapshot.end().await?;
        let left: Vec<bool> = rows.iter().map(|row| row.is_member == 0).collect();
        let running = rows.into_iter().map(MemberRecord::try_from);
        let running: Result<Vec<_>, _> = running.collect();
        let mut running = running.map_err(|error| self.explain(error))?;
        let mut gone = Vec::new();
        for (record, _) in running.iter_mut().zip(left).filter(|(_, left)| *left) {
            record.tags.clear();
            gone.push(record.account.id);
        }
        let mut time = TeamTime::new(days, finished, tags, running, now);
        time.running
            .retain(|record| !gone.contains(&record.account.id));
        Ok(time)
    }

    /// What a project is, for whoever is in it; for others it does not exist.
    async fn require_member(&self, viewer: AccountId, project: ProjectId) -> Result<(), AppError> {
        let catalog = self.catalog(viewer).await?;
        let known = catalog.project(project);
        if known.is_some_and(|project| project.role.is_some()) {
            Ok(())
        } else {
            Err(AppError::NotFound)
        }
    }
}

/// Seconds of finished sessions of each account in each day.
fn sum(
    people: &[Account],
    spans: &[Spans],
    days: &[Bucket],
) -> Result<Vec<MemberTime>, StoreError> {
    let mut places = HashMap::new();
    let mut members = Vec::new();
    for (place, (id, username)) in people.iter().enumerate() {
        places.insert(id.as_str(), place);
        let account = read_person(id, username.clone())?;
        members.push(MemberTime::none(account, days));
    }
    for (accounts, starts, stops) in spans {
        let (starts, stops) = (numbers(starts.as_deref()), numbers(stops.as_deref()));
        for ((account, start), stop) in words(accounts.as_deref()).zip(starts).zip(stops) {
            let place = places.get(account).copied();
            let member = place.and_then(|place| members.get_mut(place));
            let member = member.ok_or_else(|| StoreError::unreadable("member", account))?;
            member.add(days, (start?, stop?));
        }
    }
    Ok(members)
}
