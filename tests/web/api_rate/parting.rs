//! What a team's past comes to stays, whoever goes.

use super::*;

impl Team {
    async fn remove(&self, who: &Client) {
        let member = format!("{}/members/{}", self.place, account(who).await);
        assert_eq!(self.owner.delete(&member).await.status(), 204);
    }
}

/// What somebody charges is nobody's business after they have left, and changes nothing of before.
#[tokio::test]
async fn who_has_left_does_not_rewrite_the_past() {
    let team = Team::new().await;
    let (owner, manager, member) = (&team.owner, &team.manager, &team.member);
    let own =
        |minor: i64, from: &str| json!({"level": "account", "hourly": euro(minor), "from": from});
    let rate = member.post("/rates", own(6000, "2026-01-01")).await.made();
    team.work(member, 18, "10:00", "11:00").await;
    team.work(manager, 18, "10:00", "11:00").await;
    let before = json!([euro(6000)]);
    assert_eq!(team.total(owner).await, before);
    team.remove(member).await;
    team.remove(manager).await;
    assert_eq!(team.total(owner).await, before);
    // Changed, one more, and one from somebody who had none.
    member
        .patch(&at_rate(&rate), json!({"hourly": euro(99_900)}))
        .await
        .ok();
    assert_eq!(team.total(owner).await, before);
    member.post("/rates", own(1, "2026-11-01")).await.made();
    manager
        .post("/rates", own(77_700, "2026-01-01"))
        .await
        .made();
    assert_eq!(team.total(owner).await, before);
    assert_eq!(member.delete(&at_rate(&rate)).await.status(), 204);
    assert_eq!(team.total(owner).await, before);
    assert_eq!(owner.get("/rates").await.ok()["items"], json!([]));
    // A closer rate still comes first, also for them.
    let project = json!({"level": "project", "project_id": team.project, "hourly": euro(1000), "from": "2026-01-01"});
    let project = owner.post("/rates", project).await.made();
    assert_eq!(team.total(owner).await, json!([euro(2000)]));
    owner.delete(&at_rate(&project)).await;
    // Who comes back charges what they charge now.
    let link = owner
        .post(&format!("{}/invitations", team.place), None)
        .await
        .made();
    member
        .post("/invitations/accept", json!({"code": link["code"]}))
        .await
        .ok();
    assert_eq!(team.total(owner).await, json!([euro(1)]));
    team.remove(member).await;
    member.patch("/me", json!({"time_zone": "UTC"})).await.ok();
    assert_eq!(team.total(owner).await, json!([euro(1)]));
}

/// Nor does it cost a project more what they did there once it is called billable after all.
#[tokio::test]
async fn who_has_left_makes_nothing_more_billable() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(10_000), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    let mut worked = Vec::new();
    for day in 16..20 {
        let session = team.work(member, day, "10:00", "11:00").await;
        let free = json!({"billable": false});
        worked.push(member.patch(&at(&session), free).await.ok());
    }
    let paid = team.work(member, 20, "07:00", "08:00").await;
    let running = json!({"project_id": team.project, "billable": false});
    let running = member.post("/sessions", running).await.made();
    let before = json!([euro(10_000)]);
    assert_eq!(team.total(owner).await, before);
    team.remove(member).await;
    let left = async |session: &Value| {
        let session = member.get(&at(session)).await.ok();
        (session["project_id"].is_null(), session["billable"] == true)
    };

    let named = json!({"name": "told later", "tags": ["late"]});
    member.patch(&at(&worked[0]), named).await.ok();
    assert_eq!(left(&worked[0]).await, (false, false));
    let billable = json!({"billable": true});
    member.patch(&at(&worked[0]), billable.clone()).await.ok();
    assert_eq!(left(&worked[0]).await, (true, true));
    let some = [id(&worked[2]), id(&worked[3])];
    let update = json!({"update": billable});
    let assign = json!({"assign": {"sessions": some, "billable": true}});
    let command = |number: u8| format!("019aa000-0000-7000-8000-00000000000{number}");
    let commands = json!([
        {"id": command(2), "session": id(&worked[1]), "action": update},
        {"id": command(3), "action": assign},
    ]);
    member.post("/commands", commands).await.ok();
    for session in &worked {
        assert_eq!(left(session).await, (true, true));
    }
    member.patch(&at(&running), billable).await.ok();
    assert_eq!(left(&running).await, (true, true));
    assert_eq!(left(&paid).await, (false, true));
    assert_eq!(team.total(owner).await, before);
    // Taken back, it does not come into the project again.
    member.post("/undo", None).await.ok();
    assert_eq!(left(&running).await, (true, false));
    assert_eq!(team.total(owner).await, before);
}

