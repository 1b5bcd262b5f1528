//! Being told to stop.

use super::{
    Server,
    http::{Answer, Browser, Form, get},
};
use crate::harness::count;
use std::{io, net::SocketAddr, time::Duration};
use stint::{domain::form::intent, server::store::FILE};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const TEN_SECONDS: Duration = Duration::from_secs(10);

#[tokio::test]
async fn requests_in_flight_are_finished_and_new_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let browser = Browser::new_guest(server.addr).await;
    let mut begun = Vec::new();
    for _ in 0..20 {
        begun.push(Begun::new(server.addr, &browser.request(&Form::new(intent::START))).await);
    }
    let idle = TcpStream::connect(server.addr).await.unwrap();

    server.signal("TERM");
    while get(server.addr, "/healthz").await.is_ok() {}
    assert!(closed(idle).await, "an idle connection was kept");
    for request in begun {
        assert_eq!(request.finish().await.unwrap().status, 200);
    }
    assert!(server.ended_within(TEN_SECONDS).await.unwrap().success());
    assert_eq!(
        count(&folder.path().join(FILE), "select count(*) from command").await,
        21
    );
}

#[tokio::test]
async fn a_request_that_does_not_finish_is_not_waited_for() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Server::start(folder.path());
        let _begun = Begun::new(
            server.addr,
            &Browser::nobody().request(&Form::new(intent::START)),
        )
        .await;
        server.signal(signal);
        assert!(server.ended_within(TEN_SECONDS).await.unwrap().success());
    }
}

#[tokio::test]
async fn a_second_signal_ends_it_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let _begun = Begun::new(
        server.addr,
        &Browser::nobody().request(&Form::new(intent::START)),
    )
    .await;
    server.signal("TERM");
    while TcpStream::connect(server.addr).await.is_ok() {}
    server.signal("TERM");
    let status = server.ended_within(Duration::from_secs(2)).await.unwrap();
    assert!(!status.success());
}

/// A request of which the last byte has not been sent.
struct Begun {
    stream: TcpStream,
    last: u8,
}

impl Begun {
    async fn new(addr: SocketAddr, request: &str) -> Self {
        let (last, rest) = request.as_bytes().split_last().unwrap();
        let mut stream = TcpStream::connect(addr).await.unwrap();
        stream.write_all(rest).await.unwrap();
        // Answered after this connection was accepted and its head, sent before, could be read.
        assert_eq!(get(addr, "/healthz").await.unwrap().status, 200);
        Self {
            stream,
            last: *last,
        }
    }

    async fn finish(mut self) -> io::Result<Answer> {
        self.stream.write_all(&[self.last]).await?;
        let mut answer = Vec::new();
        self.stream.read_to_end(&mut answer).await?;
        Answer::read(&String::from_utf8_lossy(&answer))
    }
}

async fn closed(mut stream: TcpStream) -> bool {
    let read = tokio::time::timeout(TEN_SECONDS, stream.read(&mut [0])).await;
    matches!(read, Ok(Ok(0) | Err(_)))
}
