//! What a guest, who has no password, is answered where an account shows one.

use super::{
    super::{
        api::{Client, id},
        person::{everything, friday},
    },
    actors::Owner,
    table::{Needs::Device, TABLE},
};
use serde_json::json;

/// What a guest with work is answered, for each call that only a device may make.
const ANSWERS: [(&str, u16); 13] = [
    // Its only way back to its work, and nobody said that it may go.
    ("POST /logout", 422),
    ("POST /link-codes", 201),
    ("DELETE /me", 204),
    ("POST /me/password", 422),
    ("POST /me/recovery-codes", 422),
    ("POST /me/second-factor", 422),
    ("POST /me/second-factor/confirm", 404),
    ("POST /me/second-factor/remove", 422),
    // The others: there are none.
    ("DELETE /devices", 204),
    ("DELETE /devices/{id}", 422),
    ("POST /tokens", 201),
    ("DELETE /tokens/{id}", 204),
    ("DELETE /tokens", 204),
];

/// Whoever has no password proves nothing by sending one, and loses nothing but what they said.
#[tokio::test]
async fn a_guest_has_no_password_to_show() {
    let asked = TABLE.iter().filter(|row| row.1 == Device);
    let mut answered = Vec::new();
    for (call, _, body, _) in asked {
        let server = friday().await;
        let owner = Owner::new(&server).await;
        let guest = Client::guest(&server).await;
        let tea = guest.post("/sessions", json!({"name": "tea"})).await.made();
        let new = json!({"name": "script", "scope": "read"});
        let token = guest.post("/tokens", new).await.made();
        let devices = guest.get("/devices").await.ok();
        let (method, path) = call.split_once(' ').unwrap();
        let own = match path.starts_with("/devices") {
            true => &devices["items"][0],
            false => &token,
        };
        let path = path.replace("{id}", id(own));
        let body = Some(body(&owner)).filter(|body| !body.is_null());
        let before = everything(&server).await;
        let reply = guest.send(method.parse().unwrap(), &path, body).await;
        if reply.status() >= 400 {
            assert_eq!(everything(&server).await, before, "{call}");
        }
        if *call != "DELETE /me" {
            assert_eq!(guest.get("/sessions/running").await.ok(), tea, "{call}");
        }
        answered.push((*call, reply.status()));
    }
    assert_eq!(answered, ANSWERS);
}
