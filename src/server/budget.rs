//! How the budgets of projects stand.

use super::{
    amounts::{Dates, EVER},
    store::{Extent, Store},
    zone,
};
use crate::{
    domain::{
        AccountId, Budget, Estimate, Instant, Money, Project, estimate::Spent, tariff::Piece,
    },
    error::AppError,
};

/// How the budget of a project stands, with the work of all who are or were in it; `None` where there
/// is none that the account may see. Time counts whether or not it is billable, and a session on
/// the date on which it began. At most five statements, however much was done.
pub async fn estimate(
    store: &Store,
    account: AccountId,
    project: &Project,
    now: Instant,
) -> Result<Option<(Budget, Estimate)>, AppError> {
    let Some(budget) = project.visible_budget() else {
        return Ok(None);
    };
    let extent = Extent::Project(project.label.id);
    let worked = store.worked(extent, EVER, now).await?;
    let pieces = Dates::of(store, extent).await?.pieces(&worked);
    let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
    let days: Vec<_> = match budget {
        Budget::Time(_) => {
            let day = |piece: &Piece| (piece.date, piece.length.0);
            pieces.iter().map(day).collect()
        }
        Budget::Money(Money { currency, .. }) => {
            let amounts = store
                .project_tariff(project.label.id)
                .await?
                .amounts(&pieces);
            let spent = pieces.iter().zip(amounts).filter_map(|(piece, amount)| {
                let amount = amount.filter(|amount| amount.currency == currency)?;
                Some((piece.date, amount.minor))
            });
            spent.collect()
        }
    };
    let today = zone::today(&store.settings(account).await?, now);
    let spent = Spent::on_days(days, today);
    Ok(Some((budget, Estimate::of(budget, spent, today))))
}
