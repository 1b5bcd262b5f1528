//! A text as a picture that a phone can scan.

use serde::{Deserialize, Serialize};

/// A QR code, ready to be drawn as one SVG path in a square of `side` units, quiet zone included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    pub side: u16,
    /// The `d` of the path: a unit square for each dark module.
    pub path: String,
}
