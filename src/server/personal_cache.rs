//! Personal tokens that were looked up lately, so that a busy script costs no query a request.

use crate::domain::{AccountId, Instant, login::Scope};
use chrono::TimeDelta;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Most tokens that are remembered; when there are more, all are looked up again.
const LIMIT: usize = 1000;
/// How long a look-up is good for.
const KEPT: TimeDelta = TimeDelta::minutes(1);

/// What a personal token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Personal {
    pub account: AccountId,
    pub scope: Scope,
    /// `None` for ever.
    pub expires_at: Option<Instant>,
}

/// Looked-up tokens by their hash. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct PersonalCache(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    tokens: HashMap<String, (Personal, Instant)>,
    /// Counts the revocations, so that a look-up that began before one is not kept after it.
    revocations: u64,
}

/// When a look-up began.
#[derive(Clone, Copy, Debug)]
pub struct Began(u64);

impl PersonalCache {
    /// The token with this hash, if it was looked up lately; otherwise begins a look-up.
    pub fn find(&self, hash: &str, now: Instant) -> Result<Personal, Began> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.tokens.get(hash) {
            Some((token, since)) if (TimeDelta::zero()..KEPT).contains(&(now - *since)) => {
                Ok(*token)
            }
            _ => Err(Began(kept.revocations)),
        }
    }

    /// Keeps what a look-up found, unless a token was revoked meanwhile.
    pub fn keep(&self, began: Began, hash: String, token: Personal, now: Instant) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.revocations == began.0 {
            if kept.tokens.len() >= LIMIT {
                kept.tokens.clear();
            }
            kept.tokens.insert(hash, (token, now));
        }
    }

    /// Forgets everything of an account. Call it when the database no longer has the token.
    pub fn forget(&self, account: AccountId) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.revocations += 1;
        kept.tokens.retain(|_, (token, _)| token.account != account);
    }

    /// Forgets everything: another process may have ended any of it.
    pub fn forget_all(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.revocations += 1;
        kept.tokens.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_up_that_a_revocation_overtook_is_not_kept() {
        let (cache, token) = (PersonalCache::default(), token());
        let now = Instant::UNIX_EPOCH;
        let began = cache.find("a", now).unwrap_err();
        cache.forget(token.account);
        cache.keep(began, "a".to_owned(), token, now);
        let began = cache.find("a", now).unwrap_err();
        cache.keep(began, "a".to_owned(), token, now);
        assert_eq!(cache.find("a", now).unwrap(), token);
        assert!(cache.find("a", now + KEPT).is_err());
        cache.forget(AccountId::new(now));
        assert!(cache.find("a", now).is_ok(), "another account's");
        cache.forget(token.account);
        let began = cache.find("a", now).unwrap_err();
        cache.forget_all();
        cache.keep(began, "a".to_owned(), token, now);
        assert!(cache.find("a", now).is_err());
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let (cache, now) = (PersonalCache::default(), Instant::UNIX_EPOCH);
        for number in 0..3 * LIMIT {
            let hash = number.to_string();
            let began = cache.find(&hash, now).unwrap_err();
            cache.keep(began, hash, token(), now);
        }
        assert!(cache.0.lock().unwrap().tokens.len() <= LIMIT);
    }

    fn token() -> Personal {
        Personal {
            account: AccountId::new(Instant::UNIX_EPOCH),
            scope: Scope::Read,
            expires_at: None,
        }
    }
}
