//! Commands that say by name what sessions belong to.

use super::{
    Server,
    api::{Client, id},
    browser::Browser,
    person::*,
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

/// Its answer was lost; before it is sent again, its names have come to stand for something else.
#[tokio::test]
async fn a_command_sent_again_is_known_although_its_names_stand_for_others() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let command = Uuid::now_v7().to_string();
    let mut send = async |line: &str| {
        let form = [
            ("form[command]", command.as_str()),
            ("form[intent]", "start"),
            ("form[name]", line),
        ];
        let answer = browser.post("/rpc/submit", &form).await;
        answer.header("location").to_owned()
    };
    let done = format!("/?done={command}");
    assert_eq!(send("fix @web").await, done);
    server.clock.advance(TimeDelta::seconds(1));
    let project = &anna.get("/projects").await.ok()["items"][0];
    let place = format!("/projects/{}", project["id"].as_str().unwrap());
    anna.patch(&place, json!({"name": "site"})).await.ok();
    anna.post("/projects", json!({"name": "web"})).await.made();
    assert_eq!(send("fix @web").await, done);
    assert!(send("fix @web #bug").await.starts_with("/?refused="));
    assert!(send("mend @web").await.starts_with("/?refused="));
    let all = "select count(*) from session";
    assert_eq!(count(&server.store, all).await, 1);
}

/// Projects and tags, and a session that was saved under an id with a line and fields.
async fn saved(body: Value) -> (Server, Client, Value) {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    for name in ["alpha", "beta"] {
        anna.post("/projects", json!({"name": name})).await.made();
    }
    for name in ["one", "two"] {
        anna.post("/tags", json!({"name": name})).await.made();
    }
    server.clock.advance(TimeDelta::seconds(1));
    let body = with_id(&body);
    let made = anna.post("/sessions", body.clone()).await.made();
    assert_eq!(anna.post("/sessions", body).await.ok(), made);
    server.clock.advance(TimeDelta::seconds(1));
    (server, anna, made)
}

fn with_id(body: &Value) -> Value {
    let mut body = body.clone();
    body["id"] = json!("019e0f3a-7c00-7000-8000-0000000000a1");
    body
}

#[tokio::test]
async fn an_id_with_other_names_was_used_before() {
    let line = |line: &str| json!({"entry": line});
    let tags = |tags: Value| json!({"name": "work", "tags": tags});
    for (first, others) in [
        (
            line("work @alpha #one"),
            vec![
                line("work @beta #two"),
                line("work @beta #one"),
                line("work @alpha #two"),
                line("work @alpha #one #two"),
                line("work @alpha #one #unknown"),
                line("work @beta #unknown"),
                line("work @unknown #two"),
                line("work @alpha"),
                line("work #one"),
                line("work @alpha #one !"),
                line("work"),
            ],
        ),
        (line("work"), vec![line("work @alpha"), line("work #one")]),
        (
            tags(json!(["one"])),
            vec![
                tags(json!(["two"])),
                tags(json!(["one", "two"])),
                tags(json!([])),
            ],
        ),
        (
            tags(json!(["one", "two"])),
            vec![tags(json!(["one"])), tags(json!(["two"]))],
        ),
    ] {
        let (_server, anna, made) = saved(first.clone()).await;
        for other in others {
            let reply = anna.post("/sessions", with_id(&other)).await;
            assert_eq!(reply.status(), 409, "{first} then {other}: {reply:?}");
            reply.problem(409, "reused");
        }
        assert_eq!(
            anna.post("/sessions", with_id(&first)).await.ok()["id"],
            made["id"]
        );
        let known = anna.get("/tags").await.ok();
        assert_eq!(known["items"].as_array().unwrap().len(), 2, "{known}");
    }
}

/// Whatever became of the names since, what is sent again is answered as before.
#[tokio::test]
async fn an_id_with_the_same_names_is_known_whatever_became_of_them() {
    let same = json!({"entry": "work @alpha #one"});
    for what in ["renamed", "archived", "deleted", "merged", "replaced"] {
        let (_server, anna, made) = saved(same.clone()).await;
        let find = async |path: &str, place: usize| {
            let list = anna.get(path).await.ok();
            format!("{path}/{}", id(&list["items"][place]))
        };
        let (project, tag) = (find("/projects", 0).await, find("/tags", 0).await);
        match what {
            "renamed" => {
                for place in [project, tag] {
                    anna.patch(&place, json!({"name": "other"})).await.ok();
                }
            }
            "archived" => {
                anna.patch(&project, json!({"archived": true})).await.ok();
            }
            "merged" => {
                let into = find("/tags", 1).await;
                let into = into.rsplit('/').next().unwrap();
                let merge = format!("{tag}/merge");
                anna.post(&merge, json!({"into": into})).await.ok();
                // Its name is free again.
                anna.patch(&format!("/tags/{into}"), json!({"name": "one"}))
                    .await
                    .ok();
            }
            _ => {
                for place in [project, tag] {
                    assert_eq!(anna.delete(&place).await.status(), 204);
                }
            }
        }
        if what == "replaced" {
            anna.post("/projects", json!({"name": "alpha"}))
                .await
                .made();
            anna.post("/tags", json!({"name": "one"})).await.made();
        }
        let again = anna.post("/sessions", with_id(&same)).await;
        assert_eq!(again.status(), 200, "{what}: {again:?}");
        assert_eq!(again.ok()["id"], made["id"], "{what}");
    }
}
