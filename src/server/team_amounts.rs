//! What the work of a whole project comes to.

use super::{
    amounts::{Dates, around},
    store::{Extent, Store, TeamNarrowing},
};
use crate::{
    domain::{AccountId, Instant, Money, ProjectId, Rounding, Tariff, money::sums, tariff::Piece},
    error::AppError,
};

/// What the work of a project in some time comes to, for who manages it.
#[derive(Clone, Debug, Default)]
pub struct TeamAmounts {
    amounts: Vec<(AccountId, Money)>,
    rounding: Rounding,
}

impl TeamAmounts {
    /// Of those sessions that are meant and began in `[from, to)`, by all who are or were in the project; nothing for
    /// who may not see it.
    pub async fn of(
        store: &Store,
        viewer: AccountId,
        project: ProjectId,
        narrowing: &TeamNarrowing,
        (from, to): (Instant, Instant),
        now: Instant,
    ) -> Result<Self, AppError> {
        // Nothing is paid for what is not billable.
        let none = narrowing.billable == Some(false);
        if none || !store.catalog(viewer).await?.manages(project) {
            return Ok(Self::default());
        }
        let tariff = store.project_tariff(project).await?;
        if tariff.is_empty() {
            return Ok(Self::default());
        }
        let extent = Extent::Project(project);
        let range = around(from, to);
        let dates = Dates::of(store, extent).await?;
        let (counts, pieces): (Vec<bool>, Vec<Piece>) = if narrowing.tag.is_some() {
            let meant = store.meant_within(project, narrowing, (from, to)).await?;
            let near = store.billable_within(extent, range, now).await?;
            dates.neighbours(&near, |near| meant.contains(&(near.account, near.session)))
        } else {
            let worked = store.worked(extent, range, now).await?;
            counted(dates.pieces(&worked), (from, to))
        };
        Ok(Self::priced(&tariff, project, &pieces, &counts))
    }

    /// Of one's own sessions in the project that began in `[from, to)`, which is all that a plain member may see.
    pub async fn own(
        store: &Store,
        account: AccountId,
        project: ProjectId,
        (from, to): (Instant, Instant),
        now: Instant,
    ) -> Result<Self, AppError> {
        let tariff = store.tariff(account).await?;
        if tariff.is_empty() {
            return Ok(Self::default());
        }
        let extent = Extent::Account(account);
        let mut worked = store.worked(extent, around(from, to), now).await?;
        worked.retain(|part| part.project == Some(project));
        let dates = Dates::own(store, account).await?;
        let (counts, pieces) = counted(dates.pieces(&worked), (from, to));
        Ok(Self::priced(&tariff, project, &pieces, &counts))
    }

    fn priced(tariff: &Tariff, project: ProjectId, pieces: &[Piece], counts: &[bool]) -> Self {
        let amounts = tariff.amounts(pieces).into_iter().zip(pieces).zip(counts);
        let counted = amounts.filter_map(|((amount, piece), counts)| {
            let amount = amount.filter(|_| *counts)?;
            Some((piece.member, amount))
        });
        Self {
            amounts: counted.collect(),
            rounding: tariff.rounding(Some(project)),
        }
    }

    /// How the time was rounded before it was paid for; `None` where nothing is paid.
    pub fn rounding(&self) -> Option<Rounding> {
        (!self.amounts.is_empty()).then_some(self.rounding)
    }

    /// What all of it comes to, in each currency.
    pub fn total(&self) -> Vec<Money> {
        sums(self.amounts.iter().map(|(_, amount)| *amount))
    }

    /// What the work of one account comes to.
    pub fn member(&self, account: AccountId) -> Vec<Money> {
        let of = self.amounts.iter().filter(|(member, _)| *member == account);
        sums(of.map(|(_, amount)| *amount))
    }
}

/// Pieces, each with whether it began in `[from, to)`.
fn counted(pieces: Vec<(i64, Piece)>, (from, to): (Instant, Instant)) -> (Vec<bool>, Vec<Piece>) {
    let within = from.timestamp()..to.timestamp();
    let pieces = pieces.into_iter();
    pieces
        .map(|(start, piece)| (within.contains(&start), piece))
        .unzip()
}
