//! Who presents a secret, kept for a moment: whoever opens a page or runs a script asks several times
//! in a row.

use crate::domain::Instant;
use chrono::TimeDelta;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Most secrets that are kept; with one more, all are looked up again.
const MOST: usize = 10_000;

/// How long a look-up is good for. [`Store::change`](super::Store) forgets all as soon as it changed
/// anything; this bounds what it cannot see: another process that ended a device, and a change that was
/// made although whoever asked for it had given up. Either is in force within a second.
const KEPT: TimeDelta = TimeDelta::milliseconds(500);

/// What was found for the hashes of secrets.
#[derive(Debug)]
pub struct Lookups<T>(Mutex<Kept<T>>);

#[derive(Debug)]
struct Kept<T> {
    found: HashMap<String, (T, Instant)>,
    /// Counts how often everything was forgotten, so that nothing is kept that was read before.
    forgotten: u64,
}

/// When a look-up began.
#[derive(Clone, Copy, Debug)]
pub struct Began(u64);

impl<T> Default for Lookups<T> {
    fn default() -> Self {
        Self(Mutex::new(Kept {
            found: HashMap::new(),
            forgotten: 0,
        }))
    }
}

impl<T: Clone> Lookups<T> {
    fn lock(&self) -> MutexGuard<'_, Kept<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was found for this hash a moment ago; otherwise begins a look-up.
    pub fn find(&self, hash: &str, now: Instant) -> Result<T, Began> {
        let kept = self.lock();
        match kept.found.get(hash) {
            Some((found, since)) if (TimeDelta::zero()..KEPT).contains(&(now - *since)) => {
                Ok(found.clone())
            }
            _ => Err(Began(kept.forgotten)),
        }
    }

    /// Keeps what a look-up found, unless everything was forgotten meanwhile.
    pub fn keep(&self, began: Began, hash: String, found: T, now: Instant) {
        let mut kept = self.lock();
        if kept.forgotten == began.0 {
            if kept.found.len() >= MOST {
                kept.found.clear();
            }
            kept.found.insert(hash, (found, now));
        }
    }

    /// Has everything looked up again.
    pub fn forget(&self) {
        let mut kept = self.lock();
        kept.forgotten += 1;
        kept.found.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_up_that_a_change_overtook_is_not_kept() {
        let (lookups, now) = (Lookups::default(), Instant::UNIX_EPOCH);
        let began = lookups.find("a", now).unwrap_err();
        lookups.forget();
        lookups.keep(began, "a".to_owned(), 1, now);
        let began = lookups.find("a", now).unwrap_err();
        lookups.keep(began, "a".to_owned(), 2, now);
        assert_eq!(lookups.find("a", now).unwrap(), 2);
        lookups.forget();
        assert!(lookups.find("a", now).is_err());
    }

    #[test]
    fn a_look_up_is_good_for_a_moment_whichever_way_the_clock_goes() {
        let (lookups, now) = (Lookups::default(), Instant::UNIX_EPOCH);
        let began = lookups.find("a", now).unwrap_err();
        lookups.keep(began, "a".to_owned(), (), now);
        assert!(
            lookups
                .find("a", now + KEPT - TimeDelta::nanoseconds(1))
                .is_ok()
        );
        assert!(lookups.find("a", now + KEPT).is_err());
        assert!(lookups.find("a", now - TimeDelta::nanoseconds(1)).is_err());
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let (lookups, now) = (Lookups::default(), Instant::UNIX_EPOCH);
        for number in 0..3 * MOST {
            let hash = number.to_string();
            let began = lookups.find(&hash, now).unwrap_err();
            lookups.keep(began, hash, (), now);
        }
        assert!(lookups.lock().found.len() <= MOST);
    }
}
