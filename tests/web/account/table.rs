//! Who may do what on the pages of accounts.

use super::{
    super::{person::friday, shut_out::SignedOut},
    *,
};
use axum::http::Method;

/// Method and address, what is sent, and the statuses for nobody, for a guest, for somebody else with an
/// account, and for the owner. `{device}` and `{token}` are the owner's.
type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    [u16; 4],
);

const SURE: &[(&str, &str)] = &[("password", PASSWORD), ("sure", "yes")];

const TABLE: &[Row] = &[
    ("GET /register", &[], [200, 200, 303, 303]),
    ("POST /register", &[], [422, 422, 303, 303]),
    ("GET /sign-in", &[], [200, 200, 303, 303]),
    ("POST /sign-in", &[], [401, 422, 401, 401]),
    ("GET /link", &[], [200, 200, 200, 200]),
    ("POST /link", &[], [422, 422, 422, 422]),
    ("GET /recover", &[], [200, 200, 200, 200]),
    ("POST /recover", &[], [422, 422, 422, 422]),
    ("GET /account", &[], [303, 200, 200, 200]),
    ("GET /account/export.json", &[], [303, 200, 200, 200]),
    ("POST /account/link-code", &[], [303, 200, 200, 200]),
    (
        "POST /account/username",
        &[("username", "an.other")],
        [303, 422, 303, 422],
    ),
    ("POST /account/password", &[], [303, 422, 422, 422]),
    ("POST /account/recovery-codes", SURE, [303, 422, 200, 200]),
    ("POST /account/second-factor", SURE, [303, 422, 200, 200]),
    (
        "POST /account/second-factor/confirm",
        &[],
        [303, 404, 404, 404],
    ),
    (
        "POST /account/second-factor/remove",
        SURE,
        [303, 422, 404, 404],
    ),
    (
        "POST /account/tokens",
        &[("name", "x"), ("scope", "read")],
        [303, 200, 200, 200],
    ),
    (
        "POST /account/tokens/{token}/remove",
        &[],
        [303, 404, 404, 303],
    ),
    (
        "POST /account/devices/{device}/sign-out",
        &[],
        [303, 404, 404, 303],
    ),
    ("POST /account/sign-out-others", &[], [303, 303, 303, 303]),
    (
        "POST /account/sign-out-everywhere",
        &[],
        [303, 422, 303, 303],
    ),
    ("POST /account/delete", SURE, [303, 303, 303, 303]),
    ("POST /sign-out", &[], [303, 422, 303, 303]),
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

/// An owner with a second device and a token, and what stands in braces for them.
async fn owner(server: &Server) -> (Browser<'_>, [(&'static str, String); 2]) {
    let mut owner = Browser::new(server);
    owner.register("anna").await;
    owner.start("of the owner").await;
    let mut second = Browser::new(server);
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
    (owner, [("{device}", device), ("{token}", token)])
}

/// Asks as a row says.
async fn send_row(browser: &mut Browser<'_>, row: &Row, ids: &[(&str, String)]) -> Answer {
    let (method, path) = row.0.split_once(' ').unwrap();
    let path = ids
        .iter()
        .fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
    match method {
        "GET" => browser.get(&path).await,
        _ => browser.post(&path, row.1).await,
    }
}

#[tokio::test]
async fn accounts_are_for_whoever_is_signed_in() {
    for row in TABLE {
        let (call, _, [nobody, no_name, stranger, owned]) = row;
        let server = friday().await;
        let (mut owner, ids) = owner(&server).await;
        let mut other = Browser::new(&server);
        other.register("other").await;
        let mut guest = Browser::new(&server);
        guest.start("of a guest").await;
        let as_before = async || {
            let (settings, account) = (owner.get("/settings").await, owner.get("/account").await);
            let devices = settings.text().split("aria-label=\"Devices\"").nth(1);
            (
                devices.unwrap().split("</ul>").next().unwrap().to_owned(),
                account.main().to_owned(),
            )
        };
        let before = as_before().await;
        for (who, browser, wanted) in [
            ("nobody", &mut Browser::new(&server), nobody),
            ("pending", &mut Browser::pending(&server).await, nobody),
            ("guest", &mut guest, no_name),
            ("stranger", &mut other, stranger),
        ] {
            let answer = send_row(browser, row, &ids).await;
            assert_eq!(answer.status, *wanted, "{who}: {call}: {}", answer.text());
            assert!(!answer.text().contains("of the owner"), "{who}: {call}");
            assert_eq!(as_before().await, before, "{who}: {call}");
        }
        let answer = send_row(&mut owner, row, &ids).await;
        assert_eq!(answer.status, *owned, "owner: {call}: {}", answer.text());
    }
}

/// What the table has only as it is refused.
const RIGHT: &[Row] = &[
    (
        "POST /account/username",
        &[("username", "mine")],
        [303, 422, 303, 303],
    ),
    (
        "POST /account/password",
        &[("password", PASSWORD), ("new_password", "staple correct")],
        [303, 422, 422, 303],
    ),
];

/// For whoever is not signed in.
const ASKS_NOBODY: &[&str] = &[
    "POST /register",
    "POST /sign-in",
    "POST /link",
    "POST /recover",
];

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_is_led_to_sign_in() {
    let server = friday().await;
    let (mut owner, ids) = owner(&server).await;
    for row in TABLE.iter().chain(RIGHT) {
        let (call, _, [.., owned]) = row;
        if call.starts_with("GET") || *owned >= 400 || ASKS_NOBODY.contains(call) {
            continue;
        }
        let meanwhile = SignedOut::meanwhile(&server, &owner).await;
        let answer = send_row(&mut owner, row, &ids).await;
        assert_eq!(answer.status, 303, "{call}: {}", answer.text());
        assert_eq!(answer.header("location"), "/sign-in", "{call}");
        meanwhile.end(call).await;
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