/// Who takes a project over finds its past at the same price, and their own work, too.
#[tokio::test]
async fn a_project_that_is_handed_over_keeps_its_prices() {
    let team = Team::new().await;
    let (owner, heir, member) = (&team.owner, &team.manager, &team.member);
    let acme = owner.post("/clients", json!({"name": "Acme"})).await.made();
    owner
        .patch(&team.place, json!({"client_id": acme["id"]}))
        .await
        .ok();
    for (minor, from) in [
        (2000, "2026-01-01"),
        (3000, "2026-11-10"),
        (9000, "2026-11-15"),
    ] {
        let rate = json!({"level": "client", "client_id": acme["id"], "hourly": euro(minor), "from": from});
        owner.post("/rates", rate).await.made();
    }
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(4000), "from": "2026-11-15"});
    owner.post("/rates", rate).await.made();
    for day in [9, 11, 18] {
        team.work(member, day, "10:00", "11:00").await;
    }
    // The heir has a client of that name, with a project that is none of this.
    let client = heir.post("/clients", json!({"name": "ACME"})).await.made();
    let other = json!({"name": "other", "client_id": client["id"], "billable": true});
    let other = heir.post("/projects", other).await.made();
    let hour = json!({"project_id": other["id"], "started_at": "2026-11-12T10:00:00Z", "stopped_at": "2026-11-12T11:00:00Z"});
    heir.post("/sessions", hour).await.made();
    let before = json!([euro(2000 + 3000 + 4000)]);
    assert_eq!(team.total(owner).await, before);
    let place = format!("{}/members/{}", team.place, account(heir).await);
    owner.patch(&place, json!({"role": "owner"})).await.ok();
    assert_eq!(team.total(heir).await, before);
    let own = format!("{}/members/{}", team.place, account(owner).await);
    assert_eq!(owner.delete(&own).await.status(), 204);
    assert_eq!(team.total(heir).await, before);
    let project = heir.get(&team.place).await.ok();
    assert_eq!(project["client"], "ACME");
    assert!(
        heir.get("/overview?period=month")
            .await
            .ok()
            .get("amounts")
            .is_none()
    );
    let rates = heir.get("/rates").await.ok();
    let listed: Vec<_> = rates["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rate| {
            (
                rate["level"].clone(),
                rate["from"].clone(),
                rate["hourly"]["minor"].clone(),
            )
        })
        .collect();
    let expected = [
        ("2026-11-15", 4000),
        ("2026-11-10", 3000),
        ("2026-01-01", 2000),
    ];
    assert_eq!(
        listed,
        expected.map(|(from, minor)| (json!("project"), json!(from), json!(minor)))
    );
}

/// Somebody else's client of that name may have rates by which older work would cost something else.
#[tokio::test]
async fn a_project_takes_no_client_that_would_change_its_past() {
    let team = Team::new().await;
    let (owner, heir, member) = (&team.owner, &team.manager, &team.member);
    let acme = owner.post("/clients", json!({"name": "Acme"})).await.made();
    let client = json!({"client_id": acme["id"]});
    owner.patch(&team.place, client).await.ok();
    let set = async |who: &Client, client: &Value, minor: i64, from: &str| {
        let rate = json!({"level": "client", "client_id": client["id"], "hourly": euro(minor), "from": from});
        who.post("/rates", rate).await.made();
    };
    set(owner, &acme, 8000, "2026-11-10").await;
    for day in [9, 11] {
        team.work(member, day, "10:00", "11:00").await;
    }
    let theirs = heir.post("/clients", json!({"name": "ACME"})).await.made();
    set(heir, &theirs, 5000, "2026-01-01").await;
    let before = team.total(owner).await;
    assert_eq!(before, json!([euro(8000)]));
    let place = format!("{}/members/{}", team.place, account(heir).await);
    owner.patch(&place, json!({"role": "owner"})).await.ok();
    let own = format!("{}/members/{}", team.place, account(owner).await);
    assert_eq!(owner.delete(&own).await.status(), 204);
    assert_eq!(team.total(heir).await, before);
    assert_eq!(heir.get(&team.place).await.ok()["client"], Value::Null);
}

fn at_rate(rate: &Value) -> String {
    format!("/rates/{}", id(rate))
}
