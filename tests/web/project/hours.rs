//! The time of a project on its page.

use super::{
    super::{browser::Browser, person::friday},
    between, make,
};

/// A week with more sessions than stand on one page is read to its end.
#[tokio::test]
async fn older_sessions_of_a_week_are_a_link_away() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    let project = make(&mut browser, "Shop", "").await;
    for number in 0..53 {
        server.clock.advance(chrono::TimeDelta::seconds(1));
        browser.start(&format!("number {number:02} @shop")).await;
    }
    let newest = browser.get(&project).await;
    assert!(newest.text().contains("number 52") && newest.text().contains("number 03"));
    assert!(!newest.text().contains("number 02"));
    let older = between(&newest, "<a href=\"/project/", "\">Older sessions");
    let older = older
        .rsplit("/project/")
        .next()
        .unwrap()
        .replace("&amp;", "&");
    let older = browser.get(&format!("/project/{older}")).await;
    for number in 0..3 {
        let name = format!("number {number:02}");
        assert!(older.text().contains(&name), "{name}");
    }
    assert!(!older.text().contains("number 03"));
    assert!(!older.text().contains("Older sessions"));
}
