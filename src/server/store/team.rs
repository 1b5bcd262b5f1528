//! The time of a project, of all who are or were in it. Whoever is in it may see it.

use super::{
    Store,
    error::StoreError,
    member::read_person,
    narrow::{TeamNarrowing, narrowed},
    record::{RecordRow, Wanted},
    session::select_sessions,
    snapshot::Snapshot,
};
use crate::{
    domain::{
        AccountId, Bucket, Instant, MemberRecord, MemberTime, Place, ProjectId, Record, TeamTime,
    },
    error::AppError,
};
use sqlx::AssertSqlSafe;

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

/// Of sessions of the project $1; to be followed by a condition.
macro_rules! select_team {
    ($($condition:literal),*) => {
        concat!($(
            select_sessions!(
                of "session.project_id = $1",
                ", created_at, updated_at, account_id,
                 (select a.username from account a where a.id = session.account_id) as username,
                 (select string_agg(coalesce(i.name, t.name), char(31)) from session_tag st
                  join tag t on t.id = st.tag_id left join tag i on i.id = t.merged_into
                  where st.account_id = session.account_id and st.session_id = session.id
                    and t.deleted_at is null and i.deleted_at is null) as tag_names,
                 (select count(*) from member m where m.project_id = $1
                    and m.account_id = session.account_id and m.left_at is null) as is_member"
            ),
            $condition, " "
        ),*)
    };
}

/// How far a session of the project can reach: none of whoever has time in it was ever longer.
macro_rules! longest {
    () => {
        "(select coalesce(max(a.longest_seconds), 0) from member m join account a on a.id = m.account_id
          where m.project_id = $1)"
    };
}

/// One search for what is finished and one for what runs, merged by the order of the list. What runs of who
/// has left is not for the others to follow.
const PAGE: &str = concat!(
    select_team!(
        "started_at < $3 and stopped_at is not null
           and (stopped_at > $2 or started_at >= $2)
           and (started_at < $4 or (started_at = $4 and id < $5))
           and ($6 is null or account_id = $6)
           and started_at >= $2 - "
    ),
    longest!(),
    narrowed!("session", "$9", "$10"),
    " union all ",
    select_team!(
        "stopped_at is null and started_at < $3 and (started_at >= $2 or $7 > $2)
           and (started_at < $4 or (started_at = $4 and id < $5))
           and ($6 is null or account_id = $6)
           and exists (select 1 from member m where m.project_id = $1
                         and m.account_id = session.account_id and m.left_at is null)"
    ),
    narrowed!("session", "$9", "$10"),
    "order by started_at desc, id desc limit $8"
);

const RUNNING: &str = concat!(
    select_team!("stopped_at is null"),
    narrowed!("session", "$2", "$3"),
    "order by started_at, id"
);

/// A session counts for a tag once, also where two of its tags were merged: `twin` says of tags that
/// count as one, which of them come before which. What a tag of one account sums to is found first, so
/// that no more than the sums are looked up and sorted by name.
const TAG_SUMS: &str = concat!(
    "with place (tag_id, id) as (
         select id, merged_into from tag
         where merged_into is not null and deleted_at is null
           and account_id in (select account_id from member where project_id = $1)
         union
         select merged_into, merged_into from tag
         where merged_into is not null and deleted_at is null
           and account_id in (select account_id from member where project_id = $1)),
     twin (tag_id, before) as (
         select p.tag_id, b.tag_id from place p join place b on b.id = p.id and b.tag_id < p.tag_id),
     timed (tag_id, seconds) as (
         select st.tag_id, sum(case when s.stopped_at < $3 then s.stopped_at else $3 end
                             - case when s.started_at > $2 then s.started_at else $2 end)
         from session s
         join session_tag st on st.account_id = s.account_id and st.session_id = s.id
         where s.project_id = $1 and s.started_at < $3 and s.stopped_at > $2
           and not exists (
               select 1 from twin w join session_tag b
                 on b.account_id = s.account_id and b.session_id = s.id and b.tag_id = w.before
               where w.tag_id = st.tag_id)
           and s.started_at >= $2 - ",
    longest!(),
    narrowed!("s", "$4", "$5"),
    "    group by st.tag_id)
     select coalesce(i.name, t.name) as name, cast(sum(timed.seconds) as bigint)
     from timed join tag t on t.id = timed.tag_id left join tag i on i.id = t.merged_into
     where t.deleted_at is null and i.deleted_at is null
     group by coalesce(i.name, t.name)"
);

impl Store {
    /// Part of the list of a project's sessions that are meant, newest first, and the place after which it goes
    /// on. One statement.
    pub async fn team_records(
        &self,
        viewer: AccountId,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        wanted: &Wanted<'_>,
    ) -> Result<(Vec<MemberRecord>, Option<Place>), AppError> {
        self.require_member(viewer, project).await?;
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        let (last_start, last_id) = wanted.after.map_or((i64::MAX, String::new()), |place| {
            (place.started_at, place.id.to_string())
        });
        let query = sqlx::query_as(PAGE)
            .bind(project.to_string())
            .bind(wanted.from.timestamp())
            .bind(wanted.to.timestamp())
            .bind(last_start)
            .bind(last_id)
            .bind(narrowing.of.map(|account| account.to_string()))
            .bind(wanted.now.timestamp())
            .bind(i64::from(wanted.limit) + 1);
        let rows = self.all(narrowing.bind(query)).await?;
        let mut records = self.read_team(rows)?;
        let more = records.len() > limit;
        records.truncate(limit);
        let next = records.last().filter(|_| more);
        let next = next.map(|last| last.record.place());
        Ok((records, next))
    }

