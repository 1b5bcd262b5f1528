//! What a request may weigh, and how long its body may take to arrive. Bodies are read whole before
//! anything is done, so a slow client holds a connection but no place at the [gate](super::gate).

use super::{api, failure::Failure, guard::Options};
use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MAX_BODY_BYTES: usize = 64 * 1024;
/// What programs may send at once: batches, and names that deserve an answer about names.
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

    /// A place for a body of the API that is large, or does not say that it is not.
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
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    let (_place, most) = if api::is_call(parts.uri.path()) {
        match reading.place(&body) {
            Ok(place) => (place, MAX_API_BODY_BYTES),
            Err(failure) => return failure.answer(&parts.headers),
        }
    } else {
        (None, MAX_BODY_BYTES)
    };
    match collect(&parts.headers, body, most, reading.patience).await {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(failure) => failure.answer(&parts.headers),
    }
}

async fn collect(
    headers: &HeaderMap,
    body: Body,
    most: usize,
    patience: Duration,
) -> Result<Body, Failure> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Failure::BodyEncoded);
    }
    if body.size_hint().lower() > most as u64 {
        return Err(Failure::BodyTooLarge);
    }
    match tokio::time::timeout(patience, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(Body::from(body.to_bytes())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Failure::BodyTooLarge),
        Ok(Err(_)) => Err(Failure::BodyBroken),
        Err(_) => Err(Failure::BodyTooSlow),
    }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}
