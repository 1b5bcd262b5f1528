//! What the API answers when something is not as asked, and what it says about itself.

use super::{Server, api::*, ask, guarded, hasty};
use axum::http::{Method, Request};
use serde_json::{Value, json};

#[tokio::test]
async fn a_token_is_needed() {
    let server = Server::at(FRIDAY).await;
    let nobody = Client::anonymous(&server);
    let check = async |client: Client, kind: &str, challenge: &str| {
        for reply in [
            client.get("/sessions").await,
            client.post("/sessions", json!({"nmae": 1})).await,
        ] {
            assert_eq!(reply.0.header("www-authenticate"), challenge);
            reply.problem(401, kind);
        }
    };
    check(nobody.clone(), "missing-token", "Bearer").await;
    for value in ["Basic Zm9vOmJhcg==", "Bearer", "Bearer ", "token"] {
        check(
            nobody.header("authorization", value),
            "missing-token",
            "Bearer",
        )
        .await;
    }
    let invalid = "Bearer error=\"invalid_token\"";
    let unknown = stint::server::device::Secret::random();
    for token in ["x", "x y", &"x".repeat(8000), unknown.reveal()] {
        check(Client::with_token(&server, token), "unknown-token", invalid).await;
    }
    let guest = Client::guest(&server).await.token.unwrap();
    let cookie = format!("stint_device={guest}");
    let with_cookie = nobody
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin");
    check(with_cookie, "missing-token", "Bearer").await;
    nobody
        .header("authorization", format!("bearer  {guest}"))
        .get("/sessions")
        .await
        .ok();
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let send = async |kind: &str, body: &str| {
        let body = Some((kind, body.as_bytes().to_vec()));
        client.send_bytes(Method::POST, "/sessions", body).await
    };
    for text in [
        "{",
        "{}}",
        "nothing",
        "{\"name\": 'x'}",
        "{\"name\": \"\u{1}\"}",
        "{\"name\":}",
    ] {
        send("application/json", text)
            .await
            .problem(400, "malformed");
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
    ] {
        send(kind, "{}").await.problem(415, "not-json");
    }
    send("Application/JSON; charset=utf-8", "{}").await.made();
    for (body, field) in [
        (json!({"nmae": "x"}), "nmae"),
        (json!({"name": 1}), "name"),
        (json!({"name": {}}), "name"),
        (json!({"started_at": "2026-11-20T09:00:00"}), "started_at"),
        (json!({"started_at": 1_763_629_200}), "started_at"),
        (json!({"time_zone": "Mars/Olympus"}), "time_zone"),
        (json!({"time_zone": "europe/berlin"}), "time_zone"),
        (json!({"id": "1"}), "id"),
        (json!([]), "body"),
        (json!("x"), "body"),
        (json!(null), "body"),
    ] {
        assert_eq!(
            client.post("/sessions", body.clone()).await.wrong(),
            field,
            "{body}"
        );
    }
    let twice = send("application/json", r#"{"name": "a", "name": "b"}"#).await;
    assert_eq!(twice.wrong(), "name");
    let deep = format!(
        "{{\"name\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(send("application/json", &deep).await.wrong(), "name");
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    for path in [
        "/",
        "",
        "/nothing",
        "/sessions/",
        "/sessions/1",
        "/sessions/%ff",
        "/sessions/x/stop",
        "/sessions/a/b",
    ] {
        let reply = client.send(Method::POST, path, None).await;
        assert!(
            [404, 405].contains(&reply.status()),
            "{path}: {}",
            reply.status()
        );
        assert_eq!(
            reply.0.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    for path in ["/api", "/api/", "/api/v2/sessions"] {
        let answer = ask(&server.router, Request::get(path)).await;
        Reply(answer).problem(404, "not-found");
    }
    let reply = client.send(Method::PUT, "/sessions", None).await;
    let mut allowed: Vec<_> = reply.0.header("allow").split(',').collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
    reply.problem(405, "no-such-method");
    client
        .send(Method::TRACE, "/sessions", None)
        .await
        .problem(405, "no-such-method");
}

/// Failures on the way come in the words of the API, with the headers that belong to them.
#[tokio::test]
async fn failures_on_the_way_are_problems() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let foreign = client.header("sec-fetch-site", "cross-site");
    foreign
        .post("/sessions", None)
        .await
        .problem(403, "cross-site");
    let form = client.header("origin", "https://evil.test");
    form.post("/guests", None).await.problem(403, "cross-site");
    let packed = client
        .header("content-encoding", "gzip")
        .post("/sessions", json!({}))
        .await;
    assert_eq!(packed.0.header("connection"), "close");
    packed.problem(415, "not-json");
    client
        .header("x-long", "x".repeat(17_000))
        .get("/sessions")
        .await
        .problem(431, "headers-too-large");
    let shown = client
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site");
    shown
        .post("/sessions", None)
        .await
        .problem(403, "cross-site");
    let elsewhere = ask(
        &guarded(hasty()),
        Request::post("/echo").header("sec-fetch-site", "cross-site"),
    )
    .await;
    assert_eq!(elsewhere.header("content-type"), "application/json");
}

#[tokio::test]
async fn the_api_describes_itself() {
    let server = Server::at(FRIDAY).await;
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(described["servers"][0]["url"], ROOT);
    let schemas = described["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        assert!(
            schema["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{name} says nothing"
        );
    }
    for (path, calls) in described["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            let told = call["summary"].as_str().or(call["description"].as_str());
            assert!(
                told.is_some_and(|text| !text.is_empty()),
                "{method} {path} says nothing"
            );
            let body = &call["requestBody"]["content"]["application/json"]["schema"];
            assert!(body["oneOf"].is_null(), "{method} {path} takes null");
            let default = &call["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(
                default["schema"]["$ref"], "#/components/schemas/Problem",
                "{method} {path}"
            );
        }
    }
    let text = described.to_string();
    assert_resolved(&described, &text);
}

/// Every reference leads somewhere.
fn assert_resolved(described: &Value, text: &str) {
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(described.pointer(pointer).is_some(), "{pointer}");
    }
}

#[tokio::test]
async fn a_list_of_values_is_no_object() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let made = client
        .post("/clients", json!({"name": "Acme"}))
        .await
        .made();
    let place = format!("/clients/{}", id(&made));
    for list in [json!([null, null]), json!(["Globex", true]), json!([])] {
        assert_eq!(client.patch(&place, list).await.wrong(), "body");
    }
    assert_eq!(client.get(&place).await.ok(), made);
}
