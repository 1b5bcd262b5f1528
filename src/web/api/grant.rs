//! What whoever signs in gets.

use serde::Serialize;
use utoipa::ToSchema;

/// Tokens for an account.
#[derive(Serialize, ToSchema)]
pub struct Grant {
    /// The account's id.
    #[schema(format = "uuid")]
    pub account: String,
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// For `POST /refresh`, once; the answer holds the next one.
    pub refresh_token: String,
    /// Seconds until the access token expires.
    #[schema(minimum = 1, example = 900)]
    pub expires_in: i64,
}
