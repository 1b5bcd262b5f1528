//! What every request passes through on its way in, and every response on its way out.

use super::{
    api,
    body::{self, Reading},
    cors::{self, Cors},
    csrf,
    failure::Failure,
    gate::{self, Gate},
    headers, observe,
};
use crate::server::config::MetricsAccess;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    response::Response,
};
use std::{any::Any, time::Duration};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// What can be set about the web side of the server.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where people reach the server, if that was said; requests from there are its own.
    pub public_origin: Option<String>,
    /// Whether that is by https.
    pub https: bool,
    /// Whose pages may use the API with a token, besides our own.
    pub allowed_origins: Vec<String>,
    /// How many pages, and how many commands, are worked on at once.
    pub max_requests: usize,
    /// How long the body of a request may take to arrive.
    pub body_patience: Duration,
    /// How long an answer may take.
    pub answer_patience: Duration,
    /// Who may read `/metrics`.
    pub metrics: MetricsAccess,
    /// Where `cargo leptos watch` says that a page changed; only debug builds listen.
    pub live_reload_port: Option<u16>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_origin: None,
            https: false,
            allowed_origins: Vec::new(),
            max_requests: 256,
            body_patience: Duration::from_secs(10),
            answer_patience: Duration::from_secs(30),
            metrics: MetricsAccess::default(),
            live_reload_port: None,
        }
    }
}

/// Puts the routes behind the guard; the first layer is the outermost.
pub fn guard(routes: Router, options: &Options) -> Router {
    observe::numbers();
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn(observe::note))
            .layer(from_fn_with_state(options.clone(), headers::set_headers))
            .layer(from_fn_with_state(Cors::new(options), cors::admit))
            .layer(from_fn(api::speak_problems))
            .layer(CatchPanicLayer::custom(answer_panic))
            .layer(from_fn(csrf::refuse))
            .layer(csrf::layer(options.public_origin.as_deref()))
            .layer(from_fn_with_state(Reading::new(options), body::read_body))
            .layer(from_fn_with_state(Gate::new(options), gate::admit)),
    )
}

/// The answer to a request whose handler panicked; the panic itself is in the log.
fn answer_panic(_: Box<dyn Any + Send>) -> Response {
    Failure::Panicked.page()
}
