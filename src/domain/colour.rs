//! The colours of projects.

use super::field::FieldErrors;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The colour of a project: `#rrggbb`, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(String);

impl Colour {
    /// The colours that are offered. The pages know a darker paper's version of each.
    pub const PALETTE: [&str; 5] = ["#c2410c", "#2f6f8f", "#5b7a2e", "#8a5a9e", "#b0892b"];

    /// The offered colour for the project with this number, counted from 0.
    pub fn numbered(number: usize) -> Self {
        Self(Self::PALETTE[number % Self::PALETTE.len()].to_owned())
    }

    /// As in `#1e88e5`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place, among those that are offered, of the one that is most like it.
    pub fn place(&self) -> usize {
        let of = |text: &str, at: usize| i32::from_str_radix(&text[at..at + 2], 16).unwrap_or(0);
        let distance = |offered: &str| -> i32 {
            let channel = |at| (of(offered, at) - of(&self.0, at)).pow(2);
            channel(1) + channel(3) + channel(5)
        };
        let places = Self::PALETTE.iter().enumerate();
        let nearest = places.min_by_key(|(_, offered)| distance(offered));
        nearest.map_or(0, |(place, _)| place)
    }
}

impl FromStr for Colour {
    type Err = FieldErrors;

    fn from_str(text: &str) -> Result<Self, FieldErrors> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(FieldErrors::one("colour", "Write a colour like #2f6f8f."))
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
