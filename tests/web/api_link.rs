//! Linking devices by a code, and what becomes of a guest's sessions.

use super::{
    api::{Client, names},
    person::*,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn a_code_joins_one_device_once() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let made = guest.post("/link-codes", None).await.made();
    assert_eq!(made["expires_at"], "2026-11-20T09:10:00Z");
    let link = async |code: &Value| {
        Client::anonymous(&server)
            .post("/link", json!({"code": code}))
            .await
    };

    let typed = json!(text(&made, "code").to_lowercase().replace('-', " "));
    let linked = client(&server, &link(&typed).await.ok());
    assert_eq!(linked.get("/sessions/running").await.ok(), running);
    assert_eq!(link(&typed).await.wrong(), "code");

    let (first, second) = (
        guest.post("/link-codes", None).await.made(),
        guest.post("/link-codes", None).await.made(),
    );
    assert_eq!(link(&first["code"]).await.wrong(), "code", "an earlier one");
    server.clock.advance(TimeDelta::minutes(10));
    assert_eq!(link(&second["code"]).await.wrong(), "code", "too late");
}

#[tokio::test]
async fn of_two_that_type_the_same_code_one_gets_in() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let made = guest.post("/link-codes", None).await.made();
    let mut typists = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, body) = (Client::anonymous(&server), json!({"code": made["code"]}));
        typists.spawn(async move { client.post("/link", body).await.status() });
    }
    let answers = typists.join_all().await;
    assert_eq!(
        answers.iter().filter(|status| **status == 200).count(),
        1,
        "{answers:?}"
    );
}

#[tokio::test]
async fn link_codes_cannot_be_guessed_for_ever() {
    let server = friday().await;
    let guess = json!({"code": "CCCC-CCCC-CCCC"});
    for _ in 0..30 {
        assert_eq!(
            Client::anonymous(&server)
                .post("/link", guess.clone())
                .await
                .wrong(),
            "code"
        );
    }
    Client::anonymous(&server)
        .post("/link", guess)
        .await
        .problem(429, "too-many");
}

#[tokio::test]
async fn a_guest_brings_its_sessions_along_with_their_history() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    anna.post("/sessions", json!({"name": "anna's"}))
        .await
        .made();
    server.clock.advance(TimeDelta::seconds(1));
    let guest = Client::guest(&server).await;
    let old = guest
        .post("/sessions", json!({"name": "first"}))
        .await
        .made();
    server.clock.advance(TimeDelta::seconds(60));
    guest
        .patch(&super::api::at(&old), json!({"name": "renamed"}))
        .await
        .ok();
    guest
        .post("/sessions", json!({"name": "guest's"}))
        .await
        .made();
    server.clock.advance(TimeDelta::seconds(60));

    let login =
        |choice: Option<&str>| json!({"username": "anna", "password": PASSWORD, "guest": choice});
    assert_eq!(guest.post("/login", login(None)).await.wrong(), "guest");
    let wrong = json!({"username": "anna", "password": "wrong horse", "guest": "bring"});
    guest
        .post("/login", wrong)
        .await
        .problem(401, "wrong-credentials");
    assert_eq!(guest.get("/sessions/running").await.ok()["name"], "guest's");
    let grant = guest.post("/login", login(Some("bring"))).await.ok();

    let both = client(&server, &grant);
    let list = both.get("/sessions?period=day&date=2026-11-20").await.ok();
    assert_eq!(names(&list), ["guest's", "renamed", "anna's"]);
    // Hers still runs; the guest's ended when it came along.
    assert_eq!(both.get("/sessions/running").await.ok()["name"], "anna's");
    assert_eq!(list["items"][0]["stopped_at"], "2026-11-20T09:02:01Z");
    let history = both
        .get(&format!("{}/history", super::api::at(&old)))
        .await
        .ok();
    assert_eq!(history["items"].as_array().unwrap().len(), 3, "{history}");
    guest.get("/me").await.problem(401, "revoked-token");
    assert_eq!(
        count(&server.store, "select count(*) from account").await,
        1
    );
    // Hers is taken back first; then the guest's comes back to where it was.
    both.post("/undo", None).await.ok();
    assert_eq!(both.get("/sessions/running").await.status(), 204);
    both.post("/undo", None).await.ok();
    assert_eq!(both.get("/sessions/running").await.ok()["name"], "guest's");
}

