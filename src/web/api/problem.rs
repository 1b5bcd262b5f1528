//! What the API answers when something is not as asked: RFC 9457 problems.

use super::session_body::SessionBody;
use crate::{
    domain::{Denied, FieldErrors, Refusal, Unusable},
    error::AppError,
    web::failure::Failure,
};
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

pub use super::problem_kind::Kind;

/// Why a request was not carried out.
#[derive(Clone, Debug)]
pub struct Problem {
    pub kind: Kind,
    /// What is wrong here, and what to do about it.
    pub detail: String,
    /// Which fields are wrong, and why.
    pub errors: Vec<WrongField>,
    /// The session as it is now, where a stale version was sent.
    pub current: Option<Box<SessionBody>>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

/// A problem as it is sent, `application/problem+json` of RFC 9457.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Which kind of problem; a reference into the documentation, and the same for ever.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/docs#problem-invalid")]
    pub kind: String,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    /// What is wrong here, and what to do about it.
    pub detail: String,
    /// Which fields are wrong, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<WrongField>,
    /// The session as it is now, where a stale version was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub current: Option<Box<SessionBody>>,
}

impl From<Problem> for ProblemBody {
    fn from(problem: Problem) -> Self {
        Self {
            kind: format!("/docs#problem-{}", problem.kind.word()),
            title: problem.kind.title(),
            status: problem.kind.status().as_u16(),
            detail: problem.detail,
            errors: problem.errors,
            current: problem.current,
        }
    }
}

/// One field of a request that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WrongField {
    /// Its name, with a path to it where it lies deeper.
    #[schema(example = "stopped_at")]
    pub field: String,
    #[schema(example = "The stop lies before the start.")]
    pub detail: String,
}

impl Problem {
    /// Says of this kind what a person can do about it.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            current: None,
            retry_after: (kind == Kind::Busy).then_some(1),
        }
    }

    /// One field that is not valid.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let wrong = WrongField {
            field: field.into(),
            detail: detail.clone(),
        };
        Self {
            errors: vec![wrong],
            ..Self::new(Kind::Invalid, detail)
        }
    }

    /// What is not there, or belongs to somebody else; the two cannot be told apart.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "There is nothing here that you could see.")
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        let wrong = errors.0.iter().map(|error| WrongField {
            field: field_name(&error.field).to_owned(),
            detail: error.message.clone(),
        });
        Self {
            errors: wrong.collect(),
            ..Self::new(Kind::Invalid, errors.to_string())
        }
    }
}

/// The API's name for a field that forms call otherwise.
fn field_name(field: &str) -> &str {
    match field {
        "start" => "started_at",
        "stop" => "stopped_at",
        "zone" => "time_zone",
        _ => field,
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(errors) => errors.into(),
            Refusal::Unusable(unusable) => {
                let field = match unusable {
                    Unusable::Project => "project_id",
                    Unusable::Tag | Unusable::TooManyTags => "tags",
                };
                Self::invalid(field, unusable.to_string())
            }
            Refusal::TooMany => Self::invalid("sessions", refusal.to_string()),
            Refusal::Stale => Self::new(
                Kind::Stale,
                "This session was changed since. Look at `current`, and send its `version` to change it all the same.",
            ),
            Refusal::Reused => Self::new(
                Kind::Reused,
                "This id was sent before with other content. Take a new one.",
            ),
            refusal => {
                let kind = match refusal {
                    Refusal::NotFound => Kind::NotFound,
                    Refusal::ChangedSince => Kind::ChangedSince,
                    Refusal::AnotherRuns => Kind::AnotherRuns,
                    Refusal::NothingToUndo | Refusal::NothingToRedo => Kind::NothingToUndo,
                    _ => Kind::Invalid,
                };
                Self::new(kind, refusal.to_string())
            }
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let kind = match error {
            AppError::Refused(refusal) => return refusal.into(),
            AppError::NotFound => return Self::not_found(),
            AppError::Taken(errors) => {
                return Self {
                    kind: Kind::NameTaken,
                    ..errors.into()
                };
            }
            AppError::DateTaken => Kind::DateTaken,
            AppError::NotAllowed => Kind::NotAllowed,
            AppError::LastOwner => Kind::LastOwner,
            AppError::Denied(denied) => return denied.into(),
            AppError::TooMany { seconds } => {
                return Self {
                    retry_after: u64::try_from(seconds).ok(),
                    ..Self::new(Kind::TooMany, error.to_string())
                };
            }
            AppError::WrongCredentials => Kind::WrongCredentials,
            AppError::CodeNeeded => Kind::CodeNeeded,
            AppError::WrongCode => Kind::WrongCode,
            AppError::SignedOut | AppError::OtherAccount => Kind::MissingToken,
            AppError::Closed => Kind::Closed,
            AppError::NoSpace => Kind::NoSpace,
            AppError::Busy => Kind::Busy,
            AppError::Unreachable | AppError::Internal => Kind::Internal,
        };
        Self::new(kind, error.to_string())
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        let kind = match denied {
            Denied::Missing => Kind::MissingToken,
            Denied::Unknown => Kind::UnknownToken,
            Denied::Expired => Kind::ExpiredToken,
            Denied::Revoked => Kind::RevokedToken,
            Denied::ReadOnly => Kind::ReadOnly,
            Denied::NeedsDevice => Kind::NeedsDevice,
        };
        Self::new(kind, denied.to_string())
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let kind = match failure {
            Failure::CrossSite => Kind::CrossSite,
            Failure::NoSuchMethod => Kind::NoSuchMethod,
            Failure::BodyTooSlow => Kind::TooSlow,
            Failure::BodyTooLarge => Kind::TooLarge,
            Failure::BodyEncoded => Kind::NotJson,
            Failure::BodyBroken | Failure::NoText => Kind::Malformed,
            Failure::HeadersTooLarge => Kind::HeadersTooLarge,
            Failure::Panicked => Kind::Internal,
            Failure::TooLate | Failure::Busy => Kind::Busy,
        };
        Self::new(kind, failure.message())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (kind, status, retry_after) = (self.kind, self.kind.status(), self.retry_after);
        let mut response = (status, Json(ProblemBody::from(self))).into_response();
        let mut set = |name: HeaderName, value| response.headers_mut().insert(name, value);
        let media_type = HeaderValue::from_static("application/problem+json");
        set(header::CONTENT_TYPE, media_type);
        if status == StatusCode::UNAUTHORIZED {
            // RFC 6750: who sent no token is told no more than how to send one.
            let challenge = match kind {
                Kind::UnknownToken | Kind::ExpiredToken | Kind::RevokedToken => {
                    "Bearer error=\"invalid_token\""
                }
                _ => "Bearer",
            };
            set(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(challenge),
            );
        }
        if let Some(seconds) = retry_after {
            set(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
