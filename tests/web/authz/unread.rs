//! What a call does not know is refused, also where it reads nothing at all.

use super::{
    super::person::friday,
    actors::{Owner, dump},
    table::TABLE,
};
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn unknown_fields_are_refused_everywhere() {
    let server = friday().await;
    let owner = Owner::new(&server).await;
    let before = dump(&server, &owner).await;
    for row in TABLE {
        let (call, _, body, _) = row;
        let (method, path) = call.split_once(' ').unwrap();
        let method: Method = method.parse().unwrap();
        let path = owner.fill(path);
        let body = Some(body(&owner)).filter(|body| !body.is_null());
        let asked = format!("{path}?no_such_field=1");
        let reply = owner.client.send(method.clone(), &asked, body).await;
        assert_eq!(reply.wrong(), "no_such_field", "{call} with a query");
        // A batch is a list.
        if *call != "POST /commands" {
            let body = json!({"no_such_field": 1});
            let reply = owner.client.send(method, &path, Some(body)).await;
            assert_eq!(reply.wrong(), "no_such_field", "{call} with a body");
        }
    }
    assert_eq!(dump(&server, &owner).await, before);
}
