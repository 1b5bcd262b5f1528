//! What an account starts again and again, through the API.

use super::{Server, api::*, person::friday};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Saves finished sessions with these details, an hour each, the last one of them newest.
async fn track(client: &Client, body: Value, starts: &[&str]) -> Vec<Value> {
    let mut made = Vec::new();
    for start in starts {
        let mut body = body.clone();
        body["started_at"] = json!(start);
        body["stopped_at"] = json!(start.replace(":00:00Z", ":30:00Z"));
        made.push(client.post("/sessions", body).await.made());
    }
    made
}

const WEEK: [&str; 3] = [
    "2026-11-16T08:00:00Z",
    "2026-11-17T08:00:00Z",
    "2026-11-18T08:00:00Z",
];

#[tokio::test]
async fn what_is_pinned_stays_and_is_pinned_once() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let none = anna.get("/favourites").await.ok();
    assert_eq!(none, json!({"items": [], "next_cursor": null, "often": []}));
    let project = anna.post("/projects", json!({"name": "web"})).await.made();
    let body = json!({"name": "Mail", "project_id": id(&project), "tags": ["bug", "also"], "billable": true});
    let session = &track(&anna, body, &WEEK[..1]).await[0];
    let pin = json!({"session_id": id(session)});
    let pinned = anna.post("/favourites", pin.clone()).await.made();
    let expected = json!({
        "id": pinned["id"], "name": "Mail", "project_id": id(&project), "tags": ["also", "bug"],
        "billable": true, "created_at": FRIDAY,
    });
    assert_eq!(pinned, expected);
    assert_eq!(anna.post("/favourites", pin.clone()).await.ok(), expected);
    // The session may go, and four weeks may pass.
    let session = format!("/sessions/{}", id(session));
    assert_eq!(anna.delete(&session).await.status(), 204);
    anna.post("/favourites", pin)
        .await
        .problem(404, "not-found");
    server.clock.advance(TimeDelta::minutes(10));
    let listed = anna.get("/favourites").await.ok();
    assert_eq!(
        listed,
        json!({"items": [expected], "next_cursor": null, "often": []})
    );
    // A project that goes leaves it behind.
    let project = format!("/projects/{}", id(&project));
    assert_eq!(anna.delete(&project).await.status(), 204);
    let listed = anna.get("/favourites").await.ok();
    assert_eq!(listed["items"][0]["project_id"], json!(null));
    let place = format!("/favourites/{}", id(&pinned));
    assert_eq!(anna.delete(&place).await.status(), 204);
    anna.delete(&place).await.problem(404, "not-found");
    assert_eq!(anna.get("/favourites").await.ok(), none);
}

#[tokio::test]
async fn what_was_often_started_is_told_until_it_is_pinned() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    track(&anna, json!({"name": "Rarely"}), &WEEK[..2]).await;
    let long_ago = [
        "2026-10-01T08:00:00Z",
        "2026-10-02T08:00:00Z",
        "2026-10-03T08:00:00Z",
    ];
    track(&anna, json!({"name": "Long ago"}), &long_ago).await;
    let often = track(&anna, json!({"name": "Often", "tags": ["bug"]}), &WEEK).await;
    let listed = anna.get("/favourites").await.ok();
    let expected = json!([{
        "session_id": id(&often[2]), "name": "Often", "project_id": null, "tags": ["bug"],
        "billable": false, "sessions": 3,
    }]);
    assert_eq!(listed["often"], expected);
    let pin = json!({"session_id": listed["often"][0]["session_id"]});
    anna.post("/favourites", pin).await.made();
    let listed = anna.get("/favourites").await.ok();
    assert_eq!(listed["often"], json!([]));
    assert_eq!(listed["items"][0]["name"], "Often");
}

#[tokio::test]
async fn what_belongs_to_another_is_neither_pinned_nor_taken_off() {
    let server = friday().await;
    let (anna, ben) = (Client::guest(&server).await, Client::guest(&server).await);
    let session = &track(&anna, json!({"name": "Secret"}), &WEEK).await[0];
    let pin = json!({"session_id": id(session)});
    ben.post("/favourites", pin.clone())
        .await
        .problem(404, "not-found");
    let pinned = anna.post("/favourites", pin).await.made();
    let place = format!("/favourites/{}", id(&pinned));
    ben.delete(&place).await.problem(404, "not-found");
    let nothing = json!({"items": [], "next_cursor": null, "often": []});
    assert_eq!(ben.get("/favourites").await.ok(), nothing);
    assert_eq!(anna.get("/favourites").await.ok()["items"], json!([pinned]));
    for wrong in [json!({}), json!({"session_id": "x"}), json!({"name": "x"})] {
        assert_eq!(anna.post("/favourites", wrong).await.status(), 422);
    }
}

/// However much there is, the list costs the same.
#[tokio::test]
async fn statements_do_not_grow_with_sessions_and_favourites() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let mut asked = Vec::new();
    for number in 0..4 {
        let name = format!("Work {number}");
        let made = track(&anna, json!({"name": name, "tags": [name]}), &WEEK).await;
        let pin = json!({"session_id": id(&made[0])});
        anna.post("/favourites", pin).await.made();
        asked.push(count(&server, &anna).await);
    }
    assert_eq!(asked, [asked[0]; 4]);
}

async fn count(server: &Server, client: &Client) -> u64 {
    // The second time, what is kept in memory is there.
    client.get("/favourites").await.ok();
    let before = server.store.queries();
    client.get("/favourites").await.ok();
    server.store.queries() - before
}
