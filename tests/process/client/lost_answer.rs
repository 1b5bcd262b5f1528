//! Answers that are lost on their way.

use super::*;
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Stands between client and server, and loses the first answer to a request that begins with
/// `lost`. Counts such requests.
fn relay(server: SocketAddr, lost: &'static str) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let count = counted.clone();
            thread::spawn(move || pass(stream.unwrap(), server, lost, &count));
        }
    });
    (addr, count)
}

fn pass(mut client: TcpStream, server: SocketAddr, lost: &str, count: &AtomicUsize) {
    let mut server = TcpStream::connect(server).unwrap();
    while let Some(request) = message(&mut client) {
        server.write_all(&request).unwrap();
        let answer = message(&mut server).unwrap();
        if request.starts_with(lost.as_bytes()) && count.fetch_add(1, Ordering::SeqCst) == 0 {
            return;
        }
        client.write_all(&answer).unwrap();
    }
}

/// One request or answer with its body.
fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        read.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&read).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).ok()?;
    read.extend(body);
    Some(read)
}

#[test]
fn what_is_asked_again_after_a_lost_answer_is_done_once() {
    let (server, _data) = server();
    let (addr, starts) = relay(server.addr, "POST /api/v1/sessions ");
    let guest = Person::guest(addr);
    guest.says(&["start", "Report"]);
    assert_eq!(starts.load(Ordering::SeqCst), 2);
    let list = guest.json(&["list", "last-24h"]);
    assert_eq!(list["sessions"].as_array().unwrap().len(), 1, "{list}");

    for (words, lost) in [
        (["stop"], "POST /api/v1/sessions/"),
        (["undo"], "POST /api/v1/undo"),
    ] {
        let (addr, count) = relay(server.addr, lost);
        let url = format!("http://{addr}");
        let token = text(&guest.kept(), "access_token");
        guest.says(&[&words[..], &["--server", &url, "--token", &token]].concat());
        assert_eq!(count.load(Ordering::SeqCst), 2, "{lost}");
    }
    // Stopped once and undone once, so that it runs again.
    assert_eq!(guest.json(&["status"])["name"], "Report");
    assert_eq!(guest.says(&["undo"]), "Undone: “Report” is gone.\n");
}

#[test]
fn a_refresh_token_is_not_sent_twice() {
    let (server, _data) = server();
    let (addr, count) = relay(server.addr, "POST /api/v1/refresh");
    let guest = Person::guest(addr);
    guest.keep("expires_at", "2026-01-01T00:00:00Z");
    guest.fails(5, &["status"]);
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
