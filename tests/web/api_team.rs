//! What the members of a project see of each other.

use super::{
    Server,
    api::*,
    browser::Browser,
    person::{friday, register, text},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A project of two, each with an hour of it, and what it is called in addresses.
async fn team() -> (Server, Client, Client, String) {
    let server = friday().await;
    let (owner, _) = register(&server, "olga").await;
    let (member, _) = register(&server, "mia").await;
    let project = owner.post("/projects", json!({"name": "Web"})).await.made();
    let place = format!("/projects/{}", id(&project));
    owner
        .post(&format!("{place}/invitations"), json!({"username": "mia"}))
        .await
        .made();
    let invitations = member.get("/invitations").await.ok();
    let invitation = id(&invitations["items"][0]).to_owned();
    member
        .post(&format!("/invitations/{invitation}/accept"), None)
        .await;
    for (client, line) in [
        (&owner, "7:00-8:00 plan @Web #meeting"),
        (&member, "6:00-6:30 draw @Web #Sketch #Meeting"),
        (&member, "5:00-5:30 other #private"),
    ] {
        client
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
    }
    (server, owner, member, place)
}

fn names(list: &Value) -> Vec<Value> {
    let items = list["items"].as_array().unwrap().iter();
    let short = |item: &Value| json!([item["name"], item["account"]["username"], item["tags"]]);
    items.map(short).collect()
}

#[tokio::test]
async fn members_see_the_sessions_of_all_and_nothing_else() {
    let (_server, owner, member, place) = team().await;
    for client in [&owner, &member] {
        let list = client.get(&format!("{place}/sessions")).await.ok();
        let expected = [
            json!(["plan", "olga", ["meeting"]]),
            json!(["draw", "mia", ["Meeting", "Sketch"]]),
        ];
        assert_eq!(names(&list), expected);
    }
    let list = owner.get(&format!("{place}/sessions?limit=1")).await.ok();
    let next = text(&list, "next_cursor");
    let rest = owner
        .get(&format!("{place}/sessions?limit=1&cursor={next}"))
        .await;
    assert_eq!(
        names(&rest.ok()),
        [json!(["draw", "mia", ["Meeting", "Sketch"]])]
    );
    // Seeing is not touching.
    let drawn = owner.get(&format!("{place}/sessions")).await.ok()["items"][1].clone();
    owner
        .patch(&at(&drawn), json!({"name": "x"}))
        .await
        .problem(404, "not-found");
    owner.delete(&at(&drawn)).await.problem(404, "not-found");
    owner.get(&at(&drawn)).await.problem(404, "not-found");
}

#[tokio::test]
async fn the_parts_of_a_project_sum_to_the_whole() {
    let (server, owner, member, place) = team().await;
    member
        .post("/sessions", json!({"entry": "now @Web #sketch"}))
        .await
        .made();
    server.clock.advance(TimeDelta::minutes(10));
    let overview = owner
        .get(&format!("{place}/overview?period=day"))
        .await
        .ok();
    assert_eq!(overview["total_seconds"], 3600 + 1800 + 600);
    let member_seconds = |item: &Value| json!([item["account"]["username"], item["seconds"]]);
    let by_member: Vec<_> = overview["by_member"]
        .as_array()
        .unwrap()
        .iter()
        .map(member_seconds)
        .collect();
    assert_eq!(by_member, [json!(["olga", 3600]), json!(["mia", 2400])]);
    let by_tag = overview["by_tag"].as_array().unwrap().iter();
    let by_tag: Vec<_> = by_tag
        .map(|item| json!([item["name"], item["seconds"]]))
        .collect();
    // Two members write one word, each in their way.
    let meeting = json!(["meeting", 3600 + 1800]);
    assert!(by_tag.contains(&meeting), "{by_tag:?}");
    assert_eq!(overview["running"][0]["name"], "now");
    assert_eq!(overview["running"][0]["account"]["username"], "mia");
    // Two tags that were merged are one, on a session that had both too.
    let tags = member.get("/tags").await.ok();
    let tags = tags["items"].as_array().unwrap();
    let tag = |name: &str| id(tags.iter().find(|tag| tag["name"] == name).unwrap());
    let merge = format!("/tags/{}/merge", tag("Sketch"));
    member
        .post(&merge, json!({"into": tag("Meeting")}))
        .await
        .ok();
    let merged = owner
        .get(&format!("{place}/overview?period=day"))
        .await
        .ok();
    let expected = json!([{"name": "meeting", "seconds": 3600 + 2400}]);
    assert_eq!(merged["by_tag"], expected);
    let week = owner.get(&format!("{place}/overview")).await.ok();
    let days = week["days"].as_array().unwrap().iter();
    let sum: i64 = days.map(|day| day["seconds"].as_i64().unwrap()).sum();
    assert_eq!(
        (&week["total_seconds"], sum),
        (&overview["total_seconds"], 6000)
    );
}

#[tokio::test]
async fn leaving_ends_access_at_once_and_keeps_ones_sessions() {
    let (server, owner, member, place) = team().await;
    let me = text(&member.get("/me").await.ok(), "account").to_owned();
    member
        .post("/sessions", json!({"entry": "still @Web"}))
        .await
        .made();
    let removed = owner.delete(&format!("{place}/members/{me}")).await;
    assert_eq!(removed.status(), 204, "{removed:?}");
    for path in ["", "/sessions", "/overview", "/members"] {
        let refused = member.get(&format!("{place}{path}")).await;
        refused.problem(404, "not-found");
    }
    let running = member.get("/sessions/running").await.ok();
    assert_eq!(running["name"], "still");
    server.clock.advance(TimeDelta::minutes(5));
    // What they do now is theirs alone; its time counts.
    let secret = json!({"name": "secret plans", "tags": ["secret"]});
    member.patch(&at(&running), secret).await.ok();
    let overview = owner
        .get(&format!("{place}/overview?period=day"))
        .await
        .ok();
    assert_eq!(overview["running"], json!([]));
    assert_eq!(overview["total_seconds"], 3600 + 1800 + 300);
    assert!(!overview.to_string().contains("secret"), "{overview}");
    let list = owner.get(&format!("{place}/sessions")).await.ok();
    assert_eq!(super::api::names(&list), ["plan", "draw"]);
    let mut browser = Browser::new(&server);
    browser.sign_in("olga", &[]).await;
    let address = place.replace("/projects/", "/project/");
    let page = browser.get(&address).await;
    assert!(page.text().contains("draw"), "the page of the project");
    for told in ["secret", "Working on it now"] {
        assert!(!page.text().contains(told), "{told}");
    }
    let stopped = member
        .post(&format!("{}/stop", at(&running)), None)
        .await
        .ok();
    assert_eq!(stopped["seconds"], 300);
    // The work was done: it stays in what the others see.
    let overview = owner
        .get(&format!("{place}/overview?period=day"))
        .await
        .ok();
    assert_eq!(overview["total_seconds"], 3600 + 1800 + 300);
}

#[tokio::test]
async fn lists_and_overviews_of_a_project_follow_tag_and_billable() {
    let (server, owner, member, place) = team().await;
    let project = place.rsplit('/').next().unwrap();
    let rate = json!({"level": "project", "project_id": project, "from": "2026-01-01",
        "hourly": {"minor": 6000, "currency": "EUR"}});
    owner.post("/rates", rate).await.made();
    for (client, line) in [
        (&owner, "4:00-4:30 paid @Web #Sketch !"),
        (&member, "3:00-3:15 billed @Web !"),
        (&member, "now @Web #sketch"),
    ] {
        let entry = json!({"entry": line});
        client.post("/sessions", entry).await.made();
    }
    server.clock.advance(TimeDelta::minutes(10));
    let tags = member.get("/tags").await.ok();
    let tags = tags["items"].as_array().unwrap();
    let sketch = tags.iter().find(|tag| tag["name"] == "Sketch").unwrap();
    let by_id = format!("tag={}", id(sketch));
    for (query, expected, seconds, minor) in [
        (
            "",
            &["now", "plan", "draw", "paid", "billed"][..],
            8700,
            4500,
        ),
        ("tag=SKETCH", &["now", "draw", "paid"], 4200, 3000),
        (&by_id, &["now", "draw", "paid"], 4200, 3000),
        ("billable=true", &["paid", "billed"], 2700, 4500),
        ("billable=false", &["now", "plan", "draw"], 6000, 0),
        ("tag=sketch&billable=true", &["paid"], 1800, 3000),
        ("tag=nothing", &[], 0, 0),
    ] {
        let list = format!("{place}/sessions?period=day&{query}");
        let overview = format!("{place}/overview?period=day&{query}");
        // A tag's id means something to whose it is.
        let is_id = query == by_id;
        if is_id {
            assert_eq!(owner.get(&list).await.wrong(), "tag");
        }
        for client in [&member, &owner]
            .into_iter()
            .take(if is_id { 1 } else { 2 })
        {
            let found = client.get(&list).await.ok();
            assert_eq!(super::api::names(&found), expected, "{query}");
            let whole = client.get(&overview).await.ok();
            assert_eq!(whole["total_seconds"], seconds, "{query}");
            let by_day = whole["days"].as_array().unwrap().iter();
            let by_day: i64 = by_day.map(|day| day["seconds"].as_i64().unwrap()).sum();
            assert_eq!(by_day, seconds, "{query}");
            let runs = usize::from(expected.contains(&"now"));
            let running = whole["running"].as_array().unwrap();
            assert_eq!(running.len(), runs, "{query}");
        }
        if is_id {
            continue;
        }
        let whole = owner.get(&overview).await.ok();
        let amount = whole["amounts"][0]["minor"].as_i64().unwrap_or_default();
        assert_eq!(amount, minor, "{query}");
    }
}

#[tokio::test]
async fn a_call_costs_a_fixed_number_of_statements() {
    let (server, owner, member, place) = team().await;
    let cost = async |path: &str| {
        let before = server.store.queries();
        owner.get(&format!("{place}{path}")).await.ok();
        server.store.queries() - before
    };
    let costs = async || {
        let narrowed = cost("/overview?tag=meeting&billable=false").await;
        [cost("/sessions").await, cost("/overview").await, narrowed]
    };
    costs().await;
    let before = costs().await;
    for hour in 0..5 {
        let line = format!("{hour}:00-{hour}:10 more @Web #t{hour}");
        member
            .post("/sessions", json!({"entry": line}))
            .await
            .made();
    }
    assert_eq!(costs().await, before);
    // Beginning and end of the transaction that sees one moment count, too.
    assert_eq!(before, [1, 6, 6]);
}
