//! Passwords: slow to try on purpose, so few are tried at once and the rest are turned away.

use crate::{
    domain::{FieldErrors, Password, Username},
    error::AppError,
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Hashed at the same time; each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// Hashed or waiting for it. At about 25 ms each, nobody waits for more than half a second.
const ADMITTED: usize = 32;
/// Argon2id with 19 MiB, two passes and one lane, as OWASP recommends.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password that takes no more guesses than this is one that everybody tries first.
const COMMON: u64 = 10_000;
/// Nobody's first try is longer, in characters; and looking at a long one can take seconds.
const LONGEST_COMMON: usize = 24;

/// Hashes passwords. Clones share the places.
#[derive(Clone, Debug)]
pub struct Hasher {
    admitted: Arc<Semaphore>,
    working: Arc<Semaphore>,
    hashes: Arc<AtomicU64>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(ADMITTED)),
            working: Arc::new(Semaphore::new(AT_ONCE)),
            hashes: Arc::default(),
        }
    }
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed less thoroughly than is done today: hash it again.
    Outdated,
}

impl Hasher {
    /// The hash to store for a password that was chosen. The commonest are refused, and so are
    /// those that only repeat the user name; what is wrong is said of `field`.
    pub async fn hash(
        &self,
        field: &'static str,
        password: Password,
        username: Option<&Username>,
    ) -> Result<String, AppError> {
        let username = username.map(Username::key);
        self.work(move || {
            if is_common(password.reveal(), username.as_deref()) {
                let message =
                    "Many people use this password, so it is tried first. Choose another one.";
                return Err(FieldErrors::one(field, message).into());
            }
            hash(&password)
        })
        .await?
    }

    /// Hashes a right password anew, with the parameters of today.
    pub async fn rehash(&self, password: Password) -> Result<String, AppError> {
        self.work(move || hash(&password)).await?
    }

    /// Compares an attempt with what is stored. Without anything stored it takes as long, and is
    /// wrong.
    pub async fn verify(
        &self,
        attempt: Password,
        stored: Option<String>,
    ) -> Result<Verdict, AppError> {
        self.work(move || verify(&attempt, stored.as_deref())).await
    }

    /// Refuses early what would be turned away, before anything is written because of it.
    pub fn refuse_when_full(&self) -> Result<(), AppError> {
        match self.admitted.available_permits() {
            0 => Err(AppError::Busy),
            _ => Ok(()),
        }
    }

    /// How many passwords were hashed so far.
    pub fn hashes(&self) -> u64 {
        self.hashes.load(Ordering::Relaxed)
    }

    /// Does slow work off the threads that answer requests; refuses when too much of it waits.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| {
            metrics::counter!("stint_passwords_shed_total").increment(1);
            AppError::Busy
        })?;
        let working = self.working.clone().acquire_owned().await;
        let working = working.map_err(|_| AppError::Internal)?;
        self.hashes.fetch_add(1, Ordering::Relaxed);
        // The places are given back when the work is done, also when nobody waits for it any more.
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((working, admitted));
            done
        });
        done.await.map_err(|_| AppError::Internal)
    }
}

fn is_common(password: &str, username: Option<&str>) -> bool {
    let told: Vec<&str> = username.into_iter().chain(["stint"]).collect();
    password.chars().count() <= LONGEST_COMMON
        && zxcvbn::zxcvbn(password, &told).guesses() <= COMMON
}

fn argon2() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &Password) -> Result<String, AppError> {
    let hash = argon2()?.hash_password(&composed(password));
    Ok(hash.map_err(broken)?.to_string())
}

