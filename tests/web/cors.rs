//! Pages of other sites that use the API.

use super::{Server, api::*, ask};
use axum::http::{Method, Request};
use serde_json::json;
use stint::{server::clock::Clock, web::guard::Options};

const FRIEND: &str = "https://board.example";
const STRANGER: &str = "https://evil.example";

async fn bench() -> (Server, Client) {
    let options = Options {
        allowed_origins: vec![FRIEND.to_owned()],
        ..Options::default()
    };
    let server = Server::build(options, Clock::system()).await;
    let client = Client::guest(&server).await;
    (server, client)
}

/// As a browser sends it from a page of `origin`.
fn page(client: &Client, origin: &str) -> Client {
    let client = client
        .header("origin", origin)
        .header("sec-fetch-site", "cross-site");
    client.header("host", "stint.test")
}

#[tokio::test]
async fn a_listed_page_uses_the_api_with_a_token() {
    let (_server, client) = bench().await;
    let friend = page(&client, FRIEND);
    let made = friend
        .post("/sessions", json!({"name": "from elsewhere"}))
        .await;
    assert_eq!(made.status(), 201);
    assert_eq!(made.0.header("access-control-allow-origin"), FRIEND);
    assert_eq!(made.0.header("access-control-allow-credentials"), "");
    assert!(
        made.0
            .header("access-control-expose-headers")
            .contains("location")
    );
    // Refusals can be read there, too.
    let refused = friend
        .header("x-long", "x".repeat(17_000))
        .get("/sessions")
        .await;
    assert_eq!(refused.0.header("access-control-allow-origin"), FRIEND);
    refused.problem(431, "headers-too-large");
}

#[tokio::test]
async fn a_browser_asks_first() {
    let (server, client) = bench().await;
    let asking = |origin: &str| {
        let asking = page(&client, origin).header("access-control-request-method", "PATCH");
        asking.header(
            "access-control-request-headers",
            "authorization,idempotency-key",
        )
    };
    let allowed = asking(FRIEND)
        .send(Method::OPTIONS, "/sessions/x", None)
        .await;
    assert_eq!(allowed.status(), 200);
    assert_eq!(allowed.0.header("access-control-allow-origin"), FRIEND);
    assert!(
        allowed
            .0
            .header("access-control-allow-methods")
            .contains("PATCH")
    );
    assert!(
        allowed
            .0
            .header("access-control-allow-headers")
            .contains("authorization")
    );
    let denied = asking(STRANGER)
        .send(Method::OPTIONS, "/sessions/x", None)
        .await;
    assert_eq!(denied.0.header("access-control-allow-origin"), "");
    let elsewhere = Request::options("/rpc/submit").header("origin", FRIEND);
    let elsewhere = elsewhere.header("access-control-request-method", "POST");
    assert_eq!(
        ask(&server.router, elsewhere)
            .await
            .header("access-control-allow-origin"),
        ""
    );
}

#[tokio::test]
async fn nobody_else_does_and_nothing_but_the_api() {
    let (server, client) = bench().await;
    for origin in [
        STRANGER,
        "null",
        "https://board.example.evil.example",
        "http://board.example",
    ] {
        let refused = page(&client, origin).post("/sessions", None).await;
        assert_eq!(refused.0.header("access-control-allow-origin"), "");
        refused.problem(403, "cross-site");
    }
    let form = Request::post("/rpc/submit")
        .header("origin", FRIEND)
        .header("host", "stint.test");
    assert_eq!(ask(&server.router, form).await.status, 403);
    // Without a token, a listed page is nobody; the cookie of its reader does not count.
    let cookie = format!("stint_device={}", client.token.unwrap());
    let reader = page(&Client::anonymous(&server), FRIEND).header("cookie", cookie);
    reader.get("/sessions").await.problem(401, "missing-token");
    reader
        .post("/sessions", None)
        .await
        .problem(401, "missing-token");

    let plain = Server::new().await;
    let client = Client::guest(&plain).await;
    page(&client, FRIEND)
        .post("/sessions", None)
        .await
        .problem(403, "cross-site");
}
