//! The server's clock. Nothing else on the server asks what time it is.

use crate::domain::Instant;
use chrono::TimeDelta;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// Tells the time: the system's, or in tests one that moves only when told to.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `None` follows the system.
    fixed: Option<Arc<Mutex<Instant>>>,
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self { fixed: None }
    }

    /// A clock that stands at `at`. Clones stand and move together.
    pub fn fixed(at: Instant) -> Self {
        Self {
            fixed: Some(Arc::new(Mutex::new(at))),
        }
    }

    /// Moves a fixed clock, back if `by` is negative. The system's is not moved.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(at) = &self.fixed {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// This moment, as precisely as the clock knows it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the server reads it"
    )]
    pub fn now(&self) -> Instant {
        match &self.fixed {
            Some(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
            None => SystemTime::now().into(),
        }
    }
}
