//! What there is to look after: devices, codes, tokens, the second factor.

use super::{
    super::{
        api::Client,
        person::{count, friday},
    },
    *,
};
use chrono::TimeDelta;

#[tokio::test]
async fn devices_are_listed_and_signed_out() {
    let server = friday().await;
    let (mut home, mut away) = (Browser::new(&server), Browser::new(&server));
    home.register("anna").await;
    home.start("secret work").await;
    away.sign_in("anna", &[]).await;
    let settings = home.get("/settings").await;
    assert_eq!(settings.text().matches(">Firefox on Linux").count(), 2);
    let text = settings.text();
    let action = text
        .split("action=\"")
        .find(|part| part.starts_with("/account/devices/"));
    let action = action.unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(home.post(&action, &[]).await.status, 303);
    assert!(!away.get("/").await.text().contains("secret work"));
    assert_eq!(away.get("/account").await.status, 303);
    away.sign_in("anna", &[]).await;
    assert_eq!(home.post("/account/sign-out-others", &[]).await.status, 303);
    assert_eq!(away.get("/account").await.status, 303);
    assert_eq!(home.post("/sign-out", &[]).await.status, 303);
    assert!(!home.get("/").await.text().contains("secret work"));
}

#[tokio::test]
async fn a_code_links_another_browser_once() {
    let server = friday().await;
    let (mut home, mut phone) = (Browser::new(&server), Browser::new(&server));
    home.start("on both").await;
    let shown = home.post("/account/link-code", &[]).await;
    let code = code(&shown, "Code");
    assert!(shown.text().contains("role=\"img\" aria-label=\"QR code"));
    let filled = phone.get(&format!("/link?code={code}")).await;
    assert!(filled.text().contains(&format!("value=\"{code}\"")));
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(phone.post("/link", &[("code", &typed)]).await.status, 303);
    assert!(phone.get("/").await.text().contains("on both"));
    let mut thief = Browser::new(&server);
    let again = thief.post("/link", &[("code", &code)]).await;
    assert_eq!(again.status, 422);
    assert!(
        again
            .text()
            .contains("This code is wrong, was used, or is too old.")
    );
}

#[tokio::test]
async fn an_account_is_looked_after() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    let codes = browser.register("anna").await;
    let text = codes.text();
    let recovery = text.split("<li><code>").nth(1).unwrap();
    let recovery = recovery.split('<').next().unwrap().to_owned();
    browser.start("kept").await;

    let renamed = browser.post("/account/username", &[("username", "anna.b")]);
    assert_eq!(renamed.await.status, 303);
    let wrong = [("password", "wrong"), ("new_password", "another good one")];
    let refused = browser.post("/account/password", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("This password is wrong."));
    let right = [("password", PASSWORD), ("new_password", "another good one")];

    let token = [("name", "script"), ("scope", "read"), ("days", "30")];
    let made = browser.post("/account/tokens", &token).await;
    assert!(code(&made, "Token").starts_with("stint_pat_"));
    let page = browser.get("/account").await;
    assert!(page.text().contains("Remove script"));
    assert_eq!(browser.post("/account/password", &right).await.status, 303);
    let page = browser.get("/account?done=password").await;
    assert!(page.text().contains("all tokens removed"));
    assert!(!page.text().contains("Remove script"));

    let export = browser.get("/account/export.json").await;
    assert!(export.text().contains("\"name\":\"kept\""));

    let mut elsewhere = Browser::new(&server);
    let form = [
        ("username", "anna.b"),
        ("recovery_code", &recovery),
        ("new_password", PASSWORD),
    ];
    assert_eq!(elsewhere.post("/recover", &form).await.status, 303);
    assert_eq!(browser.get("/account").await.status, 303);

    let unsure = elsewhere.post("/account/delete", &[("password", PASSWORD)]);
    assert_eq!(unsure.await.status, 422);
    let sure = [("password", PASSWORD), ("sure", "yes")];
    assert_eq!(elsewhere.post("/account/delete", &sure).await.status, 303);
    assert_eq!(browser.sign_in("anna.b", &[]).await.status, 401);
}