fn verify(attempt: &Password, stored: Option<&str>) -> Verdict {
    /// What an attempt for a user name that does not exist is compared with.
    static NOBODYS: LazyLock<String> =
        LazyLock::new(|| hash(&Password::attempt("nobody's")).unwrap_or_default());
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(&NOBODYS)) else {
        tracing::error!("a stored password hash cannot be read");
        return Verdict::Wrong;
    };
    let right = Argon2::default()
        .verify_password(&composed(attempt), &parsed)
        .is_ok();
    match (right && stored.is_some(), Params::try_from(&parsed)) {
        (false, _) => Verdict::Wrong,
        (true, Ok(params))
            if params.m_cost() >= MEMORY_KIB
                && params.t_cost() >= PASSES
                && parsed.algorithm.as_str() == Algorithm::Argon2id.as_str() =>
        {
            Verdict::Right
        }
        (true, _) => Verdict::Outdated,
    }
}

/// The same password has one spelling, however a keyboard puts its letters together.
fn composed(password: &Password) -> Vec<u8> {
    password.reveal().nfc().collect::<String>().into_bytes()
}

fn broken(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "a password could not be hashed");
    AppError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_hashed_is_recognised_and_nothing_else() {
        let hasher = Hasher::default();
        let stored = hasher
            .hash("password", typed("Zoë's büro 👩‍🚀"), None)
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        for (attempt, verdict) in [
            ("Zoë's büro 👩‍🚀", Verdict::Right),
            ("Zoe\u{308}'s bu\u{308}ro 👩‍🚀", Verdict::Right),
            ("zoë's büro 👩‍🚀", Verdict::Wrong),
            ("", Verdict::Wrong),
        ] {
            assert_eq!(
                hasher.verify(typed(attempt), Some(stored.clone())).await,
                Ok(verdict),
                "{attempt}"
            );
        }
        let before = hasher.hashes();
        assert_eq!(
            hasher.verify(typed("nobody's"), None).await,
            Ok(Verdict::Wrong)
        );
        assert_eq!(
            hasher.hashes(),
            before + 1,
            "nobody's password takes as long"
        );
    }

    #[tokio::test]
    async fn weaker_hashes_of_old_are_noticed() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8, 1, 1, None).unwrap(),
        );
        let stored = weak.hash_password(b"an old one").unwrap().to_string();
        let verdict = Hasher::default()
            .verify(typed("an old one"), Some(stored))
            .await;
        assert_eq!(verdict, Ok(Verdict::Outdated));
    }

    #[tokio::test]
    async fn common_passwords_are_refused() {
        let hasher = Hasher::default();
        let anna = "annalisa.marten".parse().unwrap();
        for common in [
            "password",
            "12345678",
            "iloveyou",
            "PASSWORD1",
            "aaaaaaaa",
            "qwertyuiop",
            "annalisa.marten",
        ] {
            let answer = hasher.hash("password", typed(common), Some(&anna)).await;
            assert!(
                answer.is_err_and(|error| error.fields().is_some()),
                "{common}"
            );
        }
        let long = "x".repeat(256);
        for fine in [
            "correct horse battery",
            "gT5#kk0p",
            "時間を記録する人",
            &long,
        ] {
            assert!(
                hasher.hash("password", typed(fine), None).await.is_ok(),
                "{fine}"
            );
        }
    }

    #[tokio::test]
    async fn a_flood_is_turned_away_and_does_not_pile_up() {
        let hasher = Hasher::default();
        let mut flood = tokio::task::JoinSet::new();
        for _ in 0..200 {
            let hasher = hasher.clone();
            flood.spawn(async move { hasher.verify(typed("x"), None).await });
        }
        let answers = flood.join_all().await;
        let busy = answers
            .iter()
            .filter(|answer| **answer == Err(AppError::Busy));
        assert!(busy.count() >= 200 - ADMITTED - AT_ONCE);
        assert!(hasher.hashes() >= ADMITTED as u64);
        assert_eq!(
            hasher.verify(typed("x"), None).await,
            Ok(Verdict::Wrong),
            "no place was lost"
        );
    }

    fn typed(text: &str) -> Password {
        Password::attempt(text)
    }
}
