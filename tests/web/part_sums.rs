//! How a week or a month divides into projects and tags, on its page.

use super::{account::Browser, person::*};
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
    let add = async |entry: &str, from: &str, to: Option<&str>| {
        let mut body = json!({"entry": entry, "started_at": format!("2026-11-{from}:00Z")});
        if let Some(to) = to {
            body["stopped_at"] = format!("2026-11-{to}:00Z").into();
        }
        anna.post("/sessions", body).await.made();
    };
    add("alone", "18T10:00", Some("18T11:00")).await;
    assert_eq!(lists("/week").await.as_deref(), Some(""));
    // Across the beginning of the week: what lies in it counts.
    add("a @acme/web #bug", "15T23:00", Some("16T02:00")).await;
    add("b @own #bug #also", "17T10:00", Some("17T10:30")).await;
    add("c @acme/web", "20T08:00", None).await;
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
