//! In which form scripts are answered: postcard for our own pages, JSON for others.

use crate::wire::{Postcard, Spoken};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::server_fn::ContentType;
use serde::Serialize;

/// The form that whoever sends these headers reads.
pub fn by(headers: &HeaderMap) -> Spoken {
    let accept = headers.get(header::ACCEPT);
    Spoken::accepted(accept.map_or("", |accept| accept.to_str().unwrap_or_default()))
}

/// The value, for whoever sent these headers.
pub fn answer(headers: &HeaderMap, value: &impl Serialize) -> Response {
    let spoken = by(headers);
    let content = [(header::CONTENT_TYPE, spoken.content_type())];
    match spoken.write(value) {
        Ok(bytes) => (content, bytes).into_response(),
        Err(_) => ().into_response(),
    }
}

/// Server functions call every answer postcard; to those who do not read that, it is JSON.
pub async fn name_form(request: Request, next: Next) -> Response {
    let spoken = by(request.headers());
    let mut response = next.run(request).await;
    if let Some(content) = response.headers_mut().get_mut(header::CONTENT_TYPE)
        && content == Postcard::CONTENT_TYPE
    {
        *content = HeaderValue::from_static(spoken.content_type());
    }
    response
}
