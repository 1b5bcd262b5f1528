//! Access tokens: signed by this server, and believed for a quarter of an hour without a question
//! to the database.

use crate::domain::{AccountId, Denied, DeviceId, Instant, login::Scope};
use chrono::{DateTime, TimeDelta};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    signature::{self, Signer, Verifier},
};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{fmt, sync::Arc};

/// How long an access token is good for.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub account: AccountId,
    pub device: DeviceId,
    pub scope: Scope,
}

/// The claims as they are written in the token; times are seconds since the epoch.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: AccountId,
    dev: DeviceId,
    scope: Scope,
    iat: i64,
    exp: i64,
}

/// Signs access tokens and knows its own. Clones share the key.
#[derive(Clone)]
pub struct TokenKey(Arc<Keys>);

struct Keys {
    signing: EncodingKey,
    verifying: DecodingKey,
    validation: Validation,
}

impl TokenKey {
    /// Works with these 256 bits.
    pub fn new(bits: &[u8; 32]) -> Self {
        // Another part of the program cannot have installed one of its own: this is the only call.
        let _ = PROVIDER.install_default();
        let mut validation = Validation::new(Algorithm::HS256);
        // Checked here, against the server's own clock.
        validation.validate_exp = false;
        Self(Arc::new(Keys {
            signing: EncodingKey::from_secret(bits),
            verifying: DecodingKey::from_secret(bits),
            validation,
        }))
    }

    /// A token that says so from `now` on; `None` only if the cryptography fails.
    pub fn sign(&self, access: &Access, now: Instant) -> Option<String> {
        let claims = Claims {
            sub: access.account,
            dev: access.device,
            scope: access.scope,
            iat: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
        };
        let header = Header::new(Algorithm::HS256);
        jsonwebtoken::encode(&header, &claims, &self.0.signing)
            .inspect_err(|error| tracing::error!(%error, "an access token could not be signed"))
            .ok()
    }

    /// What a token says, if it is ours and has not expired.
    pub fn read(&self, token: &str, now: Instant) -> Result<Access, Denied> {
        let (access, expires_at) = self.read_expired(token)?;
        if now < expires_at {
            Ok(access)
        } else {
            Err(Denied::Expired)
        }
    }

    /// What a token of ours says, and until when it said so.
    pub fn read_expired(&self, token: &str) -> Result<(Access, Instant), Denied> {
        let Keys {
            verifying,
            validation,
            ..
        } = &*self.0;
        let read = jsonwebtoken::decode::<Claims>(token, verifying, validation);
        let claims = read.map_err(|_| Denied::Unknown)?.claims;
        let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or(Denied::Unknown)?;
        let access = Access {
            account: claims.sub,
            device: claims.dev,
            scope: claims.scope,
        };
        Ok((access, expires_at))
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

/// HMAC with SHA-256 and nothing else, so that no token can choose another algorithm.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.as_bytes())?)),
        _ => Err(jsonwebtoken::errors::ErrorKind::InvalidAlgorithm.into()),
    },
    verifier_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.try_get_as_bytes()?)?)),
        _ => Err(jsonwebtoken::errors::ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(key: &[u8]) -> jsonwebtoken::errors::Result<Self> {
        Hmac::new_from_slice(key)
            .map(Self)
            .map_err(|_| jsonwebtoken::errors::ErrorKind::InvalidKeyFormat.into())
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        let mac = self.0.clone().chain_update(message);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let mac = self.0.clone().chain_update(message);
        mac.verify_slice(signature)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn a_token_says_what_was_signed_until_it_expires() {
        let (key, now) = (TokenKey::new(&KEY), moment());
        let access = access();
        let token = key.sign(&access, now).unwrap();
        assert_eq!(key.read(&token, now), Ok(access.clone()));
        let last = now + LIFETIME - TimeDelta::seconds(1);
        assert_eq!(key.read(&token, last), Ok(access));
        assert_eq!(key.read(&token, now + LIFETIME), Err(Denied::Expired));
    }

    /// RFC 7515, appendix A.1: what other programs sign is read the same way here.
    #[test]
    fn the_signature_is_the_standard_one() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = Hs256::new(&URL_SAFE_NO_PAD.decode(key).unwrap())
            .unwrap()
            .sign(message.as_bytes());
        assert_eq!(
            URL_SAFE_NO_PAD.encode(signature),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }

    #[test]
    fn no_other_token_is_believed() {
        let (key, now) = (TokenKey::new(&KEY), moment());
        let token = key.sign(&access(), now).unwrap();
        let [head, claims, signature]: [&str; 3] =
            token.split('.').collect::<Vec<_>>().try_into().unwrap();
        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let stronger = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS512","typ":"JWT"}"#);
        let mine = URL_SAFE_NO_PAD.encode(
            String::from_utf8(URL_SAFE_NO_PAD.decode(claims).unwrap())
                .unwrap()
                .replace("read", "write"),
        );
        for forged in [
            String::new(),
            "..".to_owned(),
            format!("{head}.{claims}."),
            format!("{unsigned}.{claims}."),
            format!("{unsigned}.{claims}.{signature}"),
            format!("{stronger}.{claims}.{signature}"),
            format!("{head}.{mine}.{signature}"),
            format!("{token}.x"),
            TokenKey::new(&[8; 32]).sign(&access(), now).unwrap(),
        ] {
            assert_eq!(key.read(&forged, now), Err(Denied::Unknown), "{forged}");
        }
    }

    fn access() -> Access {
        Access {
            account: AccountId::new(moment()),
            device: DeviceId::new(moment()),
            scope: Scope::Read,
        }
    }

    fn moment() -> Instant {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }
}
