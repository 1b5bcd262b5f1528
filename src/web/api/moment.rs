//! Moments as the API reads and writes them.

use crate::domain::{Instant, session::instant};
use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// A moment between the years 1970 and 2099, as RFC 3339 writes it. Read with any offset but never
/// without one, cut to the second; written in UTC with `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Instant);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let mut sent = String::deserialize(input)?;
        // A plus sign that was not escaped arrives as a space in the query of an address.
        if sent.len() > 6
            && sent
                .get(sent.len() - 6..)
                .is_some_and(|end| end.starts_with(' '))
        {
            sent.replace_range(sent.len() - 6..sent.len() - 5, "+");
        }
        let at = DateTime::parse_from_rfc3339(&sent).map_err(|_| {
            D::Error::custom(
                "Write a moment with its offset from UTC, such as 2026-11-20T09:00:00Z or 2026-11-20T10:00:00+01:00.",
            )
        })?;
        instant(at.timestamp()).map(Self).map_err(D::Error::custom)
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some(
                "A moment between the years 1970 and 2099: read with any offset, but not without one, and cut to the \
                 second; written in UTC.",
            ))
            .examples(["2026-11-20T09:00:00Z"])
            .into()
    }
}

impl ToSchema for Moment {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &str, read: Result<&str, &str>) {
        let moment: Result<Moment, _> = serde_json::from_value(sent.into());
        match (moment, read) {
            (Ok(moment), Ok(expected)) => {
                assert_eq!(serde_json::to_value(moment).unwrap(), expected, "{sent}");
            }
            (Err(error), Err(told)) => assert!(error.to_string().contains(told), "{sent}: {error}"),
            (moment, _) => panic!("{sent}: {moment:?}"),
        }
    }

    #[test]
    fn a_moment_has_an_offset_and_whole_seconds() {
        check("2026-11-20T09:00:00Z", Ok("2026-11-20T09:00:00Z"));
        check("2026-11-20T10:00:00+01:00", Ok("2026-11-20T09:00:00Z"));
        check("2026-11-20T09:00:00.999999999Z", Ok("2026-11-20T09:00:00Z"));
        check("2026-11-19T18:15:30-14:45", Ok("2026-11-20T09:00:30Z"));
        check("1970-01-01T00:00:00Z", Ok("1970-01-01T00:00:00Z"));
        check("2099-12-31T23:59:59Z", Ok("2099-12-31T23:59:59Z"));
        check("2026-11-20T10:00:00 01:00", Ok("2026-11-20T09:00:00Z"));
        check("2026-11-20T09:00:00", Err("offset"));
        check("2026-11-20", Err("offset"));
        check("1763629200", Err("offset"));
        check("2026-02-30T09:00:00Z", Err("offset"));
        check("", Err("offset"));
        check("1969-12-31T23:59:59.999Z", Err("1970"));
        check("2100-01-01T00:00:00Z", Err("2099"));
    }
}
