//! Files beside the pages: kinds, copies kept, compressed siblings, parts.

use super::*;
use axum::http::{Request, request};
use stint::server::site::PkgNames;

const JS: &str = "/pkg/stint.5nsXtkVVUrsS_cFzEs8XFw.js";
const WASM: &str = "/pkg/stint.0aB-cD_eF1gH2iJ3kL4mN5.wasm";

async fn file(request: request::Builder) -> Answer {
    ask(&guarded(Options::default()), request).await
}

#[tokio::test]
async fn files_have_their_kind_and_their_time() {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    const SHORT: &str = "public, max-age=3600";
    check(JS, "text/javascript", FOR_EVER).await;
    check(WASM, "application/wasm", FOR_EVER).await;
    check("/pkg/stint.css", "text/css", SHORT).await;
    check("/icon.svg", "image/svg+xml", SHORT).await;
    check("/robots.txt", "text/plain", SHORT).await;
    check("/icon.svg?9b2e6f0c1a3d4e5f", "image/svg+xml", SHORT).await;
    check("/icon.svg?v=1", "image/svg+xml", SHORT).await;
}

async fn check(path: &str, kind: &str, cache: &str) {
    let answer = file(Request::get(path)).await;
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(answer.header("content-type"), kind, "{path}");
    assert_eq!(answer.header("cache-control"), cache, "{path}");
    assert_eq!(
        answer.header("content-length"),
        answer.body.len().to_string()
    );
    assert!(answer.header("vary").contains("accept-encoding"));

    let again = file(Request::get(path).header("if-none-match", answer.header("etag"))).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), answer.header("etag"));
    assert_eq!(again.header("cache-control"), cache);
    assert!(again.header("vary").contains("accept-encoding"));

    let head = file(Request::head(path)).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(
        head.header("content-length"),
        answer.header("content-length")
    );
}

#[tokio::test]
async fn the_smallest_sibling_that_is_accepted_is_sent() {
    for (accepted, sent) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.2, br;q=0.9", "br"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("zstd", ""),
    ] {
        let answer = file(Request::get(JS).header("accept-encoding", accepted)).await;
        assert_eq!(answer.header("content-encoding"), sent, "{accepted}");
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(
            answer.header("content-length"),
            answer.body.len().to_string()
        );
    }
    let alone = file(Request::get(WASM).header("accept-encoding", "br, gzip")).await;
    assert_eq!(
        (alone.status.as_u16(), alone.header("content-encoding")),
        (200, "")
    );
}

#[tokio::test]
async fn siblings_are_different_things_to_a_cache() {
    let plain = file(Request::get(JS)).await;
    let packed = Request::get(JS)
        .header("accept-encoding", "br")
        .header("if-none-match", plain.header("etag"));
    assert_eq!(file(packed).await.status, 200);
}

#[tokio::test]
async fn parts_are_served() {
    let whole = file(Request::get(JS)).await;
    let part = file(Request::get(JS).header("range", "bytes=7-11")).await;
    assert_eq!(part.status, 206);
    assert_eq!(part.body, whole.body[7..=11]);
    assert_eq!(
        part.header("content-range"),
        format!("bytes 7-11/{}", whole.body.len())
    );
    assert_eq!(
        file(Request::get(JS).header("range", "bytes=0-1,3-4"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    for path in [
        "/../main.rs",
        "/%2e%2e/main.rs",
        "/pkg/..%2f..%2fmain.rs",
        "/pkg",
        "/pkg/",
        "//etc/passwd",
        "/pkg/%00",
        "/robots.txt/",
    ] {
        let status = file(Request::get(path)).await.status;
        assert!(matches!(status.as_u16(), 400 | 404), "{path}: {status}");
    }
}

#[test]
fn pages_refer_to_what_was_built() {
    let files = [
        "favicon.svg",
        "pkg/stint.aa.js",
        "pkg/stint.aa.js.br",
        "pkg/stint.bb.wasm",
        "pkg/stint.cc.css",
    ];
    let names = PkgNames::among(files.into_iter());
    assert_eq!(
        [&*names.js, &*names.wasm, &*names.css],
        [
            "/pkg/stint.aa.js",
            "/pkg/stint.bb.wasm",
            "/pkg/stint.cc.css"
        ]
    );
    assert_eq!(
        PkgNames::among(["pkg/stint.js"].into_iter()).js,
        "/pkg/stint.js"
    );
}
