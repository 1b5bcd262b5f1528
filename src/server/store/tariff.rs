//! What decides the price of some work, read in as many statements however much work it is.

use super::{
    Store,
    error::StoreError,
    rate_row::{PartingRow, RateRow, read_parting, read_rates},
    terms::RoundingRow,
};
use crate::{
    domain::{AccountId, ClientId, ProjectId, Rates, Tariff, tariff::Terms},
    error::AppError,
};
use std::sync::Arc;

/// Whose work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All that an account does, wherever.
    Account(AccountId),
    /// What everybody does, or did, for a client.
    Client(ClientId),
    /// What everybody does, or did, in a project.
    Project(ProjectId),
    /// What everybody does, or did, in those of an account's projects that have a budget.
    Budgets(AccountId),
}

/// The projects in use with a budget that the account $1 may see, as [`Project::visible_budget`] says.
///
/// [`Project::visible_budget`]: crate::domain::Project::visible_budget
macro_rules! with_budget {
    () => {
        "(select b.id from project b join member v on v.project_id = b.id
          where v.account_id = $1 and v.left_at is null and b.deleted_at is null and b.archived_at is null
            and (b.budget_seconds is not null or (b.budget_minor is not null and v.role <> 'member')))"
    };
}
pub(super) use with_budget;

impl Extent {
    /// The id of what it is.
    pub(super) fn id(self) -> String {
        match self {
            Self::Account(id) | Self::Budgets(id) => id.to_string(),
            Self::Client(id) => id.to_string(),
            Self::Project(id) => id.to_string(),
        }
    }
}

/// Reads the rates that can hold for members that fit a condition, and for accounts that do. A
/// project that somebody left has rates for whoever manages it only.
macro_rules! select_rates {
    ($members:expr, $accounts:literal) => {
        concat!(
            "with mine as (
                 select m.account_id, p.id as project_id, p.client_id
                 from member m join project p on p.id = m.project_id
                 where p.deleted_at is null and ",
            $members,
            ")
             select id, level, account_id, client_id, project_id, hourly_minor, currency, holds_from
             from rate where level = 'account' and account_id ",
            $accounts,
            " union all
             select id, level, account_id, client_id, project_id, hourly_minor, currency, holds_from
             from rate where level = 'client' and client_id in (select client_id from mine)
             union all
             select id, level, account_id, client_id, project_id, hourly_minor, currency, holds_from
             from rate where level = 'project' and project_id in (select project_id from mine)
             union all
             select r.id, r.level, r.account_id, r.client_id, r.project_id, r.hourly_minor, r.currency,
                    r.holds_from
             from mine join rate r on r.project_id = mine.project_id and r.account_id = mine.account_id
             where r.level = 'member'"
        )
    };
}

/// Reads a [`TermsRow`] for each project that fits a condition.
macro_rules! select_terms {
    ($condition:expr) => {
        concat!(
            "select p.id, c.id as client_id, p.rounding, p.rounding_per, p.rounding_minutes, ",
            $condition
        )
    };
}

/// Reads a [`PartingRow`] for each rate of whom have left projects that fit a condition, and one for each who had
/// none.
macro_rules! select_parting {
    ($condition:expr) => {
        concat!(
            "select m.project_id, m.account_id, r.hourly_minor, r.currency, r.holds_from
             from member m left join parting_rate r on r.project_id = m.project_id and r.account_id = m.account_id
             where m.left_at is not null and ",
            $condition
        )
    };
}

#[derive(sqlx::FromRow)]
struct TermsRow {
    id: String,
    client_id: Option<String>,
    #[sqlx(flatten)]
    rounding: RoundingRow,
    is_left: i64,
}

impl TryFrom<TermsRow> for (ProjectId, Terms) {
    type Error = StoreError;

    fn try_from(row: TermsRow) -> Result<Self, StoreError> {
        let client = row.client_id.as_deref();
        let client = client.map(|id| super::catalog::read(id, "client id"));
        let terms = Terms {
            client: client.transpose()?,
            rounding: row.rounding.try_into()?,
            is_left: row.is_left != 0,
        };
        Ok((super::catalog::read(&row.id, "project id")?, terms))
    }
}

