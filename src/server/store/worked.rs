//! Much work at once, without what makes a session of it: for sums.

use super::{
    Store,
    catalog::read,
    columns::{numbers, words},
    error::StoreError,
    narrow::{TeamNarrowing, narrowed},
    tariff::{Extent, with_budget},
};
use crate::{
    domain::{AccountId, Instant, ProjectId, Seconds, SessionId},
    error::AppError,
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// What one account did in one project, or in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    pub account: AccountId,
    pub project: Option<ProjectId>,
    pub billable: bool,
    /// The start of each session in seconds since the epoch, and how long it is, up to now while it
    /// runs; by their starts.
    pub sessions: Vec<(i64, Seconds)>,
}

/// A billable session of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub account: AccountId,
    pub session: SessionId,
    pub project: ProjectId,
    pub started_at: i64,
    pub length: Seconds,
}

/// Reads what was done in sessions that began in [$2, $3), with $4 as now: each as a column in one row.
macro_rules! select_worked {
    ($condition:expr) => {
        concat!(
            "select string_agg(account_id, ','), string_agg(coalesce(project_id, '-'), ','),
                    string_agg(cast(billable as text), ','), string_agg(cast(started_at as text), ','),
                    string_agg(cast(coalesce(stopped_at, $4) - started_at as text), ',')
             from session where started_at >= $2 and started_at < $3 and ",
            $condition
        )
    };
}

/// A row of them: whose, in which project, whether it is billable, when it began, and how long it is.
type Columns = [Option<String>; 5];

/// Reads a [`Neighbour`] for each billable session that began in [$2, $3), with $4 as now.
macro_rules! select_billable {
    ($condition:expr) => {
        concat!(
            "select account_id, id, project_id, started_at, coalesce(stopped_at, $4) - started_at
             from session where billable = 1 and started_at >= $2 and started_at < $3 and ",
            $condition,
            " order by started_at, id, account_id"
        )
    };
}
impl Store {
    /// What was done in sessions that began in `[from, to)`. One statement.
    pub async fn worked(
        &self,
        extent: Extent,
        (from, to): (Instant, Instant),
        now: Instant,
    ) -> Result<Vec<Worked>, AppError> {
        let sql = match extent {
            Extent::Account(_) => select_worked!("account_id = $1"),
            Extent::Client(_) => {
                select_worked!("project_id in (select id from project where client_id = $1)")
            }
            Extent::Project(_) => select_worked!("project_id = $1"),
            Extent::Budgets(_) => select_worked!(concat!("project_id in ", with_budget!())),
        };
        let query = sqlx::query_as(sql)
            .bind(extent.id())
            .bind(from.timestamp())
            .bind(to.timestamp())
            .bind(now.timestamp());
        let rows: Vec<(_, _, _, _, _)> = self.all(query).await?;
        let mut rows = rows.into_iter().map(|(a, b, c, d, e)| [a, b, c, d, e]);
        let columns: Columns = rows.next().unwrap_or_default();
        read_worked(&columns).map_err(|error| self.explain(error))
    }

    /// Which billable sessions of a project are meant, of those that began in `[from, to)`. One statement.
    pub async fn meant_within(
        &self,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        (from, to): (Instant, Instant),
    ) -> Result<HashSet<(AccountId, SessionId)>, AppError> {
        let query = sqlx::query_as(concat!(
            "select account_id, id from session
             where project_id = $1 and billable = 1 and started_at >= $4 and started_at < $5",
            narrowed!("session", "$2", "$3")
        ));
        let query = narrowing.bind(query.bind(project.to_string()));
        let query = query.bind(from.timestamp()).bind(to.timestamp());
        let rows: Vec<(String, String)> = self.all(query).await?;
        let read = rows
            .iter()
            .map(|(account, id)| Ok((read(account, "account id")?, read(id, "session id")?)));
        let meant: Result<_, StoreError> = read.collect();
        meant.map_err(|error| self.explain(error))
    }

    /// The billable sessions in projects that began in `[from, to)`. By their starts, and of those that began together by their ids, and then their accounts'. One statement.
    pub async fn billable_within(
        &self,
        extent: Extent,
        (from, to): (Instant, Instant),
        now: Instant,
    ) -> Result<Vec<Neighbour>, AppError> {
        let sql = match extent {
            Extent::Account(_) => select_billable!("account_id = $1 and project_id is not null"),
            Extent::Client(_) => {
                select_billable!("project_id in (select id from project where client_id = $1)")
            }
            Extent::Project(_) => select_billable!("project_id = $1"),
            Extent::Budgets(_) => select_billable!(concat!("project_id in ", with_budget!())),
        };
        let query = sqlx::query_as(sql)
            .bind(extent.id())
            .bind(from.timestamp())
            .bind(to.timestamp())
            .bind(now.timestamp());
        let rows: Vec<(String, String, String, i64, i64)> = self.all(query).await?;
        let read = rows
            .into_iter()
            .map(|(account, id, project, started_at, seconds)| {
                Ok(Neighbour {
                    account: read(&account, "account id")?,
                    session: read(&id, "session id")?,
                    project: read(&project, "project id")?,
                    started_at,
                    length: Seconds(seconds.max(0)),
                })
            });
        let neighbours: Result<_, StoreError> = read.collect();
        neighbours.map_err(|error| self.explain(error))
    }
}

/// What the columns tell, by account, project and whether it is billable.
fn read_worked(
    [accounts, projects, billable, starts, lengths]: &Columns,
) -> Result<Vec<Worked>, StoreError> {
    let mut worked: Vec<Worked> = Vec::new();
    let mut places = HashMap::new();
    let kinds = words(accounts.as_deref()).zip(words(projects.as_deref()));
    let kinds = kinds.zip(words(billable.as_deref()));
    let times = numbers(starts.as_deref()).zip(numbers(lengths.as_deref()));
    for (kind, (start, length)) in kinds.zip(times) {
        let place = match places.entry(kind) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let ((account, project), billable) = kind;
                worked.push(Worked {
                    account: read(account, "account id")?,
                    project: match project {
                        "-" => None,
                        id => Some(read(id, "project id")?),
                    },
                    billable: billable != "0",
                    sessions: Vec::new(),
                });
                *new.insert(worked.len() - 1)
            }
        };
        worked[place]
            .sessions
            .push((start?, Seconds(length?.max(0))));
    }
    for part in &mut worked {
        part.sessions.sort_unstable();
    }
    Ok(worked)
}
