//! The names that accounts used, kept in memory: each letter of a line that is typed asks for them.
//!
//! They are read once. From then on the changes that followed are read from the history and taken
//! over, so what is kept is right whoever wrote them, and nobody who writes has to think of it. But for a guest
//! that comes along: what it did is put before what the account did, so the names are forgotten then.

use super::{Store, error::StoreError, history::read_change};
use crate::{
    domain::{AccountId, Change, Session},
    error::AppError,
};
use memchr::memmem;
use std::{
    collections::{BTreeMap, HashMap},
    mem::size_of,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Most bytes that all names take, about; with more, those that were asked for the longest ago are dropped.
const MOST_BYTES: usize = 32 << 20;

/// Most names of an account: those that were used last.
const MOST_NAMES: i64 = 100_000;

/// Most changes that are taken over; after more of them the names are read anew.
const MOST_CHANGES: i64 = 1_000;

/// The starts of each name's sessions, and the last command that was carried out before.
const NAMES: &str = "select name, string_agg(cast(started_at as text), ' '),
        (select coalesce(max(seq), 0) from command where account_id = $1)
     from session where account_id = $1 and name <> ''
     group by name order by max(started_at) desc limit $2";

const CHANGES: &str = "select c.seq, h.before, h.after
     from command c join change h on h.account_id = c.account_id and h.command_id = c.id
     where c.account_id = $1 and c.seq > $2
     order by c.seq, h.position limit $3";

/// What is kept of an account; locked while it is read or brought up to date.
type Place = Arc<tokio::sync::Mutex<Option<Names>>>;

/// The names that were read.
#[derive(Debug, Default)]
pub struct NameCache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    accounts: HashMap<AccountId, OfAccount>,
    bytes: usize,
    /// Counts how often any were asked for.
    asked: u64,
}

#[derive(Debug, Default)]
struct OfAccount {
    place: Place,
    bytes: usize,
    /// The count at which they were asked for last.
    asked: u64,
}

impl NameCache {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, account: AccountId) -> Place {
        let mut kept = self.lock();
        kept.asked += 1;
        let asked = kept.asked;
        let of_account = kept.accounts.entry(account).or_default();
        of_account.asked = asked;
        of_account.place.clone()
    }

    /// Reads the names of an account anew the next time. Whoever reads them now does not keep them.
    pub fn forget(&self, account: AccountId) {
        let mut kept = self.lock();
        let dropped = kept.accounts.remove(&account);
        kept.bytes -= dropped.map_or(0, |dropped| dropped.bytes);
    }

    /// Notes how much an account takes, and makes room when that is too much.
    fn weigh(&self, account: AccountId, bytes: usize) {
        let mut kept = self.lock();
        if let Some(of_account) = kept.accounts.get_mut(&account) {
            let before = std::mem::replace(&mut of_account.bytes, bytes);
            kept.bytes = kept.bytes + bytes - before;
        }
        while kept.bytes > MOST_BYTES {
            let oldest = kept.accounts.iter().min_by_key(|(_, known)| known.asked);
            let Some(oldest) = oldest.map(|(account, _)| *account) else {
                return;
            };
            let dropped = kept.accounts.remove(&oldest);
            kept.bytes -= dropped.map_or(0, |dropped| dropped.bytes);
        }
    }
}

/// The names of an account's sessions, as they were after one of its commands.
#[derive(Debug, Default)]
struct Names {
    /// The last command whose changes are in it.
    seq: i64,
    /// When the sessions of each name began, in seconds since the epoch; in order.
    starts: HashMap<Arc<str>, Vec<i64>>,
    /// Each name under the last of its starts, and how it is searched.
    order: BTreeMap<(i64, Arc<str>), Arc<str>>,
    bytes: usize,
}

impl Names {
    fn add(&mut self, name: &str, starts: impl IntoIterator<Item = i64>) {
        let (name, key, mut all) = match self.take(name) {
            Some(taken) => taken,
            None => {
                let lower = name.to_lowercase();
                let name: Arc<str> = name.into();
                let key = if *name == *lower {
                    name.clone()
                } else {
                    lower.into()
                };
                (name, key, Vec::new())
            }
        };
        all.extend(starts);
        all.sort_unstable();
        self.put(name, key, all);
    }

    fn remove(&mut self, name: &str, start: i64) {
        if let Some((name, key, mut all)) = self.take(name) {
            if let Ok(place) = all.binary_search(&start) {
                all.remove(place);
            }
            self.put(name, key, all);
        }
    }

    fn take(&mut self, name: &str) -> Option<(Arc<str>, Arc<str>, Vec<i64>)> {
        let (name, starts) = self.starts.remove_entry(name)?;
        let last = *starts.last()?;
        let ((_, name), key) = self.order.remove_entry(&(last, name))?;
        self.bytes -= bytes(&name, &key, &starts);
        Some((name, key, starts))
    }

