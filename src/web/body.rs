//! What a request may weigh, and how long its body may take to arrive. Bodies are read whole before
//! anything is done, so a slow client holds a connection but no place at the [gate](super::gate).

use super::{failure::Failure, guard::Options};
use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

const MAX_BODY_BYTES: usize = 64 * 1024;
/// Names and values of all headers and the address; hyper itself refuses 64 KiB and 100 headers.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// Reads the body of a request, or answers why not.
pub async fn read_body(State(options): State<Options>, request: Request, next: Next) -> Response {
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
    match collect(&parts.headers, body, options.body_patience).await {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(failure) => failure.answer(&parts.headers),
    }
}

async fn collect(headers: &HeaderMap, body: Body, patience: Duration) -> Result<Body, Failure> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Failure::BodyEncoded);
    }
    if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return Err(Failure::BodyTooLarge);
    }
    match tokio::time::timeout(patience, Limited::new(body, MAX_BODY_BYTES).collect()).await {
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
