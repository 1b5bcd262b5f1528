//! What can go wrong in the store, and what of it a person is told.

use crate::{
    domain::{FieldErrors, Refusal},
    error::AppError,
};
use std::path::Path;

/// A failure with its cause; never leaves the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing is wrong with the store; this is what to tell.
    #[error("{0}")]
    Told(AppError),
    #[error("no such account")]
    NoAccount,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error("stored {what} cannot be read: {cause}")]
    Unreadable { what: &'static str, cause: String },
    /// A row to write is not the one that was read in the same transaction.
    #[error("a row changed under a transaction")]
    Torn,
    #[error("a connection to the database has {what} {found}")]
    Connection { what: &'static str, found: String },
    #[error("the store is closed")]
    Closed,
    /// Damage was met, and is in the log.
    #[error("the database is damaged")]
    Damaged,
}

/// Less room than this in bytes, and an I/O error is taken for a full disk: what SQLite needs to
/// grow its log and the index of it.
const LITTLE_ROOM: u64 = 256 * 1024;

impl StoreError {
    /// What an account may not see is not there for it.
    pub const NOT_FOUND: Self = Self::Told(AppError::NotFound);

    /// Something else has the name.
    pub fn taken(message: &str) -> Self {
        Self::Told(AppError::Taken(FieldErrors::one("name", message)))
    }

    /// One field that cannot be as asked.
    pub fn invalid(field: &str, message: &str) -> Self {
        Self::Told(FieldErrors::one(field, message).into())
    }

    /// The same; what is wrong with fields is wrong with `field`.
    pub fn for_field(self, field: &str) -> Self {
        match self {
            Self::Told(error) => Self::Told(error.for_field(field)),
            other => other,
        }
    }

    /// A value in the database that Stint did not write so.
    pub fn unreadable(what: &'static str, cause: impl ToString) -> Self {
        Self::Unreadable {
            what,
            cause: cause.to_string(),
        }
    }

    /// Whether it is an answer and no accident: the database is well.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Told(_) | Self::NoAccount)
    }

    /// What to tell about it. Causes that are not for a person go to the log.
    pub fn explain(self, folder: &Path) -> AppError {
        let told = match &self {
            Self::Refused(refusal) => return AppError::Refused(refusal.clone()),
            Self::Told(error) => return error.clone(),
            Self::NoAccount => return AppError::NotFound,
            Self::Closed => return AppError::Busy,
            Self::Damaged => return AppError::Internal,
            Self::Database(error) => self::explain(error, folder),
            Self::Unreadable { .. } | Self::Torn | Self::Connection { .. } => AppError::Internal,
        };
        tracing::error!(error = %self, ?told, "the store failed");
        told
    }
}

fn explain(error: &sqlx::Error, folder: &Path) -> AppError {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const IO: i32 = 10;
    const FULL: i32 = 13;
    const CANNOT_OPEN: i32 = 14;
    let full = || fs4::available_space(folder).is_ok_and(|bytes| bytes < LITTLE_ROOM);
    match (primary_code(error), error) {
        (Some(FULL), _) => AppError::NoSpace,
        (Some(IO | CANNOT_OPEN), _) if full() => AppError::NoSpace,
        (_, sqlx::Error::Io(cause)) if cause.kind() == std::io::ErrorKind::StorageFull => {
            AppError::NoSpace
        }
        (Some(BUSY | LOCKED), _) | (_, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
            AppError::Busy
        }
        _ => AppError::Internal,
    }
}

/// SQLite's result code without its extension, see <https://sqlite.org/rescode.html>.
pub fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
