//! Budgets where one looks, and what a change would do.

use super::*;

/// How a budget stands is seen where one looks, by those who may see it.
#[tokio::test]
async fn a_budget_stands_on_the_pages_of_its_project() {
    let server = friday().await;
    let (owner, client) = guest(&server).await;
    let (member, token) = guest(&server).await;
    let made = json!({"name": "web", "billable": true});
    let project = client.post("/projects", made).await.made();
    let place = format!("/projects/{}", id(&project));
    let link = client.post(&format!("{place}/invitations"), None).await;
    let code = json!({"code": link.made()["code"]});
    token.post("/invitations/accept", code).await.ok();
    let level = format!("project {}", id(&project));
    let mut owner = owner;
    owner.post("/rates", &with("for", &level)).await;
    work(&client, &project["id"], 2).await;
    work(&token, &project["id"], 1).await;
    let page = format!("/project/{}", id(&project));
    let nothing = owner.get("/projects").await;
    assert!(!nothing.text().contains("<progress"), "{}", nothing.text());
    let seen = async |browser: &Browser<'_>, text: &str, list: &str| {
        says(&browser.get(&page).await, text);
        says(&browser.get("/projects").await, list);
    };
    let budget = async |budget: Value| client.patch(&place, json!({"budget": budget})).await.ok();
    budget(json!({"seconds": 36_000})).await;
    for browser in [&owner, &member] {
        seen(browser, "3:00:00 spent of 10:00:00", "3:00:00 of 10:00:00").await;
    }
    budget(json!({"minor": 20_000, "currency": "EUR"})).await;
    seen(
        &owner,
        "256.50 EUR spent of 200.00 EUR",
        "256.50 EUR of 200.00 EUR",
    )
    .await;
    for page in [page.as_str(), "/projects"] {
        let text = member.get(page).await.text().to_owned();
        assert!(
            !text.contains("<progress") && !text.contains("200.00"),
            "{text}"
        );
    }
    budget(json!({"minor": 20_000, "currency": "USD"})).await;
    seen(
        &owner,
        "256.50 EUR beside that is not counted",
        "0.00 USD of 200.00 USD",
    )
    .await;
}

/// Where rates go with a client or a project, that is said first, and done when it is pressed again.
#[tokio::test]
async fn what_takes_rates_along_is_told_before() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    let made = json!({"name": "web", "billable": true});
    let project = client.post("/projects", made).await.made();
    let acme = client
        .post("/clients", json!({"name": "Acme"}))
        .await
        .made();
    let hourly = json!({"minor": 6000, "currency": "EUR"});
    let rate =
        json!({"level": "client", "client_id": acme["id"], "hourly": hourly, "from": "2026-01-01"});
    client.post("/rates", rate).await.made();
    let body = json!({"started_at": "2026-11-18T08:00:00Z", "stopped_at": "2026-11-18T09:00:00Z", "project_id": project["id"]});
    client.post("/sessions", body).await.made();
    let page = format!("/project/{}", id(&project));
    let settings = format!("{page}/settings");
    let mut form = vec![("name", "site"), ("client", "Acme"), ("billable", "yes")];
    let asked = browser.post(&settings, &form).await;
    assert_eq!(asked.status, 422);
    says(
        &asked,
        "This touches 1 session: nothing becomes 60.00 EUR. Time is paid to the second. Press again if you mean it.",
    );
    for typed in ["value=\"site\"", "name=\"sure\" value=\"Acme\""] {
        assert!(asked.text().contains(typed), "{typed}");
    }
    // Sure of one is not sure of another.
    form.push(("sure", ""));
    assert_eq!(browser.post(&settings, &form).await.status, 422);
    *form.last_mut().unwrap() = ("sure", "Acme");
    assert_eq!(browser.post(&settings, &form).await.status, 303);
    let label = client
        .get(&format!("/projects/{}", id(&project)))
        .await
        .ok();
    assert_eq!(
        (&label["name"], &label["client_id"]),
        (&json!("site"), &acme["id"])
    );

    let told = "This touches 1 session: 60.00 EUR becomes nothing. Time is paid to the second. Press again if you mean it.";
    for address in [
        format!("/clients/{}/delete", id(&acme)),
        format!("{page}/delete"),
    ] {
        let asked = browser.post(&address, &[]).await;
        assert_eq!(asked.status, 422, "{address}");
        says(&asked, told);
        assert!(
            asked.text().contains("name=\"sure\" value=\"yes\""),
            "{address}"
        );
    }
    let address = format!("/clients/{}/delete", id(&acme));
    let deleted = browser.post(&address, &[("sure", "yes")]).await;
    assert_eq!(deleted.status, 303);
    // Nothing is paid any more, so nothing is asked.
    assert_eq!(
        browser.post(&format!("{page}/delete"), &[]).await.status,
        303
    );
}

/// Whatever changes what work comes to can be looked at before it is saved, with the rules that apply.
#[tokio::test]
async fn rules_are_previewed_and_named() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    let made = json!({"name": "web", "billable": true});
    let project = client.post("/projects", made).await.made();
    browser.post("/rates", &with("amount", "60")).await;
    let body = json!({"started_at": "2026-11-18T08:00:00Z", "stopped_at": "2026-11-18T08:10:00Z", "project_id": project["id"]});
    client.post("/sessions", body).await.made();
    work(&client, &Value::Null, 1).await;
    let page = format!("/project/{}", id(&project));
    let rule = [("mode", "up"), ("per", "session"), ("minutes", "30")];
    let preview = browser
        .post(&format!("{page}/rounding/preview"), &rule)
        .await;
    assert_eq!(preview.status, 200);
    let up = "Each session is rounded up to a multiple of 30 minutes";
    says(
        &preview,
        &format!("This touches 1 session: 10.00 EUR becomes 30.00 EUR. {up}."),
    );
    assert!(
        preview.text().contains("name=\"minutes\" value=\"30\""),
        "{}",
        preview.text()
    );
    let (_, typed) = preview.text().split_once("/money?").unwrap();
    let (typed, _) = typed.split_once('"').unwrap();
    let back = format!("{page}/money?{}", typed.replace("&amp;", "&"));
    let filled = async |address: &str| browser.get(address).await.text().contains("value=\"30\"");
    assert!(filled(&back).await);
    assert!(!filled(&format!("{page}/money")).await);
    says(
        &browser.get(&format!("{page}/money")).await,
        "Time is paid to the second.",
    );
    let wrong = [("mode", "up"), ("per", "session"), ("minutes", "61")];
    let refused = browser
        .post(&format!("{page}/rounding/preview"), &wrong)
        .await;
    assert_eq!(refused.status, 422);
    says(&refused, "Choose 1 to 60 minutes.");
    browser.post(&format!("{page}/rounding"), &rule).await;
    let later = [
        ("for", "account"),
        ("amount", "120"),
        ("currency", "EUR"),
        ("from", "2026-11-02"),
    ];
    let preview = browser.post("/rates/preview", &later).await;
    says(
        &preview,
        &format!(
            "90.00 EUR becomes 180.00 EUR. {up} (web). Time is paid to the second (no project)."
        ),
    );
}
