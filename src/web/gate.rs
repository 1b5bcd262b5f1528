//! How much is worked on at once. What comes on top is turned away at once instead of waiting, so
//! that a busy server still answers in time what it answers at all.

use super::{api, failure::Failure, guard::Options};
use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// The places for requests being worked on. Commands have their own, so that a flood of page views
/// does not keep anyone from stopping a timer.
#[derive(Clone, Debug)]
pub struct Gate {
    pages: Arc<Semaphore>,
    commands: Arc<Semaphore>,
    answer_patience: Duration,
}

impl Gate {
    /// A gate with the places and the patience that the options name.
    pub fn new(options: &Options) -> Self {
        let places = || Arc::new(Semaphore::new(options.max_requests));
        Self {
            pages: places(),
            commands: places(),
            answer_patience: options.answer_patience,
        }
    }

    fn of(&self, request: &Request) -> Option<&Semaphore> {
        match request.uri().path() {
            "/healthz" => None,
            path if path.starts_with("/rpc/") => Some(&self.commands),
            path if api::is_call(path) && request.method() != Method::GET => Some(&self.commands),
            _ => Some(&self.pages),
        }
    }
}

/// Lets a request in if there is a place, and does not wait for its answer for ever.
pub async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let _place = match gate.of(&request).map(Semaphore::try_acquire) {
        Some(Err(_)) => {
            metrics::counter!("stint_requests_shed_total").increment(1);
            return Failure::Busy.answer(request.headers());
        }
        Some(Ok(place)) => Some(place),
        None => None,
    };
    let headers = request.headers().clone();
    tokio::time::timeout(gate.answer_patience, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::TooLate.answer(&headers))
}
