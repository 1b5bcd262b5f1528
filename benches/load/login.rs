//! Signing in, as fast as it may be, and by a flood of those who do not know the password.

use crate::{
    client::{Client, get, load, load_page, post_json},
    report,
    server::Server,
};
use argon2::Argon2;
use std::{
    sync::{Barrier, atomic::AtomicBool, atomic::Ordering},
    time::{Duration, Instant},
};

/// As many passwords as the server hashes at once.
const AT_ONCE: usize = 2;
/// How many try to get in together.
const FLOOD: usize = 200;
/// Clients that go on working meanwhile.
const WORKING: usize = 2;

const PASSWORD: &str = "a horse that counts seconds";
const JSON: &str = "Accept: application/json";

pub fn measure(server: &Server, seconds: f64) {
    report::section("Signing in");
    rate(server, seconds);
    flood(server);
}

/// Sign-ins that are right, beside hashes of the same cost and nothing else.
fn rate(server: &Server, seconds: f64) {
    let mut client = Client::connect(server.address).expect("a connection");
    let who = format!(r#"{{"username":"often","password":"{PASSWORD}"}}"#);
    let registered = client.send(&post_json("/api/v1/register", JSON, &who));
    assert_eq!(registered.expect("an answer").status, 201);
    let bare = hashes(seconds);
    report::figure("bare Argon2id hashes a second, two at once", bare);
    let login = post_json("/api/v1/login", JSON, &who);
    let signed_in = load(server.address, seconds, vec![|_| login.clone(); AT_ONCE]);
    report::load("sign-ins, two at once", &signed_in);
    report::figure("sign-ins, of the bare hashes", signed_in.per_second / bare);
}

/// How many hashes a second two threads make.
fn hashes(seconds: f64) -> f64 {
    let long_enough = Duration::from_secs_f64(seconds);
    let hash = || {
        let (began, mut count) = (Instant::now(), 0_u32);
        let mut hash = [0; 32];
        while began.elapsed() < long_enough {
            // Its usual cost is the one that the server's passwords have.
            let made =
                Argon2::default().hash_password_into(PASSWORD.as_bytes(), &[7; 16], &mut hash);
            made.expect("a hash");
            count += 1;
        }
        f64::from(count) / began.elapsed().as_secs_f64()
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(hash)).collect();
        let rates = threads.into_iter().map(|thread| thread.join());
        rates.map(|rate| rate.expect("a thread")).sum()
    })
}

/// Many wrong passwords at once, while others work.
fn flood(server: &Server) {
    let before = server.memory();
    let over = AtomicBool::new(false);
    let start = Barrier::new(FLOOD + WORKING + 1);
    let (answers, took, times, peak) = std::thread::scope(|scope| {
        let (start, over) = (&start, &over);
        let attack = |number: usize| {
            move || {
                let mut client = Client::connect(server.address).expect("a connection");
                let who = format!(r#"{{"username":"nobody{number}","password":"{PASSWORD}"}}"#);
                start.wait();
                let answer = client.send(&post_json("/api/v1/login", JSON, &who));
                answer.expect("an answer").status
            }
        };
        let work = move || {
            let mut client = Client::connect(server.address).expect("a connection");
            let request = get("/", None);
            let (mut times, mut peak) = (Vec::new(), 0.0_f64);
            start.wait();
            while !over.load(Ordering::Relaxed) {
                let sent = Instant::now();
                let status = client.send(&request).expect("an answer").status;
                assert_eq!(status, 200, "others are served");
                times.push(sent.elapsed());
                peak = peak.max(server.memory().unwrap_or_default());
            }
            (times, peak)
        };
        let attacks: Vec<_> = (0..FLOOD)
            .map(|number| scope.spawn(attack(number)))
            .collect();
        let working: Vec<_> = (0..WORKING).map(|_| scope.spawn(work)).collect();
        start.wait();
        let began = Instant::now();
        let answers: Vec<u16> = attacks
            .into_iter()
            .map(|attack| attack.join().expect("a client"))
            .collect();
        let took = began.elapsed();
        over.store(true, Ordering::Relaxed);
        let (mut times, mut peak) = (Vec::new(), 0.0_f64);
        for worker in working {
            let (more, highest) = worker.join().expect("a client");
            times.extend(more);
            peak = peak.max(highest);
        }
        (answers, took, times, peak)
    });
    report::time("200 at once with wrong passwords, all answered", took);
    for status in [401, 429, 503] {
        let count = answers.iter().filter(|answer| **answer == status).count();
        report::figure(&format!("  of them with {status}"), count as f64);
    }
    let meanwhile = crate::client::Load::of(times, took.as_secs_f64(), 0);
    report::load("the page meanwhile, 2 clients", &meanwhile);
    let p99 = report::milliseconds(meanwhile.p99);
    report::goal("  p99", p99, "ms", "< 200", p99 < 200.0);
    // What was freed is given back a little later, as others ask.
    load_page(server.address, 2.0, 1, "/healthz", None);
    if let (Some(before), Some(after)) = (before, server.memory()) {
        report::figure("memory before, MB", before);
        report::figure("memory at most, MB", peak);
        report::figure("memory two seconds later, MB", after);
    }
}
