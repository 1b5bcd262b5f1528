//! In which form scripts are answered: pages read postcard, whoever else asks gets JSON.

use super::*;
use serde::de::DeserializeOwned;
use serde_json::json;
use stint::{
    domain::{Done, Sheet},
    error::AppError,
};

const POSTCARD: &str = "application/x-postcard";
const START: &str =
    "form[command]=01890a5d-ac96-774b-bcce-b302099a8057&form[intent]=start&form[name]=tea";

async fn post(server: &Server, path: &str, sent: Sent, accept: &str) -> Answer {
    by_script(&server.router, &[("accept", accept)], path, sent).await
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
    let query = json!({"query": {"period": "week/2026-W47"}});
    let mut sheets = Vec::new();
    for (accept, kind) in [(POSTCARD, POSTCARD), ("*/*", "application/json")] {
        let answer = post(&server, "/rpc/sheet", Json(query.clone()), accept).await;
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
        let submit = async |form: String| post(&server, "/rpc/submit", Form(form), accept).await;
        let done: Done = read(&submit(START.to_owned()).await, accept, 200);
        assert_eq!(
            (done.changes.len(), done.notice.text.as_str()),
            (1, "Started “tea”.")
        );
        let nonsense = START.replace("=start", "=nonsense");
        let refused: AppError = read(&submit(nonsense).await, accept, 422);
        assert!(refused.fields().is_some(), "{refused:?}");
        // Refused on its way, before any page or function heard of it.
        let refused: AppError = read(&submit("x".repeat(3 << 20)).await, accept, 413);
        assert!(refused.fields().is_some(), "{refused:?}");
    }
}
