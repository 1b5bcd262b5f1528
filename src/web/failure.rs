//! Answers to requests that reach no page: plain, in the product's look, and independent of the
//! store, so that they can be given when nothing else works.

use super::{plain, spoken};
use crate::{domain::FieldErrors, error::AppError};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;

/// Why a request was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    CrossSite,
    NoSuchMethod,
    BodyTooSlow,
    BodyTooLarge,
    BodyEncoded,
    BodyBroken,
    /// A form with what is no text in it.
    NoText,
    HeadersTooLarge,
    Panicked,
    TooLate,
    Busy,
}

impl Failure {
    /// The status it is answered with.
    pub fn status(self) -> StatusCode {
        match self {
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyEncoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::NoText => StatusCode::UNPROCESSABLE_ENTITY,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooLate | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What to tell about it.
    pub fn message(self) -> &'static str {
        match self {
            Self::CrossSite => {
                "This request came from another site, so it was refused. Nothing was changed."
            }
            Self::NoSuchMethod => "This address does not take that kind of request.",
            Self::BodyTooSlow => "The request took too long to arrive. Nothing was changed.",
            Self::BodyTooLarge => "That was too much to send at once. Nothing was changed.",
            Self::BodyEncoded | Self::BodyBroken => {
                "The request could not be read. Nothing was changed."
            }
            Self::NoText => "What was typed is no text that could be kept. Nothing was changed.",
            Self::HeadersTooLarge => "The request's headers are too large.",
            Self::Panicked => "Something went wrong on our side.",
            Self::TooLate => {
                "This took too long. Please reload the page and see whether it was done."
            }
            Self::Busy => "The server is busy. Please try again in a moment.",
        }
    }

    /// The same for scripts, which read errors of one type.
    fn error(self) -> AppError {
        match self {
            Self::Busy | Self::TooLate => AppError::Busy,
            Self::Panicked => AppError::Internal,
            _ => FieldErrors::one("form", self.message()).into(),
        }
    }

    /// The answer: a page where one is asked for, else what scripts read.
    pub fn answer(self, request: &HeaderMap) -> Response {
        let wants_page = request
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"));
        if wants_page {
            self.page()
        } else {
            self.finish(spoken::answer(request, &self.error()))
        }
    }

    /// The answer as a page.
    pub fn page(self) -> Response {
        let (status, message) = (self.status(), self.message());
        let title = status.canonical_reason().unwrap_or("Error");
        let main = view! {
            <main class="sheet error-page">
                <h1>"That did not work"</h1>
                <p>{message}</p>
                <p><a class="primary" href="/">"Back to the timer"</a></p>
            </main>
        };
        let page = plain::page(plain::Document {
            theme: None,
            title,
            current: "",
            nonce: None,
            tab: None,
            main,
        });
        self.finish(page.into_response())
    }

    fn finish(self, mut response: Response) -> Response {
        *response.status_mut() = self.status();
        // For whoever answers in another language, such as the API.
        response.extensions_mut().insert(self);
        let mut set = |name, value| {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value))
        };
        match self {
            Self::Busy | Self::TooLate => {
                set(header::RETRY_AFTER, "1");
            }
            // The rest of the body is not read, so the connection cannot be used again.
            Self::BodyTooSlow | Self::BodyTooLarge | Self::BodyEncoded => {
                set(header::CONNECTION, "close");
            }
            _ => {}
        }
        response
    }
}
