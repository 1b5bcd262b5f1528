//! Budgets, and what calls cost the database.

use super::*;
use chrono::TimeDelta;

#[tokio::test]
async fn a_budget_is_seen_by_whom_it_concerns() {
    let team = Team::new().await;
    let (owner, manager, member) = (&team.owner, &team.manager, &team.member);
    let estimate = format!("{}/estimate", team.place);
    assert_eq!(owner.get(&team.place).await.ok()["budget"], Value::Null);
    assert!(owner.get(&team.place).await.ok().get("budget").is_some());
    assert!(member.get(&team.place).await.ok().get("budget").is_none());
    owner.get(&estimate).await.problem(404, "not-found");
    team.work(member, 20, "06:00", "08:00").await;
    team.work(owner, 19, "06:00", "08:00").await;
    let time = json!({"seconds": 36000});
    owner.patch(&team.place, json!({"budget": time})).await.ok();
    for who in [owner, manager, member] {
        assert_eq!(who.get(&team.place).await.ok()["budget"], time);
        // Two hours on each of two days: six more take three days.
        let expected = json!({"budget": time, "spent": {"seconds": 14400}, "left": {"seconds": 21600},
            "share": 400, "runs_out": "2026-11-23"});
        assert_eq!(who.get(&estimate).await.ok(), expected);
    }
    manager
        .patch(&team.place, json!({"budget": null}))
        .await
        .problem(403, "not-allowed");
    let money = euro(10_000);
    owner
        .patch(&team.place, json!({"budget": money}))
        .await
        .ok();
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(5000), "from": "2026-11-20"});
    owner.post("/rates", rate).await.made();
    for who in [owner, manager] {
        assert_eq!(who.get(&team.place).await.ok()["budget"], money);
        let told = who.get(&estimate).await.ok();
        assert_eq!((&told["spent"], &told["left"]), (&euro(10_000), &euro(0)));
        assert_eq!(
            (&told["share"], &told["runs_out"]),
            (&json!(1000), &Value::Null)
        );
    }
    let project = member.get(&team.place).await.ok();
    assert!(project.get("budget").is_none(), "{project}");
    member.get(&estimate).await.problem(404, "not-found");
    let listed = member.get("/projects").await.ok().to_string();
    assert!(!listed.contains("budget"), "{listed}");
    owner.patch(&team.place, json!({"budget": null})).await.ok();
    owner.get(&estimate).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_call_costs_a_fixed_number_of_statements() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    let paths = ["/sessions", "/overview?period=week"].map(str::to_owned);
    let shared = ["sessions", "overview?period=week"].map(|path| format!("{}/{path}", team.place));
    let cost = async |who: &Client| {
        let mut costs = Vec::new();
        for path in paths.iter().chain(&shared) {
            costs.push(team.cost(who, path).await);
        }
        costs
    };
    team.work(owner, 16, "10:00", "11:00").await;
    let without = (cost(owner).await, cost(member).await);
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(6000), "from": "2026-01-01"});
    let rate = owner.post("/rates", rate).await.made();
    let day = json!({"rounding": {"mode": "up", "per": "day", "minutes": 15}});
    owner.patch(&team.place, day).await.ok();
    let with = (cost(owner).await, cost(member).await);
    for day in 1..=19 {
        team.work(owner, day, "08:00", "09:00").await;
        team.work(member, day, "08:00", "09:00").await;
    }
    assert_eq!((cost(owner).await, cost(member).await).0, with.0);
    // What is rounded by the day needs the rest of the day.
    assert_eq!(with.0[0], without.0[0] + 1);
    assert_eq!(with.0[1], without.0[1] + 1);
    assert_eq!(with.1, without.1, "nothing of theirs was there");
    assert_eq!(
        owner
            .delete(&format!("/rates/{}", id(&rate)))
            .await
            .status(),
        204
    );
    assert_eq!((cost(owner).await, cost(member).await), without);
    let preview = json!({"level": "project", "project_id": team.project, "hourly": euro(1), "from": "2026-01-01"});
    let before = team.server.store.queries();
    owner.post("/rates/preview", preview).await.ok();
    assert!(team.server.store.queries() - before <= 12);
}

