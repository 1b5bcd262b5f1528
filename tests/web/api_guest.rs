//! Guests, who have no way back: nothing of theirs is lost unless they say so.

use super::{
    api::{Client, at, id, names},
    person::*,
};
use serde_json::{Value, json};

#[tokio::test]
async fn who_recovers_says_what_becomes_of_the_guest() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let lost = |number: usize, choice: Option<&str>| {
        json!({"username": "anna", "recovery_code": grant["recovery_codes"][number],
               "new_password": "staple correct", "guest": choice})
    };
    let guest = Client::guest(&server).await;
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let asked = guest.post("/recover", lost(0, None)).await;
    assert_eq!(asked.wrong(), "guest");
    assert_eq!(guest.get("/sessions/running").await.ok(), running);
    anna.get("/me").await.ok();
    assert_eq!(anna.get("/me").await.ok()["recovery_codes"], 10);

    let brought = guest.post("/recover", lost(0, Some("bring"))).await.ok();
    let anna = client(&server, &brought);
    assert_eq!(anna.get("/sessions/running").await.ok(), running);
    guest.get("/me").await.problem(401, "revoked-token");

    let other = Client::guest(&server).await;
    let theirs = other.post("/sessions", json!({"name": "own"})).await.made();
    let left = other.post("/recover", lost(1, Some("leave"))).await.ok();
    assert_eq!(other.get("/sessions/running").await.ok(), theirs);
    let list = client(&server, &left).get("/sessions").await.ok();
    assert_eq!(names(&list), ["tea"]);
    // Who has nothing to lose is not asked.
    let empty = Client::guest(&server).await;
    empty.post("/recover", lost(2, None)).await.ok();
}

#[tokio::test]
async fn the_last_device_of_a_guest_with_sessions_stays() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    let running = guest.post("/sessions", json!({"name": "tea"})).await.made();
    let devices = guest.get("/devices").await.ok();
    let own = format!("/devices/{}", id(&devices["items"][0]));
    for body in [Value::Null, json!({}), json!({"abandon": false})] {
        let body = Some(body).filter(|body| !body.is_null());
        assert_eq!(guest.post("/logout", body).await.wrong(), "abandon");
    }
    assert_eq!(guest.delete(&own).await.wrong(), "abandon");
    assert_eq!(guest.get("/sessions/running").await.ok(), running);

    let made = guest.post("/link-codes", None).await.made();
    let body = json!({"code": made["code"]});
    let linked = Client::anonymous(&server).post("/link", body).await.ok();
    let linked = client(&server, &linked);
    // The other one still finds them.
    assert_eq!(guest.post("/logout", None).await.status(), 204);
    assert_eq!(linked.post("/logout", None).await.wrong(), "abandon");
    assert_eq!(linked.get("/sessions/running").await.ok(), running);
    let abandon = json!({"abandon": true});
    assert_eq!(linked.post("/logout", abandon).await.status(), 204);
    linked.get("/me").await.problem(401, "revoked-token");

    let third = Client::guest(&server).await;
    third.post("/tags", json!({"name": "bug"})).await.made();
    let devices = third.get("/devices").await.ok();
    let own = format!("/devices/{}", id(&devices["items"][0]));
    assert_eq!(third.delete(&own).await.wrong(), "abandon");
    let own = format!("{own}?abandon=true");
    assert_eq!(third.delete(&own).await.status(), 204);
    // Who has nothing to lose is let go, and so is whoever has a password.
    let empty = Client::guest(&server).await;
    assert_eq!(empty.post("/logout", None).await.status(), 204);
    let (anna, _) = register(&server, "anna").await;
    anna.post("/sessions", json!({"name": "tea"})).await.made();
    assert_eq!(anna.post("/logout", None).await.status(), 204);
}

/// What is pinned and what an hour costs is work, too, although no session is left.
#[tokio::test]
async fn a_guest_with_a_favourite_or_a_rate_alone_is_asked_about() {
    let server = friday().await;
    register(&server, "anna").await;
    let pinning = Client::guest(&server).await;
    let session = pinning
        .post("/sessions", json!({"name": "tea"}))
        .await
        .made();
    let pin = json!({"session_id": id(&session)});
    pinning.post("/favourites", pin).await.made();
    let gone = pinning.delete(&at(&session)).await;
    assert_eq!(gone.status(), 204);
    let paid = Client::guest(&server).await;
    let rate = json!({"level": "account", "hourly": {"minor": 8550, "currency": "EUR"}, "from": "2026-01-01"});
    paid.post("/rates", rate).await.made();
    for (guest, path) in [(pinning, "/favourites"), (paid, "/rates")] {
        let had = guest.get(path).await.ok()["items"].clone();
        let mut login = json!({"username": "anna", "password": PASSWORD});
        assert_eq!(guest.post("/login", login.clone()).await.wrong(), "guest");
        assert_eq!(guest.post("/logout", None).await.wrong(), "abandon");
        login["guest"] = json!("bring");
        let anna = client(&server, &guest.post("/login", login).await.ok());
        assert_eq!(anna.get(path).await.ok()["items"], had, "{path}");
    }
}
