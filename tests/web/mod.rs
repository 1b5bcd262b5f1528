//! The server as a service: requests go through the router, without a connection.

mod account;
mod api;
mod api_account;
mod api_batch;
mod api_device;
mod api_ending;
mod api_favourite;
mod api_guest;
mod api_history;
mod api_link;
mod api_list;
mod api_login;
mod api_made;
mod api_member;
mod api_member_race;
mod api_name;
mod api_overview;
mod api_part;
mod api_problem;
mod api_project;
mod api_race;
mod api_rate;
mod api_refused;
mod api_retry;
mod api_second_factor;
mod api_session;
mod api_team;
mod api_throttle;
mod api_work;
mod asset;
mod authz;
mod browser_login;
mod completion;
mod cors;
mod cross_site;
mod crowd;
mod disk;
mod docs;
mod edit_form;
mod export;
mod form;
mod header;
mod health;
mod history;
mod limit;
mod link;
mod meanwhile;
mod moment;
mod named;
mod notice;
mod part_sums;
mod person;
mod presence;
mod project;
mod queries;
mod race;
mod rate;
mod refused;
mod selection;
mod theft;
mod together;
mod twins;
mod wire;

use axum::{
    Router,
    body::{Body, Bytes},
    handler::HandlerWithoutStateExt,
    http::{HeaderMap, Request, StatusCode, request},
    middleware::from_fn,
    routing::{get, post},
};
use http_body_util::BodyExt;
use rust_embed::RustEmbed;
use std::time::Duration;
use stint::{
    server::{
        clock::Clock,
        login::{Login, Policy},
        state::AppState,
        store::Store,
        token::TokenKey,
    },
    web::{
        assets,
        guard::{Options, guard},
        router::router,
    },
};
use tempfile::TempDir;
use tower::{ServiceBuilder, ServiceExt};

/// A few files such as `cargo leptos` makes.
#[derive(RustEmbed)]
#[folder = "tests/web/site"]
struct Site;

/// The whole server over a fresh database.
pub struct Server {
    pub router: Router,
    pub store: Store,
    pub clock: Clock,
    pub app: AppState,
    pub folder: TempDir,
}

impl Server {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        Self::build(options, Clock::system()).await
    }

    /// With a clock that stands at `now` until it is moved.
    pub async fn at(now: &str) -> Self {
        Self::build(Options::default(), Clock::fixed(now.parse().unwrap())).await
    }

    pub async fn build(options: Options, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::over(folder, options, clock, Policy::default()).await
    }

    /// Over the database in `folder`, if there is one, with others let in than usual.
    pub async fn over(folder: TempDir, options: Options, clock: Clock, policy: Policy) -> Self {
        let store = Store::open(folder.path()).await.unwrap();
        let key = TokenKey::new(&[7; 32]);
        let login = Login::open(&store, key, policy, clock.now()).await.unwrap();
        let app = AppState {
            store: store.clone(),
            clock: clock.clone(),
            login,
            secure_cookies: options.https,
        };
        Self {
            router: router(app.clone(), options),
            store,
            clock,
            app,
            folder,
        }
    }
}

/// Routes that behave badly, and the files of [`Site`], behind the same guard as the server.
pub fn guarded(options: Options) -> Router {
    let files = ServiceBuilder::new()
        .layer(from_fn(assets::cache_for_long))
        .service(
            assets::service::<Site>().fallback((async || StatusCode::NOT_FOUND).into_service()),
        );
    let routes = Router::new()
        .route("/panic", get(async || -> StatusCode { panic!("as asked") }))
        .route("/forever", get(std::future::pending::<StatusCode>))
        .route("/echo", post(async |body: Bytes| body))
        .fallback_service(files);
    guard(routes, &options)
}

/// Options with which nothing waits for long.
pub fn hasty() -> Options {
    let moment = Duration::from_millis(20);
    Options {
        body_patience: moment,
        answer_patience: moment,
        ..Options::default()
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// The nonce that the content security policy names.
    pub fn nonce(&self) -> &str {
        let (_, rest) = self
            .header("content-security-policy")
            .split_once("'nonce-")
            .unwrap();
        rest.split_once('\'').unwrap().0
    }
}

pub async fn ask(router: &Router, request: request::Builder) -> Answer {
    send(router, request.body(Body::empty()).unwrap()).await
}

pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Answer {
        status,
        headers,
        body: response.into_body().collect().await.unwrap().to_bytes(),
    }
}

pub fn get_page(path: &str) -> request::Builder {
    Request::get(path).header("accept", "text/html")
}
