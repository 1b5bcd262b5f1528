//! How much is worked on at once. What comes on top is turned away at once instead of waiting, so
//! that a busy server still answers in time what it answers at all.

use super::failure::Failure;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The places for requests being worked on. Commands have their own, so that a flood of page views
/// does not keep anyone from stopping a timer.
#[derive(Clone, Debug)]
pub struct Gate {
    pages: Arc<Semaphore>,
    commands: Arc<Semaphore>,
}

impl Gate {
    /// A gate for `places` pages and as many commands at once.
    pub fn new(places: usize) -> Self {
        let places = || Arc::new(Semaphore::new(places));
        Self {
            pages: places(),
            commands: places(),
        }
    }

    fn for_path(&self, path: &str) -> Option<&Semaphore> {
        match path {
            "/healthz" => None,
            _ if path.starts_with("/rpc/") => Some(&self.commands),
            _ => Some(&self.pages),
        }
    }
}

/// Lets a request in if there is a place, and does not wait for its answer for ever.
pub async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let _place = match gate.for_path(path).map(Semaphore::try_acquire) {
        Some(Err(_)) => {
            metrics::counter!("stint_requests_shed_total").increment(1);
            return Failure::Busy.answer(request.headers());
        }
        Some(Ok(place)) => Some(place),
        None => None,
    };
    let headers = request.headers().clone();
    tokio::time::timeout(PATIENCE, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::TooLate.answer(&headers))
}
