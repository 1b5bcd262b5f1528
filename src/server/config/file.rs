//! The configuration file: the settings by the names of their flags, and with the values of their
//! variables.

use super::{ConfigError, Settings};
use crate::server::{address::TrustedProxies, public_url::PublicUrl};
use clap::builder::{BoolishValueParser, TypedValueParser};
use serde::{Deserialize, Deserializer, de::Error};
use std::path::Path;

/// Reads the file, or tells what is wrong with it and in which line.
pub fn read(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| text[..span.start].lines().count().max(1));
        ConfigError::Wrong {
            path: path.to_owned(),
            cause: format!("{} (line {line})", error.message()),
        }
    })
}

/// Sites.
pub fn origins<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<PublicUrl>>, D::Error> {
    let text = Given::deserialize(from)?.text();
    let sites = text.split(',').filter(|site| !site.trim().is_empty());
    let sites = sites.map(str::parse).collect::<Result<_, _>>();
    sites.map(Some).map_err(D::Error::custom)
}

/// Addresses and networks.
pub fn proxies<'de, D: Deserializer<'de>>(from: D) -> Result<Option<TrustedProxies>, D::Error> {
    let text = Given::deserialize(from)?.text();
    text.parse().map(Some).map_err(D::Error::custom)
}

/// `true`, or whatever the variable says for it.
pub fn yes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    let text = Given::deserialize(from)?.text();
    let command = clap::Command::new("");
    let yes = BoolishValueParser::new().parse_ref(&command, None, text.as_ref());
    yes.map(Some)
        .map_err(|_| D::Error::custom("give true or false"))
}

/// A value in one of the ways it can be written.
#[derive(Deserialize)]
#[serde(untagged, expecting = "give a text, or a list of texts")]
enum Given {
    Yes(bool),
    Number(i64),
    Text(String),
    List(Vec<String>),
}

impl Given {
    /// As the variable has it.
    fn text(self) -> String {
        match self {
            Self::Yes(yes) => yes.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
            Self::List(items) => items.join(","),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_the_names_of_flags_or_variables() {
        let by_flag: Settings = toml::from_str(
            r#"
            addr = "127.0.0.1:3000"
            data = "/srv/stint"
            public-url = "https://time.example.com"
            allowed-origins = "https://a.example, https://b.example"
            max-requests = 64
            guests = "off"
            guests-per-address = 10
            registration = "invite"
            trusted-proxies = "10.0.0.0/8, ::1"
            token-key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            metrics = "public"
            log = "info,sqlx=debug"
            log-format = "json"
            log-sql = 1
            "#,
        )
        .unwrap();
        let by_variable: Settings = toml::from_str(
            r#"
            addr = "127.0.0.1:3000"
            data = "/srv/stint"
            public_url = "https://time.example.com"
            allowed_origins = ["https://a.example", "https://b.example"]
            max_requests = 64
            guests = "off"
            guests_per_address = 10
            registration = "invite"
            trusted_proxies = ["10.0.0.0/8", "::1"]
            token_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            metrics = "public"
            log = "info,sqlx=debug"
            log_format = "json"
            log_sql = true
            "#,
        )
        .unwrap();
        assert_eq!(format!("{by_flag:?}"), format!("{by_variable:?}"));
        let config = by_flag.complete().unwrap();
        assert_eq!(config.allowed_origins.len(), 2);
        assert!(config.log_sql && config.max_requests == 64);
        let none: Settings = toml::from_str("allowed-origins = []\ntrusted-proxies = []").unwrap();
        assert!(none.complete().unwrap().allowed_origins.is_empty());
        for (text, on) in [("0", false), ("\"yes\"", true), ("\"off\"", false)] {
            let settings: Settings = toml::from_str(&format!("log-sql = {text}")).unwrap();
            assert_eq!(settings.log_sql, Some(on), "{text}");
        }
    }
}
