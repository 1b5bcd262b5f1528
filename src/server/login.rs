//! What signing in needs beside the database, and what whoever runs the server decided about it.

use super::{
    address::{ClientAddress, TrustedProxies},
    clock::Clock,
    password::Hasher,
    revoked::Revoked,
    store::{Store, Subject},
    token::TokenKey,
};
use crate::{
    domain::{Instant, throttle::Limit},
    error::AppError,
};
use clap::ValueEnum;
use serde::Deserialize;
use std::{num::ParseIntError, str::FromStr, time::Duration};
use tracing::Instrument;

/// Well within the second that a revocation may take.
const WATCH_EVERY: Duration = Duration::from_millis(500);

/// The parts of signing in; clones share everything.
#[derive(Clone, Debug)]
pub struct Login {
    pub key: TokenKey,
    pub hasher: Hasher,
    pub revoked: Revoked,
    pub policy: Policy,
}

impl Login {
    /// Signs with `key`, and knows of the devices that were revoked before the start.
    pub async fn open(
        store: &Store,
        key: TokenKey,
        policy: Policy,
        now: Instant,
    ) -> Result<Self, AppError> {
        Ok(Self {
            key,
            hasher: Hasher::default(),
            revoked: Revoked::new(store.revocations(now).await?),
            policy,
        })
    }

    /// Learns twice a second what another process ended, such as `stint reset-password`; never ends. The
    /// log knows what it does as `watch`.
    pub async fn watch(self, store: Store, clock: Clock) {
        let watch = async {
            loop {
                tokio::time::sleep(WATCH_EVERY).await;
                // A failure is in the log already; the next time tries again.
                let _ = self.learn(&store, clock.now()).await;
            }
        };
        watch.instrument(tracing::info_span!("watch")).await
    }

    /// Refuses from now on the devices that another process ended.
    pub async fn learn(&self, store: &Store, now: Instant) -> Result<(), AppError> {
        self.revoked.learn(store.revocations(now).await?);
        Ok(())
    }
}

/// Who gets in, as whoever runs the server decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub guests: Guests,
    pub guests_per_address: GuestsPerAddress,
    pub registration: RegistrationPolicy,
    /// Whose word counts about where a request comes from.
    pub proxies: TrustedProxies,
}

impl Policy {
    /// The guests that are made from one address: each counts, until none was made for hours.
    pub fn guests_from(&self, address: ClientAddress) -> Subject {
        let limit = Limit {
            free: self.guests_per_address.0.into(),
            ..Limit::ADDRESS
        };
        Subject::new("guest", &address.to_string(), limit)
    }
}

/// How many guests one address makes without a pause. No household and no office comes near the default, and
/// no machine fills the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct GuestsPerAddress(pub u32);

impl Default for GuestsPerAddress {
    fn default() -> Self {
        Self(1000)
    }
}

impl FromStr for GuestsPerAddress {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// Whether anybody can begin without a user name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Guests {
    #[default]
    On,
    Off,
}

/// Who can choose a user name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum RegistrationPolicy {
    /// Everybody
    #[default]
    Open,
    /// Nobody
    Closed,
    /// Whoever has a code of `stint invite`
    Invite,
}
