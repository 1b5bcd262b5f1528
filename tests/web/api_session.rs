//! Starting, stopping and changing sessions through the API.

use super::{Server, api::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

pub async fn bench() -> (Server, Client) {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    (server, client)
}

pub fn wait(server: &Server, seconds: i64) {
    server.clock.advance(TimeDelta::seconds(seconds));
}

/// A finished session of `seconds` from 08:00 on.
pub fn finished(name: &str, seconds: i64) -> Value {
    let stop = crate::harness::at("2026-11-20T08:00:00Z") + TimeDelta::seconds(seconds);
    json!({"name": name, "started_at": "2026-11-20T08:00:00Z", "stopped_at": stop.to_rfc3339()})
}

#[tokio::test]
async fn a_session_is_started_and_stopped() {
    let (server, client) = bench().await;
    assert_eq!(client.get("/sessions/running").await.status(), 204);
    let reply = client
        .post(
            "/sessions",
            json!({"name": "Report", "time_zone": "Europe/Berlin"}),
        )
        .await;
    assert_eq!(
        reply.0.header("location"),
        format!("{ROOT}{}", at(&reply.json()))
    );
    let started = reply.made();
    let expected = json!({
        "id": id(&started), "name": "Report", "started_at": FRIDAY, "stopped_at": null,
        "running": true, "seconds": 0, "time_zone": "Europe/Berlin",
        "project_id": null, "tags": [], "billable": false,
        "created_at": FRIDAY, "updated_at": FRIDAY, "version": 1,
    });
    assert_eq!(started, expected);

    wait(&server, 90);
    let running = client.get("/sessions/running").await.ok();
    assert_eq!(
        (id(&running), &running["seconds"]),
        (id(&started), &json!(90))
    );
    let stopped = client
        .post(&format!("{}/stop", at(&started)), None)
        .await
        .ok();
    let expected = json!({
        "id": id(&started), "name": "Report", "started_at": FRIDAY, "stopped_at": "2026-11-20T09:01:30Z",
        "running": false, "seconds": 90, "time_zone": "Europe/Berlin",
        "project_id": null, "tags": [], "billable": false,
        "created_at": FRIDAY, "updated_at": "2026-11-20T09:01:30Z", "version": 2,
    });
    assert_eq!(stopped, expected);

    wait(&server, 10);
    let again = client
        .post(&format!("{}/stop", at(&started)), json!({}))
        .await;
    assert_eq!(again.ok(), expected);
    assert_eq!(client.get("/sessions/running").await.status(), 204);
}

#[tokio::test]
async fn starting_stops_what_runs() {
    let (server, client) = bench().await;
    let first = client.post("/sessions", None).await.made();
    wait(&server, 60);
    client.post("/sessions", json!({})).await.made();
    let first = client.get(&at(&first)).await.ok();
    assert_eq!(
        (&first["seconds"], &first["running"]),
        (&json!(60), &json!(false))
    );
}

#[tokio::test]
async fn a_finished_session_is_saved() {
    let (_server, client) = bench().await;
    let moments = json!({"started_at": "2026-11-20T09:00:00.75+01:00", "stopped_at": "2026-11-20T08:30:59.999Z"});
    let saved = client.post("/sessions", moments).await.made();
    assert_eq!(
        (&saved["started_at"], &saved["stopped_at"]),
        (
            &json!("2026-11-20T08:00:00Z"),
            &json!("2026-11-20T08:30:59Z")
        )
    );
    assert_eq!(
        (&saved["seconds"], &saved["time_zone"]),
        (&json!(1859), &json!("UTC"))
    );
    let backwards =
        json!({"started_at": "2026-11-20T09:00:00Z", "stopped_at": "2026-11-20T08:59:59Z"});
    assert_eq!(
        client.post("/sessions", backwards).await.wrong(),
        "stopped_at"
    );
    let only_stop = json!({"stopped_at": "2026-11-20T08:59:59Z"});
    assert_eq!(
        client.post("/sessions", only_stop).await.wrong(),
        "started_at"
    );
    let ahead = json!({"started_at": "2026-11-20T09:02:00Z"});
    client
        .post("/sessions", ahead)
        .await
        .problem(422, "invalid");
}

#[tokio::test]
async fn what_is_not_said_stays() {
    let (server, client) = bench().await;
    let a = client.post("/sessions", finished("A", 60)).await.made();
    let change = async |patch: Value| client.patch(&at(&a), patch).await.ok();
    let renamed = change(json!({"name": "  B "})).await;
    assert_eq!(
        (&renamed["name"], &renamed["seconds"], &renamed["version"]),
        (&json!("B"), &json!(60), &json!(2))
    );
    assert_eq!(change(json!({})).await["version"], 2);
    assert_eq!(
        change(json!({"name": null, "started_at": null})).await["version"],
        2
    );
    assert_eq!(
        change(json!({"started_at": "2026-11-20T07:59:00Z"})).await["seconds"],
        120
    );
    assert_eq!(
        change(json!({"stopped_at": "2026-11-20T07:59:30Z"})).await["seconds"],
        30
    );
    let running = change(json!({"stopped_at": null})).await;
    assert_eq!(
        (&running["running"], &running["name"]),
        (&json!(true), &json!("B"))
    );

    let other = client.post("/sessions", None).await.made();
    wait(&server, 1);
    client
        .patch(&at(&a), json!({"stopped_at": null}))
        .await
        .problem(409, "another-runs");
    let refused = client
        .patch(&at(&other), json!({"stopped_at": "2026-11-20T07:00:00Z"}))
        .await;
    assert_eq!(refused.wrong(), "stopped_at");
}

#[tokio::test]
async fn a_stale_version_is_shown_what_is_there() {
    let (_server, client) = bench().await;
    let a = client.post("/sessions", finished("A", 60)).await.made();
    let b = client
        .patch(&at(&a), json!({"name": "B", "version": 1}))
        .await
        .ok();
    let problem = client
        .patch(&at(&a), json!({"name": "C", "version": 1}))
        .await
        .problem(409, "stale");
    assert_eq!(problem["current"], b);
    assert_eq!(client.get(&at(&a)).await.ok(), b);
}

#[tokio::test]
async fn a_session_is_continued_and_copied() {
    let (server, client) = bench().await;
    let a = client.post("/sessions", finished("A", 60)).await.made();
    let continued = client
        .post(&format!("{}/continue", at(&a)), None)
        .await
        .made();
    assert_eq!(
        (&continued["name"], &continued["running"]),
        (&json!("A"), &json!(true))
    );
    wait(&server, 7);
    let going_on = client
        .post(&format!("{}/continue", at(&continued)), None)
        .await
        .ok();
    assert_eq!(
        (id(&going_on), &going_on["seconds"]),
        (id(&continued), &json!(7))
    );
    let copy = client
        .post(&format!("{}/duplicate", at(&continued)), None)
        .await
        .made();
    assert_eq!(
        (&copy["name"], &copy["running"], &copy["seconds"]),
        (&json!("A"), &json!(false), &json!(7))
    );
    assert_eq!(client.delete(&at(&continued)).await.status(), 204);
    assert_eq!(client.get("/sessions/running").await.status(), 204);
}
