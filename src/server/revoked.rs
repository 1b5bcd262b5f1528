//! Devices that were ended while their last access tokens have not expired yet. The database holds
//! the same for the next start; here is what each request asks.

use super::token::LIFETIME;
use crate::domain::{DeviceId, Instant};
use chrono::TimeDelta;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// For how long a device that ended is remembered. Longer than a token lasts: when it ended was said
/// before it did, and it may have been given another token in between.
pub const REMEMBERED: TimeDelta = TimeDelta::seconds(LIFETIME.num_seconds() + 60);

/// The ended devices, with when that was. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Revoked(Arc<RwLock<HashMap<DeviceId, Instant>>>);

impl Revoked {
    /// Takes over what the database remembers.
    pub fn new(known: impl IntoIterator<Item = (DeviceId, Instant)>) -> Self {
        let revoked = Self::default();
        revoked.learn(known);
        revoked
    }

    /// Takes over what the database remembers meanwhile.
    pub fn learn(&self, known: impl IntoIterator<Item = (DeviceId, Instant)>) {
        let mut revoked = self.0.write().unwrap_or_else(PoisonError::into_inner);
        revoked.extend(known);
    }

    /// Refuses the access tokens of these devices from now on, and forgets those of which none can
    /// be valid any more.
    pub fn add(&self, devices: &[DeviceId], now: Instant) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, since| now - *since <= REMEMBERED);
        known.extend(devices.iter().map(|device| (*device, now)));
    }

    /// Whether access tokens of the device are refused.
    pub fn contains(&self, device: DeviceId) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.contains_key(&device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_remembered_for_as_long_as_its_tokens_last() {
        let start = Instant::UNIX_EPOCH;
        let (old, new) = (DeviceId::new(start), DeviceId::new(start));
        let revoked = Revoked::new([(old, start)]);
        revoked.add(&[], start + LIFETIME + TimeDelta::seconds(60));
        assert!(revoked.contains(old) && !revoked.contains(new));
        revoked.add(&[new], start + LIFETIME + TimeDelta::seconds(61));
        assert!(!revoked.contains(old) && revoked.contains(new));
    }
}
