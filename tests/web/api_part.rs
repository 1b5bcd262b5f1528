//! Lists part by part, whatever happens in between.

use super::{
    api::{Client, id, names},
    api_list::check,
    person::*,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A list is an answer that is one, or that holds `items`.
#[tokio::test]
async fn every_list_is_paged_by_cursor_with_a_limit() {
    let server = friday().await;
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    let resolved = |schema: &Value| match schema["$ref"].as_str() {
        Some(place) => described.pointer(&place[1..]).unwrap().clone(),
        None => schema.clone(),
    };
    let mut lists = Vec::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        // Eight suggestions at most are no list.
        if path == "/suggestions" {
            continue;
        }
        let call = &methods["get"];
        let answer = &call["responses"]["200"]["content"]["application/json"]["schema"];
        let answer = resolved(answer);
        let fields = &answer["properties"];
        if answer["type"] != "array" && fields["items"].is_null() {
            continue;
        }
        let asked = call["parameters"].as_array();
        let asked: Vec<_> = asked.into_iter().flatten().map(|it| &it["name"]).collect();
        for name in ["limit", "cursor"] {
            assert!(asked.contains(&&json!(name)), "{path} has no {name}");
        }
        assert!(!fields["next_cursor"].is_null(), "{path} does not go on");
        lists.push(path.as_str());
    }
    assert!(lists.len() > 10, "{lists:?}");
    for list in ["/sessions", "/favourites", "/projects/{id}/members"] {
        assert!(lists.contains(&list), "{list} is none of {lists:?}");
    }
}

/// The list by ones, while `between` is called with what was listed last.
async fn one_by_one(
    client: &Client,
    path: &str,
    mut between: impl AsyncFnMut(&Value),
) -> Vec<Value> {
    let (mut listed, mut address) = (Vec::new(), format!("{path}?limit=1"));
    loop {
        let part = client.get(&address).await.ok();
        let item = part["items"][0].clone();
        between(&item).await;
        listed.push(item);
        match part["next_cursor"].as_str() {
            Some(next) => address = format!("{path}?limit=1&cursor={next}"),
            None => return listed,
        }
    }
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(id).collect()
}

#[tokio::test]
async fn a_list_goes_on_after_an_item_that_is_gone() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    for number in 0..4 {
        for (path, body) in [
            ("/tags", json!({"name": format!("Tag {number}")})),
            ("/clients", json!({"name": format!("client {number}")})),
            ("/projects", json!({"name": format!("Project {number}")})),
            (
                "/tokens",
                json!({"name": format!("script {number}"), "scope": "read"}),
            ),
            (
                "/rates",
                json!({"level": "account", "hourly": {"minor": 1, "currency": "EUR"}, "from": format!("2026-02-0{}", number + 1)}),
            ),
        ] {
            anna.post(path, body).await.made();
        }
        let new = json!({"name": format!("pinned {number}"), "started_at": "2026-11-20T08:00:00Z", "stopped_at": "2026-11-20T08:30:00Z"});
        let session = anna.post("/sessions", new).await.made();
        let pin = json!({"session_id": id(&session)});
        anna.post("/favourites", pin).await.made();
        server.clock.advance(TimeDelta::seconds(1));
    }
    for path in [
        "/tags",
        "/clients",
        "/projects",
        "/tokens",
        "/rates",
        "/favourites",
    ] {
        let whole = anna.get(path).await.ok();
        let whole = whole["items"].as_array().unwrap().clone();
        assert_eq!(whole.len(), 4, "{path}");
        let gone = async |item: &Value| {
            let place = format!("{path}/{}", id(item));
            assert_eq!(anna.delete(&place).await.status(), 204, "{place}");
        };
        let listed = one_by_one(&anna, path, gone).await;
        assert_eq!(ids(&listed), ids(&whole), "{path}");
        assert_eq!(anna.get(path).await.ok()["items"], json!([]), "{path}");
    }
}

