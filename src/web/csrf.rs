//! Requests that change something must come from our own pages, or from a program that has no
//! cookie of ours.

use super::failure::Failure;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// Recognises changes that another site's page asks for. `public_origin` is where our own pages
/// live if a proxy stands before us; [config](crate::server::config) has made sure that it is one.
pub fn layer(public_origin: Option<&str>) -> CsrfLayer {
    let trusted = public_origin.and_then(|origin| CsrfLayer::new().add_trusted_origin(origin).ok());
    trusted.unwrap_or_default()
}

/// Answers what [`layer`] recognised, and refuses what a browser of today never sends: a change
/// with our cookie that does not say where it comes from.
pub async fn refuse(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    if changes_something(request.method()) && has_cookie_only(&headers) {
        return Failure::CrossSite.answer(&headers);
    }
    let response = next.run(request).await;
    match response.extensions().get::<ProtectionError>() {
        Some(error) => {
            tracing::warn!(%error, "refused; behind a proxy, set STINT_PUBLIC_URL to where people reach it");
            Failure::CrossSite.answer(&headers)
        }
        None => response,
    }
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn has_cookie_only(headers: &HeaderMap) -> bool {
    let names_source =
        headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    headers.contains_key(header::COOKIE) && !names_source
}
