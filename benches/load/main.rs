//! Measures the released program as a whole, next to the least that the same tools can do, and
//! prints what was found beside the goals. Everything stays on this machine and ends by itself.
//!
//! `STINT_BIN` is the program (the release, if not said), `STINT_BENCH_SECONDS` how long each load
//! lasts. A goal that is missed is marked and fails nothing: whether a machine is fast or busy is
//! for a person to judge. Parts can be named: `pages`, `commands`, `api`, `login`, `names` and `team`.

mod api;
mod baseline;
mod client;
mod commands;
mod login;
mod names;
mod report;
mod seed;
mod server;
mod team;

use client::{Client, Load, get, in_turns, load_page};
use report::milliseconds;
use seed::{GUEST, LARGE, SMALL, Seed, cookie};
use server::Server;
use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, SystemTime},
};
use tokio::runtime::Runtime;

/// Clients at once where it says "16 clients".
pub const CLIENTS: usize = 16;
const STARTS: usize = 11;
pub const DAY: i64 = 86_400;

fn main() {
    let seconds = std::env::var_os("STINT_BENCH_SECONDS")
        .and_then(|text| text.to_str()?.parse().ok())
        .unwrap_or(4.0);
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    let now = seconds_since_epoch();
    prepare(&runtime, &large, &seed::large(now), now);
    let file = large.join("stint.db");
    runtime.block_on(async {
        names::fill(&file).await.expect("sessions have names");
        team::fill(&file, now)
            .await
            .expect("sessions have a project");
    });

    if is_asked("pages") {
        starts(&large);
    }
    let server = Server::start(&large).expect("the server starts");
    let beside_bare = ["pages", "commands", "api"].into_iter().any(is_asked);
    if beside_bare {
        let bare = Bare::serve(&runtime, folder.path());
        if is_asked("pages") {
            bare.measure(&runtime, folder.path(), seconds);
            idle(&server);
            transfer(&server);
            timer_page(&server, &bare, seconds);
            prepare(&runtime, &small, &seed::small(now), now);
            let few = Server::start(&small).expect("the server starts");
            periods(&few, &server, seconds, now);
        }
        if is_asked("commands") {
            commands::measure(&server, &bare, seconds);
        }
        if is_asked("api") {
            api::measure(&runtime, &server, &bare, &file, seconds, now);
        }
        if let Some(memory) = server.memory() {
            report::goal("memory after the load", memory, "MB", "< 60", memory < 60.0);
        }
        // What was freed is given back a little later, as others ask.
        load_page(server.address, 2.0, 1, "/healthz", None);
        if let Some(memory) = server.memory() {
            report::figure("memory two seconds later, MB", memory);
        }
    }
    if is_asked("login") {
        login::measure(&server, seconds);
    }
    if is_asked("names") {
        names::measure(&server, seconds);
    }
    if is_asked("team") {
        team::measure(&server, seconds, now);
    }
}

/// Whether a part is to be measured: one that the command line names, or any if it names none.
fn is_asked(part: &str) -> bool {
    let mut named = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .peekable();
    named.peek().is_none() || named.any(|word| word == part)
}

/// The bare programs.
pub struct Bare {
    address: SocketAddr,
}

impl Bare {
    fn serve(runtime: &Runtime, folder: &Path) -> Self {
        let address = baseline::serve(runtime, &folder.join("bare.db"));
        Self { address }
    }

    /// Pages of rows from memory.
    fn rows(&self, seconds: f64, clients: usize) -> Load {
        load_page(self.address, seconds, clients, "/rows", None)
    }

    /// One durable row a request.
    pub fn writes(&self, seconds: f64) -> Load {
        let write = client::post("/write", "", "");
        client::load(self.address, seconds, vec![|_| write.clone(); CLIENTS])
    }

    /// What nothing else is compared with.
    fn measure(&self, runtime: &Runtime, folder: &Path, seconds: f64) {
        report::section("Bare programs");
        let hello = load_page(self.address, seconds, CLIENTS, "/hello", None);
        report::load("axum, \"hello\", 16 clients", &hello);
        let rows = self.rows(seconds, 1);
        report::load("Leptos, 50 rows from memory, 1 client", &rows);
        let commits = baseline::commits(runtime, &folder.join("raw.db"), seconds);
        report::load(
            "SQLite, one durable row a transaction, no HTTP",
            &Load::of(commits, seconds, 0),
        );
    }
}

