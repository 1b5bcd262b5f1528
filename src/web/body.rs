//! What a request may weigh, and how long its body may take to arrive. Bodies are read whole before
//! anything is done, so a slow client holds a connection but no place at the [gate](super::gate).

use super::{api, failure::Failure, guard::Options};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode;
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MAX_BODY_BYTES: usize = 64 * 1024;
/// What a form may weigh: a name of 64 KiB deserves an answer about names, and forms write three bytes for
/// most of what is not ASCII.
const MAX_FORM_BYTES: usize = 256 * 1024;
/// What programs may send at once: batches, and names likewise.
const MAX_API_BODY_BYTES: usize = 1024 * 1024;
/// Bodies beyond [`MAX_BODY_BYTES`] that may be held at once.
const LARGE_BODIES: usize = 32;
/// Names and values of all headers and the address; hyper itself refuses 64 KiB and 100 headers.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// How bodies are read.
#[derive(Clone, Debug)]
pub struct Reading {
    patience: Duration,
    large: Arc<Semaphore>,
}

impl Reading {
    /// With the patience that the options name.
    pub fn new(options: &Options) -> Self {
        Self {
            patience: options.body_patience,
            large: Arc::new(Semaphore::new(LARGE_BODIES)),
        }
    }

    /// A place for a body that may be large, unless it says that it is not.
    fn place(&self, body: &Body) -> Result<Option<OwnedSemaphorePermit>, Failure> {
        let size = body.size_hint();
        if size
            .upper()
            .is_some_and(|upper| upper <= MAX_BODY_BYTES as u64)
        {
            return Ok(None);
        }
        let place = self.large.clone().try_acquire_owned();
        place.map(Some).map_err(|_| Failure::Busy)
    }
}

/// Reads the body of a request, or answers why not.
pub async fn read_body(State(reading): State<Reading>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let address_bytes = parts
        .uri
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    if address_bytes + header_bytes(&parts.headers) > MAX_HEADER_BYTES {
        return Failure::HeadersTooLarge.answer(&parts.headers);
    }
    if !is_text(parts.uri.query().unwrap_or_default().as_bytes()) {
        return Failure::BodyBroken.answer(&parts.headers);
    }
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    let is_form = has_type(&parts.headers, "application/x-www-form-urlencoded");
    let most = match parts.uri.path() {
        path if api::is_call(path) => MAX_API_BODY_BYTES,
        _ if is_form => MAX_FORM_BYTES,
        _ => MAX_BODY_BYTES,
    };
    let place = match most {
        MAX_BODY_BYTES => Ok(None),
        _ => reading.place(&body),
    };
    let _place = match place {
        Ok(place) => place,
        Err(failure) => return failure.answer(&parts.headers),
    };
    match collect(&parts.headers, body, most, reading.patience).await {
        Ok(body) if is_form && !is_text(&body) => Failure::NoText.answer(&parts.headers),
        Ok(body) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(failure) => failure.answer(&parts.headers),
    }
}

async fn collect(
    headers: &HeaderMap,
    body: Body,
    most: usize,
    patience: Duration,
) -> Result<Bytes, Failure> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Failure::BodyEncoded);
    }
    if body.size_hint().lower() > most as u64 {
        return Err(Failure::BodyTooLarge);
    }
    match tokio::time::timeout(patience, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Failure::BodyTooLarge),
        Ok(Err(_)) => Err(Failure::BodyBroken),
        Err(_) => Err(Failure::BodyTooSlow),
    }
}

/// Whether a request declares its body to be of this type.
pub fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    let declared = headers.get(header::CONTENT_TYPE);
    let essence = declared
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
}

/// Whether what a form or a query says is text. What reads it would put other signs in place of what is
/// none, such as half a surrogate pair, and then something is stored that nobody typed.
fn is_text(encoded: &[u8]) -> bool {
    percent_decode(encoded).decode_utf8().is_ok()
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}
