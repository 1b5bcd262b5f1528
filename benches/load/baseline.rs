//! The least that the same tools can do on the same machine, to compare with.

use crate::seed::open;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::header::CONTENT_TYPE,
    routing::{get, post},
};
use leptos::prelude::*;
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, runtime::Runtime, sync::Mutex};

/// Rows of the bare page: as many as the timer page has.
pub const ROWS: usize = 50;

/// Three bare programs in one: `/hello`, `/rows`, and `/write`, one durable row a request. They
/// serve until the runtime is dropped.
pub fn serve(runtime: &Runtime, file: &Path) -> SocketAddr {
    runtime.block_on(async {
        // There are no routes to find; this is where Leptos learns which runtime it is on.
        leptos_axum::generate_route_list(page);
        let connection = table(file).await.expect("a database to write to");
        let router = Router::new()
            .route("/hello", get(async || "hello"))
            .route("/rows", get(leptos_axum::render_app_async(page)))
            .route("/write", post(write))
            .with_state(Arc::new(Mutex::new(connection)));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    })
}

/// A bare program that reads the sessions of `account` that began in `[from, to)`, with as many
/// connections as the server has, and then sends `body` as JSON.
pub fn serve_list(
    runtime: &Runtime,
    file: &Path,
    account: &str,
    (from, to): (i64, i64),
    body: Vec<u8>,
) -> SocketAddr {
    type Row = (String, String, i64, Option<i64>, String, i64, i64, i64);
    let readers = std::thread::available_parallelism().map_or(2, |cores| cores.get() * 2);
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let (account, body) = (account.to_owned(), Bytes::from(body));
    runtime.block_on(async {
        let pool = SqlitePoolOptions::new()
            .max_connections(u32::try_from(readers).unwrap_or(2))
            .test_before_acquire(false)
            .connect_lazy_with(options.disable_statement_logging());
        let list = async move || {
            let query = sqlx::query_as(
                "select id, name, started_at, stopped_at, time_zone, created_at, updated_at, version
                 from session where account_id = $1 and started_at >= $2 and started_at < $3
                 order by started_at desc",
            );
            let rows: Vec<Row> = query
                .bind(account)
                .bind(from)
                .bind(to)
                .fetch_all(&pool)
                .await
                .expect("the rows are read");
            assert!(!rows.is_empty());
            ([(CONTENT_TYPE, "application/json")], body)
        };
        let router = Router::new().route("/api/v1/sessions", get(list));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    })
}

/// Durable single-row transactions one after the other, without HTTP, for so many seconds.
pub fn commits(runtime: &Runtime, file: &Path, seconds: f64) -> Vec<Duration> {
    runtime.block_on(async {
        let mut connection = table(file).await.expect("a database to write to");
        let (began, mut times) = (Instant::now(), Vec::new());
        while began.elapsed().as_secs_f64() < seconds {
            let sent = Instant::now();
            insert(&mut connection).await.expect("a row is written");
            times.push(sent.elapsed());
        }
        connection.close().await.expect("the database is closed");
        times
    })
}

async fn table(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let mut connection = open(file, true).await?;
    let table = "create table if not exists entry (id integer primary key, name text, at bigint)";
    sqlx::query(table).execute(&mut connection).await?;
    Ok(connection)
}

async fn insert(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut write = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("insert into entry (name, at) values ($1, $2)")
        .bind("Write the report")
        .bind(1_790_000_000)
        .execute(&mut *write)
        .await?;
    write.commit().await
}

async fn write(State(connection): State<Arc<Mutex<SqliteConnection>>>) -> String {
    insert(&mut *connection.lock().await)
        .await
        .expect("a row is written");
    "written".to_owned()
}

/// What a list of sessions is made of, without anything that belongs to a product.
fn page() -> impl IntoView {
    let rows = (0..ROWS).map(|number| {
        let name = format!("Client {}: write the monthly report", number % 12);
        let label = format!("Continue {name}");
        view! {
            <li class="row">
                <span class="name">{name}</span>
                <span class="time">{format!("{}:05 – {}:35", number / 3, number / 3)}</span>
                <span class="duration">{format!("0:{:02}:00", number + 5)}</span>
                <button aria-label=label>"Continue"</button>
            </li>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head><meta charset="utf-8"/><title>"Rows"</title></head>
            <body><ul>{rows.collect_view()}</ul></body>
        </html>
    }
}
