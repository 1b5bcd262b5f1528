//! How the time of a project is read: each of these from its indexes.

use super::{narrow::narrowed, session::select_sessions};

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
pub const PAGE: &str = concat!(
    select_team!(
        "started_at < $3 and stopped_at is not null
           and (stopped_at > $2 or started_at >= $2)
           and (started_at < $4 or (started_at = $4 and (id < $5 or (id = $5 and account_id < $11))))
           and ($6 is null or account_id = $6)
           and started_at >= $2 - "
    ),
    longest!(),
    narrowed!("session", "$9", "$10"),
    " union all ",
    select_team!(
        "stopped_at is null and started_at < $3 and (started_at >= $2 or $7 > $2)
           and (started_at < $4 or (started_at = $4 and (id < $5 or (id = $5 and account_id < $11))))
           and ($6 is null or account_id = $6)
           and exists (select 1 from member m where m.project_id = $1
                         and m.account_id = session.account_id and m.left_at is null)"
    ),
    narrowed!("session", "$9", "$10"),
    "order by started_at desc, id desc, account_id desc limit $8"
);

pub const RUNNING: &str = concat!(
    select_team!("stopped_at is null"),
    narrowed!("session", "$2", "$3"),
    "order by started_at, id, account_id"
);

/// A session counts for a tag once, also where two of its tags were merged: `twin` says of tags that
/// count as one, which of them come before which. What a tag of one account sums to is found first, so
/// that no more than the sums are looked up and sorted by name.
pub const TAG_SUMS: &str = concat!(
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
           and (st.tag_id not in (select tag_id from twin) or not exists (
               select 1 from twin w join session_tag b
                 on b.account_id = s.account_id and b.session_id = s.id and b.tag_id = w.before
               where w.tag_id = st.tag_id))
           and s.started_at >= $2 - ",
    longest!(),
    narrowed!("s", "$4", "$5"),
    "    group by st.tag_id)
     select coalesce(i.name, t.name) as name, cast(sum(timed.seconds) as bigint)
     from timed join tag t on t.id = timed.tag_id left join tag i on i.id = t.merged_into
     where t.deleted_at is null and i.deleted_at is null
     group by coalesce(i.name, t.name)"
);

/// Whose each finished session is, when it began and when it ended, each as a column in one row.
pub const SPANS: &str = concat!(
    "select string_agg(s.account_id, ','), string_agg(cast(s.started_at as text), ','),
            string_agg(cast(s.stopped_at as text), ',')
     from session s
     where s.project_id = $1 and s.started_at < $3 and s.stopped_at > $2 and s.started_at >= $2 - ",
    longest!(),
    narrowed!("s", "$4", "$5")
);

/// Whoever has, or could have, time in the project $1.
pub const PEOPLE: &str = "select id, username from account
     where id in (select account_id from member where project_id = $1)";

#[cfg(test)]
mod tests {
    use super::{super::Store, *};
    use sqlx::AssertSqlSafe;

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
            (SPANS, &of_all),
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
