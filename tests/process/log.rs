//! What the program writes about itself.

use super::{
    Server,
    http::{self, Browser, Form},
    stint,
};
use serde_json::{Value, json};
use std::{fs, net::SocketAddr, path::Path, time::Duration};
use stint::domain::form::intent;

#[tokio::test]
async fn the_log_is_in_lines_and_keeps_secrets() {
    let root = tempfile::tempdir().unwrap();
    let (secret, log) = log_of_a_guest(root.path(), "trace").await;
    for hidden in [&secret, "Confidential", "hidden=1"] {
        assert!(!log.contains(hidden), "{hidden} is in the log");
    }
    let requests = events(&log, "stint::request");
    assert_eq!(requests.len(), 3);
    for request in requests {
        for field in ["method", "route", "status", "ms", "queries", "id"] {
            assert!(!request[field].is_null(), "no {field} in {request}");
        }
    }
    assert!(
        events(&log, "sqlx::query").is_empty(),
        "nobody asked for them"
    );
}

#[tokio::test]
async fn statements_are_logged_with_their_duration_and_request() {
    let root = tempfile::tempdir().unwrap();
    let log = root.path().join("log");
    let mut server = start(root.path(), "info", "1");
    let started = fs::read_to_string(&log).unwrap().len();
    let queries_of_home = use_everything(server.addr).await;
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();

    let log = fs::read_to_string(log).unwrap();
    assert!(!log.contains("Confidential"), "a value that was bound");
    let stops = log.find("stops: requests in flight").unwrap();
    let served = &log[started..log[..stops].rfind('\n').unwrap()];
    let requests = events(&log, "stint::request");
    let id_of = |route: &str, method: &str| {
        let is_it = |it: &&Value| it["route"] == route && it["method"] == method;
        let request = requests.iter().find(is_it);
        request.unwrap_or_else(|| panic!("no {method} {route}"))["id"].clone()
    };
    let ids: Vec<&Value> = requests.iter().map(|request| &request["id"]).collect();
    let mut told = Vec::new();
    for statement in events(served, "sqlx::query") {
        let seconds = statement["elapsed_secs"].as_f64();
        assert!(seconds.is_some_and(|seconds| seconds > 0.0), "{statement}");
        let span = &statement["span"];
        let belongs = span["name"] == "watch" || ids.contains(&&span["id"]);
        assert!(belongs, "nobody's: {statement}");
        // A short one stands in its summary.
        let text = format!("{}{}", statement["summary"], statement["db.statement"]);
        told.push((span["id"].clone(), text));
    }
    for (method, route, part) in [
        ("POST", "/rpc/submit", "insert into session"),
        ("GET", "/", "from session"),
        ("GET", "/settings", "from device"),
        ("POST", "/api/v1/projects", "insert into project"),
        ("DELETE", "/api/v1/tokens/{id}", "delete from token"),
    ] {
        let id = id_of(route, method);
        let found = told
            .iter()
            .any(|(of, text)| *of == id && text.contains(part));
        assert!(found, "{method} {route}: no {part:?} in {told:#?}");
    }
    assert!(queries_of_home > 0.0, "pages count no statements");
}

/// Asks for pages, a command, and what is done in tasks of their own; how many statements `/` took,
/// as `/metrics` tells.
async fn use_everything(addr: SocketAddr) -> f64 {
    let browser = Browser::new_guest(addr).await;
    let command = Form::new(intent::START).named("Confidential");
    browser.submit(addr, &command).await.unwrap();
    for page in ["/", "/settings"] {
        let cookie = &browser.cookie;
        let request = format!(
            "GET {page} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\ncookie: {cookie}\r\n\r\n"
        );
        assert_eq!(http::exchange(addr, &request).await.unwrap().status, 200);
    }
    let call = async |method, path: &str, token: &str, body: Value| {
        let (status, answer) = http::call(addr, method, path, token, &body).await;
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let new = json!({"username": "anna", "password": "correct horse battery"});
    let token = text(&call("POST", "/register", "", new).await["access_token"]);
    call("POST", "/projects", &token, json!({"name": "Confidential"})).await;
    let new = json!({"name": "script", "scope": "write"});
    let id = text(&call("POST", "/tokens", &token, new).await["id"]);
    call("DELETE", &format!("/tokens/{id}"), &token, Value::Null).await;
    let numbers = http::get(addr, "/metrics").await.unwrap().body;
    let sum = numbers
        .lines()
        .find_map(|line| line.strip_prefix("stint_request_queries_sum{route=\"/\"} "));
    sum.unwrap().parse().unwrap()
}

/// Starts the server with its log in a file beside its data.
fn start(root: &Path, level: &str, statements: &str) -> Server {
    let mut command = stint();
    command
        .args(["--log-format", "json", "--data"])
        .arg(root.join("data"));
    if !statements.is_empty() {
        command.env("STINT_LOG_SQL", statements);
    }
    let log = fs::File::create(root.join("log")).unwrap();
    Server::start_logging(&mut command, level, log)
}

/// Has a guest start a session and look at a day; the secret of his cookie, and what the log says.
async fn log_of_a_guest(root: &Path, level: &str) -> (String, String) {
    let mut server = start(root, level, "");
    let browser = Browser::new_guest(server.addr).await;
    let command = Form::new(intent::START).named("Confidential");
    browser.submit(server.addr, &command).await.unwrap();
    http::get(server.addr, "/day/2026-11-20?hidden=1")
        .await
        .unwrap();
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();
    let secret = browser.cookie.split_once('=').unwrap().1;
    (
        secret.to_owned(),
        fs::read_to_string(root.join("log")).unwrap(),
    )
}

/// The lines of a log that are about `target`.
fn events(log: &str, target: &str) -> Vec<Value> {
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    lines
        .filter(|line: &Value| line["target"] == target)
        .collect()
}
