//! Starts and stops through HTTP, each on disk before it is answered.

use crate::{
    Bare, CLIENTS,
    client::{self, in_turns},
    report::{self, milliseconds},
    seed::{EVERY, Seed, cookie},
    server::Server,
};
use uuid::Uuid;

/// The first of the accounts that start and stop.
const FIRST: u32 = 100;

/// An account for each client, with a thousand sessions.
pub fn seeds(now: i64) -> impl Iterator<Item = Seed> {
    accounts().map(move |number| Seed {
        number,
        sessions: 1_000,
        every: EVERY,
        last: now - EVERY,
    })
}

fn accounts() -> impl Iterator<Item = u32> {
    (FIRST..).take(CLIENTS)
}

/// Every client starts and stops the timer of its account in turn.
pub fn measure(server: &Server, bare: &Bare, seconds: f64) {
    report::section("Start and stop, durable");
    let load = |seconds, count| {
        let clients = accounts().take(count).map(requests).collect();
        client::load(server.address, seconds, clients)
    };
    report::load("1 client", &load(seconds, 1));
    let ours = |seconds| load(seconds, CLIENTS);
    let (ours, theirs) = in_turns(seconds, ours, |seconds| bare.writes(seconds));
    report::load("bare axum + sqlx, one durable row, 16 clients", &theirs);
    report::load("16 clients", &ours);
    let p99 = milliseconds(ours.p99);
    report::goal("p99", p99, "ms", "< 20", p99 < 20.0);
    report::ratio(&ours, &theirs, 0.5);
}

fn requests(account: u32) -> impl FnMut(u64) -> Vec<u8> + Send {
    let cookie = cookie(account);
    move |number| {
        let what = if number % 2 == 0 {
            "form%5Bintent%5D=start&form%5Bname%5D=Write+the+report"
        } else {
            "form%5Bintent%5D=stop"
        };
        let form = format!("form%5Bcommand%5D={}&{what}", Uuid::now_v7());
        client::post("/rpc/submit", &cookie, &form)
    }
}
