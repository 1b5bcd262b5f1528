//! How the budgets of projects stand.

use super::{
    amounts::{Dates, EVER, around, midnight},
    store::{Extent, Store},
    zone,
};
use crate::{
    domain::{
        AccountId, Budget, Estimate, Instant, Money, Project, ProjectId,
        estimate::{Spent, recent_from},
        tariff::Piece,
    },
    error::AppError,
};
use chrono::{NaiveDate, TimeDelta};

/// How the budget of a project stands, with the work of all who are or were in it; `None` where there
/// is none that the account may see. Time counts whether or not it is billable, and a session that has
/// begun by `now` on the date on which it began, so that what is spent is the same wherever one looks from. At most five statements, however much was done.
pub async fn estimate(
    store: &Store,
    account: AccountId,
    project: &Project,
    now: Instant,
) -> Result<Option<(Budget, Estimate)>, AppError> {
    let Some(budget) = project.visible_budget() else {
        return Ok(None);
    };
    let today = zone::today(&store.settings(account).await?, now);
    let days = match budget {
        Budget::Time(_) => time_by_day(store, project.label.id, today, now).await?,
        Budget::Money(Money { currency, .. }) => {
            let pieces = pieces(store, project.label.id, EVER.0, now).await?;
            let tariff = store.project_tariff(project.label.id).await?;
            let amounts = tariff.amounts(&pieces);
            let spent = pieces.iter().zip(amounts).filter_map(|(piece, amount)| {
                let amount = amount.filter(|amount| amount.currency == currency)?;
                Some((piece.date, amount.minor))
            });
            spent.collect()
        }
    };
    let spent = Spent::on_days(days, today);
    Ok(Some((budget, Estimate::of(budget, spent, today))))
}

/// The sessions of a project that began from a moment to `now`.
async fn pieces(
    store: &Store,
    project: ProjectId,
    from: Instant,
    now: Instant,
) -> Result<Vec<Piece>, AppError> {
    let extent = Extent::Project(project);
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
    let pieces = pieces(store, project, recent, now).await?;
    let days = pieces.iter().map(|piece| (piece.date, piece.length.0));
    Ok(days.chain([(recent.date_naive(), before)]).collect())
}
