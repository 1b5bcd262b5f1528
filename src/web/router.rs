//! Which address is answered by what, and what every request passes through on its way.

use super::{
    assets, body, csrf,
    failure::Failure,
    gate::{self, Gate},
    headers, health, observe,
    shell::shell,
};
use crate::{
    app::App,
    server::{config::MetricsAccess, state::AppState},
};
use axum::{
    Router,
    extract::{FromRef, Request, State},
    handler::Handler,
    http::{Method, StatusCode, request::Parts},
    middleware::{from_fn, from_fn_with_state},
    response::Response,
    routing::get,
};
use leptos::{
    config::LeptosOptions,
    nonce::Nonce,
    prelude::{provide_context, with_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// What can be set about the web side of the server.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where people reach the server, if that was said; requests from there are its own.
    pub public_origin: Option<String>,
    /// Whether that is by https.
    pub https: bool,
    /// How many pages, and how many commands, are worked on at once.
    pub max_requests: usize,
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
            max_requests: 256,
            metrics: MetricsAccess::default(),
            live_reload_port: None,
        }
    }
}

/// What handlers share.
#[derive(Clone, Debug)]
pub struct WebState {
    pub app: AppState,
    pub options: Options,
    leptos: LeptosOptions,
}

impl FromRef<WebState> for LeptosOptions {
    fn from_ref(state: &WebState) -> Self {
        state.leptos.clone()
    }
}

/// The whole server as one service.
pub fn router(app: AppState, options: Options) -> Router {
    observe::numbers();
    let reload_port = options.live_reload_port.unwrap_or(3001).into();
    let leptos = LeptosOptions::builder()
        .output_name("stint")
        .reload_port(reload_port)
        .build();
    let state = WebState {
        app,
        options: options.clone(),
        leptos,
    };
    let options_for_pages = state.leptos.clone();
    let document = move || shell(options_for_pages.clone());
    let context = {
        let state = state.clone();
        move || provide(&state)
    };
    let files = ServiceBuilder::new()
        .layer(from_fn(assets::cache_for_long))
        .service(assets::service().fallback(not_found.with_state(state.clone())));
    let way_in = ServiceBuilder::new()
        .layer(from_fn(observe::note))
        .layer(from_fn_with_state(options.clone(), headers::set_headers))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(from_fn(csrf::require_source))
        .layer(csrf::layer(options.public_origin.as_deref()))
        .layer(from_fn(body::read_body))
        .layer(from_fn_with_state(
            Gate::new(options.max_requests),
            gate::admit,
        ));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .leptos_routes_with_context(&state, generate_route_list(App), context, document)
        .route_service("/pkg/{*file}", files.clone())
        .fallback_service(files)
        .method_not_allowed_fallback(async |request: Request| {
            Failure::NoSuchMethod.answer(request.headers())
        })
        .layer(way_in)
        .with_state(state)
}

/// What pages and server functions find in their context.
fn provide(state: &WebState) {
    provide_context(state.app.clone());
    provide_context(assets::pkg_names());
    let nonce = with_context::<Parts, _>(|parts| parts.extensions.get::<Nonce>().cloned());
    if let Some(nonce) = nonce.flatten() {
        provide_context(nonce);
    }
}

/// The page for an address that does not exist.
pub async fn not_found(State(state): State<WebState>, request: Request) -> Response {
    if *request.method() == Method::TRACE {
        return Failure::NoSuchMethod.answer(request.headers());
    }
    let leptos = state.leptos.clone();
    let document = move || shell(leptos.clone());
    let mut response =
        render_app_async_with_context(move || provide(&state), document)(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// The answer to a request whose handler panicked; the panic itself is logged by the panic hook.
fn answer_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::Panicked.page()
}
