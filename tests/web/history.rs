//! The page with the history of a session.

use super::{answer::texts, api::*, browser::Browser, person::*};
use serde_json::json;

#[tokio::test]
async fn a_history_says_what_a_session_belonged_to() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let project = async |name: &str| {
        let made = anna.post("/projects", json!({"name": name})).await.made();
        id(&made).to_owned()
    };
    let (web, gone) = (project("web").await, project("gone").await);
    let made = json!({"entry": "6:00-7:00 draft #bug", "project_id": web});
    let session = anna.post("/sessions", made).await.made();
    let entries = async || {
        let page = browser.get(&format!("/session/{}", id(&session))).await;
        let entries = page.text().split(r#"class="history-entry""#).skip(1);
        let plain = |entry: &str| {
            // The first is the rest of the entry's own mark.
            let texts = texts(entry).skip(1).map(str::trim);
            let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
            texts.join("|")
        };
        entries.map(plain).collect::<Vec<_>>()
    };
    let check = async |expected: &[&str]| {
        let entries = entries().await;
        for part in expected {
            assert!(entries[0].contains(part), "{part}: {entries:?}");
        }
    };
    check(&["Added by hand", "|Project: web|Tags: bug"]).await;
    let moved = json!({"project_id": gone, "tags": ["bug", "late"], "billable": true});
    anna.patch(&at(&session), moved).await.ok();
    check(&[
        "Edited",
        "|Project: web → gone|Tags: bug → bug, late|Billable: no → yes",
    ])
    .await;
    anna.post("/undo", None).await.ok();
    check(&[
        "Undone|",
        "|Project: gone → web|Tags: bug, late → bug|Billable: yes → no",
    ])
    .await;
    anna.post("/redo", None).await.ok();
    check(&["Redone|", "|Project: web → gone|"]).await;
    assert!(
        !entries().await[0].contains("Start"),
        "what stayed is not told"
    );
    anna.patch(&at(&session), json!({"project_id": null, "tags": []}))
        .await
        .ok();
    check(&["Project: gone → none|Tags: bug, late → none"]).await;

    // What is no longer known is said to be.
    assert_eq!(
        anna.delete(&format!("/projects/{gone}")).await.status(),
        204
    );
    let tags = anna.get("/tags").await.ok();
    let late = tags["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|tag| tag["name"] == "late");
    let late = format!("/tags/{}", id(late.unwrap()));
    assert_eq!(anna.delete(&late).await.status(), 204);
    let tags = "Tags: bug, what is no longer known → none";
    check(&["Project: one that is no longer known → none", tags]).await;

    // What is written alike in minutes is told to the second.
    let (start, stop) = ("2026-11-20T06:00:07Z", "2026-11-20T07:00:00Z");
    anna.patch(
        &at(&session),
        json!({"started_at": start, "stopped_at": stop}),
    )
    .await
    .ok();
    anna.patch(&at(&session), json!({"started_at": "2026-11-20T06:00:08Z"}))
        .await
        .ok();
    check(&["|Start: Fri 20 Nov, 06:00:07 (UTC+00:00) → Fri 20 Nov, 06:00:08 (UTC+00:00)"]).await;

    assert_eq!(anna.delete(&at(&session)).await.status(), 204);
    check(&["Deleted", "Removed “draft”"]).await;
}
