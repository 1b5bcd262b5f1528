//! Clients that are slow or say nothing, and somebody who works meanwhile.

use super::{
    Server,
    http::{Browser, Form, get},
};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use stint::domain::form::intent;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    task::JoinSet,
};

const IDLE: usize = 2000;
/// More than are worked on at once, so that slow bodies would fill every place if they took one.
const SLOW_BODIES: usize = 300;
const SLOW_HEADS: usize = 200;
const NEVER_READING: usize = 5;
/// For a page and a start. Generous: other tests run meanwhile, and each start waits for the disk.
const WORST_WAIT: Duration = Duration::from_secs(5);
/// The longest patience of the server is 20 seconds, for readers that never read.
const ALL_GONE_WITHIN: Duration = Duration::from_secs(45);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_clients_are_cut_off_and_hold_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let addr = server.addr;
    let browser = Browser::new_guest(addr).await;
    let memory = server.memory();

    let mut clients = JoinSet::new();
    let mut idle = Vec::new();
    for _ in 0..affordable_idle() {
        idle.push(TcpStream::connect(addr).await.unwrap());
    }
    for stream in idle {
        clients.spawn(say_slowly(stream, "", ""));
    }
    for _ in 0..SLOW_HEADS {
        clients.spawn(say_slowly(
            TcpStream::connect(addr).await.unwrap(),
            "",
            "GET /healthz HTTP/1.1\r\nx: yyyyyyyyyyyyyyyyyyyyyyy",
        ));
    }
    for _ in 0..SLOW_BODIES {
        let head = "POST /rpc/submit HTTP/1.1\r\nhost: stint.test\r\ncontent-length: 1000\r\n\r\n";
        clients.spawn(say_slowly(
            TcpStream::connect(addr).await.unwrap(),
            head,
            "form[name]=yyyyyyyyyyyyyyyyyyyyyyyyyy",
        ));
    }
    for _ in 0..NEVER_READING {
        let socket = TcpSocket::new_v4().unwrap();
        // What the system keeps for them is soon full.
        socket.set_recv_buffer_size(4096).unwrap();
        clients.spawn(never_read(socket.connect(addr).await.unwrap()));
    }

    let mut waits = Vec::new();
    let begun = Instant::now();
    while waits.len() < 50 {
        let asked = Instant::now();
        let page = get(addr, "/").await.unwrap();
        assert_eq!(page.status, 200);
        browser
            .submit(addr, &Form::new(intent::START))
            .await
            .unwrap();
        waits.push(asked.elapsed());
    }
    waits.sort();
    println!(
        "a page and a start among slow clients: median {:?}, worst {:?}",
        waits[25], waits[49]
    );
    assert!(
        waits[25] < Duration::from_millis(500),
        "median {:?}",
        waits[25]
    );
    assert!(waits[49] < WORST_WAIT, "worst {:?}", waits[49]);

    let all_gone = async { while clients.join_next().await.is_some() {} };
    let in_time = tokio::time::timeout(ALL_GONE_WITHIN, all_gone).await;
    assert!(in_time.is_ok(), "{} were not cut off", clients.len());
    println!("all cut off after {:?}", begun.elapsed());
    while open_connections(addr).await > 1 {
        assert!(
            begun.elapsed() < ALL_GONE_WITHIN,
            "connections are not given back"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let grown = server.memory().saturating_sub(memory);
    assert!(grown < 200 << 20, "grew by {grown} bytes");
}

/// As many idle connections as the limit of open files allows, here and in the server. Where `CI` is
/// set, that has to be all of them.
fn affordable_idle() -> usize {
    let limit = rlimit::increase_nofile_limit(8192).unwrap_or(1024);
    let others = SLOW_BODIES + SLOW_HEADS + NEVER_READING + 200;
    let affordable = usize::try_from(limit)
        .unwrap()
        .saturating_sub(others)
        .min(IDLE);
    if affordable < IDLE {
        let told = format!("only {affordable} idle connections: {limit} files may be open here");
        assert!(std::env::var_os("CI").is_none(), "{told}");
        println!("{told}");
    }
    affordable
}

/// Says `first` at once, then `rest` byte by byte, then nothing, until the server hangs up.
async fn say_slowly(mut stream: TcpStream, first: &str, rest: &str) {
    let _ = stream.write_all(first.as_bytes()).await;
    let mut bytes = rest.bytes();
    let mut answer = [0; 1024];
    loop {
        tokio::select! {
            read = stream.read(&mut answer) => if matches!(read, Ok(0) | Err(_)) { return },
            () = tokio::time::sleep(Duration::from_secs(1)) => if let Some(byte) = bytes.next() {
                let _ = stream.write_all(&[byte]).await;
            }
        }
    }
}

/// Asks without end and reads no answer, until the server hangs up.
async fn never_read(mut stream: TcpStream) {
    let asked = "GET /healthz HTTP/1.1\r\nhost: stint.test\r\n\r\n".repeat(50);
    while stream.write_all(asked.as_bytes()).await.is_ok() {}
}

async fn open_connections(addr: SocketAddr) -> usize {
    let numbers = get(addr, "/metrics").await.unwrap().body;
    let line = numbers
        .lines()
        .find_map(|line| line.strip_prefix("stint_connections "));
    line.unwrap().parse().unwrap()
}
