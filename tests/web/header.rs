//! The header set on every status, and the nonce.

use super::*;
use axum::http::{Request, request};

const FIXED: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn every_status_carries_the_full_set() {
    let js = "/pkg/stint.5nsXtkVVUrsS_cFzEs8XFw.js";
    let etag = ask(&guarded(hasty()), Request::get(js))
        .await
        .header("etag")
        .to_owned();
    let long = "x".repeat(17 * 1024);
    let foreign = |path| Request::post(path).header("sec-fetch-site", "cross-site");
    check(200, Request::get(js)).await;
    check(206, Request::get(js).header("range", "bytes=0-3")).await;
    check(304, Request::get(js).header("if-none-match", &etag)).await;
    check(404, Request::get("/%ff")).await;
    check(403, foreign("/echo")).await;
    check(404, Request::get("/nothing")).await;
    check(405, Request::get("/echo")).await;
    check(405, Request::builder().method("TRACE").uri("/panic")).await;
    check(412, Request::get(js).header("if-match", "\"other\"")).await;
    check(416, Request::get(js).header("range", "bytes=999999-")).await;
    check(431, Request::get("/").header("x-long", long)).await;
    check(500, Request::get("/panic")).await;
    check(503, Request::get("/forever")).await;
}

async fn check(status: u16, request: request::Builder) {
    let answer = ask(&guarded(hasty()), request).await;
    assert_eq!(answer.status, status);
    assert_full_set(&answer);
}

#[tokio::test]
async fn a_slash_at_the_end_leads_to_the_page_and_to_no_other_site() {
    let server = Server::new().await;
    for (path, status, location) in [
        ("/day/", 308, "/day"),
        ("/week/2026-W48/?done=1", 308, "/week/2026-W48?done=1"),
        ("/nothing/", 308, "/nothing"),
        ("/day//", 308, "/day"),
        ("//evil.test/", 404, ""),
        ("/\\evil.test/", 404, ""),
    ] {
        let answer = ask(&server.router, get_page(path)).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("location"), location, "{path}");
    }
}

#[tokio::test]
async fn pages_and_server_functions_carry_it_too() {
    let server = Server::new().await;
    let page = |path: &str| ask(&server.router, get_page(path));
    let answers = [
        (200, page("/").await),
        (404, page("/nothing").await),
        (404, page("/pkg/nothing.js").await),
        (200, page("/healthz").await),
        (405, ask(&server.router, Request::post("/")).await),
        (405, ask(&server.router, Request::get("/rpc/submit")).await),
        (
            404,
            ask(&server.router, Request::post("/rpc/nothing")).await,
        ),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_full_set(&answer);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own() {
    let server = Server::new().await;
    let (first, second) = (
        ask(&server.router, get_page("/")).await,
        ask(&server.router, get_page("/")).await,
    );
    assert_ne!(first.nonce(), second.nonce());
    for page in [first, second] {
        let scripts: Vec<&str> = page.text().split("<script").skip(1).collect();
        let nonce = format!("nonce=\"{}\"", page.nonce());
        assert!(!scripts.is_empty());
        for script in scripts {
            let tag = script.split_once('>').unwrap().0;
            assert!(tag.contains(&nonce), "<script{tag}>");
        }
        assert!(!page.text().contains("<style"), "an inline style sheet");
        assert!(!page.text().contains(" style="), "an inline style");
    }
}

#[tokio::test]
async fn documents_carry_the_keys_and_those_of_accounts_nothing() {
    let server = Server::new().await;
    for (path, scripts) in [
        ("/settings", 1),
        ("/help", 1),
        ("/projects", 1),
        ("/sign-in", 0),
        ("/account", 0),
    ] {
        let page = ask(&server.router, get_page(path)).await;
        let found: Vec<_> = page
            .text()
            .match_indices("<script")
            .map(|(at, _)| at)
            .collect();
        assert_eq!(found.len(), scripts, "{path}");
        for at in found {
            let nonce = format!("nonce=\"{}\"", page.nonce());
            assert!(page.text()[at..].contains(&nonce), "{path}");
            assert!(page.text()[at..].contains("&&"), "escaped: {path}");
        }
        assert!(!page.text().contains(".wasm"), "{path}");
    }
}

#[tokio::test]
async fn only_https_asks_for_https() {
    let plain = ask(&guarded(Options::default()), Request::get("/robots.txt")).await;
    assert_eq!(plain.header("strict-transport-security"), "");
    let options = Options {
        https: true,
        ..Options::default()
    };
    let secure = ask(&guarded(options), Request::get("/robots.txt")).await;
    assert!(
        secure
            .header("strict-transport-security")
            .starts_with("max-age=31536000")
    );
}

fn assert_full_set(answer: &Answer) {
    for (name, value) in FIXED {
        assert_eq!(answer.header(name), value, "{name} of {}", answer.status);
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; manifest-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        answer.nonce()
    );
    assert_eq!(answer.header("content-security-policy"), policy);
    assert!(answer.nonce().len() >= 22, "fewer than 128 bits");
    let permissions = answer.header("permissions-policy");
    assert!(permissions.contains("camera=()") && !permissions.contains("self"));
    answer.header("x-request-id").parse::<uuid::Uuid>().unwrap();
    assert_ne!(answer.header("cache-control"), "");
    assert_eq!(answer.header("server"), "");
}

#[tokio::test]
async fn what_is_made_for_a_request_is_compressed_for_who_reads_that() {
    let server = Server::new().await;
    for path in ["/", "/help", "/api/v1/openapi.json", "/docs"] {
        let plain = ask(&server.router, get_page(path)).await;
        let packed = get_page(path).header("accept-encoding", "br, gzip");
        let packed = ask(&server.router, packed).await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(plain.header("vary").contains("accept-encoding"), "{path}");
        let (packed, plain) = (packed.body.len(), plain.body.len());
        assert!(packed * 2 < plain, "{path}: {packed} of {plain} bytes");
    }
}
