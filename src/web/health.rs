//! Two addresses for whoever runs the server: is it well, and what is it doing.

use super::{guard::Options, observe, router::WebState};
use crate::server::config::MetricsAccess;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

/// `200 ok` when the store answers a read.
pub async fn healthz(State(state): State<WebState>) -> Response {
    match state.app.store.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the store does not answer\n",
            )
                .into_response()
        }
    }
}

/// The process's numbers in Prometheus' text format. Unless configured otherwise they are for this
/// machine only: a peer on the loopback address that does not speak for somebody else.
pub async fn metrics(State(state): State<WebState>, request: Request) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| *peer);
    if !may_read(&state.options, peer, request.headers()) {
        return super::router::not_found(State(state), request).await;
    }
    if let Some(memory) = memory_stats::memory_stats() {
        metrics::gauge!("process_resident_memory_bytes").set(memory.physical_mem as f64);
    }
    let text = observe::numbers()
        .map(|numbers| numbers.render())
        .unwrap_or_default();
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        text,
    )
        .into_response()
}

fn may_read(options: &Options, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];
    match options.metrics {
        MetricsAccess::Off => false,
        MetricsAccess::Public => true,
        MetricsAccess::Local => {
            peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
                && !forwarded.iter().any(|name| headers.contains_key(*name))
        }
    }
}
