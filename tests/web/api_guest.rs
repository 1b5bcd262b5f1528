//! Guests, who have no way back: nothing of theirs is lost unless they say so.

use super::{
    api::{Client, id},
    person::*,
};
use serde_json::{Value, json};

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
