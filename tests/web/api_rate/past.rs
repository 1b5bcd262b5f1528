//! What was spent long ago is summed up once, and anew whenever anything alters it.

use super::*;
use axum::http::Method;
use chrono::TimeDelta;
use stint::{domain::estimate::recent_from, server::budget};

impl Team {
    /// What the budget says is spent, in minor units or seconds.
    async fn spent(&self) -> i64 {
        let told = self.owner.get(&format!("{}/estimate", self.place)).await;
        let spent = told.ok()["spent"].clone();
        let spent = spent.get("minor").or(spent.get("seconds"));
        spent.and_then(Value::as_i64).unwrap()
    }

    /// A session in the project on a day of January.
    async fn long_ago(&self, who: &Client, day: u32, from: &str, to: &str) -> Value {
        let moment = |time: &str| format!("2026-01-{day:02}T{time}:00Z");
        let body = json!({"started_at": moment(from), "stopped_at": moment(to), "project_id": self.project});
        who.post("/sessions", body).await.made()
    }

    /// A budget of money, and 60 an hour from a date.
    async fn paid_from(date: &str) -> (Self, Value) {
        let team = Self::new().await;
        let budget = json!({"budget": euro(1_000_000)});
        team.owner.patch(&team.place, budget).await.ok();
        let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(6000), "from": date});
        let rate = team.owner.post("/rates", rate).await.made();
        (team, rate)
    }
}

#[tokio::test]
async fn it_is_read_once() {
    let (team, _) = Team::paid_from("2026-01-01").await;
    team.long_ago(&team.member, 5, "08:00", "09:00").await;
    assert_eq!(team.spent().await, 6000);
    // Behind the store's back, so that it is not told.
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(team.server.store.path());
    let mut connection = options.connect().await.unwrap();
    let later = sqlx::query("update session set stopped_at = stopped_at + 3600");
    later.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert_eq!(team.spent().await, 6000);
    team.work(&team.owner, 20, "06:00", "07:00").await;
    assert_eq!(team.spent().await, 12_000);
    let started = json!({"name": "now", "project_id": team.project});
    team.member.post("/sessions", started).await.made();
    assert_eq!(team.spent().await, 12_000);
}

#[tokio::test]
async fn every_change_of_a_session_of_long_ago_counts_at_once() {
    let (team, _) = Team::paid_from("2026-01-01").await;
    let (owner, member) = (&team.owner, &team.member);
    assert_eq!(team.spent().await, 0);
    let session = team.long_ago(owner, 5, "08:00", "09:00").await;
    assert_eq!(team.spent().await, 6000);
    team.long_ago(member, 6, "08:00", "10:00").await;
    assert_eq!(team.spent().await, 18_000);
    let place = at(&session);
    let nothing = Value::Null;
    for (method, path, body, spent) in [
        (
            Method::PATCH,
            &*place,
            json!({"stopped_at": "2026-01-05T10:00:00Z"}),
            24_000,
        ),
        (Method::POST, "/undo", nothing.clone(), 18_000),
        (Method::POST, "/redo", nothing.clone(), 24_000),
        (Method::PATCH, &place, json!({"billable": false}), 12_000),
        (Method::PATCH, &place, json!({"billable": true}), 24_000),
        (Method::PATCH, &place, json!({"project_id": null}), 12_000),
        (
            Method::PATCH,
            &place,
            json!({"project_id": team.project}),
            24_000,
        ),
        // Into the recent days, and back.
        (
            Method::PATCH,
            &place,
            json!({"started_at": "2026-11-20T07:00:00Z", "stopped_at": "2026-11-20T08:00:00Z"}),
            18_000,
        ),
        (
            Method::PATCH,
            &place,
            json!({"started_at": "2026-01-05T07:00:00Z", "stopped_at": "2026-01-05T08:00:00Z"}),
            18_000,
        ),
        (Method::DELETE, &place, nothing.clone(), 12_000),
        (Method::POST, "/undo", nothing, 18_000),
    ] {
        let body = Some(body).filter(|body| !body.is_null());
        let done = owner.send(method.clone(), path, body.clone()).await;
        assert!(done.status() < 300, "{method} {path} {body:?}: {done:?}");
        assert_eq!(team.spent().await, spent, "{method} {path} {body:?}");
    }
}

