//! What a change of rates would do, before it is made.

use super::{
    amounts::{Dates, EVER},
    store::{Extent, Store},
};
use crate::{
    domain::{
        AccountId, Instant, Level, Money, ProjectId, Rate, RateDraft, RateId, RateRevision, Rates,
        Rounding, Tariff, money::sums, tariff::Piece,
    },
    error::AppError,
};

/// A change of rates that could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateChange {
    Make(RateDraft),
    Change(RateId, RateRevision),
    Delete(RateId),
}

/// What a change would touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The sessions that an hour of would cost something else.
    pub sessions: usize,
    /// What they come to now, in each currency.
    pub before: Vec<Money>,
    /// What they would come to.
    pub after: Vec<Money>,
    /// How their time is rounded, where all of them are of one project.
    pub rounding: Option<Rounding>,
}

/// What a change would touch of what the account may see. Nothing is changed. What may not be done is
/// refused as doing it would be, and so is a date that is taken.
pub async fn preview(
    store: &Store,
    account: AccountId,
    change: RateChange,
    now: Instant,
) -> Result<Preview, AppError> {
    let (before, after) = match change {
        RateChange::Make(draft) => {
            let rate = Rate {
                id: RateId::new(now),
                level: draft.level,
                hourly: draft.hourly,
                from: draft.from,
            };
            (None, Some(rate))
        }
        RateChange::Change(id, revision) => {
            let rate = store.rate(account, id).await?;
            let after = Rate {
                hourly: revision.hourly.unwrap_or(rate.hourly),
                from: revision.from.unwrap_or(rate.from),
                ..rate
            };
            (Some(rate), Some(after))
        }
        RateChange::Delete(id) => (Some(store.rate(account, id).await?), None),
    };
    store
        .check_rate(account, before.as_ref(), after.as_ref())
        .await?;
    let Some(level) = before.as_ref().or(after.as_ref()).map(|rate| rate.level) else {
        return Ok(Preview::default());
    };
    let extent = match level {
        Level::Account(own) => Extent::Account(own),
        Level::Client(client) => Extent::Client(client),
        Level::Project(project) | Level::Member(project, _) => Extent::Project(project),
    };
    let tariff = store.tariff_of(extent).await?;
    let rates = tariff
        .rates
        .iter()
        .filter(|rate| Some(rate.id) != before.as_ref().map(|rate| rate.id));
    let changed = Tariff {
        rates: Rates::new(rates.cloned().chain(after).collect()),
        projects: tariff.projects.clone(),
    };
    let worked = store.worked(extent, EVER, now).await?;
    let catalog = store.catalog(account).await?;
    let sees = |worker: AccountId, project: Option<ProjectId>| {
        worker == account || project.is_some_and(|id| catalog.manages(id))
    };
    let worked: Vec<_> = worked
        .into_iter()
        .filter(|part| part.billable && sees(part.account, part.project))
        .collect();
    let pieces = Dates::of(store, extent).await?.pieces(&worked);
    let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
    let touched: Vec<bool> = pieces
        .iter()
        .map(|piece| tariff.hourly(piece) != changed.hourly(piece))
        .collect();
    let sum = |tariff: &Tariff| {
        let amounts = tariff.amounts(&pieces).into_iter().zip(&touched);
        sums(amounts.filter_map(|(amount, touched)| amount.filter(|_| *touched)))
    };
    Ok(Preview {
        sessions: touched.iter().filter(|touched| **touched).count(),
        before: sum(&tariff),
        after: sum(&changed),
        rounding: match level {
            Level::Project(project) | Level::Member(project, _) => {
                Some(tariff.rounding(Some(project)))
            }
            Level::Account(_) | Level::Client(_) => None,
        },
    })
}
