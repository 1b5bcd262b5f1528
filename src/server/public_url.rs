//! Where people reach the server.

use serde::Deserialize;
use std::{fmt, str::FromStr};
use tower_http::csrf::CsrfLayer;

/// Scheme, host and port under which people reach the server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Whether people come by https, so that cookies may insist on it.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let origin = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        CsrfLayer::new()
            .add_trusted_origin(&origin)
            .map(|_| Self(origin))
            .map_err(|_| "give http:// or https://, a host and nothing behind it".to_owned())
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