impl Store {
    /// What decides the price of an account's own work, as it may know it. No statement is sent for
    /// an account that was asked about before.
    pub async fn tariff(&self, account: AccountId) -> Result<Arc<Tariff>, AppError> {
        let known = self.known(account).await?;
        if let Some(tariff) = known.tariff.get() {
            return Ok(tariff.clone());
        }
        let tariff = Arc::new(self.tariff_of(Extent::Account(account)).await?);
        Ok(known.tariff.get_or_init(|| tariff).clone())
    }

    /// What decides the price of a project's work, whoever's it is: for who manages it. No statement is
    /// sent as long as nothing was altered, here or elsewhere.
    pub async fn project_tariff(&self, project: ProjectId) -> Result<Arc<Tariff>, AppError> {
        let forgotten = match self.inner.catalogs.find_tariff(project) {
            Ok(tariff) => return Ok(tariff),
            Err(forgotten) => forgotten,
        };
        let tariff = Arc::new(self.tariff_of(Extent::Project(project)).await?);
        self.inner.catalogs.keep_tariff(project, &tariff, forgotten);
        Ok(tariff)
    }

    /// What decides the price of some work. Nothing but the work of one account is for everybody's
    /// eyes.
    pub async fn tariff_of(&self, extent: Extent) -> Result<Tariff, AppError> {
        let (rates, terms, parting) = match extent {
            Extent::Account(_) => (
                select_rates!("m.account_id = $1 and m.left_at is null", "= $1"),
                select_terms!(
                    "case when m.left_at is null then 0 else 1 end as is_left
                     from member m join project p on p.id = m.project_id
                     left join client c on c.id = p.client_id and c.deleted_at is null
                     where m.account_id = $1 and (p.deleted_at is null or m.left_at is not null)"
                ),
                None,
            ),
            Extent::Client(_) => (
                select_rates!("p.client_id = $1", "in (select account_id from mine)"),
                select_terms!(
                    "0 as is_left
                     from client c join project p on p.client_id = c.id
                     where c.id = $1 and c.deleted_at is null and p.deleted_at is null"
                ),
                Some(select_parting!(
                    "m.project_id in (select id from project where client_id = $1)"
                )),
            ),
            Extent::Project(_) => (
                select_rates!("p.id = $1", "in (select account_id from mine)"),
                select_terms!(
                    "0 as is_left
                     from project p
                     left join client c on c.id = p.client_id and c.deleted_at is null
                     where p.id = $1 and p.deleted_at is null"
                ),
                Some(select_parting!("m.project_id = $1")),
            ),
            Extent::Budgets(_) => (
                select_rates!(
                    concat!("p.id in ", with_budget!()),
                    "in (select account_id from mine)"
                ),
                select_terms!(concat!(
                    "0 as is_left
                     from project p
                     left join client c on c.id = p.client_id and c.deleted_at is null
                     where p.id in ",
                    with_budget!()
                )),
                Some(select_parting!(concat!("m.project_id in ", with_budget!()))),
            ),
        };
        let rates: Vec<RateRow> = self.all(sqlx::query_as(rates).bind(extent.id())).await?;
        let terms: Vec<TermsRow> = self.all(sqlx::query_as(terms).bind(extent.id())).await?;
        // An account is told of no amounts where it has left.
        let parting: Vec<PartingRow> = match parting {
            Some(sql) => self.all(sqlx::query_as(sql).bind(extent.id())).await?,
            None => Vec::new(),
        };
        let read = || {
            let terms = terms.into_iter().map(TryInto::try_into);
            Ok(Tariff {
                rates: Rates::new(read_rates(rates)?),
                projects: terms.collect::<Result<_, StoreError>>()?,
                parting: read_parting(parting)?,
            })
        };
        read().map_err(|error| self.explain(error))
    }
}