#[tokio::test]
async fn so_does_what_decides_about_money() {
    let (team, rate) = Team::paid_from("2026-01-05").await;
    let (owner, member) = (&team.owner, &team.member);
    // Still the day before in New York.
    team.long_ago(member, 5, "00:30", "01:00").await;
    assert_eq!(team.spent().await, 3000);
    member
        .patch("/me", json!({"time_zone": "America/New_York"}))
        .await
        .ok();
    assert_eq!(team.spent().await, 0);
    member.patch("/me", json!({"time_zone": "UTC"})).await.ok();
    assert_eq!(team.spent().await, 3000);
    let rounding = json!({"rounding": {"mode": "up", "per": "session", "minutes": 60}});
    owner.patch(&team.place, rounding).await.ok();
    assert_eq!(team.spent().await, 6000);
    let rate = format!("/rates/{}", id(&rate));
    owner.patch(&rate, json!({"hourly": euro(5000)})).await.ok();
    assert_eq!(team.spent().await, 5000);
    let me = account(member).await;
    let own = json!({"level": "member", "project_id": team.project, "account": me, "hourly": euro(7000),
        "from": "2026-01-01"});
    let own = owner.post("/rates", own).await.made();
    assert_eq!(team.spent().await, 7000);
    // What is paid for who has left stays as it was.
    let removed = owner.delete(&format!("{}/members/{me}", team.place)).await;
    assert_eq!(removed.status(), 204);
    assert_eq!(team.spent().await, 7000);
    owner.delete(&format!("/rates/{}", id(&own))).await;
    assert_eq!(team.spent().await, 5000);
    owner.delete(&rate).await;
    assert_eq!(team.spent().await, 0);
}

#[tokio::test]
async fn what_has_run_since_goes_on_to_count() {
    let team = Team::new().await;
    let budget = json!({"budget": {"seconds": 360_000_000}});
    team.owner.patch(&team.place, budget).await.ok();
    let started = json!({"started_at": "2026-09-01T08:00:00Z", "project_id": team.project});
    team.owner.post("/sessions", started).await.made();
    let before = team.spent().await;
    team.server.clock.advance(TimeDelta::minutes(10));
    assert_eq!(team.spent().await, before + 600);
}

#[tokio::test]
async fn who_looks_while_a_project_is_archived_leaves_no_empty_past() {
    let (team, _) = Team::paid_from("2026-01-01").await;
    team.long_ago(&team.member, 5, "08:00", "09:00").await;
    let (store, now) = (&team.server.store, team.server.clock.now());
    let owner = account(&team.owner).await.parse().unwrap();
    let projects = store.projects(owner).await.unwrap();
    let archived = json!({"archived": true});
    team.owner.patch(&team.place, archived).await.ok();
    let told = budget::estimates(store, owner, &projects, now).await;
    assert!(told.unwrap().is_empty());
    assert_eq!(team.spent().await, 6000);
}

#[tokio::test]
async fn what_is_known_holds_until_something_long_ago_is_changed() {
    let (team, _) = Team::paid_from("2026-01-01").await;
    let session = team.long_ago(&team.member, 5, "08:00", "09:00").await;
    team.spent().await;
    let store = &team.server.store;
    let project = team.project.parse().unwrap();
    let before = recent_from(team.server.clock.now().date_naive());
    let mut known = store.pasts([project].into_iter(), before);
    assert_eq!(
        known.of.as_ref().map(|pasts| pasts[&project].seconds),
        Some(3600)
    );
    team.work(&team.member, 20, "06:00", "07:00").await;
    assert!(store.still_holds(&mut known));
    let today = json!({"started_at": "2026-11-20T07:00:00Z", "stopped_at": "2026-11-20T08:00:00Z"});
    team.member.patch(&at(&session), today).await.ok();
    assert!(!store.still_holds(&mut known));
    assert!(known.of.is_none());
    // What is read from now on is of one moment again.
    assert!(store.still_holds(&mut known));
}
