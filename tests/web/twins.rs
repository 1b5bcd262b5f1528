//! Projects that are written the same: each takes the time that is meant for it.

use super::{Json, api::*, browser::Browser, person::*};
use serde_json::{Value, json};

/// What the timer's page knows.
async fn sheet(browser: &Browser<'_>) -> Value {
    let query = json!({"query": {"period": ""}});
    let answer = browser.by_script("/rpc/sheet", Json(query)).await;
    assert_eq!(answer.status, 200);
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn a_shortcut_makes_nothing_when_what_it_names_has_another_name() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    anna.post("/sessions", json!({"entry": "Mail @web #letters"}))
        .await
        .made();
    let projects = anna.get("/projects").await.ok();
    let place = format!("/projects/{}", id(&projects["items"][0]));
    anna.patch(&place, json!({"name": "Website"})).await.ok();
    let before = everything(&server).await;
    let press = [
        ("form[intent]", "start"),
        ("form[again]", "1"),
        ("form[name]", "Mail @web #letters"),
        ("form[back]", "/"),
    ];
    let (_, refused) = browser.submit(&press).await;
    let page = browser.get(refused.header("location")).await;
    assert!(page.text().contains("is gone, or has another name now"));
    assert_eq!(everything(&server).await, before);
    let press = [
        ("form[intent]", "start"),
        ("form[again]", "1"),
        ("form[name]", "Mail @website #letters"),
    ];
    let (_, started) = browser.submit(&press).await;
    assert!(started.header("location").contains("done="));
    let running = anna.get("/sessions/running").await.ok();
    assert_eq!(running["project_id"], projects["items"][0]["id"]);
}

#[tokio::test]
async fn what_is_pinned_starts_in_the_project_that_it_was_in() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (ben, _) = register(&server, "ben").await;
    let web =
        |who: Client| async move { who.post("/projects", json!({"name": "Web"})).await.made() };
    let (bens, annas) = (web(ben.clone()).await, web(anna.clone()).await);
    let invitations = format!("/projects/{}/invitations", id(&bens));
    let link = ben.post(&invitations, None).await.made();
    anna.post("/invitations/accept", json!({"code": link["code"]}))
        .await
        .ok();
    let hour = |project: &Value| {
        json!({"name": "Mail", "project_id": project["id"],
            "started_at": "2026-11-20T06:00:00Z", "stopped_at": "2026-11-20T07:00:00Z"})
    };
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    for project in [&bens, &annas] {
        let session = anna.post("/sessions", hour(project)).await.made();
        anna.post("/favourites", json!({"session_id": session["id"]}))
            .await
            .made();
        let known = sheet(&browser).await;
        let shortcuts = known["shortcuts"].as_array().unwrap();
        let mut shortcuts = shortcuts.iter();
        let pinned = shortcuts.find(|it| it["work"]["project"] == project["id"]);
        let line = pinned.unwrap()["line"].as_str().unwrap();
        browser.start(line).await;
        let running = anna.get("/sessions/running").await.ok();
        assert_eq!(running["project_id"], project["id"], "{line}");
    }
    // The name is one's own, and a line says which is meant.
    for (line, project) in [("a @web", &annas), ("b @\"web (2)\"", &bens)] {
        let started = anna.post("/sessions", json!({"entry": line})).await.made();
        assert_eq!(started["project_id"], project["id"], "{line}");
    }
    assert_eq!(
        anna.get("/projects").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        ben.post("/sessions", json!({"entry": "c @web"}))
            .await
            .made()["project_id"],
        bens["id"]
    );
}

#[tokio::test]
async fn projects_whose_clients_are_gone_stay_two() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    // What would be the number of the second one is taken.
    for line in ["a @acme/web", "b @globex/web", "c @\"web (2)\""] {
        anna.post("/sessions", json!({"entry": line})).await.made();
    }
    let clients = anna.get("/clients").await.ok();
    for client in clients["items"].as_array().unwrap() {
        assert_eq!(
            anna.delete(&format!("/clients/{}", id(client)))
                .await
                .status(),
            204
        );
    }
    let mut met = Vec::new();
    for line in ["@web", "@\"web (2)\"", "@\"web (3)\""] {
        let started = anna.post("/sessions", json!({"entry": line})).await.made();
        met.push(started["project_id"].as_str().unwrap().to_owned());
    }
    met.sort_unstable();
    met.dedup();
    assert_eq!(met.len(), 3);
    assert_eq!(
        anna.get("/projects").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
