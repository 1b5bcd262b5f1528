//! Batches of commands.

use super::{Server, api::*, person::count};
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

/// An id of one's own making.
fn key(number: u32) -> String {
    format!("019e0f3a-7c00-7000-8000-{number:012}")
}

fn statuses(answers: &Value) -> Vec<i64> {
    let items = answers["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["status"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn what_was_stopped_without_a_network_ends_when_it_was() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    server.clock.advance(TimeDelta::hours(8));
    let client = client.renewed().await;
    let phone = json!({"id": key(9), "name": "Phone", "started_at": "2026-11-20T10:00:00Z"});
    client.post("/sessions", phone).await.made();
    let commands = json!([
        {"id": key(1), "at": "2026-11-20T09:00:00Z", "action": {"create": {"name": "Report"}}},
        {"id": key(2), "at": "2026-11-20T09:40:00Z", "session": key(1), "action": {"stop": {}}},
        {"id": key(3), "at": "2026-11-20T09:50:00Z", "action": {"stop": {}}},
        {"id": key(4), "at": "2026-11-20T09:50:00Z", "session": key(1), "action": {"stop": {}}},
    ]);
    let answers = client.post("/commands", commands).await.ok();
    let changes = |index: usize| answers["items"][index]["changes"].as_array().unwrap().len();
    assert_eq!([0, 1, 2, 3].map(changes), [1, 1, 0, 0]);
    let report = client.get(&format!("/sessions/{}", key(1))).await.ok();
    assert_eq!(report["seconds"], 40 * 60);
    let phone = client.get(&format!("/sessions/{}", key(9))).await.ok();
    assert_eq!(
        (&phone["running"], &phone["started_at"]),
        (&json!(true), &json!("2026-11-20T10:00:00Z"))
    );
}

#[tokio::test]
async fn a_day_without_a_network_is_sent_afterwards() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    server.clock.advance(TimeDelta::hours(8));
    let client = client.renewed().await;
    let commands = json!([
        {"id": key(1), "at": "2026-11-20T09:30:00Z", "action": {"create": {"name": "A", "time_zone": "Europe/Berlin"}}},
        {"id": key(2), "at": "2026-11-20T10:00:00Z", "action": {"create": {"name": "B"}}},
        {"id": key(3), "at": "2026-11-20T11:00:00Z", "action": {"stop": {}}},
        {"id": key(4), "at": "2026-11-20T11:00:00Z", "session": key(1), "action": {"update": {"name": "A1", "version": 2}}},
        {"id": key(5), "at": "2026-11-20T12:00:00Z", "session": key(1), "action": {"continue": {}}},
        {"id": key(6), "at": "2026-11-20T12:30:00Z", "session": key(5), "action": {"stop": {"stopped_at": "2026-11-20T12:15:00Z"}}},
        {"id": key(7), "session": key(5), "action": {"duplicate": {}}},
        {"id": key(8), "session": key(2), "action": {"delete": {}}},
        {"id": key(9), "action": {"undo": {"command": key(8)}}},
        {"id": key(10), "action": {"create": {"name": "C", "started_at": "2026-11-20T10:30:00Z", "stopped_at": "2026-11-20T10:45:00Z"}}},
        {"id": key(11), "session": key(2), "action": {"trim": {"around": key(10)}}},
        {"id": key(12), "session": key(7), "action": {"keep_overlap": {}}},
    ]);
    let answers = client.post("/commands", commands.clone()).await.ok();
    assert_eq!(statuses(&answers), [200; 12]);
    let items = answers["items"].as_array().unwrap();
    assert_eq!(
        (&items[0]["id"], &items[0]["repeated"], &items[0]["problem"]),
        (&json!(key(1)), &json!(false), &Value::Null)
    );
    assert_eq!(
        items[1]["changes"][0]["after"]["stopped_at"],
        "2026-11-20T10:00:00Z"
    );
    let list = client.get("/sessions").await.ok();
    let told: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["name"].as_str().unwrap(),
                it["seconds"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("A1", 900),
            ("A1", 900),
            ("B", 900),
            ("C", 900),
            ("B", 1800),
            ("A1", 1800)
        ]
    );

    // The answer was lost, so all of it is sent again.
    let again = client.post("/commands", commands).await.ok();
    assert_eq!(statuses(&again), [200; 12]);
    for (first, again) in items.iter().zip(again["items"].as_array().unwrap()) {
        assert_eq!(
            (&again["repeated"], &again["changes"]),
            (&json!(true), &first["changes"])
        );
    }
    assert_eq!(client.get("/sessions").await.ok(), list);
}

