//! Who may do what: every call of the API, every server function and every page has a row.

mod actors;
mod pages;
mod team;

use super::{api::*, person::friday};
use actors::{Denied, Owner, SECRET, dump};
use axum::http::Method;
use serde_json::{Value, json};

/// What a call asks of whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Needs {
    /// Nothing: it is how to get a token.
    Nothing,
    /// A token that reads.
    Read,
    /// A token that writes.
    Write,
    /// The token of a device that is signed in; a personal token will not do.
    Device,
}
use Needs::{Device, Read, Write};

/// A call, what it needs, what its owner sends, and what the owner is answered.
type Row = (&'static str, Needs, fn(&Owner) -> Value, u16);

const NOTHING: fn(&Owner) -> Value = |_| Value::Null;
const PASSWORD: fn(&Owner) -> Value = |_| json!({"password": super::person::PASSWORD});

const RATE: fn(&Owner) -> Value = |_| json!({"level": "account", "hourly": {"minor": 1, "currency": "EUR"}, "from": "2026-02-01"});
const NAME: fn(&Owner) -> Value = |_| json!({"name": "named"});

/// Every call. `{id}` is something of the owner's, or an invitation for the owner.
const TABLE: &[Row] = &[
    ("POST /guests", Needs::Nothing, NOTHING, 201),
    ("POST /register", Needs::Nothing, NOTHING, 422),
    ("POST /recover", Needs::Nothing, NOTHING, 422),
    ("POST /login", Needs::Nothing, NOTHING, 422),
    ("POST /refresh", Needs::Nothing, NOTHING, 422),
    ("POST /link", Needs::Nothing, NOTHING, 422),
    ("POST /logout", Device, NOTHING, 204),
    ("POST /link-codes", Device, NOTHING, 201),
    ("GET /me", Read, NOTHING, 200),
    ("PATCH /me", Write, |_| json!({"week_start": "sunday"}), 200),
    ("DELETE /me", Device, PASSWORD, 204),
    (
        "POST /me/password",
        Device,
        |_| json!({"password": super::person::PASSWORD, "new_password": "another good one"}),
        204,
    ),
    ("POST /me/recovery-codes", Device, PASSWORD, 200),
    ("POST /me/second-factor", Device, PASSWORD, 200),
    (
        "POST /me/second-factor/confirm",
        Device,
        |_| json!({"code": "000000"}),
        404,
    ),
    (
        "POST /me/second-factor/remove",
        Device,
        |_| json!({"password": super::person::PASSWORD, "code": "000000"}),
        404,
    ),
    ("GET /devices", Read, NOTHING, 200),
    ("DELETE /devices", Device, NOTHING, 204),
    ("DELETE /devices/{id}", Device, NOTHING, 204),
    ("GET /tokens", Read, NOTHING, 200),
    (
        "POST /tokens",
        Device,
        |_| json!({"name": "another", "scope": "read"}),
        201,
    ),
    ("DELETE /tokens/{id}", Device, NOTHING, 204),
    ("POST /sessions", Write, |_| json!({"name": "started"}), 201),
    ("GET /sessions", Read, NOTHING, 200),
    ("GET /sessions/running", Read, NOTHING, 200),
    ("GET /sessions/{id}", Read, NOTHING, 200),
    (
        "PATCH /sessions/{id}",
        Write,
        |_| json!({"name": "renamed"}),
        200,
    ),
    ("DELETE /sessions/{id}", Write, NOTHING, 204),
    ("POST /sessions/{id}/stop", Write, NOTHING, 200),
    ("POST /sessions/{id}/continue", Write, NOTHING, 200),
    ("POST /sessions/{id}/duplicate", Write, NOTHING, 201),
    ("GET /sessions/{id}/history", Read, NOTHING, 200),
    ("GET /overview", Read, NOTHING, 200),
    (
        "POST /commands",
        Write,
        |owner| json!([owner.command("delete", json!({}))]),
        200,
    ),
    ("POST /undo", Write, NOTHING, 200),
    ("POST /redo", Write, NOTHING, 409),
    ("GET /clients", Read, NOTHING, 200),
    ("POST /clients", Write, NAME, 201),
    ("GET /clients/{id}", Read, NOTHING, 200),
    ("PATCH /clients/{id}", Write, NAME, 200),
    ("DELETE /clients/{id}", Write, NOTHING, 204),
    ("GET /projects", Read, NOTHING, 200),
    ("POST /projects", Write, NAME, 201),
    ("GET /projects/{id}", Read, NOTHING, 200),
    ("PATCH /projects/{id}", Write, NAME, 200),
    ("DELETE /projects/{id}", Write, NOTHING, 204),
    ("GET /projects/{id}/sessions", Read, NOTHING, 200),
    ("GET /projects/{id}/overview", Read, NOTHING, 200),
    ("GET /projects/{id}/members", Read, NOTHING, 200),
    ("GET /projects/{id}/members/{account}", Read, NOTHING, 200),
    (
        "PATCH /projects/{id}/members/{account}",
        Write,
        |_| json!({"role": "manager"}),
        200,
    ),
    (
        "DELETE /projects/{id}/members/{account}",
        Write,
        NOTHING,
        204,
    ),
    ("GET /projects/{id}/invitations", Read, NOTHING, 200),
    (
        "POST /projects/{id}/invitations",
        Write,
        |_| json!({"username": "new"}),
        201,
    ),
    (
        "DELETE /projects/{id}/invitations/{invitation}",
        Write,
        NOTHING,
        204,
    ),
    ("GET /invitations", Read, NOTHING, 200),
    (
        "POST /invitations/accept",
        Write,
        |owner| json!({"code": owner.work.code}),
        200,
    ),
    ("POST /invitations/{id}/accept", Write, NOTHING, 200),
    ("POST /invitations/{id}/decline", Write, NOTHING, 204),
    ("GET /rates", Read, NOTHING, 200),
    ("POST /rates", Write, RATE, 201),
    ("GET /rates/{id}", Read, NOTHING, 200),
    (
        "PATCH /rates/{id}",
        Write,
        |_| json!({"from": "2026-03-01"}),
        200,
    ),
    ("DELETE /rates/{id}", Write, NOTHING, 204),
    ("POST /rates/preview", Read, RATE, 200),
    ("GET /projects/{id}/estimate", Read, NOTHING, 200),
    ("GET /tags", Read, NOTHING, 200),
    ("POST /tags", Write, NAME, 201),
    ("GET /tags/{id}", Read, NOTHING, 200),
    ("PATCH /tags/{id}", Write, NAME, 200),
    ("DELETE /tags/{id}", Write, NOTHING, 204),
    (
        "POST /tags/{id}/merge",
        Write,
        |owner| json!({"into": owner.work.other_tag}),
        200,
    ),
];

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
    ] {
        let shown = stranger.get(path).await.ok().to_string();
        for secret in [&owner.session, &owner.device, &owner.token, &owner.account] {
            assert!(!shown.contains(secret.as_str()), "{path}: {shown}");
        }
        assert!(!shown.contains(SECRET), "{path}: {shown}");
    }
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
