//! Sums of tracked time by day, without reading the sessions.

use super::connection::Statement;
use crate::domain::{AccountId, Bucket};
use sqlx::AssertSqlSafe;

/// The position of a bucket, and its seconds.
pub type SumRow = (i64, i64);

/// Reads the seconds of finished sessions in each of the buckets, which may overlap and be empty. One
/// statement, answered from the index `session_by_start` alone: each bucket is a short scan of it.
pub fn sums(account: AccountId, buckets: &[Bucket]) -> Statement<'static, SumRow> {
    // The text depends on nothing but the number of buckets.
    let query = sqlx::query_as(AssertSqlSafe(sql(buckets.len()))).bind(account.to_string());
    buckets.iter().fold(query, |query, bucket| {
        query
            .bind(bucket.from.timestamp())
            .bind(bucket.to.timestamp())
    })
}

/// The sums, one for each of `count` buckets.
pub fn read_sums(rows: &[SumRow], count: usize) -> Vec<i64> {
    let mut sums = vec![0; count];
    for (position, seconds) in rows {
        let position = usize::try_from(*position).ok();
        if let Some(sum) = position.and_then(|position| sums.get_mut(position)) {
            *sum = *seconds;
        }
    }
    sums
}

/// `case` rather than `min` and `max` of two values, which PostgreSQL calls by another name.
fn sql(buckets: usize) -> String {
    let row = |position: usize| {
        let (begins, ends) = (2 * position + 2, 2 * position + 3);
        format!("(cast({position} as bigint), cast(${begins} as bigint), cast(${ends} as bigint))")
    };
    let rows: Vec<String> = (0..buckets).map(row).collect();
    format!(
        "with bucket (position, begins, ends) as (values {})
         select position, cast(coalesce((
             select sum(case when s.stopped_at < ends then s.stopped_at else ends end
                      - case when s.started_at > begins then s.started_at else begins end)
             from session s
             where s.account_id = $1
               and s.started_at >= begins - (select longest_seconds from account where id = $1)
               and s.started_at < ends
               and s.stopped_at > begins
         ), 0) as bigint)
         from bucket",
        rows.join(", ")
    )
}