#[tokio::test]
async fn each_command_has_its_own_answer() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let stranger = Client::guest(&server).await;
    let theirs = stranger
        .post("/sessions", json!({"name": "theirs"}))
        .await
        .made();
    let commands = json!([
        {"id": key(1), "action": {"create": {"name": "A"}}},
        {"id": key(1), "action": {"create": {"name": "B"}}},
        {"id": key(2), "session": id(&theirs), "action": {"delete": {}}},
        {"id": key(3), "action": {"undo": {"command": id(&theirs)}}},
        {"id": key(4), "action": {"create": {"name": "x".repeat(501)}}},
        {"id": key(5), "action": {"update": {"name": "no session"}}},
        {"id": key(6), "session": key(1), "action": {"create": {}}},
        {"id": key(7), "session": key(1), "action": {"update": {"version": 7}}},
        {"id": key(8), "session": key(1), "action": {"forget": {}}},
        {"id": key(9), "session": key(1), "action": {"stop": {"when": "now"}}},
        {"id": key(10), "at": "2026-11-20T09:02:00Z", "session": key(1), "action": {"stop": {}}},
        {"action": {"stop": {}}},
        "stop",
        {"id": key(11), "session": key(1), "action": {"stop": {}}},
    ]);
    let answers = client.post("/commands", commands).await.ok();
    assert_eq!(
        statuses(&answers),
        [
            200, 409, 404, 404, 422, 422, 422, 409, 422, 422, 422, 422, 422, 200
        ]
    );
    let items = answers["items"].as_array().unwrap();
    let field = |number: usize| {
        items[number]["problem"]["errors"][0]["field"]
            .as_str()
            .unwrap_or_default()
    };
    assert_eq!(field(4), "action.create.name");
    assert_eq!((field(5), field(6)), ("session", "session"));
    assert_eq!(items[7]["problem"]["current"]["id"], key(1));
    assert_eq!(field(9), "action.stop.when");
    assert_eq!((field(11), &items[11]["id"]), ("id", &Value::Null));
    assert_eq!(items[9]["id"], key(9), "named although it cannot be read");
    assert_eq!(stranger.get(&at(&theirs)).await.ok()["version"], 1);
}

#[tokio::test]
async fn a_line_means_what_it_meant_when_it_was_given() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let commands = json!([
        {"id": key(1), "at": "2026-11-20T06:00:30Z", "action": {"create": {"entry": "1h mail #work"}}},
        {"id": key(2), "action": {"create": {"entry": "2h reading"}}},
    ]);
    let answers = client.post("/commands", commands.clone()).await.ok();
    let span = |number: usize| {
        let session = &answers["items"][number]["changes"][0]["after"];
        json!([session["started_at"], session["stopped_at"]])
    };
    assert_eq!(
        span(0),
        json!(["2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z"])
    );
    assert_eq!(
        span(1),
        json!(["2026-11-20T07:00:00Z", "2026-11-20T09:00:00Z"])
    );
    server.clock.advance(TimeDelta::seconds(90));
    let again = client.post("/commands", commands).await.ok();
    assert_eq!(statuses(&again), [200, 200], "{again}");
    for (first, again) in [0, 1].map(|it| (&answers["items"][it], &again["items"][it])) {
        assert_eq!(again["repeated"], true);
        assert_eq!(again["changes"], first["changes"]);
    }
}

/// Another process holds the database, so the first command waits while its device is ended there.
#[tokio::test]
async fn whoever_is_signed_out_meanwhile_does_no_more() {
    let server = Server::at(FRIDAY).await;
    let guest = Client::guest(&server).await;
    let devices = guest.get("/devices").await.ok();
    let device = id(&devices["items"][0]).parse().unwrap();
    let commands = json!([
        {"id": key(1), "action": {"create": {"name": "A"}}},
        {"id": key(2), "action": {"create": {"name": "B"}}},
        {"id": key(3), "action": {"stop": {}}},
    ]);
    let mut other = SqliteConnectOptions::new()
        .filename(server.store.path())
        .connect()
        .await
        .unwrap();
    sqlx::query("begin immediate")
        .execute(&mut other)
        .await
        .unwrap();
    let before = server.store.queries();
    let batch = tokio::spawn(async move { guest.post("/commands", commands).await });
    while server.store.queries() == before {
        tokio::task::yield_now().await;
    }
    for sql in ["delete from device", "commit"] {
        sqlx::query(sql).execute(&mut other).await.unwrap();
    }
    let revoked = &server.app.login.revoked;
    revoked.add(&[device], server.clock.now());
    let answers = batch.await.unwrap().ok();
    assert_eq!(statuses(&answers), [401, 401, 401]);
    let second = &answers["items"][1];
    assert_eq!(second["id"], key(2));
    assert_eq!(second["problem"]["type"], "/docs#problem-revoked-token");
    let sessions = "select count(*) from session";
    assert_eq!(count(&server.store, sessions).await, 0);
}

#[tokio::test]
async fn a_batch_is_bounded() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let stops = |count: u32| {
        (0..count)
            .map(|number| json!({"id": key(number), "action": {"stop": {}}}))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        statuses(&client.post("/commands", json!(stops(100))).await.ok()).len(),
        100
    );
    assert_eq!(
        client.post("/commands", json!(stops(101))).await.wrong(),
        "body"
    );
    assert_eq!(
        client.post("/commands", json!([])).await.ok(),
        json!({"items": []})
    );
    assert_eq!(client.post("/commands", json!({})).await.wrong(), "body");
    assert_eq!(client.post("/commands", None).await.wrong(), "body");
    let huge = vec![b' '; 1024 * 1024 + 1];
    let refused = client
        .send_bytes(Method::POST, "/commands", Some(("application/json", huge)))
        .await;
    refused.problem(413, "too-large");
}
