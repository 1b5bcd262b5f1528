//! Requests that change something must come from our own pages, or from a program that has no
//! cookie of ours.

use super::failure::Failure;
use axum::{
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// Refuses changes that another site's page asks for. `public_origin` is where our own pages live
/// if a proxy stands before us; [config](crate::server::config) has made sure that it is one.
pub fn layer(public_origin: Option<&str>) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let trusted = public_origin.and_then(|origin| CsrfLayer::new().add_trusted_origin(origin).ok());
    trusted
        .unwrap_or_default()
        .with_rejection_response(|_| Failure::CrossSite.page())
}

/// Refuses what a browser of today never sends: a change with our cookie that does not say where
/// it comes from.
pub async fn require_source(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let names_source = ["sec-fetch-site", "origin"]
        .iter()
        .any(|name| headers.contains_key(*name));
    if changes && !names_source && headers.contains_key(header::COOKIE) {
        return Failure::CrossSite.page();
    }
    next.run(request).await
}