    /// A name without sessions is none.
    fn put(&mut self, name: Arc<str>, key: Arc<str>, starts: Vec<i64>) {
        if let Some(last) = starts.last() {
            self.bytes += bytes(&name, &key, &starts);
            self.order.insert((*last, name.clone()), key);
            self.starts.insert(name, starts);
        }
    }

    fn take_over(&mut self, change: &Change) {
        let named = |session: &Option<Session>| {
            let session = session.as_ref()?;
            let name = session.name.as_str().to_owned();
            Some((name, session.span.from().timestamp())).filter(|(name, _)| !name.is_empty())
        };
        let (before, after) = (named(&change.before), named(&change.after));
        if before == after {
            return;
        }
        if let Some((name, start)) = before {
            self.remove(&name, start);
        }
        if let Some((name, start)) = after {
            self.add(&name, [start]);
        }
    }

    /// The names that contain what was typed, the one used last first; each with its last start.
    fn find(&self, typed: &str, limit: usize) -> Vec<(i64, Arc<str>)> {
        let typed = typed.trim().to_lowercase();
        let typed = memmem::Finder::new(&typed);
        let fits = |key: &str| typed.find(key.as_bytes()).is_some();
        let found = (self.order.iter().rev()).filter(|(_, key)| fits(key));
        found.take(limit).map(|(name, _)| name.clone()).collect()
    }
}

/// About what a name takes.
fn bytes(name: &Arc<str>, key: &Arc<str>, starts: &[i64]) -> usize {
    const ENTRY: usize = 128;
    let key = if Arc::ptr_eq(name, key) { 0 } else { key.len() };
    ENTRY + name.len() + key + size_of_val(starts)
}

impl Store {
    /// At most `limit` names that contain what was typed, whatever its case, the one used last first; each with the
    /// last start of its sessions in seconds since the epoch. One statement, which grows only with what was changed
    /// since the last time.
    pub(super) async fn names(
        &self,
        account: AccountId,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<(i64, Arc<str>)>, AppError> {
        let place = self.inner.names.of(account);
        let mut kept = place.lock().await;
        let is_current = match kept.as_mut() {
            Some(names) => self.catch_up(account, names).await?,
            None => false,
        };
        if !is_current {
            *kept = Some(self.read_names(account).await?);
        }
        let Some(names) = kept.as_ref() else {
            return Ok(Vec::new());
        };
        let bytes = size_of::<Names>() + names.bytes;
        self.inner.names.weigh(account, bytes);
        Ok(names.find(typed, limit))
    }

    /// Takes over what was changed since; `false` if that is too much.
    async fn catch_up(&self, account: AccountId, names: &mut Names) -> Result<bool, AppError> {
        let query = sqlx::query_as(CHANGES).bind(account.to_string());
        let query = query.bind(names.seq).bind(MOST_CHANGES + 1);
        let rows: Vec<(i64, Option<String>, Option<String>)> = self.all(query).await?;
        if i64::try_from(rows.len()).is_ok_and(|count| count > MOST_CHANGES) {
            return Ok(false);
        }
        let read = rows.iter().map(|(seq, before, after)| {
            Ok((*seq, read_change(before.as_deref(), after.as_deref())?))
        });
        let changes: Result<Vec<_>, StoreError> = read.collect();
        for (seq, change) in changes.map_err(|error| self.explain(error))? {
            names.take_over(&change);
            names.seq = seq;
        }
        Ok(true)
    }

    async fn read_names(&self, account: AccountId) -> Result<Names, AppError> {
        let query = sqlx::query_as(NAMES).bind(account.to_string());
        let rows: Vec<(String, String, i64)> = self.all(query.bind(MOST_NAMES)).await?;
        let mut names = Names::default();
        for (name, starts, seq) in rows {
            let starts: Result<Vec<i64>, _> = starts.split(' ').map(str::parse).collect();
            let starts =
                starts.map_err(|error| self.explain(StoreError::unreadable("time", error)))?;
            names.add(&name, starts);
            names.seq = seq;
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;

    #[test]
    fn what_was_asked_for_the_longest_ago_makes_room() {
        let cache = NameCache::default();
        let accounts = [(); 3].map(|()| AccountId::new(Instant::UNIX_EPOCH));
        let [often, once, new] = accounts;
        let kept = [often, once].map(|account| cache.of(account));
        for account in [often, once] {
            cache.weigh(account, MOST_BYTES / 2);
        }
        cache.of(often);
        cache.of(new);
        cache.weigh(new, MOST_BYTES / 2);
        assert!(Arc::ptr_eq(&kept[0], &cache.of(often)));
        assert!(!Arc::ptr_eq(&kept[1], &cache.of(once)));
    }
}
