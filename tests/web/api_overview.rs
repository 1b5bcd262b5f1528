//! Overviews, and what lists cost.

use super::{
    Server,
    api::{Client, names},
    api_list::{bench, check},
    person::{PASSWORD, friday, text},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use stint::server::caller;

#[tokio::test]
async fn an_overview_adds_up() {
    let (server, client) = bench().await;
    client
        .post(
            "/sessions",
            json!({"name": "running", "started_at": "2026-11-20T08:59:00Z"}),
        )
        .await
        .made();
    server.clock.advance(TimeDelta::seconds(60));
    let day = client.get("/overview?time_zone=Europe/Berlin").await.ok();
    assert_eq!(
        (&day["period"], &day["time_zone"]),
        (&json!("day"), &json!("Europe/Berlin"))
    );
    assert_eq!(
        (&day["from"], &day["to"]),
        (
            &json!("2026-11-19T23:00:00Z"),
            &json!("2026-11-20T23:00:00Z")
        )
    );
    assert_eq!(day["total_seconds"], 1800 + 3600 + 120);
    let shown: Vec<_> = day["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ["running", "early", "midnight"]);

    let week = client
        .get("/overview?period=week&date=2026-11-20")
        .await
        .ok();
    let days = week["days"].as_array().unwrap();
    let seconds: Vec<_> = days
        .iter()
        .map(|day| day["seconds"].as_i64().unwrap())
        .collect();
    assert_eq!(seconds, [3600, 0, 0, 3600, 3600 + 120 + 1800, 0, 0]);
    assert_eq!(
        days[0],
        json!({"date": "2026-11-16", "from": "2026-11-16T00:00:00Z", "to": "2026-11-17T00:00:00Z", "seconds": 3600})
    );
    assert_eq!(week["total_seconds"], seconds.iter().sum::<i64>());

    // The night in which the clocks are put back has an hour more.
    let long = client
        .get("/overview?date=2026-10-25&time_zone=Europe/Berlin")
        .await
        .ok();
    assert_eq!(
        (&long["from"], &long["to"]),
        (
            &json!("2026-10-24T22:00:00Z"),
            &json!("2026-10-25T23:00:00Z")
        )
    );
    assert_eq!(
        client.get("/overview?period=month").await.ok()["days"]
            .as_array()
            .unwrap()
            .len(),
        30
    );
}

/// Each second is counted once: what an overview tells of a day is what its sessions have of it.
#[tokio::test]
async fn the_parts_sum_to_the_whole() {
    let server = Server::at("2026-11-20T09:00:00Z").await;
    let client = Client::guest(&server).await;
    for (zone, days) in [("America/New_York", 30), ("Australia/Lord_Howe", 5)] {
        client.patch("/me", json!({"time_zone": zone})).await.ok();
        for day in 0..days {
            // Over midnight, over the change of clocks, over each other, and to odd seconds.
            let from = instant("2026-10-30T21:12:07Z") + TimeDelta::hours(day * 17);
            for (later, minutes) in [(0, 605), (90, 61)] {
                let from = from + TimeDelta::minutes(later);
                let to = from + TimeDelta::minutes(minutes) + TimeDelta::seconds(day);
                let body = json!({"started_at": from.to_rfc3339(), "stopped_at": to.to_rfc3339()});
                client.post("/sessions", body).await.made();
            }
        }
    }
    client
        .post("/sessions", json!({"started_at": "2026-11-20T02:00:00Z"}))
        .await
        .made();
    let now = server.clock.now();
    let list = client.get("/sessions?limit=500").await.ok();
    let spans: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| {
            let stopped = session["stopped_at"].as_str().map_or(now, instant);
            (instant(text(session, "started_at")), stopped)
        })
        .collect();
    assert_eq!(spans.len(), 71);
    let within = |part: &Value| {
        let (from, to) = (instant(text(part, "from")), instant(text(part, "to")));
        let clipped = spans
            .iter()
            .map(|span| (span.1.min(to) - span.0.max(from)).num_seconds());
        clipped.map(|seconds| seconds.max(0)).sum::<i64>()
    };
    for zone in ["America/New_York", "Australia/Lord_Howe", "UTC"] {
        for period in [
            "month&date=2026-10-31",
            "month",
            "week&date=2026-11-01",
            "week",
            "day",
        ] {
            let path = format!("/overview?period={period}&time_zone={zone}");
            let overview = client.get(&path).await.ok();
            assert_eq!(overview["total_seconds"], within(&overview), "{path}");
            for day in overview["days"].as_array().unwrap() {
                assert_eq!(day["seconds"], within(day), "{path}: {day}");
            }
        }
    }
}

fn instant(text: &str) -> stint::domain::Instant {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_rolling_window_ends_now() {
    let server = friday().await;
    let client = Client::guest(&server).await;
    let add = async |name: &str, from: &str, to: &str| {
        let body = json!({"name": name, "started_at": from, "stopped_at": to});
        client.post("/sessions", body).await.made();
    };
    add("over", "2026-11-20T08:00:00Z", "2026-11-20T08:30:00Z").await;
    add("planned", "2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z").await;
    // What begins in this very second is there.
    let running = json!({"name": "running"});
    client.post("/sessions", running).await.made();
    let window = client.get("/overview?period=last-24h").await.ok();
    assert_eq!(window["to"], "2026-11-20T09:00:01Z");
    assert_eq!(window["total_seconds"], 1800);
    let shown = json!({"items": window["sessions"]});
    assert_eq!(names(&shown), ["running", "over"]);
    let day = client.get("/overview").await.ok();
    assert_eq!(day["total_seconds"], 1800 + 3600);
}

#[tokio::test]
async fn a_call_costs_a_fixed_number_of_statements() {
    let (server, client) = bench().await;
    client
        .post("/sessions", json!({"name": "running"}))
        .await
        .made();
    let cost = async |path: &str| {
        let before = server.store.queries();
        client.get(path).await.ok();
        server.store.queries() - before
    };
    // Whose token it is, the token says.
    let token = client.token.as_deref().unwrap();
    let before = server.store.queries();
    caller::authenticate(&server.app, token).await.unwrap();
    assert_eq!(server.store.queries(), before);
    for (path, statements) in [
        ("/sessions/running", 1),
        ("/sessions?period=day", 1),
        ("/sessions?period=month", 1),
        ("/sessions?q=a&limit=2", 1),
        ("/overview?period=week", 1),
    ] {
        cost(path).await;
        assert_eq!(cost(path).await, statements, "{path}");
    }
}

#[tokio::test]
async fn settings_hold_from_the_moment_they_are_saved() {
    let (_server, client) = bench().await;
    check(&client, "period=day", &["tomorrow", "early"]).await;
    let berlin = json!({"time_zone": "Europe/Berlin"});
    client.patch("/me", berlin).await.ok();
    check(&client, "period=day", &["early", "midnight"]).await;
    assert_eq!(
        client.post("/sessions", None).await.made()["time_zone"],
        "Europe/Berlin"
    );
}

#[tokio::test]
async fn a_user_name_is_told_from_the_moment_it_is_given() {
    let server = friday().await;
    let told = async |client: &Client| {
        let overview = client.get("/overview").await.ok();
        overview["by_member"][0]["account"]["username"].clone()
    };
    let guest = Client::guest(&server).await;
    assert_eq!(told(&guest).await, Value::Null);
    let new = json!({"username": "anna", "password": PASSWORD});
    let grant = guest.post("/register", new).await;
    assert!(grant.status() < 300, "{grant:?}");
    let anna = guest.granted(&grant.json());
    assert_eq!(told(&anna).await, "anna");
    anna.patch("/me", json!({"username": "anna2"})).await;
    assert_eq!(told(&anna).await, "anna2");
}
