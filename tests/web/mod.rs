//! The server as a service: requests go through the router, without a connection.

mod account;
mod answer;
mod api;
mod api_account;
mod api_batch;
mod api_device;
mod api_ending;
mod api_favourite;
mod api_growth;
mod api_growth_write;
mod api_guest;
mod api_history;
mod api_link;
mod api_list;
mod api_login;
mod api_made;
mod api_member;
mod api_member_past;
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
mod api_work_list;
mod asset;
mod authz;
mod browser;
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
pub mod secrecy;
mod selection;
mod shut_out;
mod theft;
mod together;
mod twins;
mod whose;
mod wire;

pub use answer::{Answer, Form, Json, Sent, ask, by_script, get_page, send};

use axum::{
    Router,
    body::Bytes,
    handler::HandlerWithoutStateExt,
    http::StatusCode,
    middleware::from_fn,
    routing::{get, post},
};
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
use tower::ServiceBuilder;

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
        secrecy::listen();
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

    /// The same after a new start, at the same moment.
    pub async fn restarted(self) -> Self {
        let Self {
            router,
            store,
            clock,
            app,
            folder,
        } = self;
        // Nothing that holds the database open stays.
        drop((router, app));
        store.close().await;
        drop(store);
        Self::over(folder, Options::default(), clock, Policy::default()).await
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
