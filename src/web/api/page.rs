//! Lists, page by page.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::Error};
use std::{fmt::Display, str::FromStr};
use utoipa::ToSchema;

/// Part of a list, and where it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    pub items: Vec<T>,
    /// Send it as `cursor` for the next part; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Listing<T> {
    /// What a store gave, with the place after which it goes on.
    pub fn new(items: impl IntoIterator<Item = impl Into<T>>, next: Option<impl Display>) -> Self {
        Self {
            items: items.into_iter().map(Into::into).collect(),
            next_cursor: next.map(|place| URL_SAFE_NO_PAD.encode(place.to_string())),
        }
    }
}

/// How many items a part of a list may have: 1 to 500, 100 unless told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Limit(pub u16);

impl Limit {
    pub const MOST: u16 = 500;
}

impl Default for Limit {
    fn default() -> Self {
        Self(100)
    }
}

impl TryFrom<i64> for Limit {
    type Error = String;

    fn try_from(asked: i64) -> Result<Self, String> {
        u16::try_from(asked)
            .ok()
            .filter(|limit| (1..=Self::MOST).contains(limit))
            .map(Self)
            .ok_or_else(|| format!("Ask for 1 to {} items.", Self::MOST))
    }
}

/// The place after which a list goes on, as `next_cursor` gave it. What it means is ours to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor<P>(pub P);

impl<P> Cursor<P> {
    pub const HINT: &str = "Send what `next_cursor` held, as it was.";
}

impl<'de, P: FromStr> Deserialize<'de> for Cursor<P> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let sent = String::deserialize(input)?;
        URL_SAFE_NO_PAD
            .decode(sent)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok())
            .map(Self)
            .ok_or_else(|| D::Error::custom(Self::HINT))
    }
}
