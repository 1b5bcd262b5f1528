//! Which address is answered by what.

use super::{
    account, api, assets, docs, document, documents_css,
    failure::Failure,
    guard::{Options, guard},
    health,
    plain::{self, Table},
    project, rate,
    shell::shell,
    spoken,
};
use crate::{
    app::App,
    server::{device::ViewerCell, queries::QueryCount, state::AppState, submit::local_path},
};
use axum::{
    Router,
    extract::{FromRef, Request, State},
    handler::Handler,
    http::{Method, StatusCode, Uri, request::Parts},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::{
    config::LeptosOptions,
    nonce::Nonce,
    prelude::{provide_context, with_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_http::compression::{CompressionLayer, CompressionLevel};

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
    let reload_port = options.live_reload_port.unwrap_or(3001).into();
    let leptos = LeptosOptions::builder()
        .output_name("stint")
        .reload_port(reload_port)
        .build();
    let state = WebState {
        app,
        options: options.clone(),
        leptos: leptos.clone(),
    };
    let document = move || shell(leptos.clone());
    let context = {
        let state = state.clone();
        move || provide(&state)
    };
    let files = ServiceBuilder::new()
        .layer(from_fn(assets::cache_for_long))
        .service(assets::service::<assets::Site>().fallback(not_found.with_state(state.clone())));
    let routes = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(App), context, document)
        .merge(account::routes())
        .merge(document::routes())
        .merge(project::routes())
        .merge(rate::routes())
        .merge(api::routes())
        .merge(plain::routes(table()))
        .layer(compression())
        .route_service("/pkg/{*file}", files.clone())
        .fallback_service(files)
        .method_not_allowed_fallback(async |request: Request| {
            Failure::NoSuchMethod.answer(request.headers())
        })
        .layer(from_fn(spoken::name_form))
        .with_state(state);
    guard(routes, &options)
}

/// What belongs to no account, and the description of the API.
fn table() -> Table {
    vec![
        (Method::GET, "/healthz", get(health::healthz)),
        (Method::GET, "/metrics", get(health::metrics)),
        (Method::GET, "/docs", get(docs::docs)),
        (Method::GET, documents_css::PATH, documents_css::answer()),
        (Method::GET, api::DESCRIPTION, get(api::show_description)),
    ]
}

/// The method and address of each, for whoever checks that none was forgotten.
pub fn addresses() -> Vec<(Method, &'static str)> {
    plain::addresses(table())
}

/// Sends what is made for a request compressed to whoever reads that: a page of rows is a tenth then.
/// Gzip is read over plain HTTP too, and this level takes no longer than the page. Files are
/// compressed already. What lasts as a secret is in a cookie or a header, never in what is compressed
/// here; recovery codes and tokens are shown once.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(3))
}

/// What pages and server functions find in their context.
fn provide(state: &WebState) {
    provide_context(state.app.clone());
    provide_context(assets::pkg_names());
    provide_context(ViewerCell::default());
    let of_request = with_context(|parts: &Parts| {
        let extensions = &parts.extensions;
        (
            spoken::by(&parts.headers),
            extensions.get::<Nonce>().cloned(),
            extensions.get::<QueryCount>().cloned(),
        )
    });
    if let Some((spoken, Some(nonce), Some(queries))) = of_request {
        provide_context(spoken);
        provide_context(nonce);
        provide_context(queries);
    }
}

/// The page for an address that does not exist; the way to the one without a slash at its end.
pub async fn not_found(State(state): State<WebState>, request: Request) -> Response {
    if *request.method() == Method::TRACE {
        return Failure::NoSuchMethod.answer(request.headers());
    }
    if let Some(address) = without_slash(request.uri()) {
        return Redirect::permanent(&address).into_response();
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

/// An address of this site without slashes at its end, if there are any.
fn without_slash(address: &Uri) -> Option<String> {
    let path = address.path().trim_end_matches('/');
    let query = address.query().map(|query| format!("?{query}"));
    let bare = format!("{path}{}", query.unwrap_or_default());
    (path != address.path() && local_path(&bare) == bare).then_some(bare)
}
