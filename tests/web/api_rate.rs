//! Rates, what sessions come to, and budgets, through the API.

use super::{Server, api::*, person::*};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A project of an owner, with a manager and a member.
struct Team {
    server: Server,
    owner: Client,
    manager: Client,
    member: Client,
    project: String,
    place: String,
}

impl Team {
    async fn new() -> Self {
        let server = friday().await;
        let guest = async || Client::guest(&server).await;
        let (owner, manager, member) = (guest().await, guest().await, guest().await);
        let body = json!({"name": "web", "billable": true});
        let project = owner.post("/projects", body).await.made();
        let place = format!("/projects/{}", id(&project));
        for (who, role) in [(&manager, "manager"), (&member, "member")] {
            let link = owner
                .post(&format!("{place}/invitations"), json!({"role": role}))
                .await
                .made();
            let code = json!({"code": link["code"]});
            who.post("/invitations/accept", code).await.ok();
        }
        Self {
            project: id(&project).to_owned(),
            server,
            owner,
            manager,
            member,
            place,
        }
    }

    /// A session in the project on a day of November.
    async fn work(&self, who: &Client, day: u32, from: &str, to: &str) -> Value {
        let moment = |time: &str| format!("2026-11-{day:02}T{time}:00Z");
        let body = json!({"started_at": moment(from), "stopped_at": moment(to), "project_id": self.project});
        who.post("/sessions", body).await.made()
    }

    async fn amount(&self, who: &Client, session: &Value) -> Value {
        who.get(&at(session)).await.ok()["amount"].clone()
    }

    /// What a call costs, when it was made before.
    async fn cost(&self, who: &Client, path: &str) -> u64 {
        who.get(path).await.ok();
        let before = self.server.store.queries();
        who.get(path).await.ok();
        self.server.store.queries() - before
    }
}

