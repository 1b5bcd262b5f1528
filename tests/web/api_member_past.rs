//! The time of whoever was removed from a project, and of projects that are archived.

use super::{
    api::*,
    api_member::{account, project},
    person::{friday, register},
};
use serde_json::{Value, json};

/// Whoever was removed gives a project no more time, by no way back.
#[tokio::test]
async fn nobody_who_was_removed_brings_time_back() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (ben, _) = register(&server, "ben").await;
    let place = project(&anna).await;
    let project = place.rsplit('/').next().unwrap();
    let join = async || {
        let invited = json!({"username": "ben"});
        let made = anna
            .post(&format!("{place}/invitations"), invited)
            .await
            .made();
        let accept = format!("/invitations/{}/accept", id(&made));
        ben.post(&accept, None).await.ok();
    };
    let member = format!("{place}/members/{}", account(&ben).await);
    join().await;
    let add = async |line: &str| {
        let made = ben.post("/sessions", json!({"entry": line, "project_id": project}));
        made.await.made()
    };
    let moved = add("6:00-7:00 moved").await;
    let deleted = add("7:00-8:00 deleted").await;
    let stopped = add("8:00-8:30 stopped").await;
    let longer = add("5:00-5:30 longer").await;
    let earlier = add("4:00-4:30 earlier").await;
    let elsewhere = add("3:00-3:30 elsewhere").await;
    let shorter = add("2:00-3:00 shorter").await;
    let nowhere = json!({"project_id": null});
    let moves = ben.key("019e0f3a-7c00-7000-8000-000000000011");
    moves.patch(&at(&moved), nowhere).await.ok();
    let deletes = ben.key("019e0f3a-7c00-7000-8000-000000000012");
    assert_eq!(deletes.delete(&at(&deleted)).await.status(), 204);
    assert_eq!(anna.delete(&member).await.status(), 204);
    let undo = async |number: u32| {
        let command = format!("019e0f3a-7c00-7000-8000-{number:012}");
        ben.post("/undo", json!({"command": command})).await.ok();
    };
    undo(11).await;
    undo(12).await;
    let run_on = json!({"stopped_at": null});
    ben.patch(&at(&stopped), run_on.clone()).await.ok();
    for (session, times) in [
        (&longer, json!({"stopped_at": "2026-11-20T19:00:00Z"})),
        (&earlier, json!({"started_at": "2026-11-20T03:00:00Z"})),
        (
            &elsewhere,
            json!({"started_at": "2026-11-19T03:00:00Z", "stopped_at": "2026-11-19T03:30:00Z"}),
        ),
        (&shorter, json!({"stopped_at": "2026-11-20T02:15:00Z"})),
    ] {
        ben.patch(&at(session), times).await.ok();
    }
    let project_of = async |session: &Value| {
        let now = ben.get(&at(session)).await.ok();
        assert_eq!(now["name"], session["name"]);
        now["project_id"].clone()
    };
    for session in [&moved, &deleted, &stopped, &longer, &earlier, &elsewhere] {
        assert_eq!(project_of(session).await, Value::Null, "{session}");
    }
    let time = anna.get(&format!("{place}/overview?period=day")).await.ok();
    // What was made shorter is still in it, and does not come back whole.
    assert_eq!(time["total_seconds"], 900);
    assert_eq!(project_of(&shorter).await, project);
    ben.post("/undo", None).await.ok();
    assert_eq!(project_of(&shorter).await, Value::Null);
    // Who is in again takes the way forth and back as it was.
    join().await;
    ben.patch(&at(&moved), json!({"project_id": project}))
        .await
        .ok();
    ben.post("/undo", None).await.ok();
    assert_eq!(project_of(&moved).await, Value::Null);
    ben.post("/redo", None).await.ok();
    assert_eq!(project_of(&moved).await, project);
}

/// What an archived project has may be corrected; it takes nothing new, and nothing runs in it again.
#[tokio::test]
async fn the_sessions_of_an_archived_project_can_be_corrected() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let place = project(&anna).await;
    let id = place.rsplit('/').next().unwrap();
    let entry = json!({"entry": "6:00-7:00 a", "project_id": id});
    let made = anna.post("/sessions", entry).await.made();
    anna.patch(&place, json!({"archived": true})).await.ok();
    let edit = async |body: Value| anna.patch(&at(&made), body).await.ok();
    let renamed = json!({"name": "b", "started_at": "2026-11-20T06:15:00Z"});
    assert_eq!(edit(renamed).await["project_id"], id);
    let longer = json!({"stopped_at": "2026-11-20T08:00:00Z"});
    let corrected = edit(longer).await;
    assert_eq!(
        (&corrected["project_id"], &corrected["seconds"]),
        (&json!(id), &json!(6300))
    );
    let again = anna.post(&format!("{}/continue", at(&made)), None).await;
    assert_eq!(again.made()["project_id"], Value::Null);
}
