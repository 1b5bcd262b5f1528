//! Who may do what: user names, passwords, and what a token allows.

use super::field::FieldErrors;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A user name as typed: 1 to 64 letters, digits and `. _ - + @` of ASCII, so that no two look
/// alike, beginning with a letter or digit. An address of mail is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

impl Username {
    /// Most characters.
    pub const LIMIT: usize = 64;

    /// As typed when it was chosen.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What user names are compared by: upper and lower case are the same.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl FromStr for Username {
    type Err = FieldErrors;

    fn from_str(typed: &str) -> Result<Self, FieldErrors> {
        let typed = typed.trim();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-+@".contains(c);
        let fits = typed.len() <= Self::LIMIT
            && typed.starts_with(|c: char| c.is_ascii_alphanumeric())
            && typed.chars().all(allowed);
        if !fits {
            return Err(FieldErrors::one(
                "username",
                "A user name has 1 to 64 letters (a to z), digits, or . _ - + @, and begins with a letter or digit.",
            ));
        }
        Ok(Self(typed.to_owned()))
    }
}

impl TryFrom<String> for Username {
    type Error = FieldErrors;

    fn try_from(text: String) -> Result<Self, FieldErrors> {
        text.parse()
    }
}

impl From<Username> for String {
    fn from(name: Username) -> Self {
        name.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A password as typed. It is not trimmed, never stored, and never shown, not even in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Fewest and most characters (Unicode scalar values) of a password that is chosen.
    pub const LENGTH: std::ops::RangeInclusive<usize> = 8..=256;

    /// One to be chosen; what is wrong with it is said of `field`.
    pub fn choose(field: &str, typed: &str) -> Result<Self, FieldErrors> {
        if Self::LENGTH.contains(&typed.chars().count()) {
            Ok(Self(typed.to_owned()))
        } else {
            Err(FieldErrors::one(
                field,
                "A password has 8 to 256 characters.",
            ))
        }
    }

    /// One to be compared with the stored one; anything that can be typed.
    pub fn attempt(typed: &str) -> Self {
        Self(typed.to_owned())
    }

    /// The password itself, for the hash and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// To see everything of the account.
    Read,
    /// To change it as well.
    Write,
}

impl Scope {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl FromStr for Scope {
    type Err = FieldErrors;

    fn from_str(text: &str) -> Result<Self, FieldErrors> {
        match text {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            _ => Err(FieldErrors::one("scope", "Choose read or write.")),
        }
    }
}

/// Why a request was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Denied {
    #[error("Send a token: Authorization: Bearer …")]
    Missing,
    #[error("This token is not known here. Sign in to get another one.")]
    Unknown,
    #[error("This token has expired. Refresh it, or sign in again.")]
    Expired,
    #[error("This token was revoked. Sign in again.")]
    Revoked,
    #[error("This token may read and not write.")]
    ReadOnly,
    #[error("A personal token cannot do this. Sign in and use the token from there.")]
    NeedsDevice,
}

/// What becomes of the guest on a browser that signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestChoice {
    /// Its sessions move into the account.
    Bring,
    /// They stay where they are; this browser no longer shows them.
    Leave,
}

impl FromStr for GuestChoice {
    type Err = FieldErrors;

    fn from_str(text: &str) -> Result<Self, FieldErrors> {
        match text {
            "bring" => Ok(Self::Bring),
            "leave" => Ok(Self::Leave),
            _ => Err(Self::missing()),
        }
    }
}

impl GuestChoice {
    /// What is said to somebody who has to choose.
    pub fn missing() -> FieldErrors {
        FieldErrors::one(
            "guest",
            "There are sessions or other things here that belong to no user name yet. Choose bring, to move them into the account, or leave.",
        )
    }
}

/// What a personal token is called: 1 to 100 characters in one line.
pub fn token_name(typed: &str) -> Result<String, FieldErrors> {
    let name = typed.trim();
    if (1..=100).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(FieldErrors::one(
            "name",
            "Say in 1 to 100 characters what the token is for.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_plain() {
        let long = "x".repeat(65);
        for refused in [
            "", " ", ".anna", "an na", "änna", "аnna", "anna\0", "a:b", "a/b", "a<b", &long,
        ] {
            assert!(refused.parse::<Username>().is_err(), "{refused:?}");
        }
        for taken in [
            "a",
            "Anna",
            "anna@example.org",
            "7up",
            "a.b-c_d+e",
            &long[..64],
        ] {
            assert_eq!(taken.parse::<Username>().unwrap().as_str(), taken);
        }
        let key = |name: &str| name.parse::<Username>().unwrap().key();
        assert_eq!(key(" ANNA "), key("anna"));
    }

    #[test]
    fn passwords_are_long_enough_and_not_shown() {
        for (typed, fits) in [
            ("1234567".to_owned(), false),
            ("12345678".to_owned(), true),
            ("ü".repeat(7), false),
            ("👩‍🚀 \0 xy".to_owned(), true),
            ("x".repeat(256), true),
            ("x".repeat(257), false),
        ] {
            assert_eq!(
                Password::choose("password", &typed).is_ok(),
                fits,
                "{typed:?}"
            );
        }
        let password = Password::attempt("correct horse");
        assert!(!format!("{password:?}").contains("horse"));
    }

    #[test]
    fn writing_includes_reading() {
        assert!(Scope::Write > Scope::Read);
    }
}
