//! How the budgets of projects stand.

use super::{
    amounts::{Dates, EVER, around, midnight},
    store::{Extent, Store},
    zone,
};
use crate::{
    domain::{
        AccountId, Budget, Estimate, Instant, Money, Project, ProjectId, Tariff,
        estimate::{Spent, recent_from},
        money::sums,
        tariff::Piece,
    },
    error::AppError,
};
use chrono::{NaiveDate, TimeDelta};
use std::collections::HashMap;

/// How a budget stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub budget: Budget,
    pub estimate: Estimate,
    /// What the work comes to in other currencies than the budget's, which does not count them.
    pub beside: Vec<Money>,
}

impl Standing {
    fn of_time(
        budget: Budget,
        days: impl IntoIterator<Item = (NaiveDate, i64)>,
        today: NaiveDate,
    ) -> Self {
        Self {
            budget,
            estimate: Estimate::of(budget, Spent::on_days(days, today), today),
            beside: Vec::new(),
        }
    }

    fn of_money(budget: Money, tariff: &Tariff, pieces: &[Piece], today: NaiveDate) -> Self {
        let amounts = tariff.amounts(pieces);
        let paid = pieces.iter().zip(amounts);
        let paid = paid.filter_map(|(piece, amount)| Some((piece.date, amount?)));
        let (counted, beside): (Vec<_>, Vec<_>) =
            paid.partition(|(_, amount)| amount.currency == budget.currency);
        let days = counted
            .into_iter()
            .map(|(date, amount)| (date, amount.minor));
        let mut beside = sums(beside.into_iter().map(|(_, amount)| amount));
        beside.retain(|amount| amount.minor != 0);
        Self {
            beside,
            ..Self::of_time(Budget::Money(budget), days, today)
        }
    }
}

/// How the budget of a project stands, with the work of all who are or were in it; `None` where there
/// is none that the account may see. Time counts whether or not it is billable, and a session that has
/// begun by `now` on the date on which it began, so that what is spent is the same wherever one looks from. A fixed
/// number of statements, however much was done.
pub async fn estimate(
    store: &Store,
    account: AccountId,
    project: &Project,
    now: Instant,
) -> Result<Option<Standing>, AppError> {
    let Some(budget) = project.visible_budget() else {
        return Ok(None);
    };
    let (id, today) = (project.label.id, today(store, account, now).await?);
    Ok(Some(match budget {
        Budget::Time(_) => {
            let days = time_by_day(store, id, today, now).await?;
            Standing::of_time(budget, days, today)
        }
        Budget::Money(money) => {
            let pieces = pieces(store, Extent::Project(id), EVER.0, now).await?;
            let tariff = store.project_tariff(id).await?;
            Standing::of_money(money, &tariff, &pieces, today)
        }
    }))
}

/// How those budgets of an account's projects stand that it may see; as [`estimate`] tells each. As many statements
/// for many projects as for one.
pub async fn estimates(
    store: &Store,
    account: AccountId,
    projects: &[Project],
    now: Instant,
) -> Result<HashMap<ProjectId, Standing>, AppError> {
    let seen = projects.iter().filter(|project| !project.label.is_archived);
    let seen = seen.filter_map(|project| Some((project.label.id, project.visible_budget()?)));
    let budgets: HashMap<ProjectId, Budget> = seen.collect();
    if budgets.is_empty() {
        return Ok(HashMap::new());
    }
    let extent = Extent::Budgets(account);
    let today = today(store, account, now).await?;
    let tariff = store.tariff_of(extent).await?;
    let mut of_projects: HashMap<ProjectId, Vec<Piece>> = HashMap::new();
    for piece in pieces(store, extent, EVER.0, now).await? {
        let project = piece.project.filter(|id| budgets.contains_key(id));
        if let Some(project) = project {
            of_projects.entry(project).or_default().push(piece);
        }
    }
    let standings = budgets.into_iter().map(|(id, budget)| {
        let pieces = of_projects.remove(&id).unwrap_or_default();
        let standing = match budget {
            Budget::Time(_) => {
                let days = pieces.iter().map(|piece| (piece.date, piece.length.0));
                Standing::of_time(budget, days, today)
            }
            Budget::Money(money) => Standing::of_money(money, &tariff, &pieces, today),
        };
        (id, standing)
    });
    Ok(standings.collect())
}

async fn today(store: &Store, account: AccountId, now: Instant) -> Result<NaiveDate, AppError> {
    Ok(zone::today(&store.settings(account).await?, now))
}

/// The sessions that began from a moment to `now`.
async fn pieces(
    store: &Store,
    extent: Extent,
    from: Instant,
    now: Instant,
) -> Result<Vec<Piece>, AppError> {
    let range = (from, now + TimeDelta::seconds(1));
    let worked = store.worked(extent, range, now).await?;
    let pieces = Dates::of(store, extent).await?.pieces(&worked);
    Ok(pieces.into_iter().map(|(_, piece)| piece).collect())
}

/// Seconds of a project by date. What lies further back than the present pace is taken from stands under
/// one date, whatever its own were: nothing asks for them.
async fn time_by_day(
    store: &Store,
    project: ProjectId,
    today: NaiveDate,
    now: Instant,
) -> Result<Vec<(NaiveDate, i64)>, AppError> {
    let (recent, _) = around(midnight(recent_from(today)), now);
    let before = store.seconds_before(project, recent, now).await?;
    let pieces = pieces(store, Extent::Project(project), recent, now).await?;
    let days = pieces.iter().map(|piece| (piece.date, piece.length.0));
    Ok(days.chain([(recent.date_naive(), before)]).collect())
}
