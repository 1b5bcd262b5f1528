//! What whoever runs the server can read.

use super::*;
use axum::{extract::ConnectInfo, http::Request};
use std::net::SocketAddr;
use stint::server::config::MetricsAccess;

#[tokio::test]
async fn healthy_means_the_store_can_be_read() {
    let server = Server::new().await;
    assert_eq!(
        ask(&server.router, Request::get("/healthz")).await.text(),
        "ok\n"
    );
    server.store.close().await;
    let ill = ask(&server.router, Request::get("/healthz")).await;
    assert_eq!(ill.status, 503);
    assert!(!ill.text().contains('/'), "names a path: {}", ill.text());
}

#[tokio::test]
async fn numbers_are_for_whom_they_are_meant() {
    const HERE: Option<&str> = Some("127.0.0.1:5000");
    const MAPPED: Option<&str> = Some("[::ffff:127.0.0.1]:5000");
    const THERE: Option<&str> = Some("192.0.2.7:5000");
    check(MetricsAccess::Local, HERE, None, 200).await;
    check(MetricsAccess::Local, MAPPED, None, 200).await;
    check(MetricsAccess::Local, THERE, None, 404).await;
    check(MetricsAccess::Local, None, None, 404).await;
    check(MetricsAccess::Local, HERE, Some("x-forwarded-for"), 404).await;
    check(MetricsAccess::Local, HERE, Some("forwarded"), 404).await;
    check(MetricsAccess::Off, HERE, None, 404).await;
    check(MetricsAccess::Public, THERE, None, 200).await;
}

async fn check(metrics: MetricsAccess, peer: Option<&str>, header: Option<&str>, status: u16) {
    let server = Server::with(Options {
        metrics,
        ..Options::default()
    })
    .await;
    let mut request = Request::get("/metrics");
    if let Some(peer) = peer {
        request = request.extension(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    }
    if let Some(header) = header {
        request = request.header(header, "192.0.2.7");
    }
    assert_eq!(
        ask(&server.router, request).await.status,
        status,
        "{metrics:?} {peer:?} {header:?}"
    );
}

#[tokio::test]
async fn requests_are_counted_by_pattern_and_never_by_address() {
    let server = Server::with(Options {
        metrics: MetricsAccess::Public,
        ..Options::default()
    })
    .await;
    for path in [
        "/day/2026-11-20",
        "/day/2026-11-21?secret=1",
        "/healthz",
        "/no/such/page",
    ] {
        ask(&server.router, Request::get(path)).await;
    }
    ask(
        &server.router,
        Request::builder().method("MADE-UP").uri("/healthz"),
    )
    .await;
    let answer = ask(&server.router, Request::get("/metrics")).await;
    let text = answer.text();
    for line in [
        r#"stint_requests_total{route="/day/{date}",method="GET",status="200"}"#,
        r#"stint_requests_total{route="/healthz",method="other",status="405"}"#,
        r#"stint_request_seconds_bucket{route="/healthz",le="0.25"}"#,
        r#"stint_request_queries_bucket{route="/healthz",le="1"}"#,
        "stint_queries_total ",
        "stint_requests_in_flight ",
        "process_resident_memory_bytes ",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    for hidden in ["secret", "2026-11-2", "MADE-UP", "/no/such"] {
        assert!(!text.contains(hidden), "{hidden} in\n{text}");
    }
}
