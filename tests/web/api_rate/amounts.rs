//! What sessions come to.

use super::*;
use chrono::TimeDelta;

/// The closest level wins, by the date on which a session began in the zone of its account.
#[tokio::test]
async fn a_session_costs_what_the_closest_rate_says() {
    let team = Team::new().await;
    let member = &team.member;
    let (early, late) = (
        team.work(member, 9, "22:30", "23:30").await,
        team.work(member, 10, "10:00", "11:30").await,
    );
    assert!(early.get("amount").is_none(), "{early}");
    let set = async |who: &Client, body: Value| who.post("/rates", body).await.made();
    set(
        member,
        json!({"level": "account", "hourly": euro(1000), "from": "2026-01-01"}),
    )
    .await;
    assert_eq!(team.amount(member, &early).await, euro(1000));
    assert_eq!(team.amount(member, &late).await, euro(1500));
    // The owner's client pays for all in the project.
    let client = team
        .owner
        .post("/clients", json!({"name": "Acme"}))
        .await
        .made();
    let put = json!({"client_id": client["id"]});
    team.owner.patch(&team.place, put).await.ok();
    set(&team.owner, json!({"level": "client", "client_id": client["id"], "hourly": euro(2000), "from": "2026-01-01"})).await;
    assert_eq!(team.amount(member, &early).await, euro(2000));
    set(&team.manager, json!({"level": "project", "project_id": team.project, "hourly": euro(3000), "from": "2026-11-10"})).await;
    assert_eq!(team.amount(member, &early).await, euro(2000));
    assert_eq!(team.amount(member, &late).await, euro(4500));
    // In Berlin it was the tenth already.
    member
        .patch("/me", json!({"time_zone": "Europe/Berlin"}))
        .await
        .ok();
    let again = json!({"started_at": "2026-11-09T23:00:00Z", "stopped_at": "2026-11-09T23:30:00Z", "project_id": team.project});
    let again = member.post("/sessions", again).await.made();
    assert_eq!(again["amount"], euro(1500));
    let rate = set(
        &team.manager,
        json!({"level": "member", "project_id": team.project, "account": account(member).await,
        "hourly": {"minor": 100, "currency": "JPY"}, "from": "2026-01-01"}),
    )
    .await;
    assert_eq!(
        team.amount(member, &late).await,
        json!({"minor": 150, "currency": "JPY"})
    );
    assert_eq!(
        member.get("/rates?level=member").await.ok()["items"],
        json!([rate])
    );
    // Not billable, in another project, or in none: something else holds.
    let unpaid = member
        .patch(&at(&late), json!({"billable": false}))
        .await
        .ok();
    assert!(unpaid.get("amount").is_none(), "{unpaid}");
    let nowhere = json!({"project_id": null, "billable": true});
    assert_eq!(
        member.patch(&at(&late), nowhere).await.ok()["amount"],
        euro(1500)
    );
}

