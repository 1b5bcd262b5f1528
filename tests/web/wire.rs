//! In which form scripts are answered: pages read postcard, whoever else asks gets JSON.

use super::*;
use serde::de::DeserializeOwned;
use serde_json::json;
use stint::{
    domain::{Done, Sheet},
    error::AppError,
};

const POSTCARD: &str = "application/x-postcard";
const FORM: &str = "application/x-www-form-urlencoded";
const START: &str =
    "form[command]=01890a5d-ac96-774b-bcce-b302099a8057&form[intent]=start&form[name]=tea";

async fn post(server: &Server, path: &str, kind: &str, body: &str, accept: &str) -> Answer {
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", kind)
        .header("accept", accept);
    send(
        &server.router,
        request.body(Body::from(body.to_owned())).unwrap(),
    )
    .await
}

fn read<T: DeserializeOwned>(answer: &Answer, accept: &str, status: u16) -> T {
    assert_eq!(answer.status, status, "{answer:?}");
    if accept == POSTCARD {
        postcard::from_bytes(&answer.body).unwrap()
    } else {
        serde_json::from_slice(&answer.body).unwrap()
    }
}

#[tokio::test]
async fn a_sheet_is_the_same_in_both_forms() {
    let server = Server::at("2026-11-20T12:00:00Z").await;
    let query = json!({"query": {"period": "week/2026-W47"}}).to_string();
    let mut sheets = Vec::new();
    for (accept, kind) in [(POSTCARD, POSTCARD), ("*/*", "application/json")] {
        let answer = post(&server, "/rpc/sheet", "application/json", &query, accept).await;
        assert_eq!(answer.header("content-type"), kind);
        let sheet: Sheet = read(&answer, accept, 200);
        // Made anew for each page.
        let command = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        sheets.push(Sheet { command, ..sheet });
    }
    assert_eq!(sheets[0], sheets[1]);
    assert_eq!(sheets[0].overview.days.len(), 7);
}

#[tokio::test]
async fn what_was_done_and_what_was_refused_too() {
    for accept in [POSTCARD, "application/json"] {
        let server = Server::at("2026-11-20T12:00:00Z").await;
        let done: Done = read(
            &post(&server, "/rpc/submit", FORM, START, accept).await,
            accept,
            200,
        );
        assert_eq!(
            (done.changes.len(), done.notice.text.as_str()),
            (1, "Started “tea”.")
        );
        let nonsense = START.replace("=start", "=nonsense");
        let answer = post(&server, "/rpc/submit", FORM, &nonsense, accept).await;
        let refused: AppError = read(&answer, accept, 422);
        assert!(refused.fields().is_some(), "{refused:?}");
        // Refused on its way, before any page or function heard of it.
        let answer = post(&server, "/rpc/submit", FORM, &"x".repeat(3 << 20), accept).await;
        let refused: AppError = read(&answer, accept, 413);
        assert!(refused.fields().is_some(), "{refused:?}");
    }
}
