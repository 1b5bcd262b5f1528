//! What one's own work comes to stands on the pages of tracked time.

use super::*;

const PAGES: [&str; 7] = [
    "/",
    "/day/2026-11-20",
    "/week/2026-W47",
    "/month/2026-11",
    "/last/24-hours",
    "/last/7-days",
    "/last/4-weeks",
];

fn line(answer: &Answer) -> Option<String> {
    let (_, after) = answer.text().split_once("<p class=\"worth\">")?;
    Some(texts(after.split_once("</p>").unwrap().0).collect())
}

async fn session(client: &Client, from: &str, to: Option<&str>, more: Value) {
    let mut body = json!({"started_at": format!("2026-11-{from}:00Z"), "billable": true});
    if let Some(to) = to {
        body["stopped_at"] = format!("2026-11-{to}:00Z").into();
    }
    let body = body.as_object_mut().unwrap();
    body.extend(more.as_object().cloned().unwrap_or_default());
    client
        .post("/sessions", Value::Object(body.clone()))
        .await
        .made();
}

#[tokio::test]
async fn pages_say_what_ones_own_work_comes_to() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    let (_, stopped) = browser.submit(&[("form[intent]", "stop")]).await;
    assert!(stopped.header("location").contains("done="), "{stopped:?}");
    session(&client, "20T06:00", Some("20T07:00"), json!({})).await;
    // It counts where it began, as a whole.
    session(&client, "18T23:30", Some("19T00:30"), json!({})).await;
    session(
        &client,
        "20T07:00",
        Some("20T08:00"),
        json!({"billable": false}),
    )
    .await;
    session(&client, "20T08:30", None, json!({})).await;
    for page in PAGES {
        assert_eq!(line(&browser.get(page).await), None, "{page}");
    }
    browser.post("/rates", &with("amount", "60")).await;
    let told = |amount: &str| Some(format!("{amount} EUR Time is paid to the second. Rates"));
    for (page, amount) in PAGES.into_iter().zip([
        "90.00", "90.00", "150.00", "150.00", "90.00", "150.00", "150.00",
    ]) {
        assert_eq!(line(&browser.get(page).await), told(amount), "{page}");
    }
    assert_eq!(line(&browser.get("/day/2026-11-19").await), None);
    assert_eq!(line(&browser.get("/day/2026-11-18").await), told("60.00"));
    // As the API says it.
    for (period, date) in [
        ("day", "2026-11-20"),
        ("week", "2026-11-20"),
        ("month", "2026-11-20"),
    ] {
        let overview = client
            .get(&format!("/overview?period={period}&date={date}"))
            .await
            .ok();
        let minor = if period == "day" { 9000 } else { 15_000 };
        assert_eq!(
            overview["amounts"],
            json!([{"minor": minor, "currency": "EUR"}])
        );
    }
}

#[tokio::test]
async fn the_rule_and_each_currency_are_said() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    browser.post("/rates", &with("amount", "60")).await;
    let rule = json!({"mode": "up", "per": "session", "minutes": 30});
    let body = json!({"name": "web", "billable": true});
    let project = client.post("/projects", body).await.made();
    let place = format!("/projects/{}", id(&project));
    client.patch(&place, json!({"rounding": rule})).await.ok();
    session(
        &client,
        "20T06:00",
        Some("20T06:10"),
        json!({"project_id": project["id"]}),
    )
    .await;
    let told = async || line(&browser.get("/day").await).unwrap();
    let up = "Each session is rounded up to a multiple of 30 minutes.";
    assert_eq!(told().await, format!("30.00 EUR {up} Rates"));
    let yen = json!({"level": "project", "project_id": project["id"], "from": "2026-01-01",
        "hourly": {"minor": 5000, "currency": "JPY"}});
    client.post("/rates", yen).await.made();
    session(&client, "20T07:00", Some("20T07:10"), json!({})).await;
    assert_eq!(
        told().await,
        "10.00 EUR and 2,500 JPY Each session is rounded up to a multiple of 30 minutes (web). \
         Time is paid to the second (no project). Rates"
    );
}
