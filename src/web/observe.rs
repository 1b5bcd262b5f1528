//! What is known about a request afterwards: one line in the log and the numbers of `/metrics`.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{sync::OnceLock, time::Instant};
use tracing::Instrument;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Upper bounds of the latency buckets, in seconds.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// The collected numbers of this process; the first call starts collecting.
pub fn numbers() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let latency = Matcher::Full("stint_request_seconds".to_owned());
        PrometheusBuilder::new()
            .set_buckets_for_metric(latency, &SECONDS)
            .ok()?
            .install_recorder()
            .ok()
    };
    HANDLE.get_or_init(install).as_ref()
}

/// Gives a request an id, and notes how it went. The address is noted as the route's pattern, never
/// with its query.
pub async fn note(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!("request", %id);

    let in_flight = InFlight::begin();
    let mut response = next.run(request).instrument(span).await;
    drop(in_flight);

    let status = response.status().as_u16();
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    let elapsed = started.elapsed();
    let labels = [
        ("route", route.to_owned()),
        ("method", method.to_string()),
        ("status", status.to_string()),
    ];
    metrics::counter!("stint_requests_total", &labels).increment(1);
    metrics::histogram!("stint_request_seconds", "route" => route.to_owned()).record(elapsed);
    let ms = elapsed.as_micros() as f64 / 1000.0;
    tracing::info!(target: "stint::request", %method, route, status, ms, %id);
    if let Ok(id) = HeaderValue::try_from(id_text(id)) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn id_text(id: Uuid) -> String {
    id.hyphenated().to_string()
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
