//! What is known about a request afterwards: one line in the log and the numbers of `/metrics`.

use crate::server::queries::QueryCount;
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Upper bounds of the buckets for statements a request.
const QUERIES: [f64; 7] = [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
const KNOWN_METHODS: [Method; 6] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];
const TIDY_EVERY: Duration = Duration::from_secs(5);
/// Upper bounds of the latency buckets, in seconds.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// The collected numbers of this process; the first call starts collecting.
pub fn numbers() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let named = |name: &str| Matcher::Full(name.to_owned());
        PrometheusBuilder::new()
            .set_buckets_for_metric(named("stint_request_seconds"), &SECONDS)
            .and_then(|it| it.set_buckets_for_metric(named("stint_request_queries"), &QUERIES))
            .and_then(PrometheusBuilder::install_recorder)
            .ok()
    };
    HANDLE.get_or_init(install).as_ref()
}

/// Sums up what was collected since the last time, so that it takes no more room than the sums;
/// never ends.
pub async fn keep_tidy() {
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        if let Some(numbers) = numbers() {
            numbers.run_upkeep();
        }
    }
}

/// Gives a request an id, and notes how it went. The address is noted as the route's pattern, never
/// with its query.
pub async fn note(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let queries = QueryCount::new(tracing::info_span!("request", %id));
    request.extensions_mut().insert(queries.clone());

    let in_flight = InFlight::begin();
    let mut response = queries.clone().during(next.run(request)).await;
    drop(in_flight);

    let status = response.status().as_u16();
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    let (elapsed, queries) = (started.elapsed(), queries.get());
    let ms = elapsed.as_micros() as f64 / 1000.0;
    tracing::info!(target: "stint::request", %method, route, status, ms, queries, %id);
    count(&method, route, status, elapsed, queries);
    if let Ok(id) = HeaderValue::try_from(id.hyphenated().to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn count(method: &Method, route: &str, status: u16, elapsed: Duration, queries: u32) {
    let route = || ("route", route.to_owned());
    // A client can make up methods without end.
    let method = if KNOWN_METHODS.contains(method) {
        method.as_str()
    } else {
        "other"
    };
    let labels = [
        route(),
        ("method", method.to_owned()),
        ("status", status.to_string()),
    ];
    metrics::counter!("stint_requests_total", &labels).increment(1);
    metrics::histogram!("stint_request_seconds", &[route()]).record(elapsed);
    metrics::histogram!("stint_request_queries", &[route()]).record(queries);
}

/// Counts a request as being worked on, also when it is given up.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        metrics::gauge!("stint_requests_in_flight").increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        metrics::gauge!("stint_requests_in_flight").decrement(1);
    }
}