#[tokio::test]
async fn parts_sum_to_what_the_overview_says() {
    let team = Team::new().await;
    let owner = &team.owner;
    let rate = json!({"level": "account", "hourly": euro(9999), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    let dollars = json!({"level": "project", "project_id": team.project,
        "hourly": {"minor": 7777, "currency": "USD"}, "from": "2026-11-18"});
    owner.post("/rates", dollars).await.made();
    for (day, from, to) in [
        (16, "08:00", "08:07"),
        (16, "09:00", "09:11"),
        (16, "23:50", "23:59"),
        (17, "10:00", "10:01"),
        (18, "10:00", "10:50"),
        (18, "12:00", "12:05"),
    ] {
        team.work(owner, day, from, to).await;
    }
    let free = json!({"started_at": "2026-11-17T12:00:00Z", "stopped_at": "2026-11-17T12:20:00Z", "billable": true});
    owner.post("/sessions", free).await.made();
    for (rounding, euros, dollars) in [
        (
            json!({"mode": "none", "per": "session", "minutes": 15}),
            1167 + 1833 + 1500 + 167 + 3333,
            6481 + 648,
        ),
        (
            json!({"mode": "up", "per": "session", "minutes": 15}),
            3 * 2500 + 2500 + 3333,
            7777 + 1944,
        ),
        (
            json!({"mode": "up", "per": "day", "minutes": 15}),
            5000 + 2500 + 3333,
            7777,
        ),
        (
            json!({"mode": "down", "per": "day", "minutes": 30}),
            3333,
            3889,
        ),
    ] {
        let project = owner
            .patch(&team.place, json!({"rounding": rounding}))
            .await
            .ok();
        assert_eq!(project["rounding"], rounding);
        let week = owner.get("/overview?period=week").await.ok();
        let expected = json!([euro(euros), {"minor": dollars, "currency": "USD"}]);
        assert_eq!(week["amounts"], expected, "{rounding}");
        let mut sums = [0, 0];
        for session in week["sessions"].as_array().unwrap() {
            let amount = &session["amount"];
            sums[usize::from(amount["currency"] == "USD")] += amount["minor"].as_i64().unwrap();
            assert_eq!(
                amount,
                &team.amount(owner, session).await,
                "alone as in the list"
            );
        }
        assert_eq!(sums, [euros, dollars], "{rounding}");
        let mut days = [0, 0];
        for day in 16..=22 {
            let day = owner
                .get(&format!("/overview?date=2026-11-{day}"))
                .await
                .ok();
            for amount in day["amounts"].as_array().into_iter().flatten() {
                days[usize::from(amount["currency"] == "USD")] += amount["minor"].as_i64().unwrap();
            }
        }
        assert_eq!(days, [euros, dollars], "{rounding}");
        let listed = owner.get("/sessions?limit=2").await.ok();
        let first = &week["sessions"][0];
        assert_eq!(
            &listed["items"][0]["amount"], &first["amount"],
            "by parts as a whole"
        );
        let whole = owner.get(&format!("{}/overview", team.place)).await.ok();
        let of_project = json!([euro(euros - 3333), {"minor": dollars, "currency": "USD"}]);
        assert_eq!(whole["amounts"], of_project, "{rounding}");
    }
}

/// Who may see what of money, field by field.
#[tokio::test]
async fn amounts_of_others_are_not_there() {
    let team = Team::new().await;
    let (owner, manager, member) = (&team.owner, &team.manager, &team.member);
    let level = json!({"level": "project", "project_id": team.project, "hourly": euro(6000), "from": "2026-01-01"});
    let rate = manager.post("/rates", level.clone()).await.made();
    team.work(owner, 18, "10:00", "11:00").await;
    team.work(member, 18, "09:00", "09:30").await;
    owner
        .post("/sessions", json!({"project_id": team.project}))
        .await
        .made();
    let sessions = format!("{}/sessions", team.place);
    for who in [owner, manager] {
        let list = who.get(&sessions).await.ok();
        let amounts: Vec<_> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["amount"])
            .collect();
        assert_eq!(amounts, [&euro(0), &euro(6000), &euro(3000)], "{list}");
        let overview = who.get(&format!("{}/overview", team.place)).await.ok();
        assert_eq!(overview["amounts"], json!([euro(9000)]));
        let by_member = overview["by_member"].as_array().unwrap();
        assert_eq!(
            (&by_member[0]["amounts"], &by_member[1]["amounts"]),
            (&json!([euro(6000)]), &json!([euro(3000)]))
        );
        assert_eq!(who.get("/rates").await.ok()["items"], json!([rate]));
    }
    let list = member.get(&sessions).await.ok();
    for item in list["items"].as_array().unwrap() {
        let own = item["account"]["id"] == json!(account(member).await);
        assert_eq!(item.get("amount"), own.then_some(&euro(3000)), "{item}");
    }
    let overview = member.get(&format!("{}/overview", team.place)).await.ok();
    assert!(!overview.to_string().contains("amount"), "{overview}");
    assert_eq!(
        member.get("/overview?date=2026-11-18").await.ok()["amounts"],
        json!([euro(3000)])
    );
    assert_eq!(member.get("/rates").await.ok()["items"], json!([]));
    let place = format!("/rates/{}", id(&rate));
    member.get(&place).await.problem(404, "not-found");
    member
        .post("/rates", level)
        .await
        .problem(403, "not-allowed");
    // Whoever has gone sees no more of the project's money, not even on sessions of their own.
    let gone = format!("{}/members/{}", team.place, account(member).await);
    assert_eq!(owner.delete(&gone).await.status(), 204);
    let own = member.get("/sessions").await.ok();
    assert!(!own.to_string().contains("amount"), "{own}");
    assert!(
        member
            .get("/overview?date=2026-11-18")
            .await
            .ok()
            .get("amounts")
            .is_none()
    );
    assert_eq!(
        owner.get(&format!("{}/overview", team.place)).await.ok()["amounts"],
        json!([euro(9000)])
    );
}

/// A running session is paid up to now.
#[tokio::test]
async fn what_runs_is_paid_up_to_now() {
    let team = Team::new().await;
    let rate = json!({"level": "account", "hourly": euro(6000), "from": "2026-01-01"});
    team.owner.post("/rates", rate).await.made();
    let started = team
        .owner
        .post("/sessions", json!({"billable": true}))
        .await
        .made();
    assert_eq!(started["amount"], euro(0));
    team.server.clock.advance(TimeDelta::minutes(10));
    assert_eq!(
        team.owner.get("/sessions/running").await.ok()["amount"],
        euro(1000)
    );
}

/// Rates hang on what they are for: what it is given, or that it is gone, holds for the past as well.
#[tokio::test]
async fn the_rates_of_a_client_come_and_go_with_it() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    let rate = async |level: Value, minor: i64| {
        let mut rate = json!({"hourly": euro(minor), "from": "2026-01-01"});
        rate.as_object_mut()
            .unwrap()
            .extend(level.as_object().unwrap().clone());
        owner.post("/rates", rate).await.made()
    };
    rate(json!({"level": "account"}), 1000).await;
    let mut clients = Vec::new();
    for (name, minor) in [("Acme", 2000), ("Zed", 3000)] {
        let client = owner.post("/clients", json!({"name": name})).await.made();
        let level = json!({"level": "client", "client_id": client["id"]});
        rate(level, minor).await;
        clients.push(client);
    }
    let session = team.work(owner, 9, "10:00", "11:00").await;
    let others = team.work(member, 9, "10:00", "11:00").await;
    for (client, minor) in [
        (&clients[0]["id"], 2000),
        (&clients[1]["id"], 3000),
        (&Value::Null, 1000),
        (&clients[0]["id"], 2000),
    ] {
        let put = json!({"client_id": client});
        owner.patch(&team.place, put).await.ok();
        assert_eq!(team.amount(owner, &session).await, euro(minor), "{client}");
        let all = if client.is_null() { minor } else { 2 * minor };
        assert_eq!(team.total(owner).await, json!([euro(all)]), "{client}");
    }
    let gone = format!("/clients/{}", id(&clients[0]));
    owner.delete(&gone).await;
    assert_eq!(team.amount(owner, &session).await, euro(1000));
    assert_eq!(team.amount(member, &others).await, Value::Null);
    assert_eq!(team.total(owner).await, json!([euro(1000)]));
    let left = owner.get("/rates").await.ok();
    assert_eq!(left["items"].as_array().unwrap().len(), 2);
}
