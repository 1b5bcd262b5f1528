//! Completion of what is typed, over 10,000 distinct names in 100,000 sessions.

use crate::{
    CLIENTS,
    client::{self, Client},
    report::{self, milliseconds},
    seed::{self, EVERY, Seed, cookie, id},
    server::Server,
};
use std::{path::Path, time::Instant};

/// The account that used them.
const NAMED: u32 = 300;
const NAMES: i64 = 10_000;

/// The account that is asked for.
pub fn seed(now: i64) -> Seed {
    Seed {
        number: NAMED,
        sessions: 100_000,
        every: EVERY,
        last: now - EVERY,
    }
}

/// Gives its sessions their names.
pub async fn fill(file: &Path) -> Result<(), sqlx::Error> {
    let mut connection = seed::open(file, false).await?;
    sqlx::query(
        "update session set name = 'Ticket ' || (rowid * 7919 % $2) || ': ' || case rowid % 3
            when 0 then 'Überarbeiten' when 1 then 'review with the customer' else 'fix' end
         where account_id = $1",
    )
    .bind(id(NAMED, 0))
    .bind(NAMES)
    .execute(&mut connection)
    .await
    .map(drop)
}

/// What is typed at first, what is rare, and what nobody ever wrote.
pub fn measure(server: &Server, seconds: f64) {
    report::section("Completion, 10,000 names in 100,000 sessions");
    let mut client = Client::connect(server.address).expect("a connection");
    let asked = Instant::now();
    let answer = client.send(&request("ticket")).expect("an answer");
    let text = String::from_utf8_lossy(answer.body);
    assert!(text.matches("Ticket").count() > 8, "{text}");
    report::time("the first one, which reads the names", asked.elapsed());
    for (what, typed) in [
        ("a letter of all", "t"),
        ("of a few", "9999"),
        ("of none", "über den wolken"),
    ] {
        let load =
            |clients| client::load(server.address, seconds, vec![|_| request(typed); clients]);
        let one = load(1);
        report::load(&format!("{what}, 1 client"), &one);
        let p99 = milliseconds(one.p99);
        report::goal("p99", p99, "ms", "< 5", p99 < 5.0);
        report::load(&format!("{what}, 16 clients"), &load(CLIENTS));
    }
}

fn request(typed: &str) -> Vec<u8> {
    let caret = typed.encode_utf16().count();
    let body = serde_json::json!({"typed": typed, "caret": caret}).to_string();
    client::post_json("/rpc/suggest", &format!("Cookie: {}", cookie(NAMED)), &body)
}
