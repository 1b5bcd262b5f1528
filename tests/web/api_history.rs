//! History, undo and redo through the API.

use super::{Server, api::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

const KEY: &str = "019e0f3a-7c00-7000-8000-000000000001";

#[tokio::test]
async fn a_history_tells_each_change() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let a = client
        .post("/sessions", json!({"id": KEY, "name": "A"}))
        .await
        .made();
    server.clock.advance(TimeDelta::seconds(60));
    client.post(&format!("{}/stop", at(&a)), None).await.ok();
    client.patch(&at(&a), json!({"name": "B"})).await.ok();
    client.delete(&at(&a)).await;

    let path = format!("{}/history", at(&a));
    let whole = client.get(&path).await.ok();
    let items = whole["items"].as_array().unwrap().clone();
    let words: Vec<_> = items
        .iter()
        .map(|item| item["action"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["delete", "edit", "stop", "start"]);
    let made = json!({
        "command": KEY, "acted_at": FRIDAY, "action": "start", "before": null,
        "after": {"id": KEY, "name": "A", "started_at": FRIDAY, "stopped_at": null, "project_id": null,
            "tags": [], "billable": false, "time_zone": "UTC", "version": 1},
    });
    assert_eq!(items[3], made);
    assert_eq!(
        (&items[0]["before"]["name"], &items[0]["after"]),
        (&json!("B"), &Value::Null)
    );

    let mut parts = Vec::new();
    let mut cursor = String::new();
    loop {
        let part = client.get(&format!("{path}?limit=1{cursor}")).await.ok();
        parts.extend(part["items"].as_array().unwrap().clone());
        match part["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(parts, items);
    client.post("/undo", None).await.ok();
    client.post("/redo", None).await.ok();
    let latest = client.get(&format!("{path}?limit=2")).await.ok();
    assert_eq!(latest["items"][0]["action"], "redo");
    assert_eq!(latest["items"][1]["action"], "undo");
    client
        .get(&format!("/sessions/{KEY}0/history"))
        .await
        .problem(404, "not-found");
}

#[tokio::test]
async fn undo_goes_back_step_by_step_and_redo_forth() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    client
        .post("/undo", None)
        .await
        .problem(409, "nothing-to-undo");
    client
        .post("/redo", None)
        .await
        .problem(409, "nothing-to-undo");
    let a = client.post("/sessions", json!({"name": "A"})).await.made();
    client.patch(&at(&a), json!({"name": "B"})).await.ok();

    let undone = client.post("/undo", None).await.ok();
    assert_eq!(undone["changes"][0]["after"]["name"], "A");
    assert_eq!(client.get(&at(&a)).await.ok()["name"], "A");
    client.post("/undo", json!({})).await.ok();
    client.get(&at(&a)).await.problem(404, "not-found");
    client.post("/redo", None).await.ok();
    client.post("/redo", None).await.ok();
    assert_eq!(client.get(&at(&a)).await.ok()["name"], "B");
    client
        .post("/redo", None)
        .await
        .problem(409, "nothing-to-undo");
}

#[tokio::test]
async fn a_step_sent_again_is_the_same_step() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let a = client.post("/sessions", json!({"name": "A"})).await.made();
    client.patch(&at(&a), json!({"name": "B"})).await.ok();
    let first = client.key(KEY).post("/undo", None).await.ok();
    let again = client.key(KEY).post("/undo", None).await.ok();
    assert_eq!(
        (&first["repeated"], &again["repeated"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        (&first["command"], &first["changes"]),
        (&again["command"], &again["changes"])
    );
    assert_eq!(client.get(&at(&a)).await.ok()["name"], "A");
    client
        .key(KEY)
        .post("/redo", None)
        .await
        .problem(409, "reused");
    client.key(KEY).delete(&at(&a)).await.problem(409, "reused");
}

#[tokio::test]
async fn one_command_is_undone_by_its_id() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let a = client
        .post("/sessions", json!({"id": KEY, "name": "A"}))
        .await
        .made();
    let b = client.post("/sessions", json!({"name": "B"})).await.made();
    client
        .post("/undo", json!({"command": KEY}))
        .await
        .problem(409, "changed-since");
    client.post("/undo", json!({"command": id(&b)})).await.ok();
    client
        .post("/undo", json!({"command": id(&b)}))
        .await
        .problem(409, "nothing-to-undo");
    client.post("/undo", json!({"command": KEY})).await.ok();
    client.get(&at(&a)).await.problem(404, "not-found");

    let stranger = Client::guest(&server).await;
    stranger
        .post("/undo", json!({"command": KEY}))
        .await
        .problem(404, "not-found");
    assert_eq!(
        client
            .post("/undo", json!({"command": "latest"}))
            .await
            .wrong(),
        "command"
    );
}
