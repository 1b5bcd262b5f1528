//! Pages of other sites that may use the API: those that the operator lists, with a token. No
//! cookie ever goes with it.

use super::{api, guard::Options};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tower::{Layer, ServiceExt, service_fn};
use tower_http::cors::CorsLayer;

/// How long a browser may remember what it was allowed.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// The listed origins, and what their pages may send and see.
#[derive(Clone, Debug)]
pub struct Cors {
    origins: Arc<[HeaderValue]>,
    layer: CorsLayer,
}

impl Cors {
    /// For the origins that the options list.
    pub fn new(options: &Options) -> Self {
        let origins = options.allowed_origins.iter();
        let origins: Vec<_> = origins
            .filter_map(|origin| HeaderValue::from_str(origin).ok())
            .collect();
        let key = HeaderName::from_static("idempotency-key");
        let layer = CorsLayer::new()
            .allow_origin(origins.clone())
            .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, key])
            .expose_headers([
                header::LOCATION,
                header::RETRY_AFTER,
                header::WWW_AUTHENTICATE,
            ])
            .max_age(REMEMBERED);
        Self {
            origins: origins.into(),
            layer,
        }
    }

    fn lists(&self, request: &Request) -> bool {
        let origin = request.headers().get(header::ORIGIN);
        api::is_call(request.uri().path())
            && origin.is_some_and(|origin| self.origins.contains(origin))
    }
}

/// Lets a page of a listed origin use the API like any other program, and answers its browser,
/// which asks first.
pub async fn admit(State(cors): State<Cors>, request: Request, next: Next) -> Response {
    if !cors.lists(&request) {
        return next.run(request).await;
    }
    let inside = service_fn(move |request| {
        let next = next.clone();
        async { Ok::<_, Infallible>(next.run(as_program(request)).await) }
    });
    let Ok(response) = cors.layer.layer(inside).oneshot(request).await;
    response
}

/// Without what only browsers say; the token is all that counts.
fn as_program(mut request: Request) -> Request {
    for name in [header::ORIGIN, header::COOKIE, SEC_FETCH_SITE] {
        request.headers_mut().remove(name);
    }
    request
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
