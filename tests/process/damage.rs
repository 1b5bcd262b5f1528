//! A database that is too large to be looked through at each start, and damaged where nobody has looked yet.

use super::{
    Server,
    http::{Browser, Form, exchange, get},
    run, stint,
};
use crate::harness::at;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
    path::Path,
    time::Duration,
};
use stint::{
    domain::{Settings, form::intent},
    server::store::{FILE, Store},
};

const PAGE: u64 = 4096;
/// Larger than what every page of is checked at each start.
const LARGE: u64 = 20 << 20;

#[tokio::test]
async fn damage_that_is_met_is_told_and_nothing_more_is_written() {
    let root = tempfile::tempdir().unwrap();
    let (data, log) = (root.path().join("data"), root.path().join("log"));
    let browser = fill(&data).await;
    let file = File::options().write(true).open(data.join(FILE)).unwrap();
    // What was written in the middle is sessions, and nothing else.
    for page in LARGE / PAGE / 4..LARGE / PAGE / 2 {
        file.write_all_at(&[0x5a; PAGE as usize], page * PAGE)
            .unwrap();
    }
    let logged = File::create(&log).unwrap();
    let mut serve = stint();
    let mut server =
        Server::start_logging(serve.arg("serve").arg("--data").arg(&data), "info", logged);
    assert_eq!(get(server.addr, "/healthz").await.unwrap().status, 200);

    let all = format!(
        "GET /last/4-weeks HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\naccept: text/html\r\ncookie: {}\r\n\r\n",
        browser.cookie
    );
    let page = exchange(server.addr, &all).await.unwrap();
    assert_eq!(page.status, 500);
    assert!(page.body.contains("Something went wrong on our side"));
    assert!(page.body.contains("<nav"), "not in the product's look");
    let start = async || {
        let request = browser.request(&Form::new(intent::START).named("lost"));
        let refused = exchange(server.addr, &request).await.unwrap();
        assert_eq!(refused.status, 500, "{}", refused.body);
    };
    // That somebody was here may have been on its way to the disk; it is the turn of the next one after that.
    start().await;
    let before = bytes(&data);
    start().await;
    assert_eq!(get(server.addr, "/healthz").await.unwrap().status, 503);
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();
    assert!(bytes(&data) == before, "something was written");

    let log = fs::read_to_string(log).unwrap();
    let mut told = log
        .lines()
        .filter(|line| line.contains("nothing more is written"));
    let line = told.next().expect("nothing was said");
    assert!(line.contains("the database is damaged") && line.contains("stint restore"));
    assert_eq!(told.next(), None, "said twice");
    let checked = run(stint().arg("check").arg("--data").arg(&data));
    assert!(!checked.status.success());
    assert_eq!(checked.stdout, b"", "what it holds is not known");
}

/// The schema and what is free are looked at, however large the rest is.
#[tokio::test]
async fn a_damaged_list_of_free_pages_is_met_at_the_start() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    fill(&data).await;
    let path = data.join(FILE);
    let mut connection = connect(&path).await;
    for sql in [
        "delete from session where rowid % 2 = 0",
        "delete from session where rowid > 500",
        "pragma wal_checkpoint(truncate)",
    ] {
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    // See "Database Header" in <https://sqlite.org/fileformat2.html>: where the list begins.
    let file = File::options().read(true).write(true).open(&path).unwrap();
    let mut first = [0; 4];
    file.read_exact_at(&mut first, 32).unwrap();
    let first = u64::from(u32::from_be_bytes(first));
    assert!(first > 0, "no page is free");
    file.write_all_at(&[0x5a; 64], (first - 1) * PAGE).unwrap();
    let served = run(stint().arg("serve").arg("--data").arg(&data));
    assert!(!served.status.success());
    let said = String::from_utf8(served.stderr).unwrap();
    assert!(said.contains("the database is damaged"), "{said}");
}

async fn connect(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path);
    options.connect().await.unwrap()
}

/// Everything of the database, its log included.
fn bytes(data: &Path) -> [Option<Vec<u8>>; 2] {
    [FILE, "stint.db-wal"].map(|name| fs::read(data.join(name)).ok())
}

/// A large database of one account with a session each minute, and its browser.
async fn fill(data: &Path) -> Browser {
    let now = at("2026-11-20T09:00:00Z");
    let store = Store::open(data).await.unwrap();
    let usual = Settings::default();
    let made = store.create_guest(&usual, "", now).await;
    let (viewer, secret) = made.unwrap();
    store.close().await;
    drop(store);
    let path = data.join(FILE);
    let mut connection = connect(&path).await;
    let insert = "with recursive minute (n) as (select 1 union all select n + 1 from minute where n < 40000)
         insert into session (account_id, id, name, started_at, stopped_at, time_zone, version, created_at, updated_at)
         select $1, printf('019e0f3a-7c00-7000-8000-%012x', n), printf('%0450d', n),
                unixepoch() - 60 * n, unixepoch() - 60 * n + 30, 'UTC', 1, 0, 0 from minute";
    sqlx::query(insert)
        .bind(viewer.account.to_string())
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("pragma wal_checkpoint(truncate)")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    assert!(fs::metadata(&path).unwrap().len() > LARGE);
    Browser {
        cookie: format!("stint_device={}", secret.reveal()),
    }
}