/// Which device was seen last changes while they are listed.
#[tokio::test]
async fn every_device_is_listed_although_they_are_used_and_end() {
    let server = friday().await;
    let (anna, first) = register(&server, "anna").await;
    let mut grants = vec![first];
    for _ in 0..4 {
        server.clock.advance(TimeDelta::seconds(1));
        grants.push(sign_in(&server, "anna").await.1);
    }
    let whole = anna.get("/devices").await.ok();
    let whole = whole["items"].as_array().unwrap().clone();
    // The oldest is seen each time, which changes no order; each that was listed but this one ends.
    let oldest = grants.swap_remove(0);
    let mut oldest = Client::anonymous(&server).granted(&oldest);
    let listed = one_by_one(&anna, "/devices", async |device| {
        server.clock.advance(TimeDelta::seconds(1));
        oldest = oldest.renewed().await;
        if device["current"] == json!(false) {
            let place = format!("/devices/{}", id(device));
            assert_eq!(anna.delete(&place).await.status(), 204);
        }
    })
    .await;
    assert_eq!(ids(&listed), ids(&whole));
    assert_eq!(listed.len(), 5);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let server = friday().await;
    let guest = Client::guest(&server).await;
    for name in ["a", "b"] {
        guest.post("/tags", json!({"name": name})).await.made();
    }
    let part = guest.get("/tags?limit=1").await.ok();
    assert_eq!(names(&part), ["a"]);
    let foreign = format!("/devices?cursor={}", text(&part, "next_cursor"));
    assert_eq!(guest.get(&foreign).await.wrong(), "cursor");
}

/// A part of a list holds as many as were asked for, wherever those lie that are meant.
#[tokio::test]
async fn a_narrowed_list_has_full_parts() {
    let server = friday().await;
    let client = Client::guest(&server).await;
    let customer = client
        .post("/clients", json!({"name": "Acme"}))
        .await
        .made();
    let body = json!({"name": "Web", "client_id": customer["id"]});
    let project = client.post("/projects", body).await.made();
    for name in ["old", "rare"] {
        client.post("/tags", json!({"name": name})).await.made();
    }
    let start = |number: i64| {
        let from = server.clock.now() - TimeDelta::minutes(10 * (number + 1));
        let to = from + TimeDelta::minutes(5);
        (from.to_rfc3339(), to.to_rfc3339())
    };
    for hundred in 0..3 {
        let commands = (0..100).map(|number| {
            let number = 100 * hundred + number;
            let (from, to) = start(number);
            let mut create = json!({"name": number.to_string(), "started_at": from, "stopped_at": to});
            if [7, 150, 299].contains(&number) {
                create["project_id"] = project["id"].clone();
                create["tags"] = json!(["rare"]);
                create["billable"] = json!(true);
            }
            json!({"id": format!("019e0f3a-7c00-7000-8000-{number:012}"), "action": {"create": create}})
        });
        let commands = Value::from(commands.collect::<Vec<_>>());
        let done = client.post("/commands", commands).await.ok();
        assert_eq!(done["items"][99]["status"], 200, "{done}");
    }
    // A tag that took another's place is found by the ids of both.
    let tags = client.get("/tags").await.ok();
    let (old, rare) = (&tags["items"][0], &tags["items"][1]);
    let merge = format!("/tags/{}/merge", id(rare));
    client.post(&merge, json!({"into": old["id"]})).await.ok();
    client.get("/sessions").await.ok();
    for query in [
        format!("project_id={}", id(&project)),
        format!("client_id={}", id(&customer)),
        format!("tag={}", id(rare)),
        format!("tag={}", id(old)),
        "tag=old".to_owned(),
        "billable=true".to_owned(),
        format!("billable=true&tag=old&project_id={}", id(&project)),
    ] {
        let path = format!("/sessions?limit=2&{query}");
        let before = server.store.queries();
        let first = client.get(&path).await.ok();
        assert_eq!(names(&first), ["7", "150"], "{query}");
        let next = first["next_cursor"].as_str().unwrap();
        let rest = client.get(&format!("{path}&cursor={next}")).await.ok();
        assert_eq!(names(&rest), ["299"], "{query}");
        assert_eq!(rest["next_cursor"], Value::Null, "{query}");
        assert_eq!(server.store.queries() - before, 2, "{query}");
    }
    let none = format!("client_id={}&billable=false", id(&customer));
    check(&client, &none, &[]).await;
    let unknown = "/sessions?tag=019e0f3a-7c00-7000-8000-000000000001";
    assert_eq!(client.get(unknown).await.wrong(), "tag");
}
