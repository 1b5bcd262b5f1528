//! Who comes into a project at the same moment as somebody else.

use super::{api::*, person::friday};
use serde_json::json;
use tokio::task::JoinSet;

/// Of several who open one link at once, one comes in.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_that_many_open_at_once_lets_one_in() {
    let server = friday().await;
    let owner = Client::guest(&server).await;
    let made = owner.post("/projects", json!({"name": "web"})).await.made();
    let place = format!("/projects/{}", id(&made));
    for _ in 0..5 {
        let before = owner.get(&format!("{place}/members")).await.ok();
        let link = owner
            .post(&format!("{place}/invitations"), None)
            .await
            .made();
        let mut tasks = JoinSet::new();
        for _ in 0..4 {
            let (guest, code) = (Client::guest(&server).await, link["code"].clone());
            tasks.spawn(async move {
                guest
                    .post("/invitations/accept", json!({"code": code}))
                    .await
            });
        }
        let mut answers: Vec<_> = tasks.join_all().await.iter().map(Reply::status).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 422, 422, 422]);
        let members = owner.get(&format!("{place}/members")).await.ok();
        let count = |list: &serde_json::Value| list["items"].as_array().unwrap().len();
        assert_eq!(count(&members), count(&before) + 1);
    }
}
