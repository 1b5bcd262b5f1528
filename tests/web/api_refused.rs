//! What was refused, and what is sent again, makes no clients, projects or tags.

use super::{Server, api::*};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const UNKNOWN: &str = "019e0f3a-7c00-7000-8000-000000000099";

/// How many clients, projects and tags there are.
async fn made(client: &Client) -> [usize; 3] {
    let mut counts = [0; 3];
    for (count, list) in counts.iter_mut().zip(["/clients", "/projects", "/tags"]) {
        let list = client.get(list).await.ok();
        *count = list["items"].as_array().unwrap().len();
    }
    counts
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let running = client.post("/sessions", json!({"name": "a"})).await.made();
    let post = async |body: Value| client.post("/sessions", body).await;
    let patch = async |path: &str, body: Value| client.patch(path, body).await;
    let unknown = format!("/sessions/{UNKNOWN}");
    let tags = json!({"tags": ["new"]});
    patch(&unknown, tags).await.problem(404, "not-found");
    let stale = json!({"tags": ["new"], "version": 9});
    patch(&at(&running), stale).await.problem(409, "stale");
    let line = json!({"entry": "x #new", "project_id": UNKNOWN});
    post(line).await.problem(422, "invalid");
    let beside = json!({"entry": "x @acme/web #new", "tags": [UNKNOWN]});
    post(beside).await.problem(422, "invalid");
    let many: Vec<_> = (0..51).map(|number| format!("t{number}")).collect();
    post(json!({"tags": many})).await.problem(422, "invalid");
    let ahead = json!({"name": "x", "tags": ["new"], "started_at": "2026-11-20T10:00:00Z"});
    let problem = post(ahead).await.problem(422, "invalid");
    assert_eq!(problem["errors"][0]["field"], "started_at");
    let stop = format!("{}/stop", at(&running));
    let body = json!({"stopped_at": "2026-11-20T10:00:00Z"});
    let problem = client.post(&stop, body).await.problem(422, "invalid");
    assert_eq!(problem["errors"][0]["field"], "stopped_at");
    let assign = json!({"assign": {"sessions": [id(&running), UNKNOWN], "tags": ["new"]}});
    let create = json!({"create": {"entry": "y @acme/web #new"}});
    let commands = json!([
        {"id": "019e0f3a-7c00-7000-8000-000000000011", "action": assign},
        {"id": "019e0f3a-7c00-7000-8000-000000000012", "action": create, "at": "2026-11-20T12:00:00Z"},
    ]);
    let done = client.post("/commands", commands).await.ok();
    assert_eq!(done["items"][0]["status"], 404, "{done}");
    assert_eq!(done["items"][1]["status"], 422, "{done}");
    assert_eq!(made(&client).await, [0, 0, 0]);
    assert_eq!(client.get(&at(&running)).await.ok(), running);
    // The next one is carried out as if nothing had been.
    let line = json!({"entry": "x @acme/web #new"});
    assert_eq!(post(line).await.made()["tags"], json!(["new"]));
    assert_eq!(made(&client).await, [1, 1, 1]);
}

/// Nor where it shares a transaction with others that are carried out.
#[tokio::test]
async fn what_is_refused_takes_nothing_along() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let mut asked = JoinSet::new();
    for number in 0..16 {
        for (kind, project) in [("good", Value::Null), ("bad", json!(UNKNOWN))] {
            let client = client.clone();
            let line = format!("8:00-9:00 x #{kind}{number}");
            asked.spawn(async move {
                let body = json!({"entry": line, "project_id": project});
                client.post("/sessions", body).await.status()
            });
        }
    }
    let mut statuses = asked.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[201; 16], [422; 16]].concat());
    let tags = client.get("/tags").await.ok();
    let made = names(&tags);
    assert!(made.iter().all(|name| name.starts_with("good")), "{made:?}");
    assert_eq!(made.len(), 16);
    let sessions = client.get("/sessions").await.ok();
    assert_eq!(names(&sessions).len(), 16);
}

#[tokio::test]
async fn what_is_sent_again_makes_nothing() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let line = |entry: &str| json!({"id": UNKNOWN, "entry": entry});
    let entry = "fix @acme/web #bug";
    let at_once = || client.post("/sessions", line(entry));
    let (a, b, c) = tokio::join!(at_once(), at_once(), at_once());
    let mut statuses = [a.status(), b.status(), c.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 201]);
    assert_eq!(made(&client).await, [1, 1, 1]);
    // Its names stand for nothing any more.
    for list in ["/projects", "/tags", "/clients"] {
        let item = client.get(list).await.ok()["items"][0].clone();
        let renamed = json!({"name": "other"});
        let place = format!("{list}/{}", id(&item));
        client.patch(&place, renamed).await.ok();
    }
    let again = client.post("/sessions", line(entry)).await.ok();
    assert_eq!((id(&again), &again["tags"]), (UNKNOWN, &json!(["other"])));
    let other = client.post("/sessions", line("mend @acme/web #bug")).await;
    other.problem(409, "reused");
    let less = client.post("/sessions", line("fix @acme/web")).await;
    less.problem(409, "reused");
    assert_eq!(made(&client).await, [1, 1, 1]);
}