fn euro(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

async fn account(client: &Client) -> String {
    let me = client.get("/me").await.ok();
    text(&me, "account").to_owned()
}

#[tokio::test]
async fn rates_are_set_changed_and_deleted() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let client = anna.post("/clients", json!({"name": "Acme"})).await.made();
    let body = json!({"level": "account", "hourly": euro(8550), "from": "2026-01-01"});
    let own = anna.post("/rates", body.clone()).await.made();
    let expected =
        json!({"id": own["id"], "level": "account", "hourly": euro(8550), "from": "2026-01-01"});
    assert_eq!(own, expected);
    anna.post("/rates", body).await.problem(409, "date-taken");
    let yen = json!({"minor": 9000, "currency": "jpy"});
    let body =
        json!({"level": "client", "client_id": client["id"], "hourly": yen, "from": "2026-01-01"});
    let of_client = anna.post("/rates", body).await.made();
    assert_eq!(of_client["client_id"], client["id"]);
    assert_eq!(of_client["hourly"]["currency"], "JPY");
    let listed =
        async |query: &str| anna.get(&format!("/rates{query}")).await.ok()["items"].clone();
    assert_eq!(listed("").await, json!([own, of_client]));
    assert_eq!(listed("?level=client").await, json!([of_client]));
    assert_eq!(
        listed(&format!("?client_id={}", id(&client))).await,
        json!([of_client])
    );
    assert_eq!(
        listed(&format!("?project_id={}", id(&client))).await,
        json!([])
    );
    let part = anna.get("/rates?limit=1").await.ok();
    let next = format!("?limit=1&cursor={}", text(&part, "next_cursor"));
    assert_eq!(listed(&next).await, json!([of_client]));
    let place = format!("/rates/{}", id(&own));
    let changed = anna.patch(&place, json!({"hourly": euro(9000)})).await.ok();
    assert_eq!(
        (&changed["hourly"], &changed["from"]),
        (&euro(9000), &own["from"])
    );
    assert_eq!(anna.get(&place).await.ok(), changed);
    assert_eq!(anna.delete(&place).await.status(), 204);
    anna.get(&place).await.problem(404, "not-found");
    // A client that is gone has no rates.
    assert_eq!(
        anna.delete(&format!("/clients/{}", id(&client)))
            .await
            .status(),
        204
    );
    assert_eq!(listed("").await, json!([]));
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let team = Team::new().await;
    let wrong = async |body: Value| team.owner.post("/rates", body).await.wrong();
    let (hourly, from) = (euro(1), "2026-01-01");
    let other = json!("019e0f3a-7c00-7000-8000-000000000001");
    for (body, field) in [
        (json!({"hourly": hourly, "from": from}), "level"),
        (
            json!({"level": "team", "hourly": hourly, "from": from}),
            "level",
        ),
        (
            json!({"level": "project", "hourly": hourly, "from": from}),
            "level",
        ),
        (
            json!({"level": "member", "project_id": other, "hourly": hourly, "from": from}),
            "level",
        ),
        (
            json!({"level": "account", "client_id": other, "hourly": hourly, "from": from}),
            "level",
        ),
        (
            json!({"level": "account", "hourly": hourly, "from": "2100-01-01"}),
            "from",
        ),
        (
            json!({"level": "account", "hourly": euro(-1), "from": from}),
            "hourly",
        ),
        (
            json!({"level": "account", "hourly": euro(1_000_000_000_000_000), "from": from}),
            "hourly",
        ),
        (
            json!({"level": "account", "hourly": {"minor": 1.5, "currency": "EUR"}, "from": from}),
            "hourly.minor",
        ),
        (
            json!({"level": "account", "hourly": {"minor": 1, "currency": "EURO"}, "from": from}),
            "hourly.currency",
        ),
    ] {
        assert_eq!(wrong(body.clone()).await, field, "{body}");
    }
    for level in [
        json!({"level": "client", "client_id": other}),
        json!({"level": "project", "project_id": other}),
    ] {
        let mut body = json!({"hourly": hourly, "from": from});
        body.as_object_mut()
            .unwrap()
            .extend(level.as_object().unwrap().clone());
        team.owner
            .post("/rates", body.clone())
            .await
            .problem(404, "not-found");
        team.owner
            .post("/rates/preview", body)
            .await
            .problem(404, "not-found");
    }
    let patched = async |body: Value| team.owner.patch(&team.place, body).await.wrong();
    for (body, field) in [
        (
            json!({"rounding": {"mode": "up", "per": "day", "minutes": 0}}),
            "rounding.minutes",
        ),
        (
            json!({"rounding": {"mode": "up", "per": "week", "minutes": 1}}),
            "rounding.per",
        ),
        (
            json!({"rounding": {"mode": "up", "minutes": 1}}),
            "rounding.per",
        ),
        (json!({"budget": {"seconds": 0}}), "budget"),
        (json!({"budget": {"seconds": 1, "minor": 1}}), "budget"),
        (json!({"budget": {"minor": 1}}), "budget"),
        (json!({"budget": {}}), "budget"),
    ] {
        assert_eq!(patched(body.clone()).await, field, "{body}");
    }
}

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
async fn a_preview_says_what_would_happen_and_does_nothing() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    team.work(owner, 16, "10:00", "11:00").await;
    team.work(owner, 17, "10:00", "11:30").await;
    team.work(member, 17, "10:00", "11:00").await;
    let free = json!({"started_at": "2026-11-17T12:00:00Z", "stopped_at": "2026-11-17T13:00:00Z", "billable": true});
    owner.post("/sessions", free).await.made();
    let preview = async |who: &Client, body: Value| who.post("/rates/preview", body).await.ok();
    let own = json!({"level": "account", "hourly": euro(8000), "from": "2026-11-17"});
    let told = preview(owner, own.clone()).await;
    assert_eq!(
        told,
        json!({"sessions": 2, "before": [], "after": [euro(20_000)]})
    );
    assert_eq!(owner.get("/rates").await.ok()["items"], json!([]));
    let own = owner.post("/rates", own).await.made();
    let earlier = json!({"id": own["id"], "from": "2026-11-16"});
    assert_eq!(
        preview(owner, earlier).await,
        json!({"sessions": 1, "before": [], "after": [euro(8000)]})
    );
    let dollars = json!({"minor": 9000, "currency": "USD"});
    let told = preview(owner, json!({"id": own["id"], "hourly": dollars})).await;
    assert_eq!(
        told,
        json!({"sessions": 2, "before": [euro(20_000)], "after": [{"minor": 22_500, "currency": "USD"}]})
    );
    assert_eq!(
        preview(owner, json!({"id": own["id"]})).await["sessions"],
        0
    );
    let project = json!({"level": "project", "project_id": team.project, "hourly": euro(10_000), "from": "2026-01-01"});
    let told = preview(&team.manager, project.clone()).await;
    assert_eq!(
        told,
        json!({"sessions": 3, "before": [euro(12_000)], "after": [euro(35_000)]})
    );
    member
        .post("/rates/preview", project.clone())
        .await
        .problem(403, "not-allowed");
    team.owner.post("/rates", project.clone()).await.made();
    team.owner
        .post("/rates/preview", project)
        .await
        .problem(409, "date-taken");
    // A farther rate touches nothing any more, where a closer one holds.
    assert_eq!(
        preview(owner, json!({"id": own["id"], "hourly": euro(1)})).await["sessions"],
        1
    );
    let unknown = json!({"id": "019e0f3a-7c00-7000-8000-000000000001", "from": "2026-01-01"});
    owner
        .post("/rates/preview", unknown)
        .await
        .problem(404, "not-found");
    let changed = owner.get(&format!("/rates/{}", id(&own))).await.ok();
    assert_eq!(changed, own);
}

/// Somebody whose client a project is for, and who does not manage it any more, sees his own part.
#[tokio::test]
async fn a_preview_tells_nothing_about_others() {
    let team = Team::new().await;
    let (owner, manager) = (&team.owner, &team.manager);
    let client = owner.post("/clients", json!({"name": "Acme"})).await.made();
    owner
        .patch(&team.place, json!({"client_id": client["id"]}))
        .await
        .ok();
    team.work(owner, 16, "10:00", "11:00").await;
    team.work(manager, 16, "10:00", "11:00").await;
    let body = json!({"level": "client", "client_id": client["id"], "hourly": euro(100), "from": "2026-01-01"});
    assert_eq!(
        owner.post("/rates/preview", body.clone()).await.ok()["sessions"],
        2
    );
    let heir = format!("{}/members/{}", team.place, account(manager).await);
    owner.patch(&heir, json!({"role": "owner"})).await.ok();
    let own = format!("{}/members/{}", team.place, account(owner).await);
    manager.patch(&own, json!({"role": "member"})).await.ok();
    let told = owner.post("/rates/preview", body).await.ok();
    assert_eq!(
        told,
        json!({"sessions": 1, "before": [], "after": [euro(100)]})
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
