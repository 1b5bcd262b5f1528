//! What the program writes about itself.

use super::{
    Server,
    http::{self, Browser, Form},
    stint,
};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};
use stint::domain::form::intent;

#[tokio::test]
async fn the_log_is_in_lines_and_keeps_secrets() {
    let root = tempfile::tempdir().unwrap();
    let (secret, log) = log_of_a_guest(root.path(), "trace", "").await;
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
    let (_, log) = log_of_a_guest(root.path(), "info", "1").await;
    assert!(!log.contains("Confidential"), "a value that was bound");
    let requests: Vec<Value> = events(&log, "stint::request")
        .into_iter()
        .map(|request| request["id"].clone())
        .collect();
    let inserts: Vec<Value> = events(&log, "sqlx::query")
        .into_iter()
        .filter(|event| {
            event["db.statement"]
                .to_string()
                .contains("insert into session")
        })
        .collect();
    assert!(!inserts.is_empty());
    for insert in inserts {
        let seconds = insert["elapsed_secs"].as_f64();
        assert!(seconds.is_some_and(|seconds| seconds > 0.0), "{insert}");
        assert!(requests.contains(&insert["span"]["id"]), "{insert}");
    }
}

/// Has a guest start a session and look at a day; the secret of his cookie, and what the log says.
async fn log_of_a_guest(root: &Path, level: &str, statements: &str) -> (String, String) {
    let log = root.join("log");
    let mut command = stint();
    command
        .args(["--log-format", "json", "--data"])
        .arg(root.join("data"));
    if !statements.is_empty() {
        command.env("STINT_LOG_SQL", statements);
    }
    let mut server = Server::start_logging(&mut command, level, fs::File::create(&log).unwrap());
    let browser = Browser::new_guest(server.addr).await;
    let start = Form::new(intent::START).named("Confidential");
    browser.submit(server.addr, &start).await.unwrap();
    http::get(server.addr, "/day/2026-11-20?hidden=1")
        .await
        .unwrap();
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();
    let secret = browser.cookie.split_once('=').unwrap().1;
    (secret.to_owned(), fs::read_to_string(log).unwrap())
}

/// The lines of a log that are about `target`.
fn events(log: &str, target: &str) -> Vec<Value> {
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    lines
        .filter(|line: &Value| line["target"] == target)
        .collect()
}
