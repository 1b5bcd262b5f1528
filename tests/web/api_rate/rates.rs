//! Rates, as they are set and read.

use super::*;

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
