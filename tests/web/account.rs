//! The pages to register, sign in, link devices and look after an account, as a browser without
//! JavaScript uses them.

use super::{Answer, Server, ask, get_page, person::friday, send};
use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::TimeDelta;
use stint::{
    server::{
        clock::Clock,
        login::{Guests, Policy, RegistrationPolicy},
    },
    web::guard::Options,
};

const PASSWORD: &str = "correct horse battery";

/// A browser with its cookie.
pub struct Browser<'a> {
    server: &'a Server,
    pub cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub fn new(server: &'a Server) -> Self {
        Self {
            server,
            cookie: None,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = get_page(path);
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        ask(&self.server.router, request).await
    }

    /// Sends a form as our own page does, and keeps the cookie of the answer.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("user-agent", "Mozilla/5.0 (X11; Linux) Firefox/145.0")
            .header("sec-fetch-site", "same-origin");
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let answer = send(&self.server.router, request.body(Body::from(body)).unwrap()).await;
        let cookie = answer.header("set-cookie");
        if !cookie.is_empty() {
            assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Starts a session as a guest, or as whoever is signed in.
    pub async fn start(&mut self, name: &str) {
        let command = uuid::Uuid::now_v7().to_string();
        let form = [
            ("form[command]", command.as_str()),
            ("form[intent]", "start"),
            ("form[name]", name),
        ];
        let answer = self.post("/rpc/submit", &form).await;
        assert_eq!(answer.status, 302, "{answer:?}");
    }

    pub async fn register(&mut self, username: &str) -> Answer {
        let form = [("username", username), ("password", PASSWORD)];
        self.post("/register", &form).await
    }

    pub async fn sign_in(&mut self, username: &str, more: &[(&str, &str)]) -> Answer {
        let mut form = vec![("username", username), ("password", PASSWORD)];
        form.extend(more);
        self.post("/sign-in", &form).await
    }
}

/// The text of the first element `<code aria-label="LABEL">`.
pub fn code(answer: &Answer, label: &str) -> String {
    let text = answer.text();
    let mark = format!("<code aria-label=\"{label}\">");
    let (_, after) = text
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {label}: {text}"));
    after.split('<').next().unwrap().to_owned()
}

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
async fn where_registration_is_closed_the_page_says_so() {
    let policy = Policy {
        registration: RegistrationPolicy::Closed,
        ..Policy::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::system();
    let server = Server::over(folder, Options::default(), clock, policy).await;
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
    let folder = tempfile::tempdir().unwrap();
    let server = Server::over(folder, Options::default(), Clock::system(), policy).await;
    let mut browser = Browser::new(&server);
    let page = browser.get("/").await;
    assert_eq!(page.status, 401);
    assert!(page.text().contains("href=\"/sign-in\""));
    browser.register("anna").await;
    assert_eq!(browser.get("/").await.status, 200);
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

/// Method and address, what is sent, and the statuses for nobody, for somebody else with an
/// account, and for the owner. `{device}` and `{token}` are the owner's.
type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    [u16; 3],
);

const SURE: &[(&str, &str)] = &[("password", PASSWORD), ("sure", "yes")];

const TABLE: &[Row] = &[
    ("GET /register", &[], [200, 303, 303]),
    ("POST /register", &[], [422, 422, 422]),
    ("GET /sign-in", &[], [200, 303, 303]),
    ("POST /sign-in", &[], [401, 401, 401]),
    ("GET /link", &[], [200, 200, 200]),
    ("POST /link", &[], [422, 422, 422]),
    ("GET /recover", &[], [200, 200, 200]),
    ("POST /recover", &[], [422, 422, 422]),
    ("GET /account", &[], [303, 200, 200]),
    ("GET /account/export.json", &[], [303, 200, 200]),
    ("POST /account/link-code", &[], [303, 200, 200]),
    (
        "POST /account/username",
        &[("username", "an.other")],
        [303, 303, 422],
    ),
    ("POST /account/password", &[], [303, 422, 422]),
    ("POST /account/recovery-codes", SURE, [303, 200, 200]),
    ("POST /account/second-factor", SURE, [303, 200, 200]),
    ("POST /account/second-factor/confirm", &[], [303, 404, 404]),
    ("POST /account/second-factor/remove", SURE, [303, 404, 404]),
    (
        "POST /account/tokens",
        &[("name", "x"), ("scope", "read")],
        [303, 200, 200],
    ),
    ("POST /account/tokens/{token}/remove", &[], [303, 404, 303]),
    (
        "POST /account/devices/{device}/sign-out",
        &[],
        [303, 404, 303],
    ),
    ("POST /account/sign-out-others", &[], [303, 303, 303]),
    ("POST /account/delete", SURE, [303, 303, 303]),
    ("POST /sign-out", &[], [303, 303, 303]),
];

#[test]
fn every_page_of_accounts_has_a_row() {
    let mut known: Vec<_> = stint::web::account::addresses()
        .into_iter()
        .map(|(method, address)| format!("{method} {address}"))
        .collect();
    let mut listed: Vec<_> = TABLE
        .iter()
        .map(|row| row.0.replace("{token}", "{id}").replace("{device}", "{id}"))
        .collect();
    known.sort_unstable();
    listed.sort_unstable();
    assert_eq!(known, listed);
}

#[tokio::test]
async fn accounts_are_for_whoever_is_signed_in() {
    for (call, form, [nobody, stranger, owned]) in TABLE {
        let server = friday().await;
        let mut owner = Browser::new(&server);
        owner.register("anna").await;
        owner.start("of the owner").await;
        let mut second = Browser::new(&server);
        second.sign_in("anna", &[]).await;
        let token = [("name", "script"), ("scope", "read"), ("days", "")];
        owner.post("/account/tokens", &token).await;
        let (settings, account) = (owner.get("/settings").await, owner.get("/account").await);
        let id = |page: &Answer, before: &str| {
            let text = page.text();
            let after = text.split(before).nth(1).unwrap();
            after.split('/').next().unwrap().to_owned()
        };
        let device = id(&settings, "action=\"/account/devices/");
        let token = id(&account, "action=\"/account/tokens/");
        let mut other = Browser::new(&server);
        other.register("other").await;

        let (method, path) = call.split_once(' ').unwrap();
        let path = path.replace("{device}", &device).replace("{token}", &token);
        let method: Method = method.parse().unwrap();
        let as_before = async || {
            let (settings, account) = (owner.get("/settings").await, owner.get("/account").await);
            let devices = settings.text().split("aria-label=\"Devices\"").nth(1);
            (
                devices.unwrap().split("</ul>").next().unwrap().to_owned(),
                // Around it, each answer has a nonce and a command's id of its own.
                account
                    .text()
                    .split_once("<main")
                    .unwrap()
                    .1
                    .split_once("</main>")
                    .unwrap()
                    .0
                    .to_owned(),
            )
        };
        let before = as_before().await;
        for (who, browser, wanted) in [
            ("nobody", &mut Browser::new(&server), nobody),
            ("stranger", &mut other, stranger),
        ] {
            let answer = match method {
                Method::GET => browser.get(&path).await,
                _ => browser.post(&path, form).await,
            };
            assert_eq!(answer.status, *wanted, "{who}: {call}: {}", answer.text());
            assert!(!answer.text().contains("of the owner"), "{who}: {call}");
            assert_eq!(as_before().await, before, "{who}: {call}");
        }
        let answer = match method {
            Method::GET => owner.get(&path).await,
            _ => owner.post(&path, form).await,
        };
        assert_eq!(answer.status, *owned, "owner: {call}: {}", answer.text());
    }
}

#[tokio::test]
async fn another_site_changes_nothing_here() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    for (method, address) in stint::web::account::addresses() {
        if method == Method::GET {
            continue;
        }
        let request = Request::post(address.replace("{id}", "x"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", browser.cookie.clone().unwrap())
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.test")
            .body(Body::from("password=correct+horse+battery&sure=yes"))
            .unwrap();
        assert_eq!(send(&server.router, request).await.status, 403, "{address}");
    }
    assert_eq!(browser.get("/account").await.status, 200);
}
