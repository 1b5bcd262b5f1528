//! What was done in projects longer ago than their pace is taken from, kept in memory once it was summed up: it
//! is asked for with every look at a budget, and hardly ever changes.

use super::{Store, catalog_cache::Altered};
use crate::domain::{Change, Instant, Money, ProjectId, estimate::RECENT_DAYS};
use chrono::{NaiveDate, TimeDelta};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Most projects of which it is kept; with one more, all are summed up anew.
const MOST: usize = 10_000;

/// What was done in a project on the dates before one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    pub seconds: i64,
    /// What it comes to, in each currency.
    pub paid: Vec<Money>,
}

/// The pasts that were summed up. Nothing but this process writes what they are made of, and whoever
/// does says so here; so what is kept is right.
#[derive(Debug, Default)]
pub struct PastCache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// Each before a date: today is another date elsewhere.
    pasts: HashMap<(ProjectId, NaiveDate), Arc<Past>>,
    /// No session that began later is in any of them.
    until: Instant,
    /// Counts what was forgotten, so that nothing is kept that was read before.
    forgotten: u64,
}

impl PastCache {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sums up everything anew where prices, rounding, or whose work it is may be others now, as what work costs
    /// is read anew then.
    pub fn forget(&self, altered: &[Altered]) {
        if altered.iter().any(|it| !matches!(it, Altered::Of(_))) {
            let mut kept = self.lock();
            kept.pasts.clear();
            kept.forgotten += 1;
        }
    }

    /// Sums up anew what the sessions belong to that were changed by `now`.
    pub fn forget_changed<'a>(&self, changes: impl Iterator<Item = &'a Change>, now: Instant) {
        let mut kept = self.lock();
        let until = kept.until.max(latest(now));
        let sides = changes.flat_map(|Change { before, after }| [before, after]);
        let past = sides.flatten().filter(|it| it.span.from() <= until);
        let projects: HashSet<ProjectId> = past.filter_map(|it| it.work.project).collect();
        if !projects.is_empty() {
            kept.pasts
                .retain(|(project, _), _| !projects.contains(project));
            kept.forgotten += 1;
        }
    }
}

/// When what is in a past now began at the latest: a date is another one elsewhere, and a day may begin late.
fn latest(now: Instant) -> Instant {
    now - TimeDelta::days(i64::from(RECENT_DAYS) - 6)
}

/// What is known of the pasts of some projects.
#[derive(Debug)]
pub struct KnownPasts {
    /// Those of all of them, or nothing.
    pub of: Option<HashMap<ProjectId, Arc<Past>>>,
    /// How often anything had been forgotten by then.
    forgotten: u64,
}

impl Store {
    /// What was done in each of these projects before a date, if it is known of all.
    pub fn pasts(
        &self,
        mut projects: impl Iterator<Item = ProjectId>,
        before: NaiveDate,
    ) -> KnownPasts {
        let kept = self.inner.pasts.lock();
        let of = projects.try_fold(HashMap::new(), |mut pasts, project| {
            let past = kept.pasts.get(&(project, before))?;
            pasts.insert(project, past.clone());
            Some(pasts)
        });
        let forgotten = kept.forgotten;
        KnownPasts { of, forgotten }
    }

    /// Whether these pasts and what was read since are of one moment. If they are not, nothing is known any more.
    pub fn still_holds(&self, known: &mut KnownPasts) -> bool {
        let forgotten = self.inner.pasts.lock().forgotten;
        let holds = known.of.is_none() || forgotten == known.forgotten;
        if !holds {
            *known = KnownPasts {
                of: None,
                forgotten,
            };
        }
        holds
    }

    /// Keeps what was done in a project before a date that lies as far back as the pace is taken from `now`, unless
    /// anything was forgotten since nothing was `known` of it.
    pub fn keep_past(
        &self,
        (project, before): (ProjectId, NaiveDate),
        past: Arc<Past>,
        known: &KnownPasts,
        now: Instant,
    ) {
        let mut kept = self.inner.pasts.lock();
        if kept.forgotten == known.forgotten {
            if kept.pasts.len() >= MOST {
                kept.pasts.clear();
            }
            kept.pasts.insert((project, before), past);
            kept.until = kept.until.max(latest(now));
        }
    }
}
