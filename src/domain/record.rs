//! A session together with what the store knows about it.

use super::session::{Instant, Session};

/// A session, and when it was made and last changed, in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub session: Session,
    pub created_at: Instant,
    pub updated_at: Instant,
}
