//! Registering, signing in and recovering.

use super::{
    super::person::{count, friday, friday_with},
    *,
};
use stint::server::login::{Guests, Policy, RegistrationPolicy};

#[tokio::test]
async fn a_guest_who_registers_keeps_everything() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("running on").await;
    let page = browser.get("/register").await;
    assert!(page.text().contains("a running session keeps running"));
    let cookie = browser.cookie.clone();
    let registered = browser.register("anna").await;
    assert_eq!(registered.status, 200);
    assert_eq!(browser.cookie, cookie);
    assert_eq!(registered.text().matches("<li><code>").count(), 10);
    assert!(browser.get("/").await.text().contains("running on"));
    assert!(
        browser
            .get("/settings")
            .await
            .text()
            .contains("signed in as")
    );

    let mut other = Browser::new(&server);
    assert_eq!(other.sign_in("Anna", &[]).await.status, 303);
    assert!(other.get("/").await.text().contains("running on"));
}

/// A form of another tab that was open before says no more than the page does.
#[tokio::test]
async fn who_has_a_user_name_makes_no_second_account() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    let cookie = browser.cookie.clone();
    let again = browser.register("second").await;
    assert_eq!(
        (again.status, again.header("location")),
        (303.try_into().unwrap(), "/account")
    );
    assert_eq!(browser.cookie, cookie);
    let accounts = count(&server.store, "select count(*) from account").await;
    assert_eq!(accounts, 1);
}

#[tokio::test]
async fn a_refused_form_keeps_the_user_name_and_never_the_password() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    let form = [("username", "an<na"), ("password", "short")];
    let refused = browser.post("/register", &form).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("value=\"an&lt;na\""), "{text}");
    assert!(text.contains("A password has 8 to 256 characters."));
    assert!(text.contains("A user name has 1 to 64 letters"));
    assert!(!text.contains("short\""));
    let form = [("username", "anna"), ("password", "password1")];
    assert_eq!(browser.post("/register", &form).await.status, 422);
    browser.register("anna").await;
    let mut other = Browser::new(&server);
    let taken = other.register("ANNA").await;
    assert_eq!(taken.status, 422);
    let form = [("username", "anna"), ("password", "wrong horse battery")];
    let wrong = other.post("/sign-in", &form).await;
    assert_eq!(wrong.status, 401);
    assert!(!wrong.text().contains("wrong horse"));
    assert!(
        wrong
            .text()
            .contains("The user name or the password is wrong.")
    );
}

#[tokio::test]
async fn who_signs_in_over_a_guest_is_asked_what_becomes_of_it() {
    let server = friday().await;
    let mut home = Browser::new(&server);
    home.register("anna").await;
    for (choice, comes_along) in [("bring", true), ("leave", false)] {
        let mut browser = Browser::new(&server);
        browser.start(&format!("to {choice}")).await;
        let form = browser.get("/sign-in").await;
        assert!(form.text().contains("Bring them along into my account"));
        assert_eq!(browser.sign_in("anna", &[]).await.status, 422);
        let answer = browser.sign_in("anna", &[("guest", choice)]).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let page = home.get("/").await;
        assert_eq!(page.text().contains(&format!("to {choice}")), comes_along);
    }
}

#[tokio::test]
async fn who_recovers_over_a_guest_is_asked_what_becomes_of_it() {
    let server = friday().await;
    let mut home = Browser::new(&server);
    let codes = home.register("anna").await;
    let codes: Vec<_> = codes
        .text()
        .split("<li><code>")
        .skip(1)
        .map(|code| code.split('<').next().unwrap().to_owned())
        .collect();
    for (code, (choice, comes_along)) in codes.iter().zip([("bring", true), ("leave", false)]) {
        let mut browser = Browser::new(&server);
        let name = format!("to {choice}");
        browser.start(&name).await;
        let form = browser.get("/recover").await;
        assert!(form.text().contains("Bring them along into my account"));
        let mut form = vec![
            ("username", "anna"),
            ("recovery_code", code),
            ("new_password", PASSWORD),
        ];
        let asked = browser.post("/recover", &form).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains("Choose one of the two."));
        assert!(browser.get("/").await.text().contains(&name));
        form.push(("guest", choice));
        let answer = browser.post("/recover", &form).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let page = browser.get("/").await;
        assert_eq!(page.text().contains(&name), comes_along);
        let settings = browser.get("/settings").await;
        assert!(settings.text().contains("signed in as"));
    }
}

#[tokio::test]
async fn where_registration_is_closed_the_page_says_so() {
    let policy = Policy {
        registration: RegistrationPolicy::Closed,
        ..Policy::default()
    };
    let server = friday_with(policy).await;
    let mut browser = Browser::new(&server);
    let page = browser.get("/register").await;
    assert!(
        page.text()
            .contains("New accounts are not made here by everybody.")
    );
    assert!(!page.text().contains("<form"));
    assert_eq!(browser.register("anna").await.status, 403);
}

#[tokio::test]
async fn where_there_are_no_guests_the_timer_asks_who_it_is() {
    let policy = Policy {
        guests: Guests::Off,
        ..Policy::default()
    };
    let server = friday_with(policy).await;
    let mut browser = Browser::new(&server);
    let page = browser.get("/").await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("href=\"/sign-in\""));
    browser.register("anna").await;
    assert_eq!(browser.get("/").await.status, 200);
}
