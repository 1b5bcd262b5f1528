//! Connections: accepting them, how long they may be slow or idle, and how they end.

use super::observe;
use axum::{Router, extract::ConnectInfo, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Connections at once. One more is closed unanswered: which of the others is idle cannot be told
/// from outside, and each of them that is, ends within [`Limits::header_patience`] anyway.
const MAX_CONNECTIONS: usize = 4096;
/// What the kernel refuses to accept (too many open files, mostly) is tried again after this.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Hyper's own limit; [`body`](super::body) answers politely well below it.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// How long a connection may keep the server waiting.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the head of a request is there, counted from the end of the request before; so this
    /// is also how long a connection may idle.
    pub header_patience: Duration,
    /// Until a reader takes more of the answer.
    pub write_patience: Duration,
    /// For requests in flight when the server is told to stop.
    pub stop_patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_patience: Duration::from_secs(10),
            write_patience: Duration::from_secs(20),
            stop_patience: Duration::from_secs(9),
        }
    }
}

/// Serves until `stop` is done, then lets requests in flight finish, and returns.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    tokio::spawn(observe::keep_tidy());
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        match places.clone().try_acquire_owned() {
            Ok(place) => {
                tokio::spawn(converse(
                    stream,
                    peer,
                    place,
                    router.clone(),
                    limits,
                    graceful.watcher(),
                ));
            }
            Err(_) => metrics::counter!("stint_connections_refused_total").increment(1),
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.stop_patience, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
}

/// Answers the requests of one connection until it ends.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    _place: OwnedSemaphorePermit,
    router: Router,
    limits: Limits,
    watcher: Watcher,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot send without delay");
    }
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_patience));
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(axum::body::Body::new)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_patience)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            TowerToHyperService::new(service),
        );
    metrics::gauge!("stint_connections").increment(1);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
    metrics::gauge!("stint_connections").decrement(1);
}