/// What is further back than the pace is taken from counts as spent, and makes no pace.
#[tokio::test]
async fn time_of_long_ago_is_spent_too() {
    let team = Team::new().await;
    let owner = &team.owner;
    let budget = json!({"budget": {"seconds": 36_000}});
    owner.patch(&team.place, budget).await.ok();
    for (from, to, spent, runs_out) in [
        (
            "2026-01-05T08:00:00Z",
            "2026-01-05T09:00:00Z",
            3600,
            Value::Null,
        ),
        (
            "2026-10-20T23:00:00Z",
            "2026-10-21T00:00:00Z",
            7200,
            Value::Null,
        ),
        (
            "2026-10-23T22:00:00Z",
            "2026-10-23T23:00:00Z",
            10_800,
            Value::Null,
        ),
        // Six and a half hours are left, at half an hour in 28 days.
        (
            "2026-10-24T08:00:00Z",
            "2026-10-24T08:30:00Z",
            12_600,
            json!("2027-11-19"),
        ),
        (
            "2026-11-20T05:00:00Z",
            "2026-11-20T08:30:00Z",
            25_200,
            json!("2026-12-11"),
        ),
    ] {
        let new = json!({"project_id": team.project, "started_at": from, "stopped_at": to});
        owner.post("/sessions", new).await.made();
        let told = owner.get(&format!("{}/estimate", team.place)).await.ok();
        assert_eq!(told["spent"]["seconds"], spent, "{from}");
        assert_eq!(told["runs_out"], runs_out, "{from}");
    }
}

/// Where it is tomorrow already, time is spent today: whoever looks sees the same sum.
#[tokio::test]
async fn a_budget_is_the_same_from_every_zone() {
    let mut team = Team::new().await;
    // It is midnight in Auckland at eleven.
    team.server.clock.advance(TimeDelta::hours(4));
    team.owner = team.owner.renewed().await;
    team.member = team.member.renewed().await;
    let (owner, member) = (&team.owner, &team.member);
    for (who, zone) in [(owner, "Europe/Berlin"), (member, "Pacific/Auckland")] {
        let zone = json!({"time_zone": zone});
        who.patch("/me", zone).await.ok();
    }
    team.work(member, 20, "11:30", "12:30").await;
    team.work(owner, 20, "10:30", "11:30").await;
    // What is planned is not spent.
    team.work(member, 20, "13:01", "14:00").await;
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(5000), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    let estimate = format!("{}/estimate", team.place);
    let time = json!({"budget": {"seconds": 36_000}});
    owner.patch(&team.place, time).await.ok();
    for who in [owner, member] {
        let told = who.get(&estimate).await.ok();
        assert_eq!(told["spent"], json!({"seconds": 7200}), "{told}");
        assert_eq!(told["left"], json!({"seconds": 28_800}), "{told}");
    }
    let money = json!({"budget": euro(100_000)});
    owner.patch(&team.place, money).await.ok();
    let told = owner.get(&estimate).await.ok();
    assert_eq!(told["spent"], euro(10_000), "{told}");
}

/// Money in another currency than the budget's is not counted, and that is said.
#[tokio::test]
async fn what_a_budget_does_not_count_is_said() {
    let team = Team::new().await;
    let owner = &team.owner;
    let budget = json!({"budget": euro(10_000)});
    owner.patch(&team.place, budget).await.ok();
    let rate = |currency: &str, from: &str| {
        json!({"level": "project", "project_id": team.project, "from": from,
            "hourly": {"minor": 2000, "currency": currency}})
    };
    owner.post("/rates", rate("EUR", "2026-01-01")).await.made();
    team.work(&team.member, 10, "10:00", "11:00").await;
    let estimate = format!("{}/estimate", team.place);
    let told = owner.get(&estimate).await.ok();
    assert_eq!(told["spent"], euro(2000));
    assert!(told.get("not_counted").is_none(), "{told}");
    owner.post("/rates", rate("USD", "2026-11-15")).await.made();
    team.work(&team.member, 18, "10:00", "11:30").await;
    let told = owner.get(&estimate).await.ok();
    assert_eq!(told["spent"], euro(2000));
    let dollars = json!([{"minor": 3000, "currency": "USD"}]);
    assert_eq!(told["not_counted"], dollars);
}
