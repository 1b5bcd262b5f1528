//! Rates come and go with clients and projects: what that does is told before, and is what happens.

use super::*;

/// A project whose owner and member worked an hour each, with two clients; an hour of the first costs 60, of the
/// second 90, of the owner alone 30.
struct Work {
    team: Team,
    acme: Value,
    globex: Value,
}

impl Work {
    async fn new() -> Self {
        let team = Team::new().await;
        let owner = &team.owner;
        let client = async |name: &str| owner.post("/clients", json!({"name": name})).await.made();
        let (acme, globex) = (client("Acme").await, client("Globex").await);
        let rate = async |mut rate: Value, hourly: i64| {
            rate["hourly"] = euro(hourly);
            rate["from"] = json!("2026-01-01");
            owner.post("/rates", rate).await.made();
        };
        rate(json!({"level": "client", "client_id": acme["id"]}), 6000).await;
        rate(json!({"level": "client", "client_id": globex["id"]}), 9000).await;
        rate(json!({"level": "account"}), 3000).await;
        let of_acme = json!({"client_id": acme["id"]});
        owner.patch(&team.place, of_acme).await.ok();
        for who in [owner, &team.member] {
            team.work(who, 18, "06:00", "07:00").await;
        }
        Self { team, acme, globex }
    }

    async fn preview(&self, of: String, body: Value) -> Value {
        let body = Some(body).filter(|body| !body.is_null());
        let path = format!("{of}/preview");
        self.team.owner.post(&path, body).await.ok()
    }
}

fn touched(sessions: usize, before: &[i64], after: &[i64]) -> Value {
    let money = |minor: &[i64]| minor.iter().copied().map(euro).collect::<Vec<_>>();
    json!({"sessions": sessions, "before": money(before), "after": money(after)})
}

/// But for the rule, which is beside it where all is of one project.
fn figures(mut preview: Value) -> Value {
    preview.as_object_mut().unwrap().remove("rounding");
    preview
}

#[tokio::test]
async fn another_client_is_previewed() {
    let work = Work::new().await;
    let (team, owner) = (&work.team, &work.team.owner);
    let of = format!("{}/client", team.place);
    let same = work
        .preview(of.clone(), json!({"client_id": work.acme["id"]}))
        .await;
    assert_eq!(figures(same), touched(0, &[], &[]));
    let none = work.preview(of.clone(), json!({"client_id": null})).await;
    assert_eq!(figures(none), touched(2, &[12000], &[3000]));
    let dearer = json!({"client_id": work.globex["id"]});
    let told = work.preview(of.clone(), dearer.clone()).await;
    assert_eq!(figures(told), touched(2, &[12000], &[18000]));
    assert_eq!(
        team.total(owner).await,
        json!([euro(12000)]),
        "nothing was done"
    );
    owner.patch(&team.place, dearer).await.ok();
    assert_eq!(team.total(owner).await, json!([euro(18000)]));
    owner
        .patch(&team.place, json!({"client_id": null}))
        .await
        .ok();
    assert_eq!(team.total(owner).await, json!([euro(3000)]));
    let theirs = team
        .member
        .post("/clients", json!({"name": "Theirs"}))
        .await
        .made();
    let (path, theirs) = (format!("{of}/preview"), json!({"client_id": theirs["id"]}));
    let foreign = owner.post(&path, theirs).await;
    assert_eq!(foreign.wrong(), "client_id");
    assert_eq!(owner.post(&path, None).await.wrong(), "client_id");
}

#[tokio::test]
async fn the_end_of_a_client_is_previewed() {
    let work = Work::new().await;
    let (team, owner) = (&work.team, &work.team.owner);
    let of = |client: &Value| format!("/clients/{}", id(client));
    let idle = work.preview(format!("{}/delete", of(&work.globex)), Value::Null);
    assert_eq!(figures(idle.await), touched(0, &[], &[]));
    let told = work.preview(format!("{}/delete", of(&work.acme)), Value::Null);
    assert_eq!(figures(told.await), touched(2, &[12000], &[3000]));
    assert_eq!(
        team.total(owner).await,
        json!([euro(12000)]),
        "nothing was done"
    );
    assert_eq!(owner.delete(&of(&work.acme)).await.status(), 204);
    assert_eq!(team.total(owner).await, json!([euro(3000)]));
}

/// What somebody charges is nobody's business after they have left.
#[tokio::test]
async fn who_has_left_is_not_priced_at_what_they_charge_now() {
    let work = Work::new().await;
    let (team, owner) = (&work.team, &work.team.owner);
    let own = json!({"level": "account", "hourly": euro(4000), "from": "2026-01-01"});
    let own = team.member.post("/rates", own).await.made();
    let gone = format!("{}/members/{}", team.place, account(&team.member).await);
    assert_eq!(owner.delete(&gone).await.status(), 204);
    let dearer = json!({"hourly": euro(99900)});
    let rate = format!("/rates/{}", id(&own));
    team.member.patch(&rate, dearer).await.ok();
    for of in [
        format!("{}/delete", team.place),
        format!("/clients/{}/delete", id(&work.acme)),
    ] {
        let told = figures(work.preview(of.clone(), Value::Null).await);
        assert_eq!(told["before"], json!([euro(12000)]), "{of}");
        assert!(
            !told.to_string().contains("99900") && !told.to_string().contains("102900"),
            "{of}: {told}"
        );
    }
    let none = work
        .preview(format!("{}/client", team.place), json!({"client_id": null}))
        .await;
    assert_eq!(
        none["after"],
        json!([euro(3000 + 4000)]),
        "what they charged then"
    );
    let told = figures(
        work.preview(format!("{}/delete", team.place), Value::Null)
            .await,
    );
    assert_eq!(told["after"], json!([euro(3000)]));
}

#[tokio::test]
async fn the_end_of_a_project_is_previewed() {
    let work = Work::new().await;
    let (team, owner) = (&work.team, &work.team.owner);
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(7000), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    let rule = json!({"rounding": {"mode": "up", "per": "session", "minutes": 45}});
    owner.patch(&team.place, rule).await.ok();
    assert_eq!(team.total(owner).await, json!([euro(21000)]));
    let told = work.preview(format!("{}/delete", team.place), Value::Null);
    assert_eq!(figures(told.await), touched(2, &[21000], &[3000]));
    assert_eq!(
        team.total(owner).await,
        json!([euro(21000)]),
        "nothing was done"
    );
    assert_eq!(owner.delete(&team.place).await.status(), 204);
    let month =
        async |who: &Client| who.get("/overview?period=month").await.ok()["amounts"].clone();
    assert_eq!(month(owner).await, json!([euro(3000)]));
}