/// Has the server make a database, and fills it.
fn prepare(runtime: &Runtime, data: &Path, seeds: &[Seed], now: i64) {
    drop(Server::start(data).expect("the server starts"));
    runtime
        .block_on(seed::fill(&data.join("stint.db"), seeds, now))
        .expect("the database is filled");
}

/// From nothing to the first page, with a million sessions in the file.
fn starts(data: &Path) {
    report::section("Start");
    let mut times: Vec<Duration> = (0..STARTS)
        .map(|_| Server::start(data).expect("the server starts").first_page)
        .collect();
    times.sort_unstable();
    let median = milliseconds(times[STARTS / 2]);
    report::goal(
        "cold start to first page, median",
        median,
        "ms",
        "< 50",
        median < 50.0,
    );
}

fn idle(server: &Server) {
    if let Some(memory) = server.memory() {
        report::goal(
            "memory after the first page",
            memory,
            "MB",
            "< 30",
            memory < 30.0,
        );
    }
}

/// What a browser that was never here loads for the timer page, and how many bytes that is.
fn transfer(server: &Server) {
    report::section("First load");
    let mut client = Client::connect(server.address).expect("a connection");
    let answer = client.send(&get("/", None)).expect("the first page");
    let page = String::from_utf8_lossy(answer.body).into_owned();
    let packed = String::from_utf8_lossy(&get("/", None)).replace(": br", ": br, gzip");
    let mut whole = client
        .send(packed.as_bytes())
        .expect("the page, packed")
        .bytes();
    report::bytes("the page", whole);
    let mut files: Vec<&str> = page
        .split('"')
        .filter(|text| {
            ["/pkg/", "/favicon.svg", "/sheet.js"]
                .iter()
                .any(|start| text.starts_with(start))
        })
        .collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let answer = client.send(&get(file, None)).expect("a file");
        assert_eq!(answer.status, 200, "{file}");
        let bytes = answer.bytes();
        report::bytes(file, bytes);
        whole += bytes;
    }
    let kilobytes = whole as f64 / 1000.0;
    report::goal("first load", kilobytes, "kB", "< 300", kilobytes < 300.0);
}

fn timer_page(server: &Server, bare: &Bare, seconds: f64) {
    report::section("Timer page, guest with 50 sessions today");
    let cookie = cookie(GUEST);
    let page = |seconds, clients| load_page(server.address, seconds, clients, "/", Some(&cookie));
    let one = page(seconds, 1);
    report::load("1 client", &one);
    let median = milliseconds(one.median);
    report::goal("median", median, "ms", "< 2", median < 2.0);
    let (ours, theirs) = in_turns(
        seconds,
        |seconds| page(seconds, CLIENTS),
        |seconds| bare.rows(seconds, CLIENTS),
    );
    report::load("bare Leptos, 50 rows from memory, 16 clients", &theirs);
    report::load("16 clients", &ours);
    report::ratio(&ours, &theirs, 0.2);
}

/// Whole periods of the past, so that both accounts have as many sessions in them.
fn periods(few: &Server, many: &Server, seconds: f64, now: i64) {
    report::section("Periods: 100,000 sessions among 1,000,000, against 10,000 alone");
    let at = chrono::DateTime::from_timestamp(now - 40 * DAY, 0).expect("a time");
    for (name, path) in [
        ("day", at.format("/day/%Y-%m-%d")),
        ("week", at.format("/week/%G-W%V")),
        ("month", at.format("/month/%Y-%m")),
    ] {
        let path = path.to_string();
        let (small, large) = (cookie(SMALL), cookie(LARGE));
        let (many_one, few_one) = in_turns(
            seconds,
            |seconds| load_page(many.address, seconds, 1, &path, Some(&large)),
            |seconds| load_page(few.address, seconds, 1, &path, Some(&small)),
        );
        report::load(&format!("{name}, 1 client, 10,000"), &few_one);
        report::load(&format!("{name}, 1 client, 100,000"), &many_one);
        let p99 = milliseconds(many_one.p99);
        report::goal("p99", p99, "ms", "< 20", p99 < 20.0);
        let ratio = milliseconds(many_one.median) / milliseconds(few_one.median);
        report::goal(
            "median to that with 10,000",
            ratio,
            "",
            "<= 1.2",
            ratio <= 1.2,
        );
        let crowd = load_page(many.address, seconds, CLIENTS, &path, Some(&large));
        report::load(&format!("{name}, 16 clients, 100,000"), &crowd);
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement begins now")]
fn seconds_since_epoch() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}