#[tokio::test]
async fn an_authenticator_app_is_asked_from_then_on() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    let offered = browser.post("/account/second-factor", &[("password", PASSWORD)]);
    let secret = code(&offered.await, "Key");
    let now = || u64::try_from(server.clock.now().timestamp()).unwrap();
    let app = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
        .build()
        .unwrap();
    let wrong = browser.post("/account/second-factor/confirm", &[("code", "000")]);
    assert_eq!(wrong.await.status, 401);
    let first = app.generate(now()).to_string();
    let form = [("code", first.as_str())];
    let right = browser.post("/account/second-factor/confirm", &form).await;
    assert_eq!(right.status, 303);

    let mut other = Browser::new(&server);
    let needed = other.sign_in("anna", &[]).await;
    assert_eq!(needed.status, 401);
    let details = needed.text().split("<details").nth(1).unwrap();
    assert!(details.split('>').next().unwrap().contains("open"));
    let used = other.sign_in("anna", &[("second_code", &first)]).await;
    assert_eq!(used.status, 401);
    server.clock.advance(TimeDelta::seconds(60));
    let next = app.generate(now()).to_string();
    let entered = other.sign_in("anna", &[("second_code", &next)]).await;
    assert_eq!(entered.status, 303);

    let page = other.get("/account").await;
    assert!(page.text().contains("id=\"recovery-code\""));
    let unproven = [("password", PASSWORD)];
    let renewed = other.post("/account/recovery-codes", &unproven).await;
    assert_eq!(renewed.status, 401);
    server.clock.advance(TimeDelta::seconds(60));
    let next = app.generate(now()).to_string();
    let proven = [("password", PASSWORD), ("code", next.as_str())];
    let renewed = other.post("/account/recovery-codes", &proven).await;
    assert_eq!(renewed.text().matches("<li><code>").count(), 10);
}

#[tokio::test]
async fn a_guest_cannot_sign_out_and_lose_everything() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("would be lost").await;
    let refused = browser.post("/sign-out", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Register first"));
    assert!(browser.get("/").await.text().contains("would be lost"));
    // Another browser still finds it.
    let shown = browser.post("/account/link-code", &[]).await;
    let code = code(&shown, "Code");
    let mut other = Browser::new(&server);
    assert_eq!(other.post("/link", &[("code", &code)]).await.status, 303);
    assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
    assert_eq!(other.post("/sign-out", &[]).await.status, 422);
    assert!(other.get("/").await.text().contains("would be lost"));
}

#[tokio::test]
async fn signing_out_everywhere_takes_one_press() {
    let server = friday().await;
    let (mut home, mut away) = (Browser::new(&server), Browser::new(&server));
    home.start("secret work").await;
    // A guest would not get back in.
    let settings = home.get("/settings").await;
    assert!(!settings.text().contains("Sign out everywhere"));
    let refused = home.post("/account/sign-out-everywhere", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Register first"));

    home.register("anna").await;
    away.sign_in("anna", &[]).await;
    let token = [("name", "script"), ("scope", "read"), ("days", "")];
    let made = home.post("/account/tokens", &token).await;
    let script = Client::with_token(&server, code(&made, "Token"));
    let settings = home.get("/settings").await;
    let settings = settings.text();
    assert!(settings.contains(">Sign out everywhere else<"));
    assert!(settings.contains(">Sign out everywhere<"));
    assert!(settings.contains("Scripts keep the tokens that you gave them."));
    let out = home.post("/account/sign-out-everywhere", &[]).await;
    assert_eq!(
        (out.status, out.header("location")),
        (303.try_into().unwrap(), "/sign-in")
    );
    for browser in [&home, &away] {
        assert_eq!(browser.get("/account").await.status, 303);
    }
    script.get("/me").await.ok();
}

/// A browser has one cookie, so nobody is the device of the one before.
#[tokio::test]
async fn a_browser_that_gets_another_cookie_leaves_no_device_behind() {
    let server = friday().await;
    let devices = async || count(&server.store, "select count(*) from device").await;
    let mut browser = Browser::new(&server);
    browser.start("would be lost").await;
    let shown = browser.post("/account/link-code", &[]).await;
    let own = code(&shown, "Code");
    assert_eq!(browser.post("/link", &[("code", &own)]).await.status, 303);
    assert_eq!(devices().await, 1);
    assert_eq!(browser.post("/sign-out", &[]).await.status, 422);
    browser.register("anna").await;
    for _ in 0..2 {
        assert_eq!(browser.sign_in("anna", &[]).await.status, 303);
    }
    assert_eq!(devices().await, 1);
    let mut other = Browser::new(&server);
    other.register("ben").await;
    assert_eq!(devices().await, 2);
    assert_eq!(other.sign_in("anna", &[]).await.status, 303);
    let of_ben = "select count(*) from device d join account a on a.id = d.account_id
                  where a.username = 'ben'";
    assert_eq!(
        (devices().await, count(&server.store, of_ben).await),
        (2, 0)
    );
}

/// Whoever deletes an account is offered all of it first.
#[tokio::test]
async fn an_export_is_offered_where_the_account_is_deleted() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("kept").await;
    let page = browser.get("/account").await;
    let part = page.text().split("id=\"part-delete\"").nth(1).unwrap();
    assert!(part.contains("href=\"/account/export.json\""), "{part}");
}
