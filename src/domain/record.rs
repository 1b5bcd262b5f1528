//! A session together with what the store knows about it.

use super::{
    id::SessionId,
    session::{Instant, Session},
};
use std::{fmt, str::FromStr};

/// A session, and when it was made and last changed, in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub session: Session,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Record {
    /// Where a list goes on that ends with this one.
    pub fn place(&self) -> Place {
        Place {
            started_at: self.session.span.from().timestamp(),
            id: self.session.id,
        }
    }
}

/// Where a session stands in a list, newest first; of those that began together, the one with the
/// higher id comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Seconds since the epoch.
    pub started_at: i64,
    pub id: SessionId,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.started_at, self.id)
    }
}

/// A text that is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a list")]
pub struct NoSuchPlace;

impl FromStr for Place {
    type Err = NoSuchPlace;

    fn from_str(text: &str) -> Result<Self, NoSuchPlace> {
        let (started_at, id) = text.split_once('.').ok_or(NoSuchPlace)?;
        Ok(Self {
            started_at: started_at.parse().map_err(|_| NoSuchPlace)?,
            id: id.parse().map_err(|_| NoSuchPlace)?,
        })
    }
}
