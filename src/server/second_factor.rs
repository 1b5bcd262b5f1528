//! The second factor: codes of an authenticator app (RFC 6238), each good for one time.

use super::{
    secret,
    store::{Credentials, Factor},
};
use crate::{
    domain::{
        Instant,
        code::{Code, CodeKind},
    },
    error::AppError,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use totp_rs::{Builder, Secret, Totp};

/// What an authenticator app is told: once, when the second factor is turned on.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// To be typed: base32.
    pub secret: String,
    /// To be scanned: `otpauth://totp/…`.
    pub url: String,
}

/// 160 fresh random bits, as they are stored.
pub fn random() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 20]>())
}

/// What to tell the app about a stored secret.
pub fn enrolment(stored: &str, username: &str) -> Result<Enrolment, AppError> {
    let totp = totp(stored, username)?;
    let url = totp.to_url().map_err(broken)?;
    Ok(Enrolment {
        secret: totp.secret().to_base32(),
        url,
    })
}

/// The time step that a code belongs to, if it is one of now or of half a minute before or after.
pub fn step(stored: &str, code: &str, now: Instant) -> Result<Option<i64>, AppError> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.timestamp()).map_err(broken)?;
    let step = totp(stored, "")?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// How a code shows the second factor of an account: as one of the app, or as a recovery code. It
/// is used up only when it is handed to the store.
pub fn factor(
    credentials: &Credentials,
    code: Option<&str>,
    now: Instant,
) -> Result<Factor, AppError> {
    let Some(second) = credentials.second_in_force() else {
        return Ok(Factor::NotAsked);
    };
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let code = code.ok_or(AppError::CodeNeeded)?;
    if let Some(code) = Code::read(CodeKind::Recovery, code) {
        return Ok(Factor::Recovery(secret::hash(code.reveal())));
    }
    match step(&second.secret, code, now)? {
        Some(step) => Ok(Factor::Step(step)),
        None => Err(AppError::WrongCode),
    }
}

fn totp(stored: &str, username: &str) -> Result<Totp, AppError> {
    let bits = URL_SAFE_NO_PAD.decode(stored).map_err(broken)?;
    Builder::new()
        .with_secret(Secret::new(bits.into_boxed_slice()))
        .with_account_name(username)
        .with_issuer(Some("Stint"))
        .build()
        .map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "the second factor cannot be checked");
    AppError::Internal
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    /// RFC 6238, appendix B: the last six digits of 94287082 at second 59.
    #[test]
    fn codes_are_the_standard_ones() {
        let stored = URL_SAFE_NO_PAD.encode("12345678901234567890");
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (code, seconds, wanted) in [
            ("287082", 59, Some(1)),
            (" 287 082 ", 59, Some(1)),
            ("287082", 89, Some(1)),
            ("287082", 90, None),
            ("081804", 1_111_111_109, Some(37_037_036)),
            ("28708", 59, None),
            ("", 59, None),
            ("٢٨٧٠٨٢", 59, None),
        ] {
            assert_eq!(step(&stored, code, at(seconds)), Ok(wanted), "{code}");
        }
        let now = at(59) + TimeDelta::zero();
        assert!(step(&random(), "287082", now).is_ok());
    }

    #[test]
    fn an_app_is_told_whose_code_it_is() {
        let stored = URL_SAFE_NO_PAD.encode("12345678901234567890");
        let told = enrolment(&stored, "anna@example.org").unwrap();
        assert_eq!(told.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(
            told.url
                .starts_with("otpauth://totp/Stint:anna%40example.org?"),
            "{}",
            told.url
        );
        assert!(told.url.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    }
}
