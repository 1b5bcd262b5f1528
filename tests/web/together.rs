//! Forms that a page sends together when it is left.

use super::{Answer, browser::Browser, person::*};
use stint::domain::form::{ADDRESS_OF_MANY, MOST_FORMS, intent};
use uuid::Uuid;

/// Sends forms as the page does, of each its intent and its name.
async fn send_all(browser: &mut Browser<'_>, forms: &[(&str, &str)]) -> Answer {
    let mut fields = Vec::new();
    for (place, (intent, name)) in forms.iter().enumerate() {
        let command = Uuid::now_v7().to_string();
        for (field, value) in [
            ("command", command.as_str()),
            ("intent", intent),
            ("name", name),
        ] {
            fields.push((format!("forms[{place}][{field}]"), value.to_owned()));
        }
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(field, value)| (&**field, &**value))
        .collect();
    browser.post(ADDRESS_OF_MANY, &fields).await
}

#[tokio::test]
async fn forms_are_carried_out_in_order_and_one_refused_keeps_no_other() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("first").await;
    let long = "x".repeat(501);
    let forms = [
        (intent::STOP, ""),
        (intent::START, long.as_str()),
        (intent::START, "second"),
    ];
    send_all(&mut browser, &forms).await;
    let page = browser.get("/").await;
    assert!(page.text().contains("value=\"second\""), "{}", page.text());
    let stopped = "select count(*) from session where stopped_at is not null and name = 'first'";
    assert_eq!(count(&server.store, stopped).await, 1);
    let all = "select count(*) from session";
    assert_eq!(count(&server.store, all).await, 2);
}

#[tokio::test]
async fn too_many_forms_are_refused_as_a_whole_and_none_makes_no_account() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    send_all(&mut browser, &[]).await;
    let refused = send_all(&mut browser, &vec![(intent::START, ""); MOST_FORMS + 1]).await;
    assert_eq!(browser.cookie, None, "{refused:?}");
    assert!(server.store.is_empty().await.unwrap());
    send_all(&mut browser, &vec![(intent::START, ""); MOST_FORMS]).await;
    let all = "select count(*) from session";
    assert_eq!(count(&server.store, all).await, 500);
}
