//! Starting, stopping and changing sessions through the API.

use super::{Server, api::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

const KEY: &str = "019e0f3a-7c00-7000-8000-000000000001";
const OTHER_KEY: &str = "019e0f3a-7c00-7000-8000-000000000002";

async fn bench() -> (Server, Client) {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    (server, client)
}

fn wait(server: &Server, seconds: i64) {
    server.clock.advance(TimeDelta::seconds(seconds));
}

/// A finished session of `seconds` from 08:00 on.
fn finished(name: &str, seconds: i64) -> Value {
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
async fn the_same_id_makes_one_session() {
    let (server, client) = bench().await;
    let body = json!({"id": KEY, "name": "Report"});
    let made = client.post("/sessions", body.clone()).await.made();
    assert_eq!(id(&made), KEY);
    wait(&server, 30);
    let again = client.post("/sessions", body.clone()).await.ok();
    assert_eq!(
        (id(&again), &again["seconds"], &again["version"]),
        (KEY, &json!(30), &json!(1))
    );
    assert_eq!(
        client.get("/sessions").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let other = json!({"id": KEY, "name": "Another"});
    client.post("/sessions", other).await.problem(409, "reused");
    let by_key = client
        .key(KEY)
        .post("/sessions", json!({"name": "Report"}))
        .await;
    assert_eq!(id(&by_key.ok()), KEY);
    assert_eq!(
        client
            .key(OTHER_KEY)
            .post("/sessions", body.clone())
            .await
            .wrong(),
        "id"
    );
    assert_eq!(
        client.key("one").post("/sessions", None).await.wrong(),
        "Idempotency-Key"
    );

    client.delete(&format!("/sessions/{KEY}")).await;
    client
        .post("/sessions", body.clone())
        .await
        .problem(404, "not-found");
    // Ids are an account's own.
    let stranger = Client::guest(&server).await;
    stranger.post("/sessions", body).await.made();
}

#[tokio::test]
async fn every_call_that_changes_something_can_be_repeated() {
    let (server, client) = bench().await;
    let keyed = client.key(KEY);
    let a = client.post("/sessions", finished("A", 60)).await.made();
    let place = |call: &str| format!("{}{call}", at(&a));

    let copy = keyed.post(&place("/duplicate"), None).await.made();
    assert_eq!(keyed.post(&place("/duplicate"), json!({})).await.ok(), copy);
    keyed
        .post(&place("/continue"), None)
        .await
        .problem(409, "reused");

    let keyed = client.key(OTHER_KEY);
    let continued = keyed
        .post(&place("/continue"), json!({"time_zone": "Asia/Tokyo"}))
        .await
        .made();
    let again = keyed
        .post(&place("/continue"), json!({"time_zone": "Asia/Tokyo"}))
        .await
        .ok();
    assert_eq!(
        (id(&again), &again["time_zone"]),
        (id(&continued), &json!("Asia/Tokyo"))
    );

    let keyed = client.key("019e0f3a-7c00-7000-8000-000000000003");
    let stop = format!("{}/stop", at(&continued));
    wait(&server, 5);
    let stopped = keyed.post(&stop, None).await.ok();
    client
        .patch(&at(&continued), json!({"stopped_at": null}))
        .await
        .ok();
    let running = keyed.post(&stop, None).await.ok();
    assert_eq!(
        (&stopped["running"], &running["running"]),
        (&json!(false), &json!(true)),
        "stopped twice"
    );

    let keyed = client.key("019e0f3a-7c00-7000-8000-000000000004");
    let renamed = keyed
        .patch(&at(&a), json!({"name": "B", "version": 1}))
        .await
        .ok();
    assert_eq!(
        keyed
            .patch(&at(&a), json!({"name": "B", "version": 1}))
            .await
            .ok(),
        renamed
    );
    keyed
        .patch(&at(&a), json!({"name": "C", "version": 1}))
        .await
        .problem(409, "reused");

    let keyed = client.key("019e0f3a-7c00-7000-8000-000000000005");
    for _ in 0..2 {
        assert_eq!(keyed.delete(&at(&a)).await.status(), 204);
    }
    client.delete(&at(&a)).await.problem(404, "not-found");
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

#[tokio::test]
async fn names_are_stored_as_typed_or_refused() {
    let (_server, client) = bench().await;
    let kept = [
        "",
        "👩‍👩‍👧‍👦 🇪🇺",
        "\u{202e}gnp.exe",
        "<script>alert(1)</script>",
        "\"'&<>",
        "\u{feff}zero\u{200b}width",
        "'; drop table session; --",
        "e\u{301}",
        "%00",
        "\\u0000",
        "{{7*7}}",
        "../../etc",
    ];
    for name in kept
        .map(str::to_owned)
        .into_iter()
        .chain(["ß".repeat(500), "👩".repeat(500)])
    {
        let made = client.post("/sessions", json!({"name": name})).await.made();
        assert_eq!(made["name"], name);
        assert_eq!(client.get(&at(&made)).await.ok()["name"], name);
    }
    let before = client.get("/sessions?limit=500").await.ok();
    let long = "x".repeat(64 * 1024);
    for name in [
        "a\0b",
        "a\nb",
        "\u{85}x\u{7f}",
        "a\u{2028}b",
        &"x".repeat(501),
        &long,
    ] {
        let refused = client.post("/sessions", json!({"name": name})).await;
        assert_eq!(refused.wrong(), "name", "{name:?}");
    }
    // Sent by hand: no text of this language can hold them.
    for body in [
        &br#"{"name": "\ud800"}"#[..],
        br#"{"name": "\udc00\ud800"}"#,
        b"{\"name\": \"\xff\"}",
    ] {
        let refused = client
            .send_bytes(
                "POST".parse().unwrap(),
                "/sessions",
                Some(("application/json", body.to_vec())),
            )
            .await;
        assert_eq!(refused.wrong(), "name");
    }
    assert_eq!(
        names(&client.get("/sessions?limit=500").await.ok()),
        names(&before)
    );
}
