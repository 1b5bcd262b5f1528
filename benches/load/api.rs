//! The API with a token: lists of a period, and sessions that are started.

use crate::{
    Bare, CLIENTS, DAY, baseline,
    client::{self, Client, Load, in_turns},
    report,
    seed::{Seed, id, secret},
    server::Server,
};
use std::path::Path;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// An account with 100,000 sessions, ten a day.
const LISTED: u32 = 4;
const TEN_A_DAY: i64 = DAY / 10;
/// The first of the accounts that start sessions, one for each client.
const FIRST: u32 = 200;

/// The accounts that are asked for.
pub fn seeds(now: i64) -> impl Iterator<Item = Seed> {
    let listed = Seed {
        number: LISTED,
        sessions: 100_000,
        every: TEN_A_DAY,
        last: now - TEN_A_DAY,
    };
    let starting = (FIRST..).take(CLIENTS).map(move |number| Seed {
        number,
        sessions: 1_000,
        every: TEN_A_DAY,
        last: now - TEN_A_DAY,
    });
    std::iter::once(listed).chain(starting)
}

/// Measures against bare programs: ones that read the same rows from the same `file` and send the same
/// bytes, and the one that writes.
pub fn measure(
    runtime: &Runtime,
    server: &Server,
    bare: &Bare,
    file: &Path,
    seconds: f64,
    now: i64,
) {
    report::section("API, 16 clients, 10 sessions a day among 100,000");
    let at = chrono::DateTime::from_timestamp(now - 40 * DAY, 0).expect("a time");
    let date = at.format("%Y-%m-%d");
    for period in ["day", "week", "month"] {
        let path = format!("/api/v1/sessions?period={period}&date={date}&limit=500");
        let request = get(LISTED, &path);
        let mut client = Client::connect(server.address).expect("a connection");
        let answer = client.send(&request).expect("a list");
        assert_eq!(answer.status, 200, "{path}");
        let body = answer.body.to_vec();
        let (from, to) = reach(&body);
        let lists = baseline::serve_list(runtime, file, &id(LISTED, 0), (from, to), body);
        let load =
            |address, seconds| client::load(address, seconds, vec![|_| request.clone(); CLIENTS]);
        let (ours, theirs) = in_turns(
            seconds,
            |seconds| load(server.address, seconds),
            |seconds| load(lists, seconds),
        );
        report::load(&format!("{period}, bare axum + sqlx"), &theirs);
        report::load(period, &ours);
        report::ratio(&ours, &theirs, 0.4);
    }
    report::section("API, started and stopped, durable, 16 clients");
    let accounts = || (FIRST..).take(CLIENTS);
    let turns = |seconds| {
        let clients = accounts().map(start_and_stop).collect();
        client::load(server.address, seconds, clients)
    };
    let starts = |seconds| {
        let clients = accounts().map(start).collect();
        client::load(server.address, seconds, clients)
    };
    let against_writes = |what, (ours, theirs): (Load, Load)| {
        report::load("bare axum + sqlx, one durable row", &theirs);
        report::load(what, &ours);
        let p99 = report::milliseconds(ours.p99);
        report::goal("  p99", p99, "ms", "< 20", p99 < 20.0);
        report::ratio(&ours, &theirs, 0.5);
    };
    let writes = |seconds| bare.writes(seconds);
    against_writes("in turn", in_turns(seconds, turns, writes));
    let starts = in_turns(seconds, starts, writes);
    against_writes("each stopping the one before", starts);
}

/// From the first start to just after the last one of a list, in seconds since the epoch.
fn reach(body: &[u8]) -> (i64, i64) {
    let list: serde_json::Value = serde_json::from_slice(body).expect("JSON");
    let items = list["items"].as_array().expect("a list");
    let at = |item: Option<&serde_json::Value>| {
        let text = item.and_then(|item| item["started_at"].as_str());
        let at: chrono::DateTime<chrono::Utc> = text.expect("a start").parse().expect("a moment");
        at.timestamp()
    };
    (at(items.last()), at(items.first()) + 1)
}

/// A GET with the token of an account.
pub fn get(number: u32, path: &str) -> Vec<u8> {
    let from = bearer(number);
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{from}\r\n\r\n").into_bytes()
}

/// What the pages do in the timer's measurement: a start, then its stop.
fn start_and_stop(account: u32) -> impl FnMut(u64) -> Vec<u8> + Send {
    let bearer = bearer(account);
    let mut id = String::new();
    move |number| {
        if number % 2 == 0 {
            id = Uuid::now_v7().to_string();
            let body = format!("{{\"id\":\"{id}\",\"name\":\"Write the report\"}}");
            client::post_json("/api/v1/sessions", &bearer, &body)
        } else {
            client::post_json(&format!("/api/v1/sessions/{id}/stop"), &bearer, "{}")
        }
    }
}

fn start(account: u32) -> impl FnMut(u64) -> Vec<u8> + Send {
    let body = "{\"name\":\"Write the report\"}";
    let request = client::post_json("/api/v1/sessions", &bearer(account), body);
    move |_| request.clone()
}

/// The header with the personal token of an account.
fn bearer(number: u32) -> String {
    format!("Authorization: Bearer stint_pat_{}", secret(number))
}
