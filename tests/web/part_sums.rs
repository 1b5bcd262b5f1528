//! How a week or a month divides into projects and tags, on its page.

use super::{answer::texts, browser::Browser, person::*};
use serde_json::json;

#[tokio::test]
async fn pages_say_how_time_divides() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let lists = async |page: &str| {
        let answer = browser.get(page).await;
        let (_, after) = answer.text().split_once("<div class=\"parts\">")?;
        let (inside, _) = after.split_once("</div>").unwrap();
        let words = inside
            .replace("</span>", " ")
            .replace("</bdi>", " ")
            .replace("</h2>", ": ");
        let words = words
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        Some(words.collect::<String>().trim().to_owned())
    };
    let add = async |line: &str| anna.post("/sessions", json!({"entry": line})).await.made();
    add("10:00-11:00 2026-11-18 alone").await;
    assert_eq!(lists("/week").await.as_deref(), Some(""));
    // Across the beginning of the week: what lies in it counts.
    add("23:00-2:00 2026-11-15 a @acme/web #bug").await;
    add("10:00-10:30 2026-11-17 b @own #bug #also").await;
    add("since 8:00 c @acme/web").await;
    let week = "By project: acme/web 3:00:00 No project 1:00:00 own 0:30:00 By tag: #bug 2:30:00 #also 0:30:00";
    assert_eq!(lists("/week").await.as_deref(), Some(week));
    let month = week
        .replace("3:00:00", "4:00:00")
        .replace("2:30:00", "3:30:00");
    assert_eq!(lists("/month").await.as_deref(), Some(month.as_str()));
    assert_eq!(
        lists("/day").await.as_deref(),
        Some("By project: acme/web 1:00:00")
    );
    assert_eq!(lists("/").await, None);
}

#[tokio::test]
async fn a_rolling_window_divides_and_pays_what_is_over() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let made = json!({"name": "web", "billable": true});
    anna.post("/projects", made).await.made();
    let rate = json!({"level": "account", "hourly": {"minor": 6000, "currency": "EUR"}, "from": "2026-01-01"});
    anna.post("/rates", rate).await.made();
    let add = async |line: &str| anna.post("/sessions", json!({"entry": line})).await.made();
    add("7:00-8:00 2026-11-20 done @web").await;
    add("8:30-10:30 2026-11-20 under way @web").await;
    add("15:00-17:00 2026-11-20 planned @web").await;
    let says = async |page: &str, sum: &str, amount: &str| {
        let answer = browser.get(page).await;
        let said = answer.text().split("class=\"parts\"").nth(1).unwrap();
        assert!(
            said.contains(&format!("<bdi>web</bdi><span>{sum}</span>")),
            "{page}: {said}"
        );
        let paid = format!("{amount} EUR");
        assert!(texts(answer.main()).any(|text| text == paid), "{page}");
    };
    // It is nine o'clock. What has begun is paid as a whole where it began.
    says("/last/24-hours", "1:30:00", "180.00").await;
    says("/last/7-days", "1:30:00", "180.00").await;
    says("/day", "5:00:00", "300.00").await;
}
