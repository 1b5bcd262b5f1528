//! Who may do what: every call of the API, every server function and every page has a row.

mod actors;
mod batch;
mod beside;
mod cast;
mod closure;
mod completion;
mod functions;
mod guests;
mod mates;
mod pages;
mod parity;
pub mod table;
mod team;
mod unread;

use super::{
    api::*,
    person::{friday, settled},
    shut_out::SignedOut,
};
use actors::{Denied, Owner, SECRET, dump};
use axum::http::Method;
use serde_json::json;
use table::{
    Needs::{self, Device, Read, Write},
    Row, TABLE,
};

/// Sends what a row says.
async fn send(client: &Client, row: &Row, owner: &Owner) -> Reply {
    let (call, _, body, _) = row;
    let (method, path) = call.split_once(' ').unwrap();
    let body = Some(body(owner)).filter(|body| !body.is_null());
    let method: Method = method.parse().unwrap();
    client.send(method, &owner.fill(path), body).await
}

#[tokio::test]
async fn every_call_has_a_row() {
    let server = friday().await;
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    let mut described: Vec<String> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, calls)| {
            let methods = calls.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let mut listed: Vec<_> = TABLE.iter().map(|row| row.0.to_owned()).collect();
    described.sort_unstable();
    listed.sort_unstable();
    assert_eq!(
        described, listed,
        "calls without a row, or rows without a call"
    );
}

/// The description says of a call that it needs no token exactly where that is so.
#[tokio::test]
async fn the_description_tells_what_is_needed() {
    let server = friday().await;
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    for (call, needs, ..) in TABLE {
        let (method, path) = call.split_once(' ').unwrap();
        let security = &described["paths"][path][method.to_lowercase()]["security"];
        let open = security
            .as_array()
            .is_some_and(|ways| ways.contains(&json!({})));
        assert_eq!(open, *needs == Needs::Nothing, "{call}: {security}");
    }
}

#[tokio::test]
async fn who_may_not_changes_nothing() {
    let server = friday().await;
    let (denied, owner) = (Denied::new(&server).await, Owner::new(&server).await);
    let before = dump(&server, &owner).await;
    for row in TABLE {
        let (call, needs, ..) = row;
        if *needs == Needs::Nothing {
            continue;
        }
        for (kind, client) in denied.nobodies(&owner) {
            let reply = send(&client, row, &owner).await;
            assert!(
                reply.0.header("www-authenticate").starts_with("Bearer"),
                "{call}"
            );
            reply.problem(401, kind);
        }
        if *needs != Read {
            let reply = send(&owner.reader, row, &owner).await;
            assert_eq!(reply.status(), 403, "read token: {call}: {reply:?}");
        }
        if *needs == Device {
            let reply = send(&owner.script, row, &owner).await;
            assert_eq!(reply.status(), 403, "personal token: {call}: {reply:?}");
        }
        if call.contains("{id}") {
            let reply = send(&denied.stranger, row, &owner).await;
            reply.problem(404, "not-found");
        }
    }
    assert_eq!(dump(&server, &owner).await, before);
}

/// Who asks was looked up before, and another process shut them out: whatever writes finds out in time.
#[tokio::test]
async fn whoever_was_shut_out_meanwhile_changes_nothing() {
    let server = friday().await;
    let owner = Owner::new(&server).await;
    // Its use is noted once, which has it looked up anew.
    owner.script.get("/me").await.ok();
    settled(&server).await;
    for row in TABLE {
        let (call, needs, _, status) = row;
        if call.starts_with("GET") || !matches!(needs, Write | Device) || *status >= 400 {
            continue;
        }
        owner.script.get("/me").await.ok();
        let meanwhile = SignedOut::now(&server).await;
        let script = (*needs == Write).then_some((&owner.script, "unknown-token"));
        for (client, kind) in script.into_iter().chain([(&owner.client, "revoked-token")]) {
            let reply = send(client, row, &owner).await;
            let told = reply.0.text().to_owned();
            // A batch tells it of each of its commands.
            let problem = match reply.status() {
                200 => reply.json()["items"][0]["problem"].clone(),
                _ => reply.json(),
            };
            let told = format!("{call}: {told}");
            assert_eq!(problem["type"], format!("/docs#problem-{kind}"), "{told}");
            assert_eq!(problem["status"], 401, "{told}");
        }
        meanwhile.end(call).await;
    }
}

