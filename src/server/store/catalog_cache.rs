//! Catalogues that were read, and what work costs, kept in memory: every page and every line that is
//! typed needs one.

use super::Store;
use crate::{
    domain::{AccountId, Catalog, ClientId, Instant, ProjectId, Tariff, favourite::Shortcut},
    error::AppError,
    server::queries::to_its_end,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

/// Most projects, tags and shortcuts that are kept in all; with one more, every catalogue is read anew.
const MOST: usize = 500_000;

/// Most projects of which it is kept what their work costs.
const MOST_TARIFFS: usize = 1_000;

/// The catalogues that were read. Nothing but this process writes what they hold, through
/// [`Store::alter`] alone; so what is kept is right.
#[derive(Debug, Default)]
pub struct CatalogCache(Mutex<Kept>);

/// What is known of one account.
#[derive(Clone, Debug)]
pub struct Known {
    pub catalog: Arc<Catalog>,
    /// What the account's work costs, once that was read. It is read after the catalogue was put here,
    /// so whatever alters it later finds both.
    pub tariff: Arc<OnceLock<Arc<Tariff>>>,
    /// What it can start again with one press, and when that was told.
    pub shortcuts: Option<(Instant, Shortcuts)>,
}

/// In the order in which they are shown.
pub type Shortcuts = Arc<[Shortcut]>;

#[derive(Debug, Default)]
struct Kept {
    known: HashMap<AccountId, Known>,
    size: usize,
    /// What the work of projects costs, by whoever.
    tariffs: HashMap<ProjectId, Arc<Tariff>>,
    /// Counts what was forgotten, so that nothing is kept that was read before.
    forgotten: u64,
}

/// Whose catalogues a change alters, or what their work costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Altered {
    /// That of one account.
    Of(AccountId),
    /// That of one account, and what its work costs, wherever it is done.
    Paid(AccountId),
    /// Those that hold a project: of all who are or were its members.
    Project(ProjectId),
    /// Those that hold a project of a client.
    Client(ClientId),
    /// Nobody knows which.
    All,
}

impl Altered {
    fn is(self, account: AccountId, catalog: &Catalog) -> bool {
        match self {
            Self::Of(altered) | Self::Paid(altered) => altered == account,
            Self::Project(id) => catalog.project(id).is_some(),
            Self::Client(id) => catalog.projects.iter().any(|project| {
                let client = project.client.as_ref();
                client.is_some_and(|(client, _)| *client == id)
            }),
            Self::All => true,
        }
    }
}

impl CatalogCache {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of an account, or else the count to [`keep`](Self::keep) with.
    pub fn find(&self, account: AccountId) -> Result<Known, u64> {
        let kept = self.lock();
        kept.known.get(&account).cloned().ok_or(kept.forgotten)
    }

    pub fn keep(&self, account: AccountId, catalog: Arc<Catalog>, forgotten: u64) -> Known {
        let known = Known {
            catalog,
            tariff: Arc::default(),
            shortcuts: None,
        };
        let mut kept = self.lock();
        if kept.forgotten == forgotten {
            kept.put(account, known.clone());
        }
        known
    }

    /// Keeps the shortcuts that were told at `now` beside the catalogue that they were told with, unless
    /// that was forgotten since.
    pub fn keep_shortcuts(
        &self,
        account: AccountId,
        known: Known,
        shortcuts: &Shortcuts,
        now: Instant,
    ) {
        let mut kept = self.lock();
        let is_same = |it: &Known| Arc::ptr_eq(&it.catalog, &known.catalog);
        if kept.known.get(&account).is_some_and(is_same) {
            let shortcuts = Some((now, shortcuts.clone()));
            kept.put(account, Known { shortcuts, ..known });
        }
    }

    /// What is kept of a project's work, or else the count to [`keep_tariff`](Self::keep_tariff) with.
    pub fn find_tariff(&self, project: ProjectId) -> Result<Arc<Tariff>, u64> {
        let kept = self.lock();
        kept.tariffs.get(&project).cloned().ok_or(kept.forgotten)
    }

    pub fn keep_tariff(&self, project: ProjectId, tariff: &Arc<Tariff>, forgotten: u64) {
        let mut kept = self.lock();
        if kept.forgotten == forgotten {
            if kept.tariffs.len() >= MOST_TARIFFS {
                kept.tariffs.clear();
            }
            kept.tariffs.insert(project, tariff.clone());
        }
    }

    /// Reads altered catalogues anew the next time; and what the work of projects costs, unless it is
    /// what accounts name that was altered.
    fn forget(&self, altered: &[Altered]) {
        let mut kept = self.lock();
        if altered.iter().any(|it| !matches!(it, Altered::Of(_))) {
            kept.tariffs.clear();
        }
        kept.forgotten += 1;
        match altered {
            [Altered::Of(account)] => {
                let before = kept.known.remove(account);
                kept.size -= before.as_ref().map_or(0, size);
            }
            _ => {
                kept.known.retain(|account, known| {
                    !altered.iter().any(|it| it.is(*account, &known.catalog))
                });
                kept.size = kept.known.values().map(size).sum();
            }
        }
    }
}

impl Kept {
    fn put(&mut self, account: AccountId, known: Known) {
        if self.size + size(&known) > MOST {
            self.known.clear();
            self.size = 0;
        }
        self.size += size(&known);
        let before = self.known.insert(account, known);
        self.size -= before.as_ref().map_or(0, size);
    }
}

/// How much room what is known of an account takes.
fn size(known: &Known) -> usize {
    let Catalog { projects, tags, .. } = &*known.catalog;
    let merged = tags.iter().map(|tag| tag.merged.len());
    let shortcuts = known.shortcuts.as_ref().map_or(0, |(_, kept)| kept.len());
    1 + projects.len() + tags.len() + merged.sum::<usize>() + shortcuts
}

impl Store {
    /// Does work that alters catalogues, and forgets them then, whatever came of it. It goes on to
    /// its end when whoever asked gives up, so that no old catalogue is left behind.
    pub(super) async fn alter<T: Send + 'static>(
        &self,
        altered: impl Into<Vec<Altered>>,
        work: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> Result<T, AppError> {
        let (store, altered) = (self.clone(), altered.into());
        to_its_end(async move {
            let done = work.await;
            store.forget(&altered);
            done
        })
        .await
    }

    /// Reads altered catalogues anew the next time, and sums up anew what they decide about.
    pub(super) fn forget(&self, altered: &[Altered]) {
        self.inner.catalogs.forget(altered);
        self.inner.pasts.forget(altered);
    }
}
