//! How the budgets of projects stand.

use super::{
    amounts::{Dates, EVER, around, midnight},
    store::{Extent, Past, Store},
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
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// How a budget stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub budget: Budget,
    pub estimate: Estimate,
    /// What the work comes to in other currencies than the budget's, which does not count them.
    pub beside: Vec<Money>,
}

impl Standing {
    /// Of what was spent before the recent days, and of the work done since.
    fn of(
        budget: Budget,
        past: &Past,
        recent: &[Piece],
        tariff: &Tariff,
        today: NaiveDate,
    ) -> Self {
        let (spent, recent, beside) = match budget {
            Budget::Time(_) => {
                let recent = recent.iter().map(|piece| (piece.date, piece.length.0));
                (past.seconds, recent.collect(), Vec::new())
            }
            Budget::Money(Money { currency, .. }) => {
                let amounts = recent.iter().zip(tariff.amounts(recent));
                let paid = amounts.filter_map(|(piece, amount)| Some((piece.date, amount?)));
                let (counted, others): (Vec<_>, Vec<_>) =
                    paid.partition(|(_, amount)| amount.currency == currency);
                let recent = counted.into_iter().map(|(date, paid)| (date, paid.minor));
                let (spent, before): (Vec<_>, Vec<_>) =
                    past.paid.iter().partition(|paid| paid.currency == currency);
                let others = others.into_iter().map(|(_, amount)| amount).chain(before);
                let mut beside = sums(others);
                beside.retain(|amount| amount.minor != 0);
                let spent = spent.first().map_or(0, |paid| paid.minor);
                (spent, recent.collect(), beside)
            }
        };
        // Nobody asks when in the past that was.
        let past = recent_from(today).pred_opt().unwrap_or(today);
        let days: Vec<(NaiveDate, i64)> = recent;
        let spent = Spent::on_days(days.into_iter().chain([(past, spent)]), today);
        Self {
            budget,
            estimate: Estimate::of(budget, spent, today),
            beside,
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
    let id = project.label.id;
    let budgets = HashMap::from([(id, budget)]);
    let mut standings = standings(store, account, Extent::Project(id), budgets, now).await?;
    Ok(standings.remove(&id))
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
    standings(store, account, Extent::Budgets(account), budgets, now).await
}

/// How budgets stand of projects that an extent holds, and of no others. Where their past is known, only what was
/// done since is read.
async fn standings(
    store: &Store,
    account: AccountId,
    extent: Extent,
    mut budgets: HashMap<ProjectId, Budget>,
    now: Instant,
) -> Result<HashMap<ProjectId, Standing>, AppError> {
    let today = zone::today(&store.settings(account).await?, now);
    let recent_from = recent_from(today);
    // Asked for before anything is read: what is altered meanwhile must not be kept.
    let mut known = store.pasts(budgets.keys().copied(), recent_from);
    let (tariff, pieces) = loop {
        let since = match known.of {
            Some(_) => around(midnight(recent_from), now).0,
            None => EVER.0,
        };
        let work = work(store, extent, since, now).await?;
        // Else what was moved meanwhile could count twice, or not at all.
        if store.still_holds(&mut known) {
            break work;
        }
    };
    // What was archived or left since it was asked for has no work here that could be summed up.
    budgets.retain(|id, _| tariff.projects.contains_key(id));
    let mut of_projects: HashMap<ProjectId, (Vec<Piece>, Vec<Piece>)> = HashMap::new();
    let mut running = HashSet::new();
    for (from, piece) in pieces {
        let Some(project) = piece.project.filter(|id| budgets.contains_key(id)) else {
            continue;
        };
        let (past, recent) = of_projects.entry(project).or_default();
        if piece.date >= recent_from {
            recent.push(piece);
            continue;
        }
        if from + piece.length.0 >= now.timestamp() {
            running.insert(project);
        }
        past.push(piece);
    }
    let standings = budgets.into_iter().map(|(id, budget)| {
        let (past, recent) = of_projects.remove(&id).unwrap_or_default();
        let past = match &known.of {
            Some(pasts) => pasts[&id].clone(),
            None => {
                let past = Arc::new(sum(&past, &tariff));
                // What still runs goes on to count.
                if !running.contains(&id) {
                    store.keep_past((id, recent_from), past.clone(), &known, now);
                }
                past
            }
        };
        (id, Standing::of(budget, &past, &recent, &tariff, today))
    });
    Ok(standings.collect())
}

/// What was done since a second, and what decides what it comes to.
async fn work(
    store: &Store,
    extent: Extent,
    since: Instant,
    now: Instant,
) -> Result<(Arc<Tariff>, Vec<(i64, Piece)>), AppError> {
    let tariff = match extent {
        Extent::Project(id) => store.project_tariff(id).await?,
        _ => Arc::new(store.tariff_of(extent).await?),
    };
    let worked = store.worked(extent, (since, now + TimeDelta::seconds(1)), now);
    let worked = worked.await?;
    let pieces = Dates::of(store, extent).await?.pieces(&worked);
    Ok((tariff, pieces))
}

fn sum(pieces: &[Piece], tariff: &Tariff) -> Past {
    let seconds = pieces.iter().map(|piece| piece.length.0);
    Past {
        seconds: seconds.fold(0, i64::saturating_add),
        paid: sums(tariff.amounts(pieces).into_iter().flatten()),
    }
}
