//! The pages that let a browser in without its password: by a link code, or by a recovery code.

use super::{Answer, account::code, api_second_factor::App, browser::Browser, person::*};
use chrono::TimeDelta;

#[tokio::test]
async fn who_links_over_a_guest_is_asked_what_becomes_of_it() {
    let server = friday().await;
    let mut home = Browser::new(&server);
    home.register("anna").await;
    home.start("at home").await;
    for (choice, comes_along) in [("bring", true), ("leave", false)] {
        let shown = home.post("/account/link-code", &[]).await;
        let code = code(&shown, "Code");
        let mut browser = Browser::new(&server);
        let name = format!("to {choice}");
        browser.start(&name).await;
        let form = browser.get("/link").await;
        assert!(form.text().contains("Bring them along into my account"));
        let asked = browser.post("/link", &[("code", &code)]).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains("Choose one of the two."));
        assert!(browser.get("/").await.text().contains(&name));
        // The code is good until it was used.
        let form = [("code", code.as_str()), ("guest", choice)];
        let answer = browser.post("/link", &form).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let page = browser.get("/").await;
        assert!(page.text().contains("at home"));
        assert_eq!(page.text().contains(&name), comes_along);
        assert_eq!(home.get("/").await.text().contains(&name), comes_along);
    }
}

/// Asks for the code of the app: the part of the form for it is open.
fn asks_for_code(answer: &Answer) {
    assert_eq!(answer.status, 401);
    let details = answer.text().split("<details").nth(1).unwrap();
    assert!(details.split('>').next().unwrap().contains("open"));
}

#[tokio::test]
async fn the_second_factor_is_asked_for_on_the_pages_to_link_and_to_recover() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let mut home = Browser::new(&server);
    home.sign_in("anna", &[]).await;
    home.start("at home").await;
    let app = App::of(&server, &anna).await;
    let used = app.code(server.clock.now());
    let shown = home.post("/account/link-code", &[]).await;
    let code = code(&shown, "Code");
    let recovery = grant["recovery_codes"][0].as_str().unwrap();
    let link = [("code", code.as_str())];
    let recover = [
        ("username", "anna"),
        ("recovery_code", recovery),
        ("new_password", "staple correct"),
    ];
    for (path, form) in [("/link", &link[..]), ("/recover", &recover)] {
        let mut browser = Browser::new(&server);
        asks_for_code(&browser.post(path, form).await);
        for wrong in ["000000", &used] {
            let form = [form, &[("second_code", wrong)]].concat();
            asks_for_code(&browser.post(path, &form).await);
        }
        assert!(!browser.get("/").await.text().contains("at home"));
        server.clock.advance(TimeDelta::seconds(30));
        let right = app.code(server.clock.now());
        let form = [form, &[("second_code", right.as_str())]].concat();
        let answer = browser.post(path, &form).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        assert!(browser.get("/").await.text().contains("at home"));
    }
}
