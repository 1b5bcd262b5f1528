//! Several commands at once, search and filters, by those who are in a team and those who are not.

use super::{
    super::api::*,
    actors::{SECRET, fresh},
    cast::{ACTORS, Cast},
};
use serde_json::{Value, json};

/// A batch does what calls of their own do: nobody touches the session of another, and nobody gives time
/// to a project without being in it, be it new, moved, or one of many.
#[tokio::test]
async fn a_batch_opens_nothing_that_a_call_does_not() {
    let cast = Cast::new().await;
    let mut own = Vec::new();
    for actor in &cast.actors {
        let made = actor.post("/sessions", json!({"name": "own"})).await.made();
        own.push(id(&made).to_owned());
    }
    let before = cast.dump().await;
    for (place, actor) in cast.actors.iter().enumerate() {
        let about = |session: &str, action: Value| json!({"id": fresh(), "session": session, "action": action});
        let command = |action: Value| json!({"id": fresh(), "action": action});
        let of_another = [
            about("SESSION", json!({"update": {"name": "mine"}})),
            about("SESSION", json!({"stop": {}})),
            about("SESSION", json!({"continue": {}})),
            about("SESSION", json!({"duplicate": {}})),
            about("SESSION", json!({"delete": {}})),
            command(json!({"assign": {"sessions": [own[place], "SESSION"], "billable": true}})),
            command(json!({"delete_all": {"sessions": [own[place], "SESSION"]}})),
            command(json!({"undo": {"command": "SESSION"}})),
        ];
        let into_the_project = [
            command(json!({"create": {"name": "new", "project_id": "PROJECT"}})),
            about(&own[place], json!({"update": {"project_id": "PROJECT"}})),
            command(json!({"assign": {"sessions": [own[place]], "project_id": "PROJECT"}})),
        ];
        let is_its_own = ACTORS[place] == "member";
        let is_in_it = place < 3;
        for (commands, status, is_let) in [
            (&of_another[..], 404, is_its_own),
            (&into_the_project[..], 422, is_in_it),
        ] {
            if is_let {
                continue;
            }
            let filled = cast.fill(&json!(commands).to_string());
            let batch: Value = serde_json::from_str(&filled).unwrap();
            let answers = actor.post("/commands", batch).await.ok();
            assert_eq!(answers["items"].as_array().unwrap().len(), commands.len());
            for answer in answers["items"].as_array().unwrap() {
                assert_eq!(answer["status"], status, "{}: {answer}", ACTORS[place]);
            }
        }
        if !is_in_it {
            let path = format!("/sessions/{}", own[place]);
            let body = json!({"project_id": cast.fill("PROJECT")});
            actor.patch(&path, body).await.problem(422, "invalid");
        }
        for path in [
            "/sessions?q=merger",
            "/sessions?project_id=PROJECT",
            "/sessions?client_id=CLIENT",
            "/overview?period=month&project_id=PROJECT",
            "/favourites",
        ] {
            let told = actor.get(&cast.fill(path)).await;
            let text = told.0.text();
            assert!(is_in_it || !text.contains(SECRET), "{path}: {text}");
            let is_hers = is_its_own || !text.contains(&cast.fill("SESSION"));
            assert!(is_hers, "{path} of {}: {text}", ACTORS[place]);
        }
    }
    assert_eq!(cast.dump().await, before);
}
