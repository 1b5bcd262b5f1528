//! What a change of rates, or of a rounding rule, would do, before it is made.

mod regroup;

pub use regroup::{Regrouping, preview_regrouping};

use super::{
    amounts::{Dates, EVER},
    store::{Extent, Store},
};
use crate::{
    domain::{
        AccountId, Instant, Level, Money, ProjectId, Rate, RateDraft, RateId, RateRevision, Rates,
        Rounding, Tariff, money::sums, rounding::Rules, tariff::Piece,
    },
    error::AppError,
};
use std::collections::BTreeSet;

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
    /// How the time of all is rounded.
    pub rules: Rules,
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
        ..tariff.clone()
    };
    compare(store, account, extent, (&tariff, &changed), now).await
}

/// What another rounding rule of a project would touch; for its owners.
pub async fn preview_rounding(
    store: &Store,
    account: AccountId,
    id: ProjectId,
    rounding: Rounding,
    now: Instant,
) -> Result<Preview, AppError> {
    regroup::owned(store, account, id).await?;
    let tariff = store.project_tariff(id).await?;
    let mut changed = Tariff::clone(&tariff);
    if let Some(terms) = changed.projects.get_mut(&id) {
        terms.rounding = rounding;
    }
    let extent = Extent::Project(id);
    compare(store, account, extent, (&tariff, &changed), now).await
}

/// What lies between two tariffs, of the work that the account may see.
async fn compare(
    store: &Store,
    account: AccountId,
    extent: Extent,
    (before, after): (&Tariff, &Tariff),
    now: Instant,
) -> Result<Preview, AppError> {
    let catalog = store.catalog(account).await?;
    let sees = |worker: AccountId, project: Option<ProjectId>| {
        worker == account || project.is_some_and(|id| catalog.manages(id))
    };
    let mut worked = store.worked(extent, EVER, now).await?;
    worked.retain(|part| part.billable && sees(part.account, part.project));
    let pieces = Dates::of(store, extent).await?.pieces(&worked);
    let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
    let (mut old, mut new) = (before.amounts(&pieces), after.amounts(&pieces));
    let (mut sessions, mut projects) = (0, BTreeSet::new());
    for (place, piece) in pieces.iter().enumerate() {
        let is_repriced = before.hourly(piece) != after.hourly(piece);
        let (was, rule) = (
            before.rounding(piece.project),
            after.rounding(piece.project),
        );
        let is_rounded = was != rule && old[place] != new[place];
        if is_repriced || is_rounded {
            projects.insert(piece.project);
            sessions += 1;
        } else {
            (old[place], new[place]) = (None, None);
        }
    }
    let mut rules = Rules::default();
    for id in projects {
        rules.add(after.rounding(id), id.and_then(|id| catalog.project(id)));
    }
    Ok(Preview {
        sessions,
        before: sums(old.into_iter().flatten()),
        after: sums(new.into_iter().flatten()),
        rounding: match extent {
            Extent::Project(id) => Some(after.rounding(Some(id))),
            _ => None,
        },
        rules,
    })
}
