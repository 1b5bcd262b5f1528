//! Values in requests that have rules of their own.

use crate::{
    domain::{Period, ZoneName},
    server::zone,
};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error};
use std::borrow::Cow;

/// A time zone that the server knows, by its IANA name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownZone(pub ZoneName);

impl<'de> Deserialize<'de> for KnownZone {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let sent = String::deserialize(input)?;
        zone::known(&sent).map(Self).map_err(D::Error::custom)
    }
}

/// A date between the years 1970 and 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let sent = Cow::<str>::deserialize(input)?;
        match format!("day/{sent}").parse() {
            Ok(Period::Day(date)) => Ok(Self(date)),
            _ => Err(D::Error::custom(
                "Write a date between the years 1970 and 2099, such as 2026-11-20.",
            )),
        }
    }
}

/// Tells null from nothing: `Some(None)` where null was sent.
pub fn even_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    input: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(input).map(Some)
}