/// What is not yours is not there, wherever its id is sent.
#[tokio::test]
async fn an_id_opens_nothing() {
    let server = friday().await;
    let (denied, owner) = (Denied::new(&server).await, Owner::new(&server).await);
    let stranger = &denied.stranger;
    let before = dump(&server, &owner).await;
    let undo = json!({"command": owner.session});
    stranger
        .post("/undo", undo.clone())
        .await
        .problem(404, "not-found");
    let own = stranger
        .post("/sessions", json!({"name": "own"}))
        .await
        .made();
    let commands = json!([
        owner.command("update", json!({"name": "mine"})),
        owner.command("stop", json!({})),
        owner.command("continue", json!({})),
        owner.command("duplicate", json!({})),
        owner.command("delete", json!({})),
        owner.command("keep_overlap", json!({})),
        owner.command("trim", json!({"around": id(&own)})),
        {"id": actors::fresh(), "session": id(&own), "action": {"trim": {"around": owner.session}}},
        {"id": actors::fresh(), "action": {"undo": undo}},
        {"id": actors::fresh(), "action": {"assign": {"sessions": [id(&own), owner.session], "billable": true}}},
        {"id": actors::fresh(), "action": {"delete_all": {"sessions": [id(&own), owner.session]}}},
    ]);
    let answers = stranger.post("/commands", commands).await.ok();
    for answer in answers["items"].as_array().unwrap() {
        assert_eq!(answer["status"], 404, "{answer}");
        assert_eq!(answer["changes"], json!([]));
    }
    for path in [
        "/sessions",
        "/overview?period=month",
        "/devices",
        "/tokens",
        "/me",
        "/clients",
        "/projects",
        "/invitations",
        "/tags",
        "/favourites",
    ] {
        let shown = stranger.get(path).await.ok().to_string();
        for secret in [&owner.session, &owner.device, &owner.token, &owner.account] {
            assert!(!shown.contains(secret.as_str()), "{path}: {shown}");
        }
        assert!(!shown.contains(SECRET), "{path}: {shown}");
    }
    let pin = json!({"session_id": owner.session});
    let pinned = stranger.post("/favourites", pin).await;
    pinned.problem(404, "not-found");
    let work = &owner.work;
    let (own, tag) = (json!({"name": "own"}), "/tags");
    let own_project = stranger.post("/projects", own.clone()).await.made();
    let own_tag = stranger.post(tag, own).await.made();
    let into_project = json!({"name": "mine", "client_id": work.client});
    let into_tag = json!({"into": work.tag});
    for reply in [
        stranger.post("/projects", into_project.clone()).await,
        stranger
            .patch(&format!("/projects/{}", id(&own_project)), into_project)
            .await,
        stranger
            .post(&format!("/tags/{}/merge", id(&own_tag)), into_tag)
            .await,
    ] {
        let told = reply.problem(422, "invalid").to_string();
        assert!(!told.contains(SECRET), "{told}");
    }
    assert_eq!(dump(&server, &owner).await, before);
}

#[tokio::test]
async fn who_may_does() {
    for row in TABLE {
        let (call, needs, _, status) = row;
        let server = friday().await;
        let owner = Owner::new(&server).await;
        if *needs == Read {
            for (who, client) in [("read token", &owner.reader), ("script", &owner.script)] {
                let reply = send(client, row, &owner).await;
                assert_eq!(reply.status(), *status, "{who}: {call}: {reply:?}");
            }
        }
        let client = match needs {
            Needs::Nothing => &Client::anonymous(&server),
            Write => &owner.script,
            _ => &owner.client,
        };
        let reply = send(client, row, &owner).await;
        assert_eq!(reply.status(), *status, "{call}: {reply:?}");
    }
}
