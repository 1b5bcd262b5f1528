//! How many statements each page takes: always the same, however much there is.

use super::{Json, Server, browser::Browser, person::friday};
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeSet;
use stint::{
    app::App,
    web::{account, document, project, rate},
};

/// Each page, with its statements: right after the start of the server, and with what it remembers
/// from then on. What is billable is asked for its price; a day without that is not. `sheet PERIOD` is
/// what a page of tracked time loads by script.
const PAGES: [(&str, [u64; 2]); 26] = [
    ("/", [12, 4]),
    ("/?done={command}", [13, 5]),
    ("/day", [7, 1]),
    ("/day/2026-11-20", [7, 1]),
    ("/day/2026-11-19", [4, 1]),
    ("/week/2026-W47", [7, 1]),
    ("/month/2026-11", [7, 1]),
    ("/last/24-hours", [7, 1]),
    ("/last/7-days", [7, 1]),
    ("/last/4-weeks", [7, 1]),
    ("sheet ", [12, 4]),
    ("sheet month/2026-11", [7, 1]),
    ("/settings", [5, 4]),
    ("/session/{command}", [6, 3]),
    ("/help", [3, 2]),
    ("/projects", [6, 5]),
    ("/projects?archived=1", [6, 5]),
    ("/clients", [5, 4]),
    ("/tags", [5, 4]),
    ("{project}", [22, 16]),
    ("{project}/money", [6, 5]),
    ("/rates", [7, 4]),
    ("/account", [4, 3]),
    ("/link", [3, 2]),
    ("/recover", [3, 2]),
    ("/invitation?code={code}", [5, 4]),
];

/// The same for somebody with nothing billable: no page asks for a price.
const UNPAID: [(&str, [u64; 2]); 3] = [("/", [9, 4]), ("/week", [4, 1]), ("sheet ", [9, 4])];

/// Pages that are about nobody's data yet, or not about much, or are others without a date: they are not counted.
const UNCOUNTED: [&str; 6] = [
    "/register",
    "/sign-in",
    "/account/export.json",
    "/rates/*",
    "/week",
    "/month",
];

