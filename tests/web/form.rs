//! What hurts when it is typed into the forms of pages: too long, no text at all, or a time that never was.

use super::{Form, Json, api::Client, browser::Browser, person::*};
use crate::harness::{at, zone};
use serde_json::json;
use stint::{
    domain::{
        CommandId, HourFormat, Settings,
        form::{CommandForm, intent},
    },
    server::form::read_command,
};

/// 64 kB, each byte of which a form writes as three.
fn long() -> String {
    "\u{fc}".repeat(32 * 1024)
}

#[tokio::test]
async fn a_name_of_64_kb_is_refused_beside_its_field() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let long = long();
    let form = [
        ("form[intent]", intent::START),
        ("form[name]", &long),
        ("form[back]", "/"),
    ];
    let said = "A name has at most 500 characters.";
    let (command, refused) = browser.submit(&form).await;
    assert_eq!(refused.status, 302);
    let page = browser.get(refused.header("location")).await;
    assert!(page.text().contains(said));
    assert!(page.text().contains(&long), "what was typed is gone");

    let body = serde_urlencoded::to_string(form).unwrap() + "&form[command]=" + &command;
    let refused = browser.by_script("/rpc/submit", Form(body)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(said), "{}", refused.text());
    for (path, field) in [
        ("/register", "username"),
        ("/account/tokens", "name"),
        ("/clients", "name"),
        ("/tags", "name"),
        ("/projects", "name"),
    ] {
        let form = [
            (field, long.as_str()),
            ("password", PASSWORD),
            ("scope", "read"),
        ];
        let refused = browser.post(path, &form).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.text().contains("class=\"field-error\""), "{path}");
    }
    let names = "select count(*) from session";
    assert_eq!(count(&server.store, names).await, 1);
}

#[tokio::test]
async fn a_form_may_weigh_256_kib() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    for (bytes, status) in [(256 * 1024, 422), (256 * 1024 + 1, 413)] {
        let body = format!("name={}", "x".repeat(bytes - 5));
        let answer = browser.by_script("/tags", Form(body)).await;
        assert_eq!(answer.status, status);
    }
}

/// Half a surrogate pair, and bytes that are no text at all: nothing is stored in their place.
#[tokio::test]
async fn what_is_no_text_is_refused() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let client = Client::guest(&server).await;
    let before = everything(&server).await;
    for no_text in ["%ED%A0%80", "%FF", "a%C3&b=%A9", "%E2%82"] {
        let command = uuid::Uuid::now_v7();
        let submitted = format!("form[command]={command}&form[intent]=start&form[name]={no_text}");
        let form = format!("name={no_text}");
        for (path, body) in [
            ("/rpc/submit", &submitted),
            ("/tags", &form),
            ("/account/tokens", &form),
            ("/register", &form),
        ] {
            let refused = browser.by_script(path, Form(body.clone())).await;
            assert_eq!(refused.status, 422, "{path}: {no_text}");
        }
        assert_eq!(
            browser.get(&format!("/?refused={no_text}")).await.status,
            400
        );
        let refused = client.get(&format!("/sessions?q={no_text}")).await;
        refused.problem(400, "malformed");
    }
    assert_eq!(everything(&server).await, before);
    // Text of whatever language is text.
    let found = client.get("/sessions?q=%E2%82%AC").await.ok();
    assert_eq!(found["items"], json!([]));
}

#[test]
fn an_unclear_time_is_explained_in_the_hours_of_the_account() {
    for (hours, to_choose, in_line, twice) in [
        (
            HourFormat::TwentyFour,
            "Choose one: 01:30/03:30",
            "Choose 01:30 or 03:30.",
            "Choose one: 02:30 +02:00/02:30 +01:00",
        ),
        (
            HourFormat::Twelve,
            "Choose one: 1:30 AM/3:30 AM",
            "Choose 1:30 AM or 3:30 AM.",
            "Choose one: 2:30 AM +02:00/2:30 AM +01:00",
        ),
    ] {
        let settings = Settings {
            zone: Some(zone("Europe/Berlin")),
            hour_format: hours,
            ..Settings::default()
        };
        let now = at("2026-11-20T09:00:00Z");
        let form = |intent: &str, start: &str, name: &str| CommandForm {
            command: CommandId::new(now).to_string(),
            intent: intent.to_owned(),
            name: name.to_owned(),
            start: start.to_owned(),
            stop: "2026-03-29T05:00".to_owned(),
            ..CommandForm::default()
        };
        for (form, told) in [
            (form(intent::ADD, "2026-03-29T02:30", "night"), to_choose),
            (form(intent::START, "", "2026-03-29 2:30-5 night"), in_line),
            (form(intent::ADD, "2026-10-25T02:30", "night"), twice),
        ] {
            let refused = read_command(&form, &settings, now).unwrap_err();
            assert!(refused.to_string().contains(told), "{refused}");
        }
    }
}

/// Where the clocks are put forward over midnight, or over a whole day, the times to choose from say their dates.
#[test]
fn what_lies_around_a_midnight_that_never_was_says_its_date() {
    for (zone_name, start, told) in [
        (
            "Africa/Cairo",
            "2026-04-24T00:20",
            "This time does not exist on Friday 24 April 2026: the clocks were put forward. Choose one: \
             23:20 on Thursday 23 April 2026/01:20 on Friday 24 April 2026",
        ),
        (
            "Pacific/Apia",
            "2011-12-30T12:00",
            "There was no Friday 30 December 2011 here: the calendar was put forward. Choose one: \
             12:00 on Thursday 29 December 2011/12:00 on Saturday 31 December 2011",
        ),
    ] {
        let settings = Settings {
            zone: Some(zone(zone_name)),
            ..Settings::default()
        };
        let now = at("2026-11-20T09:00:00Z");
        let form = CommandForm {
            command: CommandId::new(now).to_string(),
            intent: intent::ADD.to_owned(),
            start: start.to_owned(),
            duration: "1h".to_owned(),
            ..CommandForm::default()
        };
        let refused = read_command(&form, &settings, now).unwrap_err();
        assert_eq!(refused.to_string(), told);
    }
}

/// What cannot be read at all is the fault of who sent it.
#[tokio::test]
async fn what_cannot_be_read_is_not_the_servers_fault() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("before").await;
    let before = everything(&server).await;
    for body in ["", "form=1", "form[intent]=start&form[intent][x]=1"] {
        for path in ["/rpc/submit", "/rpc/submit-all", "/rpc/settings/save"] {
            let answer = browser.by_script(path, Form(body.to_owned())).await;
            // Nothing at all is a form with nothing in it.
            let is_nothing = path == "/rpc/submit-all" && answer.status == 200;
            assert!(
                is_nothing || answer.status == 422,
                "{path} {body}: {answer:?}"
            );
        }
    }
    for path in ["/rpc/sheet", "/rpc/suggest"] {
        let answer = browser.by_script(path, Json(json!({"query": 1}))).await;
        assert_eq!(answer.status, 422, "{path}");
    }
    assert_eq!(
        browser.post("/rpc/submit", &[("form", "1")]).await.status,
        302
    );
    assert_eq!(everything(&server).await, before);
}
