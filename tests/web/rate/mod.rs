//! The pages of rates and budgets, as a browser without JavaScript uses them.

mod seen;
mod table;
mod worth;

use super::{Answer, Server, account::code, answer::texts, api::*, browser::Browser, person::*};
use serde_json::{Value, json};

/// A browser that is a guest with a session, and a program with a token of the same account.
async fn guest(server: &Server) -> (Browser<'_>, Client) {
    let mut browser = Browser::new(server);
    browser.start("first").await;
    let form = [("name", "script"), ("scope", "write"), ("days", "")];
    let page = browser.post("/account/tokens", &form).await;
    (browser, Client::with_token(server, code(&page, "Token")))
}

/// The address that the answer leads to.
fn place(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location")
}

fn says(answer: &Answer, expected: &str) {
    let text = answer.words();
    assert!(text.contains(expected), "no {expected:?} in {text}");
}

/// The addresses of the rates that a page offers to change.
fn changes(answer: &Answer) -> Vec<String> {
    let links = answer.text().split("href=\"/rates/").skip(1);
    links
        .map(|rest| format!("/rates/{}", rest.split('"').next().unwrap()))
        .collect()
}

const RATE: [(&str, &str); 4] = [
    ("for", "account"),
    ("amount", "85,5"),
    ("currency", "eur"),
    ("from", "2026-11-01"),
];

fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let other = RATE.into_iter().filter(|(name, _)| *name != field);
    other.chain([(field, value)]).collect()
}

async fn work(client: &Client, project: &Value, hours: u32) {
    let body = json!({"started_at": "2026-11-18T08:00:00Z", "stopped_at": format!("2026-11-18T{:02}:00:00Z", 8 + hours),
        "project_id": project, "billable": true});
    client.post("/sessions", body).await.made();
}

#[tokio::test]
async fn a_rate_is_previewed_before_it_is_saved() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    work(&client, &Value::Null, 12).await;
    let empty = browser.get("/rates").await;
    says(&empty, "None yet.");
    let preview = browser.post("/rates/preview", &RATE).await;
    assert_eq!(preview.status, 200);
    says(
        &preview,
        "This touches 1 session: nothing becomes 1,026.00 EUR. Time is paid to the second.",
    );
    assert!(
        preview
            .text()
            .contains("/rates?for=account&amp;amount=85%2C5"),
        "{}",
        preview.text()
    );
    assert_eq!(client.get("/rates").await.ok()["items"], json!([]));
    let saved = browser.post("/rates", &RATE).await;
    let page = browser.get(place(&saved)).await;
    says(&page, "The rate was set.");
    says(&page, "85.50 EUR an hour");
    says(&page, "from 1 November 2026");
    let again = browser.post("/rates/preview", &RATE).await;
    assert_eq!(again.status, 409);
    says(&again, "There is a rate from this date already.");
    let rate = changes(&page).remove(0);
    assert!(browser.get(&rate).await.text().contains("value=\"85.50\""));
    let preview = browser
        .post(&format!("{rate}/preview"), &with("amount", "100"))
        .await;
    says(
        &preview,
        "This touches 1 session: 1,026.00 EUR becomes 1,200.00 EUR.",
    );
    let saved = browser.post(&rate, &with("amount", "100")).await;
    assert_eq!(place(&saved), "/rates?done=changed");
    let preview = browser.post(&format!("{rate}/preview-delete"), &[]).await;
    says(
        &preview,
        "This touches 1 session: 1,200.00 EUR becomes nothing.",
    );
    let deleted = browser.post(&format!("{rate}/delete"), &[]).await;
    assert_eq!(place(&deleted), "/rates?done=deleted");
    assert_eq!(browser.get(&rate).await.status, 404);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    for (field, value, said) in [
        ("amount", "much", "Write an amount like 85.50."),
        ("currency", "EURO", "Write a currency like EUR, USD or JPY."),
        ("from", "tomorrow", "Write a date like 2026-11-20."),
        ("for", "everybody", "Choose one of the options."),
    ] {
        for address in ["/rates/preview", "/rates"] {
            let answer = browser.post(address, &with(field, value)).await;
            assert_eq!(answer.status, 422, "{field}");
            says(&answer, said);
            let other = if field == "from" {
                "85,5"
            } else {
                "2026-11-01"
            };
            assert!(
                answer.text().contains(&format!("value=\"{other}\"")),
                "kept what was typed"
            );
        }
    }
    assert_eq!(client.get("/rates").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn a_project_says_what_it_costs_and_how_it_stands() {
    let server = friday().await;
    let (mut browser, client) = guest(&server).await;
    let project = client
        .post("/projects", json!({"name": "web"}))
        .await
        .made();
    let page = format!("/project/{}/money", id(&project));
    work(&client, &project["id"], 3).await;
    says(&browser.get(&page).await, "Time is paid to the second.");
    let level = format!("project {}", id(&project));
    let saved = browser.post("/rates", &with("for", &level)).await;
    assert_eq!(place(&saved), format!("{page}?done=made"));
    says(&browser.get(&page).await, "85.50 EUR an hour");
    let rounding = [("mode", "nearest"), ("per", "day"), ("minutes", "6")];
    let saved = browser
        .post(&page.replace("money", "rounding"), &rounding)
        .await;
    let shown = browser.get(place(&saved)).await;
    says(
        &shown,
        "What each member does on a day is rounded to the nearest multiple of 6 minutes.",
    );
    let budget = page.replace("money", "budget");
    let saved = browser
        .post(&budget, &[("kind", "time"), ("hours", "10")])
        .await;
    let shown = browser.get(place(&saved)).await;
    says(&shown, "3:00:00 spent of 10:00:00");
    says(&shown, "7:00:00 left");
    says(&shown, "it runs out on 27 November 2026.");
    assert!(
        shown.text().contains("max=\"1000\" value=\"300\""),
        "{}",
        shown.text()
    );
    let saved = browser
        .post(
            &budget,
            &[("kind", "money"), ("amount", "200"), ("currency", "EUR")],
        )
        .await;
    let shown = browser.get(place(&saved)).await;
    says(&shown, "256.50 EUR spent of 200.00 EUR");
    says(&shown, "56.50 EUR over");
    says(&shown, "It is used up.");
    for (form, said) in [
        (
            [("kind", "time"), ("hours", "0"), ("currency", "EUR")],
            "Write more than nothing.",
        ),
        (
            [("kind", "time"), ("hours", "much"), ("currency", "EUR")],
            "Write a duration like",
        ),
        (
            [("kind", "money"), ("amount", ""), ("currency", "EUR")],
            "Write an amount like",
        ),
        (
            [("kind", "money"), ("amount", "1"), ("currency", "E")],
            "Write a currency like",
        ),
    ] {
        let answer = browser.post(&budget, &form).await;
        assert_eq!(answer.status, 422);
        says(&answer, said);
    }
    let saved = browser.post(&budget, &[("kind", "none")]).await;
    says(&browser.get(place(&saved)).await, "None is set.");
}
