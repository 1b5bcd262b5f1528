//! Requests that are sent again, or given up.

use super::{
    api::*,
    api_session::{bench, finished, wait},
};
use serde_json::{Value, json};

const KEY: &str = "019e0f3a-7c00-7000-8000-000000000001";
const OTHER_KEY: &str = "019e0f3a-7c00-7000-8000-000000000002";

/// A line is read again each time, and `2h` ends with the minute.
#[tokio::test]
async fn the_same_id_and_line_make_one_session() {
    let (server, client) = bench().await;
    let body = json!({"id": KEY, "entry": "2h reading #book"});
    let made = client.post("/sessions", body.clone()).await.made();
    wait(&server, 90);
    let again = client.post("/sessions", body.clone()).await.ok();
    assert_eq!(again, made);
    let by_key = json!({"entry": "2h reading #book"});
    assert_eq!(client.key(KEY).post("/sessions", by_key).await.ok(), made);
    let other = json!({"id": KEY, "entry": "3h reading #book"});
    client.post("/sessions", other).await.problem(409, "reused");
    let fresh = json!({"id": OTHER_KEY, "entry": "1m more"});
    let fresh = client.post("/sessions", fresh).await.made();
    assert_ne!(fresh["stopped_at"], made["stopped_at"], "{fresh}");
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

/// Requests that arrive together, or that nobody waits for any more, make one session.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn retries_have_one_effect() {
    let (_server, client) = bench().await;
    let send = |body: Value| {
        let client = client.clone();
        async move { client.post("/sessions", body).await }
    };
    let body = json!({"id": KEY, "name": "Report"});
    let mut together = tokio::task::JoinSet::new();
    for _ in 0..16 {
        together.spawn(send(body.clone()));
    }
    let mut statuses: Vec<_> = together
        .join_all()
        .await
        .iter()
        .map(Reply::status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [[200; 15].as_slice(), &[201]].concat());

    for patience in 0..20 {
        let body = json!({"id": format!("019e0f3a-7c00-7000-8001-{patience:012}")});
        let given_up = tokio::spawn(send(body.clone()));
        for _ in 0..patience {
            tokio::task::yield_now().await;
        }
        given_up.abort();
        assert!([200, 201].contains(&send(body.clone()).await.status()));
        assert_eq!(send(body).await.status(), 200);
    }
    let sessions = client.get("/sessions").await.ok();
    assert_eq!(names(&sessions).len(), 21);
    let history = client.get(&format!("/sessions/{KEY}/history")).await.ok();
    assert_eq!(
        history["items"].as_array().unwrap().len(),
        2,
        "started once, stopped by the next"
    );
}
