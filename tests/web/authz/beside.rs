//! What belongs to nobody: every address of it has a row, and tells nothing of anybody.

use super::{
    super::{api::Client, ask, get_page, person::friday, send},
    actors::{Owner, SECRET},
};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use std::{fs, net::SocketAddr};
use stint::web::router;

/// What whoever asks from elsewhere is told, and whoever asks from the machine itself.
const TABLE: &[(&str, [u16; 2])] = &[
    ("GET /healthz", [200, 200]),
    ("GET /metrics", [404, 200]),
    ("GET /docs", [200, 200]),
    ("GET /documents.css", [200, 200]),
    ("GET /api/v1/openapi.json", [200, 200]),
];

#[test]
fn every_address_has_a_row() {
    let known = router::addresses().into_iter();
    let known: Vec<_> = known
        .map(|(method, address)| format!("{method} {address}"))
        .collect();
    let listed: Vec<_> = TABLE.iter().map(|row| row.0).collect();
    assert_eq!(known, listed);
}

/// How something is made to answer.
const ANSWERERS: [&str; 6] = [
    ".fallback(",
    ".fallback_service(",
    ".nest(",
    ".nest_service(",
    ".route(",
    ".route_service(",
];

/// Whoever adds an address does so in a list that a table of these tests is compared with. The exceptions are the
/// API's answers to calls that do not exist, and the files of the site.
#[test]
fn every_address_is_in_a_list() {
    let mut found = Vec::new();
    let mut folders = vec!["src/web".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path().to_str().unwrap().to_owned();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let added = ANSWERERS.map(|answerer| source.matches(answerer).count());
            if added != [0; 6] {
                found.push((path, added));
            }
        }
    }
    found.sort_unstable();
    let expected = [
        ("src/web/api/mod.rs", [1, 0, 1, 0, 3, 0]),
        ("src/web/plain.rs", [0, 0, 0, 0, 1, 0]),
        ("src/web/router.rs", [1, 1, 0, 0, 0, 1]),
    ];
    assert_eq!(
        found,
        expected.map(|(path, added)| (path.to_owned(), added))
    );
}

#[tokio::test]
async fn they_tell_nothing_of_anybody() {
    let server = friday().await;
    let owner = Owner::new(&server).await;
    let token = owner.client.token.clone().unwrap();
    for (call, statuses) in TABLE {
        let (_, path) = call.split_once(' ').unwrap();
        for (peer, status) in ["192.0.2.1:1", "127.0.0.1:1"].iter().zip(statuses) {
            let peer: SocketAddr = peer.parse().unwrap();
            for header in ["", &token] {
                let request = get_page(path)
                    .extension(ConnectInfo(peer))
                    .header("authorization", format!("Bearer {header}"));
                let answer = ask(&server.router, request).await;
                assert_eq!(answer.status, *status, "{call} from {peer}");
                for secret in [SECRET, &token, &owner.account, &owner.session] {
                    assert!(!answer.text().contains(secret), "{call} tells {secret}");
                }
            }
        }
        let post = Request::post(path).header("sec-fetch-site", "same-origin");
        let answer = send(&server.router, post.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 405, "{call}");
    }
    Client::anonymous(&server).get("/openapi.json").await.ok();
}
