//! What a page without JavaScript tells of the form that led to it.

use super::{browser::Browser, person::*};
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
    let form = [
        ("form[intent]", "stop"),
        ("form[stop]", "2026-10-20T10:30"),
        ("form[back]", "/"),
    ];
    let (_, answer) = browser.submit(&form).await;
    let page = browser.get(answer.header("location")).await;
    let told = "Stopped “forgotten” at 10:30.";
    assert!(page.text().contains(told), "{}", page.text());
}

/// Without JavaScript nothing is told before: what a line was understood as is told after, and can be taken back.
#[tokio::test]
async fn what_was_understood_is_told_and_can_be_undone() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    for (line, told) in [
        ("just a name", "Started “just a name”.<"),
        (
            "7:30-8 design @acme/web #new",
            "Added “design”. 07:30 – 08:00, 0:30:00 · project acme/web · tag new.<",
        ),
        (
            "7-7:10 call !",
            "Added “call”. 07:00 – 07:10, 0:10:00 · billable.<",
        ),
        (
            "since 8:15 fix @acme/web",
            "Saved “fix”; a later session is running. 08:15 – 09:00, 0:45:00 · project acme/web.<",
        ),
    ] {
        let form = [
            ("form[intent]", "start"),
            ("form[name]", line),
            ("form[back]", "/"),
        ];
        let (command, answer) = browser.submit(&form).await;
        let page = browser.get(answer.header("location")).await;
        let (_, message) = page.text().split_once("class=\"toast").unwrap();
        assert!(message.contains(told), "{line}: {message}");
        assert!(message.contains("Undo"), "{line}: {message}");
        if line.starts_with('7') {
            let press = format!("undo/{command}");
            let undo = [("form[press]", press.as_str()), ("form[back]", "/")];
            let (_, undone) = browser.submit(&undo).await;
            assert!(undone.header("location").contains("done="), "{undone:?}");
            let names = anna.get("/sessions").await.ok();
            assert_eq!(names["items"].as_array().unwrap().len(), 1, "{names}");
        }
    }
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
    let form = [
        ("form[intent]", "delete"),
        ("form[session]", session),
        ("form[back]", "/"),
    ];
    let (_, answer) = browser.submit(&form).await;
    let page = browser.get(answer.header("location")).await;
    let history = format!("/session/{session}");
    assert!(page.text().contains(&format!("href=\"{history}\"")));
    let history = browser.get(&history).await;
    assert!(history.text().contains("Removed “gone”"));
}
