//! Damage that is met while the database is in use.

use super::error::primary_code;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether damage was met. From then on nothing is written: what is still sound may be saved from a file that
/// is left as it is, and what is written after a damaged page may be lost with it.
#[derive(Debug, Default)]
pub struct Damage(AtomicBool);

impl Damage {
    pub fn is_met(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Looks whether an error tells of damage. The first that does is said in the log.
    pub fn note(&self, error: &sqlx::Error) {
        if is_damage(error) && !self.0.swap(true, Ordering::AcqRel) {
            tracing::error!(
                %error,
                "the database is damaged; nothing more is written to it. Restore a backup with `stint restore`"
            );
        }
    }
}

/// Whether SQLite found something in the file that cannot be.
pub fn is_damage(error: &sqlx::Error) -> bool {
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    matches!(primary_code(error), Some(CORRUPT | NOT_A_DATABASE))
}
