//! The pages of rates and budgets, as a browser without JavaScript uses them.

use super::{Answer, Server, account::Browser, api::*, person::*};
use axum::http::Method;
use serde_json::{Value, json};

/// A browser that is a guest with a session, and a program with a token of the same account.
async fn guest(server: &Server) -> (Browser<'_>, Client) {
    let mut browser = Browser::new(server);
    browser.start("first").await;
    let form = [("name", "script"), ("scope", "write"), ("days", "")];
    let page = browser.post("/account/tokens", &form).await;
    let token = page.text().split("aria-label=\"Token\">").nth(1).unwrap();
    let token = token.split('<').next().unwrap().to_owned();
    (browser, Client::with_token(server, token))
}

/// The address that the answer leads to.
fn place(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location")
}

/// The text of a page without its elements.
fn words(answer: &Answer) -> String {
    let mut words = String::new();
    for part in answer.text().split('<') {
        words.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    words
}

fn says(answer: &Answer, expected: &str) {
    let text = words(answer);
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
        "This touches 1 session: nothing becomes 1,026.00 EUR.",
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

/// A page or form, and what is answered to nobody, stranger, member, manager and owner.
type Row = (&'static str, [u16; 5]);

/// RATE is the project's, OWN the owner's.
const TABLE: &[Row] = &[
    ("GET /rates", [303, 200, 200, 200, 200]),
    ("POST /rates", [303, 303, 303, 303, 303]),
    ("POST /rates/preview", [303, 200, 200, 200, 200]),
    ("GET /rates/RATE", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE", [303, 404, 404, 303, 303]),
    ("POST /rates/RATE/preview", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE/preview-delete", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE/delete", [303, 404, 404, 303, 303]),
    ("GET /rates/OWN", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN", [303, 404, 404, 404, 303]),
    ("POST /rates/OWN/preview", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN/preview-delete", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN/delete", [303, 404, 404, 404, 303]),
    ("GET /project/PROJECT/money", [303, 404, 200, 200, 200]),
    ("POST /project/PROJECT/rounding", [303, 404, 403, 403, 303]),
    ("POST /project/PROJECT/budget", [303, 404, 403, 403, 303]),
];

#[test]
fn every_page_and_form_has_a_row() {
    let known = stint::web::rate::addresses().into_iter();
    let mut known: Vec<_> = known
        .map(|(method, address)| format!("{method} {address}"))
        .collect();
    let listed = TABLE.iter().map(|row| {
        let row = row.0.replace("RATE", "{id}");
        row.replace("OWN", "{id}").replace("PROJECT", "{id}")
    });
    let mut listed: Vec<_> = listed.collect();
    known.sort_unstable();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(known, listed);
}

#[tokio::test]
async fn money_is_for_whom_it_concerns() {
    for (call, statuses) in TABLE {
        for (actor, status) in statuses.iter().enumerate() {
            let server = friday().await;
            let (owner, token) = guest(&server).await;
            let project = token.post("/projects", json!({"name": "web"})).await.made();
            let address = format!("/projects/{}", id(&project));
            let budget = json!({"budget": {"minor": 12345, "currency": "EUR"}});
            token.patch(&address, budget).await.ok();
            let rate = |level: Value, minor: i64| {
                let mut rate =
                    json!({"hourly": {"minor": minor, "currency": "EUR"}, "from": "2026-01-01"});
                rate.as_object_mut()
                    .unwrap()
                    .extend(level.as_object().unwrap().clone());
                rate
            };
            let level = json!({"level": "project", "project_id": project["id"]});
            let shared = token.post("/rates", rate(level, 4321)).await.made();
            let own = token
                .post("/rates", rate(json!({"level": "account"}), 4322))
                .await
                .made();
            let mut browser = match actor {
                0 => Browser::new(&server),
                4 => owner,
                _ => {
                    let (browser, token_of) = guest(&server).await;
                    let role = [None, Some("member"), Some("manager")][actor - 1];
                    if let Some(role) = role {
                        let invitations = format!("{address}/invitations");
                        let link = token.post(&invitations, json!({"role": role})).await.made();
                        let code = json!({"code": link["code"]});
                        token_of.post("/invitations/accept", code).await.ok();
                    }
                    browser
                }
            };
            let (method, path) = call.split_once(' ').unwrap();
            let path = path.replace("RATE", id(&shared)).replace("OWN", id(&own));
            let path = path.replace("PROJECT", id(&project));
            let answer = if method == Method::GET {
                browser.get(&path).await
            } else {
                let mut form = RATE.to_vec();
                form.extend([
                    ("mode", "up"),
                    ("per", "day"),
                    ("minutes", "5"),
                    ("kind", "none"),
                ]);
                browser.post(&path, &form).await
            };
            let what = format!("{call} by {actor}: {}", answer.text());
            assert_eq!(answer.status.as_u16(), *status, "{what}");
            let told = answer.text().contains("43.2") || answer.text().contains("123.45");
            assert!(!told || actor > 2, "{what}");
            // Nobody signed in is sent to sign in.
            assert!(
                actor != 0 || answer.header("location") == "/sign-in",
                "{what}"
            );
        }
    }
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let server = friday().await;
    let (browser, client) = guest(&server).await;
    for (method, address) in stint::web::rate::addresses() {
        if method == Method::GET {
            continue;
        }
        let request =
            axum::http::Request::post(address.replace("{id}", &uuid::Uuid::now_v7().to_string()))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("cookie", browser.cookie.clone().unwrap())
                .header("sec-fetch-site", "cross-site")
                .header("origin", "https://evil.test");
        let body = axum::body::Body::from(serde_urlencoded::to_string(RATE).unwrap());
        let answer = super::send(&server.router, request.body(body).unwrap()).await;
        assert_eq!(answer.status, 403, "{address}");
    }
    assert_eq!(client.get("/rates").await.ok()["items"], json!([]));
}
