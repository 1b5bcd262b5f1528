//! Lists and overviews by what sessions belong to, and many of them changed in one step.

use super::{
    api::*,
    api_work::{bench, project},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn lists_and_overviews_follow_what_sessions_belong_to() {
    let (server, client) = bench().await;
    for line in [
        "9:00-9:30 a @web #x",
        "8:00-9:00 b @acme/app #x #y !",
        "7:00-7:15 c",
    ] {
        client
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
    }
    client
        .post("/sessions", json!({"entry": "d @web"}))
        .await
        .made();
    server.clock.advance(TimeDelta::minutes(10));
    let names = async |query: &str| {
        let list = client
            .get(&format!("/sessions?period=day{query}"))
            .await
            .ok();
        let items = list["items"].as_array().unwrap().clone();
        let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
        items.iter().map(name).collect::<Vec<_>>()
    };
    let projects = client.get("/projects").await.ok();
    let web = projects["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["name"] == "web");
    let web = id(web.unwrap());
    assert_eq!(names("").await, ["d", "a", "b", "c"]);
    assert_eq!(names(&format!("&project_id={web}")).await, ["d", "a"]);
    assert_eq!(names("&tag=X").await, ["a", "b"]);
    assert_eq!(names("&billable=true").await, ["b"]);
    let overview = client.get("/overview?period=day").await.ok();
    assert_eq!(overview["total_seconds"], 600 + 1800 + 3600 + 900);
    let sums = |list: &str| {
        let items = overview[list].as_array().unwrap().iter();
        items
            .map(|item| json!([item["name"], item["seconds"]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        sums("by_project"),
        [
            json!(["app", 3600]),
            json!(["web", 2400]),
            json!([null, 900])
        ]
    );
    assert_eq!(sums("by_tag"), [json!(["x", 5400]), json!(["y", 3600])]);
    assert_eq!(
        overview["by_member"][0]["seconds"],
        overview["total_seconds"]
    );
    let of_web = client
        .get(&format!("/overview?period=day&project_id={web}"))
        .await
        .ok();
    assert_eq!(of_web["total_seconds"], 2400);
}

#[tokio::test]
async fn many_sessions_are_moved_and_deleted_in_one_step() {
    let (_server, client) = bench().await;
    let web = project(&client, json!({"name": "Web", "billable": true})).await;
    let mut sessions = Vec::new();
    for hour in 0..9 {
        let line = format!("{hour}:00-{hour}:30 n{hour} #old");
        let made = client
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
        sessions.push(id(&made).to_owned());
    }
    let command = |number: u32, action: Value| json!([{"id": format!("019e0f3a-7c00-7000-8000-{number:012}"), "action": action}]);
    let assign = json!({"assign": {"sessions": sessions, "project_id": web, "tags": ["new"]}});
    let done = client.post("/commands", command(1, assign)).await.ok();
    assert_eq!(
        done["items"][0]["changes"].as_array().unwrap().len(),
        9,
        "{done}"
    );
    let all = async || {
        let list = client.get("/sessions?period=day").await.ok();
        let items = list["items"].as_array().unwrap().clone();
        let of = |item: &Value| json!([item["project_id"], item["tags"], item["billable"]]);
        items.iter().map(of).collect::<Vec<_>>()
    };
    // Whether they are billable is not said, and stays.
    assert_eq!(all().await, vec![json!([web, ["new"], false]); 9]);
    let own = json!({"billable": true});
    client
        .patch(&format!("/sessions/{}", sessions[0]), own)
        .await
        .ok();
    let free = project(&client, json!({"name": "Free"})).await;
    let assign = json!({"assign": {"sessions": sessions, "project_id": free}});
    client.post("/commands", command(4, assign)).await.ok();
    let kept = all().await;
    assert_eq!(kept[8], json!([free, ["new"], true]));
    assert_eq!(kept[..8], vec![json!([free, ["new"], false]); 8]);
    client.post("/undo", None).await.ok();
    client.post("/undo", None).await.ok();
    let delete = json!({"delete_all": {"sessions": sessions}});
    client.post("/commands", command(2, delete)).await.ok();
    assert_eq!(all().await.len(), 0);
    client.post("/undo", None).await.ok();
    client.post("/undo", None).await.ok();
    assert_eq!(all().await, vec![json!([null, ["old"], false]); 9]);
    // All or none: one that does not exist takes the others with it.
    let mut with_unknown = sessions.clone();
    with_unknown.push("019e0f3a-7c00-7000-8000-000000000099".to_owned());
    let delete = json!({"delete_all": {"sessions": with_unknown}});
    let refused = client.post("/commands", command(3, delete)).await.ok();
    assert_eq!(refused["items"][0]["status"], 404);
    assert_eq!(all().await.len(), 9);
}
