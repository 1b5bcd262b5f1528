//! Passwords: slow to try on purpose, so few are tried at once and the rest are turned away.

mod memory;

use crate::{
    domain::{FieldErrors, Password, Username},
    error::AppError,
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, Version,
    password_hash::{
        self,
        phc::{Output, PasswordHash},
    },
};
use memory::Memory;
use std::sync::{
    Arc,
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
    memory: Memory,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(ADMITTED)),
            working: Arc::new(Semaphore::new(AT_ONCE)),
            hashes: Arc::default(),
            memory: Memory::default(),
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
        let memory = self.memory.clone();
        self.work(move || verify(&attempt, stored.as_deref(), &memory))
            .await
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

fn verify(attempt: &Password, stored: Option<&str>, memory: &Memory) -> Verdict {
    let compared = stored.map_or_else(nobodys, str::to_owned);
    let Ok(parsed) = PasswordHash::new(&compared) else {
        tracing::error!("a stored password hash cannot be read");
        return Verdict::Wrong;
    };
    let right = is_right(&composed(attempt), &parsed, memory).unwrap_or_else(|error| {
        tracing::error!(%error, "a stored password hash cannot be compared with");
        false
    });
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

/// Whether it is the password that was hashed. Takes as long wherever they differ.
fn is_right(
    password: &[u8],
    hashed: &PasswordHash,
    memory: &Memory,
) -> password_hash::Result<bool> {
    let (Some(salt), Some(expected)) = (&hashed.salt, &hashed.hash) else {
        return Err(password_hash::Error::PasswordInvalid);
    };
    let algorithm = Algorithm::try_from(hashed.algorithm.as_str())?;
    let version = hashed.version.map(Version::try_from).transpose()?;
    let params = Params::try_from(hashed)?;
    let blocks = params.block_count();
    let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
    let mut made = vec![0; expected.len()];
    memory.lend(blocks, |area| {
        argon2.hash_password_into_with_memory(password, salt, &mut made, area)
    })?;
    Ok(Output::new(&made)? == *expected)
}

/// What is compared where nothing is stored. No password is known to have this hash, and to find
/// that out takes as long as for any other.
fn nobodys() -> String {
    let tag = "A".repeat(43);
    format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$c3RpbnRzdGludHN0aW50cw${tag}")
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
mod tests;
