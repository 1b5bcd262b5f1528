//! kill -9 at any moment, with eight writers at work through HTTP: what was acknowledged is there
//! after a restart, and what was not is whole or absent.
//!
//! 50 times, or as often as `STINT_KILL_CYCLES` says.

use super::{
    Server,
    http::{Browser, Form},
    oracle::Oracle,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use stint::domain::{Done, SessionId, form::intent};
use tokio::task::JoinSet;

const WRITERS: usize = 8;
const ACCOUNTS: usize = 4;
const READY_WITHIN: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let cycles = std::env::var_os("STINT_KILL_CYCLES")
        .map_or(50, |text| text.to_str().unwrap().parse().unwrap());
    let seed: u64 = rand::random();
    println!("{cycles} cycles, seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let mut browsers = Vec::new();
    for _ in 0..ACCOUNTS {
        browsers.push(Browser::new_guest(server.addr).await);
    }
    let mut oracle = Oracle::new(folder.path());

    for cycle in 1..=cycles {
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let browser = browsers[writer % ACCOUNTS].clone();
            writers.spawn(write_until_cut_off(server.addr, browser, random.random()));
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(50..1500))).await;
        server.kill();
        let works = writers.join_all().await;

        let started = Instant::now();
        server = Server::start(folder.path());
        assert!(
            started.elapsed() < READY_WITHIN,
            "ready after {:?}",
            started.elapsed()
        );
        oracle.compare(server.addr, &works).await;
        if cycle % 50 == 0 || cycle == cycles {
            oracle.compare_everything().await;
            println!("cycle {cycle}: {} acknowledged", oracle.acknowledged());
        }
    }
    assert!(
        oracle.acknowledged() > cycles * 10,
        "hardly anything was written"
    );
}

/// What one writer did until the server was gone.
pub struct Work {
    pub browser: Browser,
    pub acknowledged: Vec<(Form, Done)>,
    /// Sent, but never answered.
    pub unanswered: Form,
}

async fn write_until_cut_off(addr: SocketAddr, browser: Browser, seed: u64) -> Work {
    let mut random = StdRng::seed_from_u64(seed);
    let mut acknowledged = Vec::new();
    let mut own: Vec<SessionId> = Vec::new();
    loop {
        let form = any_form(&mut random, &own);
        match browser.try_submit(addr, &form).await {
            Ok(None) => own.retain(|session| Some(*session) != form.session),
            Ok(Some(receipt)) => {
                if [intent::START, intent::ADD].contains(&form.intent) {
                    own.push(form.command.into());
                }
                acknowledged.push((form, receipt));
            }
            Err(_) => {
                return Work {
                    browser,
                    acknowledged,
                    unanswered: form,
                };
            }
        }
    }
}

/// Something to do, with sessions that the writer made. It may be refused: another writer of the account may
/// have taken back or trimmed what it is about.
fn any_form(random: &mut StdRng, own: &[SessionId]) -> Form {
    let session = (!own.is_empty()).then(|| own[random.random_range(0..own.len())]);
    match (random.random_range(0..16), session) {
        (4..6, _) => Form::new(intent::STOP),
        (6..8, _) => at_some_time(Form::new(intent::ADD).named("by-hand"), random),
        (8, _) => Form::new(intent::UNDO_LATEST),
        (9, _) => Form::new(intent::REDO_LATEST),
        (10..12, Some(session)) => Form::new(intent::RENAME).about(session).named("renamed"),
        (12..14, Some(session)) => at_some_time(
            Form::new(intent::EDIT).about(session).named("edited"),
            random,
        ),
        (14, Some(session)) => {
            let around = own[random.random_range(0..own.len())];
            Form::new(intent::TRIM)
                .about(session)
                .with("around", around)
        }
        (15, Some(session)) => Form::new(intent::DELETE).about(session),
        _ => Form::new(intent::START).named(format!("n{}", random.random::<u32>())),
    }
}

/// Within an hour, so that many overlap.
fn at_some_time(form: Form, random: &mut StdRng) -> Form {
    let (from, length) = (random.random_range(0..50), random.random_range(0..10));
    let time = |minute| format!("2026-11-10T09:{minute:02}");
    form.with("start", time(from))
        .with("stop", time(from + length))
}
