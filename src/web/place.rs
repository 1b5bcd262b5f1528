//! What an address says: which thing it is about, and what was done just now.

use super::{router::WebState, visit::Visit};
use crate::error::AppError;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::Response,
};
use serde::{Deserialize, de::DeserializeOwned};

/// The id or ids in an address; what cannot be one leads to nothing.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<WebState> for At<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => {
                let visit = Visit::from_request_parts(parts, state).await?;
                Err(visit.refuse(&AppError::NotFound))
            }
        }
    }
}

/// What was done just now, as an address says it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    pub done: String,
}

/// The view in the bar to which the page of an address belongs, and whether a script runs on it: none
/// does where passwords are typed and secrets are shown.
pub fn place_of(path: &str) -> (&'static str, bool) {
    let starts_with = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    if starts_with(&["/project", "/clients", "/tags", "/rates", "/invitation"]) {
        ("/projects", true)
    } else {
        (
            "/settings",
            path == "/settings" || starts_with(&["/session/", "/help"]),
        )
    }
}
