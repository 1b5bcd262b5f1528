//! That somebody was here: the cookie lasts as long as they come back, and a forgotten timer can be
//! stopped when they left.

use super::{
    Answer, Server,
    browser::Browser,
    person::{friday, settled},
};
use crate::harness::count;
use chrono::TimeDelta;
use std::time::Duration;

/// Waits until the store has noted that somebody is here now; nobody is made to wait for that.
async fn noted(server: &Server) {
    let now = server.clock.now().timestamp();
    let noted = async {
        while count(&server.store.path(), "select max(seen_at) from device").await != now {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), noted)
        .await
        .expect("presence is not noted");
    settled(server).await;
}

/// What stands in an answer between two texts, after a third.
fn after<'a>(answer: &'a Answer, place: &str, before: &str, end: &str) -> &'a str {
    let cut = |text: &'a str, mark: &str| {
        let found = text.split_once(mark);
        found.unwrap_or_else(|| panic!("no {mark}: {text}")).1
    };
    let rest = cut(cut(answer.text(), place), before);
    rest.split(end).next().unwrap()
}

#[tokio::test]
async fn every_page_renews_the_cookie_once_a_day() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    browser.start("work").await;
    let made = browser.post("/projects", &[("name", "Shop")]).await;
    let project = made
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let page = browser.get("/").await;
    let session = after(&page, "", "name=\"form[session]\" value=\"", "\"").to_owned();
    let money = format!("{project}/money");
    let cookie = browser.cookie.clone().unwrap();
    for path in [
        "/",
        "/day",
        "/settings",
        "/help",
        &format!("/session/{session}"),
        "/session/none",
        "/projects",
        &project,
        &money,
        "/project/none",
        "/rates",
        "/account",
        "/account/export.json",
        // Leads to the account.
        "/sign-in",
    ] {
        let same_day = browser.get(path).await;
        assert_eq!(same_day.header("set-cookie"), "", "{path}");
        server.clock.advance(TimeDelta::days(1));
        let form = browser.post("/projects", &[("name", " ")]).await;
        assert_eq!((form.status.as_u16(), form.header("set-cookie")), (422, ""));
        let next_day = browser.get(path).await;
        assert_eq!(
            next_day.header("set-cookie"),
            format!("{cookie}; HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000"),
            "{path}"
        );
        noted(&server).await;
        let again = browser.get(path).await;
        assert_eq!(again.header("set-cookie"), "", "{path}");
    }
}

#[tokio::test]
async fn a_forgotten_timer_is_stopped_when_somebody_was_last_here() {
    for path in ["/", "/settings", "/projects"] {
        let server = friday().await;
        let mut browser = Browser::new(&server);
        browser.start("forgotten").await;
        assert!(!browser.get("/").await.text().contains("Forgotten timer"));
        server.clock.advance(TimeDelta::seconds(1223));
        let left = server.clock.now().timestamp();
        browser.get(path).await;
        noted(&server).await;
        server.clock.advance(TimeDelta::hours(9));

        let page = browser.get("/").await;
        let flag = "aria-label=\"Forgotten timer\"";
        let offered = after(&page, flag, "name=\"form[stop_at]\" value=\"", "\"");
        assert_eq!(offered, left.to_string(), "{path}");
        assert!(page.text().contains("End at last activity, "));
        assert!(page.text().contains("09:20"), "{}", page.text());
        let command = after(&page, flag, "name=\"form[command]\" value=\"", "\"");
        let session = after(&page, flag, "name=\"form[session]\" value=\"", "\"");
        let typed = after(&page, flag, "name=\"form[stop]\"", "</form>");
        assert!(typed.contains("value=\"2026-11-20T09:20:23\""), "{typed}");
        let form = [
            ("form[command]", command),
            ("form[intent]", "stop"),
            ("form[session]", session),
            ("form[stop]", "2026-11-20T09:20:23"),
            ("form[stop_at]", offered),
            ("form[back]", "/"),
        ];
        let stopped = browser.post("/rpc/submit", &form).await;
        assert_eq!(stopped.header("location"), format!("/?done={command}"));
        let stop = count(&server.store.path(), "select stopped_at from session").await;
        assert_eq!(stop, left, "{path}");
    }
}

/// What the question about a forgotten timer offers, if anything.
async fn offered(browser: &Browser<'_>) -> Option<i64> {
    let page = browser.get("/").await;
    let (_, flag) = page.text().split_once("aria-label=\"Forgotten timer\"")?;
    let (_, value) = flag.split_once("name=\"form[stop_at]\" value=\"")?;
    value.split('"').next()?.parse().ok()
}

/// Whoever came back and stayed was there later than when they had left.
#[tokio::test]
async fn an_older_absence_is_not_when_somebody_was_last_here() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("forgotten").await;
    server.clock.advance(TimeDelta::minutes(10));
    browser.get("/").await;
    noted(&server).await;
    let left = server.clock.now().timestamp();
    server.clock.advance(TimeDelta::hours(8));
    assert_eq!(offered(&browser).await, Some(left));
    noted(&server).await;
    // For a while this is what whoever has just come back is asked about.
    server.clock.advance(TimeDelta::minutes(20));
    assert_eq!(offered(&browser).await, Some(left));
    noted(&server).await;
    server.clock.advance(TimeDelta::minutes(20));
    assert_eq!(offered(&browser).await, None);
    noted(&server).await;
    let left = server.clock.now().timestamp();
    server.clock.advance(TimeDelta::minutes(40));
    assert_eq!(offered(&browser).await, Some(left));
}

#[tokio::test]
async fn somebody_is_here_on_whichever_device() {
    let server = friday().await;
    let (mut desk, mut phone) = (Browser::new(&server), Browser::new(&server));
    desk.register("anna").await;
    desk.start("forgotten").await;
    phone.sign_in("anna", &[]).await;
    server.clock.advance(TimeDelta::hours(3));
    phone.get("/settings").await;
    noted(&server).await;
    let left = server.clock.now().timestamp();
    server.clock.advance(TimeDelta::hours(6));
    assert_eq!(offered(&desk).await, Some(left));
    noted(&server).await;
    server.clock.advance(TimeDelta::minutes(1));
    assert_eq!(offered(&phone).await, Some(left));
}