/// Whatever page there is, is counted.
#[test]
fn every_page_is_counted() {
    let plain = |address: &str| {
        let path = address.split('?').next().unwrap();
        let path = path.replace("{project}", "/project/{id}");
        let parts = path.split('/').map(|part| {
            let is_one =
                part.starts_with(['{', ':']) || part.contains(|c: char| c.is_ascii_digit());
            if is_one || ["7-days", "24-hours"].contains(&part) {
                "*".to_owned()
            } else {
                part.to_owned()
            }
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let tables = [
        account::addresses(),
        project::addresses(),
        rate::addresses(),
    ]
    .concat();
    let pages = tables.into_iter().filter(|(method, _)| *method == "GET");
    let pages = pages.map(|(_, address)| address.to_owned());
    let routes = leptos_axum::generate_route_list(App);
    let pages = pages.chain(routes.iter().map(|route| route.path().to_owned()));
    let documents = document::addresses().into_iter();
    let documents = documents.filter(|(method, _)| *method == "GET");
    let pages = pages.chain(documents.map(|(_, address)| address.to_owned()));
    let counted: Vec<_> = PAGES.iter().map(|(page, _)| plain(page)).collect();
    let pages: BTreeSet<_> = pages.map(|page| plain(&page)).collect();
    for page in &pages {
        let is_counted = counted.contains(page);
        assert_ne!(is_counted, UNCOUNTED.contains(&page.as_str()), "{page}");
    }
    for page in UNCOUNTED {
        assert!(pages.contains(page), "{page} does not exist");
    }
}

/// The statements of one request.
async fn asked(server: &Server, cookie: &str, page: &str) -> u64 {
    let browser = Browser::with_cookie(server, cookie);
    let before = server.store.queries();
    let answer = match page.strip_prefix("sheet ") {
        None => browser.get(page).await,
        Some(period) => {
            let query = Json(json!({"query": {"period": period}}));
            browser.by_script("/rpc/sheet", query).await
        }
    };
    assert_eq!(answer.status, 200, "{page}");
    server.store.queries() - before
}

/// Makes a link to a project, and gives its code.
async fn link(browser: &mut Browser<'_>, project: &str) -> String {
    let address = format!("{project}/invitation-link");
    let made = browser.post(&address, &[("role", "member")]).await;
    let (_, code) = made.text().split_once("/invitation?code=").unwrap();
    code.split('<').next().unwrap().to_owned()
}

/// Makes a project, and gives the address of its page.
pub async fn shop(browser: &mut Browser<'_>) -> String {
    let made = browser.post("/projects", &[("name", "Shop")]).await;
    made.header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

/// One more of everything that an account can have.
pub async fn add(server: &Server, cookie: &str, project: &str, number: usize) {
    let mut browser = Browser::with_cookie(server, cookie);
    // So little that nobody counts as having been away.
    server.clock.advance(TimeDelta::seconds(1));
    let line = format!("work {number} @client{number}/project{number} #tag{number} !");
    let session = browser.start(&line).await;
    let date = format!("2026-11-{:02}", 1 + number);
    let rate = [
        ("for", "account"),
        ("amount", "85"),
        ("currency", "EUR"),
        ("from", &date),
    ];
    let token = [("name", "script"), ("scope", "write"), ("days", "")];
    let pin = [("pin", session.as_str())];
    for (path, form, status) in [
        ("/rates", &rate[..], 303),
        ("/account/tokens", &token, 200),
        (stint::components::shortcuts::PIN_ADDRESS, &pin, 303),
    ] {
        let answer = browser.post(path, form).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
    let code = link(&mut browser, project).await;
    let mut member = Browser::new(server);
    let joined = member.post("/invitation/accept", &[("code", &code)]).await;
    assert_eq!(joined.status, 303);
    member.start(&format!("of member {number} @shop")).await;
}

#[tokio::test]
async fn every_page_takes_its_statements_however_much_there_is() {
    let mut server = friday().await;
    let mut first = Browser::new(&server);
    first.register("anna").await;
    let project = shop(&mut first).await;
    let command = first.start("first @shop #tag").await;
    let code = link(&mut first, &project).await;
    let cookie = first.cookie.clone().unwrap();
    add(&server, &cookie, &project, 0).await;
    let mut wrong = Vec::new();
    for much in [false, true] {
        if much {
            for number in 1..12 {
                add(&server, &cookie, &project, number).await;
            }
            Browser::new(&server).sign_in("anna", &[]).await;
            // What happened to a session, too.
            for name in ["second", "third", "fourth"] {
                let form = [
                    ("form[intent]", "rename"),
                    ("form[session]", command.as_str()),
                    ("form[name]", name),
                ];
                let mut browser = Browser::with_cookie(&server, &cookie);
                let (_, renamed) = browser.submit(&form).await;
                assert!(renamed.header("location").contains("done="), "{renamed:?}");
            }
        }
        for (page, expected) in PAGES {
            server = server.restarted().await;
            let address = page
                .replace("{command}", &command)
                .replace("{project}", &project)
                .replace("{code}", &code);
            let first = asked(&server, &cookie, &address).await;
            let found = [first, asked(&server, &cookie, &address).await];
            if found != expected {
                wrong.push(format!("{page}: {found:?}, with much: {much}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_is_not_billable_is_not_asked_for_its_price() {
    let mut server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    browser.start("unpaid @acme/shop #tag").await;
    let cookie = browser.cookie.unwrap();
    let mut found = Vec::new();
    for (page, _) in UNPAID {
        server = server.restarted().await;
        let first = asked(&server, &cookie, page).await;
        found.push((page, [first, asked(&server, &cookie, page).await]));
    }
    assert_eq!(found, UNPAID);
}
