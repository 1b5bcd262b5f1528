//! What sessions belong to: project, tags, billable, and the line that says it all.

use super::{Server, api::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A guest in Berlin on a Friday at ten, and the server.
async fn bench() -> (Server, Client) {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let zone = json!({"time_zone": "Europe/Berlin"});
    client.patch("/me", zone).await.ok();
    (server, client)
}

async fn project(client: &Client, body: Value) -> String {
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

#[tokio::test]
async fn lists_and_overviews_follow_what_sessions_belong_to() {
    let (server, client) = bench().await;
    for line in [
        "9:00-9:30 a @web #x",
        "8:00-9:00 b @acme/app #x #y !",
        "7:00-7:15 c",
    ] {
        client
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
    }
    client
        .post("/sessions", json!({"entry": "d @web"}))
        .await
        .made();
    server.clock.advance(TimeDelta::minutes(10));
    let names = async |query: &str| {
        let list = client
            .get(&format!("/sessions?period=day{query}"))
            .await
            .ok();
        let items = list["items"].as_array().unwrap().clone();
        let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
        items.iter().map(name).collect::<Vec<_>>()
    };
    let projects = client.get("/projects").await.ok();
    let web = projects["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["name"] == "web");
    let web = id(web.unwrap());
    assert_eq!(names("").await, ["d", "a", "b", "c"]);
    assert_eq!(names(&format!("&project_id={web}")).await, ["d", "a"]);
    assert_eq!(names("&tag=X").await, ["a", "b"]);
    assert_eq!(names("&billable=true").await, ["b"]);
    let overview = client.get("/overview?period=day").await.ok();
    assert_eq!(overview["total_seconds"], 600 + 1800 + 3600 + 900);
    let sums = |list: &str| {
        let items = overview[list].as_array().unwrap().iter();
        items
            .map(|item| json!([item["name"], item["seconds"]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        sums("by_project"),
        [
            json!(["app", 3600]),
            json!(["web", 2400]),
            json!([null, 900])
        ]
    );
    assert_eq!(sums("by_tag"), [json!(["x", 5400]), json!(["y", 3600])]);
    assert_eq!(
        overview["by_member"][0]["seconds"],
        overview["total_seconds"]
    );
    let of_web = client
        .get(&format!("/overview?period=day&project_id={web}"))
        .await
        .ok();
    assert_eq!(of_web["total_seconds"], 2400);
}

#[tokio::test]
async fn many_sessions_are_moved_and_deleted_in_one_step() {
    let (_server, client) = bench().await;
    let web = project(&client, json!({"name": "Web", "billable": true})).await;
    let mut sessions = Vec::new();
    for hour in 0..9 {
        let line = format!("{hour}:00-{hour}:30 n{hour} #old");
        let made = client
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
        sessions.push(id(&made).to_owned());
    }
    let command = |number: u32, action: Value| json!([{"id": format!("019e0f3a-7c00-7000-8000-{number:012}"), "action": action}]);
    let assign = json!({"assign": {"sessions": sessions, "project_id": web, "tags": ["new"]}});
    let done = client.post("/commands", command(1, assign)).await.ok();
    assert_eq!(
        done["items"][0]["changes"].as_array().unwrap().len(),
        9,
        "{done}"
    );
    let all = async || {
        let list = client.get("/sessions?period=day").await.ok();
        let items = list["items"].as_array().unwrap().clone();
        let of = |item: &Value| json!([item["project_id"], item["tags"], item["billable"]]);
        items.iter().map(of).collect::<Vec<_>>()
    };
    // Whether they are billable is not said, and stays.
    assert_eq!(all().await, vec![json!([web, ["new"], false]); 9]);
    let own = json!({"billable": true});
    client
        .patch(&format!("/sessions/{}", sessions[0]), own)
        .await
        .ok();
    let free = project(&client, json!({"name": "Free"})).await;
    let assign = json!({"assign": {"sessions": sessions, "project_id": free}});
    client.post("/commands", command(4, assign)).await.ok();
    let kept = all().await;
    assert_eq!(kept[8], json!([free, ["new"], true]));
    assert_eq!(kept[..8], vec![json!([free, ["new"], false]); 8]);
    client.post("/undo", None).await.ok();
    client.post("/undo", None).await.ok();
    let delete = json!({"delete_all": {"sessions": sessions}});
    client.post("/commands", command(2, delete)).await.ok();
    assert_eq!(all().await.len(), 0);
    client.post("/undo", None).await.ok();
    client.post("/undo", None).await.ok();
    assert_eq!(all().await, vec![json!([null, ["old"], false]); 9]);
    // All or none: one that does not exist takes the others with it.
    let mut with_unknown = sessions.clone();
    with_unknown.push("019e0f3a-7c00-7000-8000-000000000099".to_owned());
    let delete = json!({"delete_all": {"sessions": with_unknown}});
    let refused = client.post("/commands", command(3, delete)).await.ok();
    assert_eq!(refused["items"][0]["status"], 404);
    assert_eq!(all().await.len(), 9);
}
