//! What a page without JavaScript tells of the form that led to it.

use super::{account::Browser, person::*};
use serde_json::json;

#[tokio::test]
async fn what_was_done_is_told_in_the_time_that_held_then() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    anna.patch("/me", json!({"time_zone": "Europe/Berlin"}))
        .await
        .ok();
    // It is summer time, four weeks before the day that the page shows.
    let forgotten = json!({"name": "forgotten", "started_at": "2026-10-20T07:00:00Z"});
    anna.post("/sessions", forgotten).await.made();
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let command = uuid::Uuid::now_v7().to_string();
    let form = [
        ("form[command]", command.as_str()),
        ("form[intent]", "stop"),
        ("form[stop]", "2026-10-20T10:30"),
        ("form[back]", "/"),
    ];
    let answer = browser.post("/rpc/submit", &form).await;
    let page = browser.get(answer.header("location")).await;
    let told = "Stopped “forgotten” at 10:30.";
    assert!(page.text().contains(told), "{}", page.text());
}

/// No row leads to the history of what is no more.
#[tokio::test]
async fn the_message_of_a_deletion_leads_to_the_history() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let made = anna.post("/sessions", json!({"name": "gone"})).await.made();
    let session = made["id"].as_str().unwrap();
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let command = uuid::Uuid::now_v7().to_string();
    let form = [
        ("form[command]", command.as_str()),
        ("form[intent]", "delete"),
        ("form[session]", session),
        ("form[back]", "/"),
    ];
    let answer = browser.post("/rpc/submit", &form).await;
    let page = browser.get(answer.header("location")).await;
    let history = format!("/session/{session}");
    assert!(page.text().contains(&format!("href=\"{history}\"")));
    let history = browser.get(&history).await;
    assert!(history.text().contains("Removed “gone”"));
}
