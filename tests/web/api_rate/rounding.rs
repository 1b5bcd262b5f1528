//! The rounding rule stands wherever an amount is.

use super::{super::browser::Browser, *};

/// Wherever an amount of one project is, its rule stands beside it, and nowhere else.
#[tokio::test]
async fn the_rule_stands_beside_the_amount() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    let rule = json!({"mode": "up", "per": "day", "minutes": 30});
    let body = json!({"rounding": rule, "budget": euro(100_000)});
    owner.patch(&team.place, body).await.ok();
    team.work(member, 20, "06:00", "06:40").await;
    let overview = format!("{}/overview?period=day", team.place);
    let rounding = async |who: &Client, path: &str| {
        let told = who.get(path).await.ok();
        told.get("rounding").cloned()
    };
    assert_eq!(rounding(owner, &overview).await, None, "nothing is paid");
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(6000), "from": "2026-01-01"});
    let preview = owner.post("/rates/preview", rate.clone()).await.ok();
    assert_eq!(preview["after"], json!([euro(6000)]));
    assert_eq!(preview["rounding"], rule);
    owner.post("/rates", rate).await.made();
    assert_eq!(rounding(owner, &overview).await, Some(rule.clone()));
    assert_eq!(rounding(member, &overview).await, None, "not theirs to see");
    let estimate = format!("{}/estimate", team.place);
    assert_eq!(rounding(owner, &estimate).await, Some(rule.clone()));
    let own = format!("/overview?period=day&project_id={}", team.project);
    assert_eq!(rounding(member, &own).await, Some(rule));
    assert_eq!(rounding(member, "/overview?period=day").await, None);
    let of_account = json!({"level": "account", "hourly": euro(1), "from": "2026-01-01"});
    let preview = owner.post("/rates/preview", of_account).await.ok();
    assert!(preview.get("rounding").is_none(), "{preview}");
}

/// Another rule can be looked at before it is set: what it touches, and what that comes to.
#[tokio::test]
async fn another_rule_is_previewed() {
    let team = Team::new().await;
    let (owner, member) = (&team.owner, &team.member);
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(6000), "from": "2026-11-10"});
    owner.post("/rates", rate).await.made();
    for (who, day, to) in [
        (owner, 20, "06:10"),
        (member, 20, "07:00"),
        (member, 9, "06:10"),
    ] {
        team.work(who, day, "06:00", to).await;
    }
    let address = format!("{}/rounding/preview", team.place);
    let rule = json!({"mode": "up", "per": "session", "minutes": 30});
    let told = owner.post(&address, rule.clone()).await.ok();
    let expected =
        json!({"sessions": 1, "before": [euro(1000)], "after": [euro(3000)], "rounding": rule});
    assert_eq!(told, expected);
    let before = team.total(owner).await;
    assert_eq!(before, json!([euro(7000)]), "nothing was done");
    for (field, value) in [("minutes", json!(61)), ("mode", json!("sideways"))] {
        let mut wrong = rule.clone();
        wrong[field] = value;
        assert_eq!(owner.post(&address, wrong).await.status(), 422, "{field}");
    }
    owner
        .patch(&team.place, json!({"rounding": rule}))
        .await
        .ok();
    assert_eq!(team.total(owner).await, json!([euro(9000)]));
}

/// A project's page shows managers what each member's week comes to, members what their own does, and how it was
/// rounded.
#[tokio::test]
async fn the_page_of_a_project_shows_amounts_to_whom_they_concern() {
    let server = friday().await;
    let (owner, _) = register(&server, "olga").await;
    let (member, _) = register(&server, "mia").await;
    let web = json!({"name": "Web", "billable": true});
    let project = owner.post("/projects", web).await.made();
    let place = format!("/projects/{}", id(&project));
    let link = owner.post(&format!("{place}/invitations"), None).await;
    let code = json!({"code": link.made()["code"]});
    member.post("/invitations/accept", code).await.ok();
    let rule = json!({"rounding": {"mode": "up", "per": "session", "minutes": 30}});
    owner.patch(&place, rule).await.ok();
    let rate = json!({"level": "project", "project_id": project["id"], "hourly": euro(6000), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    for (who, hour, to) in [(&owner, 6, "06:40"), (&member, 7, "07:10")] {
        let work = json!({"project_id": project["id"], "started_at": format!("2026-11-20T{hour:02}:00:00Z"),
            "stopped_at": format!("2026-11-20T{to}:00Z")});
        who.post("/sessions", work).await.made();
    }
    let page = async |name: &str| {
        let mut browser = Browser::new(&server);
        browser.sign_in(name, &[]).await;
        let address = place.replace("/projects/", "/project/");
        browser.get(&address).await.text().to_owned()
    };
    let shown = page("olga").await;
    for amount in [
        "60.00 EUR",
        "30.00 EUR",
        "90.00 EUR",
        "Each session is rounded up",
    ] {
        assert!(shown.contains(amount), "{amount}: {shown}");
    }
    let shown = page("mia").await;
    let own = "Your time comes to 30.00 EUR. Each session is rounded up";
    assert!(shown.contains(own), "{shown}");
    for amount in ["60.00", "90.00", "Amount"] {
        assert!(!shown.contains(amount), "{amount}: {shown}");
    }
}