/// Nobody undoes what they did not do a moment ago, although the guest did more since.
#[tokio::test]
async fn what_a_guest_did_is_undone_after_what_the_account_did() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let hers = anna.post("/sessions", json!({"name": "hers"})).await.made();
    anna.patch(&super::api::at(&hers), json!({"name": "renamed"}))
        .await
        .ok();
    anna.post("/undo", None).await.ok();
    let guest = Client::guest(&server).await;
    let old = guest
        .post("/sessions", json!({"name": "guest's"}))
        .await
        .made();
    for name in ["first", "second"] {
        guest
            .patch(&super::api::at(&old), json!({"name": name}))
            .await
            .ok();
    }
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    let both = client(&server, &guest.post("/login", body).await.ok());

    let name = async |session: &Value| {
        let session = both.get(&super::api::at(session)).await.ok();
        session["name"].clone()
    };
    both.post("/redo", None).await.ok();
    assert_eq!(name(&hers).await, "renamed");
    both.post("/undo", None).await.ok();
    assert_eq!(name(&hers).await, "hers");
    // Its history goes on where it was, a part at a time.
    both.patch(&super::api::at(&old), json!({"name": "third"}))
        .await
        .ok();
    let (mut told, mut query) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let path = format!("{}/history{query}", super::api::at(&old));
        let part = both.get(&path).await.ok();
        told.push(part["items"][0]["after"]["name"].clone());
        let Some(next) = part["next_cursor"].as_str() else {
            break;
        };
        query = format!("?limit=1&cursor={next}");
    }
    assert_eq!(told, ["third", "second", "second", "first", "guest's"]);
}

#[tokio::test]
async fn a_running_session_keeps_running_where_none_does() {
    let server = friday().await;
    register(&server, "anna").await;
    let guest = Client::guest(&server).await;
    guest
        .patch("/me", json!({"time_zone": "Europe/Berlin"}))
        .await
        .ok();
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    let anna = client(&server, &guest.post("/login", body).await.ok());
    assert_eq!(anna.get("/sessions/running").await.ok(), running);
    assert_eq!(anna.get("/me").await.ok()["time_zone"], "Europe/Berlin");
}

#[tokio::test]
async fn what_is_left_behind_stays_where_it_is() {
    let server = friday().await;
    register(&server, "anna").await;
    let guest = Client::guest(&server).await;
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "leave"});
    let anna = client(&server, &guest.post("/login", body).await.ok());
    assert_eq!(anna.get("/sessions/running").await.status(), 204);
    assert_eq!(guest.get("/sessions/running").await.ok(), running);
    // A guest without sessions has nothing to choose, nor has an account.
    let empty = Client::guest(&server).await;
    let body = json!({"username": "anna", "password": PASSWORD});
    empty.post("/login", body.clone()).await.ok();
    anna.post("/login", body).await.ok();
}

#[tokio::test]
async fn ids_that_both_have_are_no_way_to_overwrite() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let id = "019a9f0e-1111-7000-8000-000000000001";
    anna.post("/sessions", json!({"id": id, "name": "hers"}))
        .await
        .made();
    let guest = Client::guest(&server).await;
    guest
        .post("/sessions", json!({"id": id, "name": "forged"}))
        .await
        .made();
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    assert_eq!(guest.post("/login", body).await.wrong(), "guest");
    assert_eq!(guest.get("/sessions/running").await.ok()["name"], "forged");
    assert_eq!(anna.get("/sessions/running").await.ok()["name"], "hers");
}

#[tokio::test]
async fn who_links_over_a_guest_says_what_becomes_of_it() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    for (choice, comes_along) in [("bring", true), ("leave", false)] {
        let made = anna.post("/link-codes", None).await.made();
        let guest = Client::guest(&server).await;
        let new = json!({"name": choice, "started_at": "2026-11-20T08:00:00Z", "stopped_at": "2026-11-20T08:30:00Z"});
        guest.post("/sessions", new).await.made();
        let link = async |choice: Option<&str>| {
            let body = json!({"code": made["code"], "guest": choice});
            guest.post("/link", body).await
        };
        assert_eq!(link(None).await.wrong(), "guest");
        let linked = client(&server, &link(Some(choice)).await.ok());
        let list = linked.get("/sessions").await.ok();
        assert_eq!(names(&list).contains(&choice), comes_along, "{list}");
        assert_eq!(anna.get("/sessions").await.ok(), list);
        if comes_along {
            guest.get("/me").await.problem(401, "revoked-token");
        } else {
            assert_eq!(names(&guest.get("/sessions").await.ok()), [choice]);
        }
    }
}