    /// The time of a project by member, day and tag, and who works on it now, all of one moment; of those sessions
    /// that are meant. What runs of who has left is counted and not shown. Three statements in a transaction.
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
        let finished = self.member_sums(&mut snapshot, project, narrowing, &days);
        let finished = finished.await?;
        let tags = sqlx::query_as(TAG_SUMS).bind(project.to_string());
        let tags = narrowing.bind(tags.bind(from).bind(to));
        let tags = snapshot.all(tags).await?;
        let running = sqlx::query_as(RUNNING).bind(project.to_string());
        let rows: Vec<MemberRecordRow> = snapshot.all(narrowing.bind(running)).await?;
        snapshot.end().await?;
        let left: Vec<bool> = rows.iter().map(|row| row.is_member == 0).collect();
        let mut running = self.read_team(rows)?;
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

    /// Seconds of finished sessions of each account in each day.
    async fn member_sums(
        &self,
        snapshot: &mut Snapshot<'_>,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        days: &[Bucket],
    ) -> Result<Vec<MemberTime>, AppError> {
        if days.is_empty() {
            return Ok(Vec::new());
        }
        // The text depends on nothing but the number of days.
        let query = sqlx::query_as(AssertSqlSafe(sums(days.len()))).bind(project.to_string());
        let mut query = narrowing.bind(query);
        for day in days {
            query = query.bind(day.from.timestamp()).bind(day.to.timestamp());
        }
        let mut members: Vec<MemberTime> = Vec::new();
        let rows: Vec<(String, Option<String>, i64, i64)> = snapshot.all(query).await?;
        for (account, username, position, seconds) in rows {
            let account = read_person(&account, username).map_err(|error| self.explain(error))?;
            // Rows of an account come together.
            if members
                .last()
                .is_none_or(|last| last.account.id != account.id)
            {
                members.push(MemberTime {
                    account,
                    seconds: vec![0; days.len()],
                });
            }
            let sum = usize::try_from(position).ok();
            let sum = sum.and_then(|position| members.last_mut()?.seconds.get_mut(position));
            if let Some(sum) = sum {
                *sum = seconds;
            }
        }
        Ok(members)
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

    fn read_team(&self, rows: Vec<MemberRecordRow>) -> Result<Vec<MemberRecord>, AppError> {
        let read = rows.into_iter().map(MemberRecord::try_from);
        read.collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))
    }
}

fn sums(days: usize) -> String {
    let row = |position: usize| {
        let (begins, ends) = (2 * position + 4, 2 * position + 5);
        format!("(cast({position} as bigint), cast(${begins} as bigint), cast(${ends} as bigint))")
    };
    let rows: Vec<String> = (0..days).map(row).collect();
    format!(
        "with day (position, begins, ends) as (values {rows}),
         sums as (
             select s.account_id, d.position,
                    sum(case when s.stopped_at < d.ends then s.stopped_at else d.ends end
                      - case when s.started_at > d.begins then s.started_at else d.begins end) as seconds
             from day d join session s
               on s.project_id = $1 and s.started_at < d.ends and s.stopped_at > d.begins
              and s.started_at >= d.begins - {longest}{narrowed}
             group by s.account_id, d.position)
         select sums.account_id, a.username, sums.position, cast(sums.seconds as bigint)
         from sums join account a on a.id = sums.account_id
         order by sums.account_id, sums.position",
        rows = rows.join(", "),
        longest = longest!(),
        narrowed = narrowed!("s", "$2", "$3"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing but an index is read of sessions, and of those that are over none to find what runs.
    #[tokio::test]
    async fn a_project_is_summed_from_indexes() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path()).await?;
        let range = "(project_id=? AND started_at>? AND started_at<?)";
        let of_all = format!("SEARCH s USING COVERING INDEX session_of_project {range}");
        let of_page =
            "SEARCH session USING INDEX running_of_project (project_id=? AND started_at<?)";
        let running = "SEARCH session USING INDEX running_of_project (project_id=?)";
        for (sql, wanted) in [
            (TAG_SUMS, &*of_all),
            (&sums(7), &of_all),
            (PAGE, of_page),
            (RUNNING, running),
        ] {
            let plan = sqlx::query_as(AssertSqlSafe(format!("explain query plan {sql}")));
            let steps: Vec<(i64, i64, i64, String)> = store.all(plan).await?;
            let found = steps.iter().any(|(.., step)| step == wanted);
            assert!(found, "{wanted}: {steps:#?}");
        }
        Ok(())
    }
}
