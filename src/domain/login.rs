//! Who may do what with a token.

use serde::{Deserialize, Serialize};

/// What the holder of a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See everything of the account, change nothing.
    Read,
    /// See and change everything of the account.
    Write,
}
