//! What sessions belong to: project, tags, billable, and the line that says it all.

use super::{Server, api::*};
use serde_json::{Value, json};

/// A guest in Berlin on a Friday at ten, and the server.
pub async fn bench() -> (Server, Client) {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let zone = json!({"time_zone": "Europe/Berlin"});
    client.patch("/me", zone).await.ok();
    (server, client)
}

pub async fn project(client: &Client, body: Value) -> String {
    id(&client.post("/projects", body).await.made()).to_owned()
}

/// The session that an entry makes, in short: name, tags, billable, start and stop.
async fn entered(client: &Client, line: &str) -> Value {
    let made = client
        .post("/sessions", json!({"entry": line}))
        .await
        .made();
    json!([
        made["name"],
        made["tags"],
        made["billable"],
        made["started_at"],
        made["stopped_at"]
    ])
}

#[tokio::test]
async fn a_session_has_project_tags_and_billable() {
    let (_server, client) = bench().await;
    let web = project(&client, json!({"name": "Web", "billable": true})).await;
    let started = client
        .post(
            "/sessions",
            json!({"name": "Login", "project_id": web, "tags": ["bug", "Urgent", "BUG"]}),
        )
        .await
        .made();
    let details =
        |session: &Value| json!([session["project_id"], session["tags"], session["billable"]]);
    // The project says that it is billable.
    assert_eq!(details(&started), json!([web, ["bug", "Urgent"], true]));
    let changed = json!({"tags": ["bug"], "billable": false});
    let changed = client.patch(&at(&started), changed).await.ok();
    assert_eq!(details(&changed), json!([web, ["bug"], false]));
    let stopped = client.post(&format!("{}/stop", at(&started)), None).await;
    assert_eq!(details(&stopped.ok()), json!([web, ["bug"], false]));
    let copy = client
        .post(&format!("{}/continue", at(&started)), None)
        .await;
    assert_eq!(details(&copy.made()), json!([web, ["bug"], false]));
    let none = client
        .patch(&at(&started), json!({"project_id": null, "tags": []}))
        .await;
    assert_eq!(details(&none.ok()), json!([null, [], false]));
    client.post("/undo", None).await.ok();
    let back = client.get(&at(&started)).await.ok();
    assert_eq!(details(&back), json!([web, ["bug"], false]));
}

#[tokio::test]
async fn what_is_not_ours_cannot_be_given() {
    let (server, client) = bench().await;
    let stranger = Client::guest(&server).await;
    let foreign = project(&stranger, json!({"name": "Secret"})).await;
    let tag = stranger
        .post("/tags", json!({"name": "secret"}))
        .await
        .made();
    let unknown = "019e0f3a-7c00-7000-8000-000000000099";
    let mine = client
        .post("/sessions", json!({"name": "Mine"}))
        .await
        .made();
    for project in [foreign.as_str(), unknown] {
        let body = json!({"project_id": project});
        for reply in [
            client.post("/sessions", body.clone()).await,
            client.patch(&at(&mine), body).await,
        ] {
            let problem = reply.problem(422, "invalid");
            assert!(!problem.to_string().contains("Secret"));
        }
    }
    let tags = json!({"tags": [id(&tag)]});
    client.patch(&at(&mine), tags).await.problem(422, "invalid");
    let wrong = json!({"tags": ["a\u{0}b"]});
    client
        .patch(&at(&mine), wrong)
        .await
        .problem(422, "invalid");
    let version = client.get(&at(&mine)).await.ok()["version"].clone();
    assert_eq!(version, 1);
    for query in ["project_id=", "tag="] {
        let value = if query == "tag=" { id(&tag) } else { &foreign };
        let path = format!("/sessions?{query}{value}");
        client.get(&path).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn an_archived_or_deleted_project_takes_no_more_time_and_loses_none() {
    let (_server, client) = bench().await;
    let web = project(&client, json!({"name": "Web"})).await;
    let running = client
        .post("/sessions", json!({"project_id": web}))
        .await
        .made();
    client
        .patch(&format!("/projects/{web}"), json!({"archived": true}))
        .await
        .ok();
    let stopped = client
        .post(&format!("{}/stop", at(&running)), None)
        .await
        .ok();
    assert_eq!(stopped["project_id"], json!(web));
    client
        .post("/sessions", json!({"project_id": web}))
        .await
        .problem(422, "invalid");
    // Another one like it goes on without the project.
    let again = client
        .post(&format!("{}/continue", at(&running)), None)
        .await
        .made();
    assert_eq!(again["project_id"], Value::Null);
    let line = client.post("/sessions", json!({"entry": "more @web"}));
    assert_eq!(line.await.wrong(), "entry");
    client.delete(&format!("/projects/{web}")).await;
    let kept = client.get(&at(&running)).await.ok();
    assert_eq!(kept["project_id"], Value::Null);
    assert_eq!(kept["stopped_at"], stopped["stopped_at"]);
}

#[tokio::test]
async fn a_line_says_it_all() {
    let (_server, client) = bench().await;
    let line = "fix login @acme/web #bug !";
    let expected = json!(["fix login", ["bug"], true, FRIDAY, null]);
    assert_eq!(entered(&client, line).await, expected);
    let projects = client.get("/projects").await.ok();
    assert_eq!(projects["items"][0]["name"], "web");
    assert_eq!(projects["items"][0]["client"], "acme");
    // It is ten o'clock in Berlin.
    for (line, name, from, to) in [
        (
            "9:00-9:30 design @web",
            "design",
            "2026-11-20T08:00:00Z",
            "2026-11-20T08:30:00Z",
        ),
        (
            "2h call yesterday",
            "call",
            "2026-11-19T08:00:00Z",
            "2026-11-19T10:00:00Z",
        ),
        (
            "90m reading",
            "reading",
            "2026-11-20T07:30:00Z",
            "2026-11-20T09:00:00Z",
        ),
        (
            "22:00-23:30 late",
            "late",
            "2026-11-19T21:00:00Z",
            "2026-11-19T22:30:00Z",
        ),
    ] {
        let expected = json!([name, [], false, from, to]);
        assert_eq!(entered(&client, line).await, expected, "{line}");
    }
    // Up to where the session that runs began.
    let since = entered(&client, "since 9:45 mail").await;
    assert_eq!(
        since,
        json!(["mail", [], false, "2026-11-20T08:45:00Z", FRIDAY])
    );
    for (line, why) in [
        ("2026-03-29 2:30-4:00 gone", "put forward"),
        ("2026-10-25 2:30-3:30 twice", "twice"),
        ("a\u{7}b", "control"),
    ] {
        let refused = client.post("/sessions", json!({"entry": line})).await;
        let problem = refused.problem(422, "invalid");
        let error = &problem["errors"][0];
        assert_eq!(error["field"], "entry", "{problem}");
        let message = error["detail"].as_str().unwrap_or_default();
        assert!(message.contains(why), "{problem}");
    }
    let both = json!({"entry": "a", "name": "b"});
    client.post("/sessions", both).await.problem(422, "invalid");
}
