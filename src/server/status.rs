//! The HTTP status that goes with an error.

use crate::{
    domain::{Denied, Refusal},
    error::AppError,
    wire,
};
use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// The answer as it is; an error also sets the status of the response under way, and when to try again.
pub fn told<T>(answer: Result<T, AppError>) -> Result<T, AppError> {
    if let (Err(error), Some(response)) = (&answer, use_context::<ResponseOptions>()) {
        response.set_status(of(error));
        if let AppError::TooMany { seconds } = error {
            let seconds = HeaderValue::from(seconds.unsigned_abs());
            response.insert_header(header::RETRY_AFTER, seconds);
        }
    }
    answer
}

/// As `told`, but leaves a plain form's redirect alone.
pub fn told_unless_form<T>(answer: Result<T, AppError>) -> Result<T, AppError> {
    if wire::is_plain_form() {
        answer
    } else {
        told(answer)
    }
}

/// The status.
pub fn of(error: &AppError) -> StatusCode {
    match error {
        AppError::Denied(Denied::ReadOnly | Denied::NeedsDevice)
        | AppError::Closed
        | AppError::NotAllowed => StatusCode::FORBIDDEN,
        AppError::Denied(_)
        | AppError::WrongCredentials
        | AppError::CodeNeeded
        | AppError::WrongCode
        | AppError::SignedOut
        | AppError::OtherAccount => StatusCode::UNAUTHORIZED,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::NotFound | AppError::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
        AppError::Refused(Refusal::Invalid(_) | Refusal::InFuture | Refusal::OutOfRange) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        AppError::Refused(_) | AppError::Taken(_) | AppError::DateTaken | AppError::LastOwner => {
            StatusCode::CONFLICT
        }
        AppError::NoSpace => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Unreachable | AppError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
