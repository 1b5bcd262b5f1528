//! What a change of rates would do.

use super::*;

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
        json!({"sessions": 3, "before": [euro(12_000)], "after": [euro(35_000)],
            "rounding": {"mode": "none", "per": "session", "minutes": 15}})
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
    // The project's client stays with its owners.
    assert_eq!(told, json!({"sessions": 0, "before": [], "after": []}));
}
