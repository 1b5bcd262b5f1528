//! Secrets that browsers and API clients present, and what is stored of them.

use crate::domain::code::{Code, CodeKind};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// 256 random bits, as text that fits a cookie. Never stored; only its hash is.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A fresh secret from the operating system's randomness.
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// SHA-256 of the text in base64: what the database holds.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }

    /// The secret itself, for the cookie or the client and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A fresh code from the operating system's randomness.
pub fn random_code(kind: CodeKind) -> Code {
    Code::draw(kind, |letters| rand::random_range(0..letters))
}

/// SHA-256 in base64: enough for what nobody can guess, which passwords are not.
pub fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// What begins a personal token, so that people and scanners know one when they see it.
pub const PERSONAL: &str = "stint_pat_";
/// What begins a refresh token.
pub const REFRESH: &str = "stint_rt_";

/// The secret of a personal token.
pub fn read_personal(token: &str) -> Option<Secret> {
    token.strip_prefix(PERSONAL)?.parse().ok()
}

/// A personal token as its owner gets to see it, once.
pub fn personal_token(secret: &Secret) -> String {
    format!("{PERSONAL}{}", secret.reveal())
}

/// What an API client refreshes its access with. The family stays the same as long as the device
/// is signed in, the other half is good for one use: whoever knows the family with an old half
/// repeats a token that was used before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    pub family: Secret,
    pub current: Secret,
}

impl RefreshToken {
    /// A token of a new family.
    pub fn random() -> Self {
        Self {
            family: Secret::random(),
            current: Secret::random(),
        }
    }

    /// The token that follows this one.
    pub fn next(&self) -> Self {
        Self {
            family: self.family.clone(),
            current: Secret::random(),
        }
    }

    /// The token itself, for the client and nothing else.
    pub fn reveal(&self) -> String {
        format!(
            "{REFRESH}{}.{}",
            self.family.reveal(),
            self.current.reveal()
        )
    }
}

impl FromStr for RefreshToken {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let (family, current) = text
            .strip_prefix(REFRESH)
            .and_then(|halves| halves.split_once('.'))
            .ok_or(NotASecret)?;
        Ok(Self {
            family: family.parse()?,
            current: current.parse()?,
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A text that cannot be one of our secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of ours")]
pub struct NotASecret;

impl FromStr for Secret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        match URL_SAFE_NO_PAD.decode(text) {
            Ok(bytes) if bytes.len() == 32 => Ok(Self(text.to_owned())),
            _ => Err(NotASecret),
        }
    }
}
