//! Lists and overviews through the API.

use super::{Server, api::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Names and spans of finished sessions.
async fn furnish(client: &Client, sessions: &[(&str, &str, &str)]) {
    for (name, from, to) in sessions {
        let body = json!({"name": name, "started_at": from, "stopped_at": to});
        client.post("/sessions", body).await.made();
    }
}

/// Sessions around Friday, in a zone an hour ahead of UTC.
pub async fn bench() -> (Server, Client) {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let sessions = [
        ("october", "2026-10-15T10:00:00Z", "2026-10-15T11:00:00Z"),
        ("monday", "2026-11-16T10:00:00Z", "2026-11-16T11:00:00Z"),
        ("midnight", "2026-11-19T22:30:00Z", "2026-11-19T23:30:00Z"),
        ("early", "2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z"),
        ("tomorrow", "2026-11-20T23:00:00Z", "2026-11-20T23:30:00Z"),
    ];
    furnish(&client, &sessions).await;
    (server, client)
}

pub async fn check(client: &Client, query: &str, expected: &[&str]) {
    let list = client.get(&format!("/sessions?{query}")).await.ok();
    assert_eq!(names(&list), expected, "{query}");
    assert_eq!(list["next_cursor"], Value::Null, "{query}");
}

#[tokio::test]
async fn a_period_lists_what_touches_it() {
    let (server, client) = bench().await;
    let berlin = "time_zone=Europe/Berlin";
    check(
        &client,
        "",
        &["tomorrow", "early", "midnight", "monday", "october"],
    )
    .await;
    check(&client, "period=day", &["tomorrow", "early"]).await;
    check(&client, "period=day&date=2026-11-19", &["midnight"]).await;
    check(
        &client,
        &format!("period=day&{berlin}"),
        &["early", "midnight"],
    )
    .await;
    check(
        &client,
        &format!("period=day&date=2026-11-21&{berlin}"),
        &["tomorrow"],
    )
    .await;
    check(
        &client,
        "period=week",
        &["tomorrow", "early", "midnight", "monday"],
    )
    .await;
    check(&client, "period=week&date=2026-11-15", &[]).await;
    check(
        &client,
        "period=month",
        &["tomorrow", "early", "midnight", "monday"],
    )
    .await;
    check(&client, "period=month&date=2026-10-31", &["october"]).await;
    check(&client, "period=last-24h", &["early", "midnight"]).await;
    check(&client, "period=last-7d", &["early", "midnight", "monday"]).await;
    check(&client, "period=last-4w", &["early", "midnight", "monday"]).await;

    client
        .post("/sessions", json!({"name": "running"}))
        .await
        .made();
    check(&client, "period=day", &["tomorrow", "running", "early"]).await;
    check(&client, "period=day&date=2026-11-21", &[]).await;
    server.clock.advance(TimeDelta::days(1));
    let client = client.renewed().await;
    check(&client, "period=day", &["running"]).await;
    check(&client, "period=day&date=2026-11-19", &["midnight"]).await;
}

#[tokio::test]
async fn a_range_has_two_ends_or_one() {
    let (_server, client) = bench().await;
    check(&client, "from=2026-11-20T07:30:00Z", &["tomorrow", "early"]).await;
    check(&client, "from=2026-11-20T08:00:00Z", &["tomorrow"]).await;
    check(&client, "to=2026-11-16T10:00:00Z", &["october"]).await;
    check(&client, "to=2026-11-16T10:00:01Z", &["monday", "october"]).await;
    let day = "from=2026-11-16T00:00:00%2B01:00&to=2026-11-17T00:00:00+01:00";
    check(&client, day, &["monday"]).await;
    let moment = "from=2026-11-20T07:30:00Z&to=2026-11-20T07:30:00Z";
    check(&client, moment, &["early"]).await;
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let (_server, client) = bench().await;
    let wrong = async |query: &str| client.get(&format!("/sessions?{query}")).await.wrong();
    for (query, field) in [
        ("period=year", "period"),
        ("period=day&date=20.11.2026", "date"),
        ("period=day&date=2026-11-31", "date"),
        ("period=day&date=2100-01-01", "date"),
        ("period=last-7d&date=2026-11-20", "date"),
        ("date=2026-11-20", "period"),
        ("period=day&from=2026-11-20T00:00:00Z", "period"),
        ("period=day&time_zone=Europe/Bonn", "time_zone"),
        ("from=2026-11-20T00:00:00", "from"),
        ("from=2026-11-20T00:00:01Z&to=2026-11-20T00:00:00Z", "to"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=ten", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=", "cursor"),
        ("perod=day", "perod"),
        (&format!("q={}", "x".repeat(501)), "q"),
    ] {
        assert_eq!(wrong(query).await, field, "{query}");
    }
    let unknown = client
        .get("/overview?period=day&from=2026-11-20T00:00:00Z")
        .await;
    assert_eq!(unknown.wrong(), "from");
}

#[tokio::test]
async fn a_name_is_found_whatever_its_case() {
    let server = Server::at(FRIDAY).await;
    let client = Client::guest(&server).await;
    let hour = |hour: u8| format!("2026-11-20T{hour:02}:00:00Z");
    let listed = [
        "Überstunden",
        "ÜBUNG 100 %",
        "übung 100 x",
        "a_b",
        "aXb",
        "Straße",
        "back\\slash",
    ];
    for (number, name) in (0..).zip(listed) {
        furnish(&client, &[(name, &hour(number), &hour(number + 1))]).await;
    }
    check(
        &client,
        "q=%C3%BCb",
        &["übung 100 x", "ÜBUNG 100 %", "Überstunden"],
    )
    .await;
    check(&client, "q=%C3%9Cbung", &["übung 100 x", "ÜBUNG 100 %"]).await;
    check(&client, "q=100+%25", &["ÜBUNG 100 %"]).await;
    check(&client, "q=A_B", &["a_b"]).await;
    check(&client, "q=stra%C3%9Fe", &["Straße"]).await;
    check(&client, "q=k%5CS", &["back\\slash"]).await;
    check(&client, "q=+slash+&period=day", &["back\\slash"]).await;
    check(&client, "q=nothing", &[]).await;
    check(&client, "q=%00", &[]).await;
    assert_eq!(
        client.get("/sessions?q=").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
    // What the database finds and the case rules do not is left out of a part that goes on.
    let part = client.get("/sessions?q=%C3%A4&limit=1").await.ok();
    assert_eq!(
        (names(&part).len(), part["next_cursor"].is_string()),
        (0, true)
    );
}

#[tokio::test]
async fn parts_make_up_the_list() {
    let (server, client) = bench().await;
    // Begun together: the order is that of their ids.
    for _ in 0..5 {
        furnish(
            &client,
            &[("together", "2026-11-18T10:00:00Z", "2026-11-18T10:00:00Z")],
        )
        .await;
        server.clock.advance(TimeDelta::seconds(1));
    }
    client
        .post(
            "/sessions",
            json!({"name": "running", "started_at": "2026-11-18T09:00:00Z"}),
        )
        .await
        .made();
    for query in ["", "period=month", "q=o", "from=2026-11-16T10:30:00Z"] {
        let whole = client.get(&format!("/sessions?{query}")).await.ok();
        let whole: Vec<Value> = whole["items"].as_array().unwrap().clone();
        assert!(whole.len() > 6, "{query}");
        for limit in 1..=whole.len() + 1 {
            let (mut parts, mut cursor) = (Vec::new(), String::new());
            loop {
                let part = client
                    .get(&format!("/sessions?{query}&limit={limit}{cursor}"))
                    .await
                    .ok();
                let items = part["items"].as_array().unwrap();
                assert!(items.len() <= limit);
                parts.extend(items.clone());
                match part["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(parts, whole, "{query} by {limit}");
        }
    }
}
