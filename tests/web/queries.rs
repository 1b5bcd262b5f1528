//! How many statements each page takes: always the same, however much there is.

use super::{Options, Server, account::Browser, api::*, authz::table::TABLE, person::friday, send};
use axum::{body::Body, http::Request};
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeMap;
use stint::{
    app::App,
    server::login::Policy,
    web::{account, document, project, rate},
};

/// Each page, with its statements: right after the start of the server, and with what it remembers
/// from then on. What is billable is asked for its price; a day without that is not. `sheet PERIOD` is what a page of tracked time loads by script.
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
    ("{project}", [21, 15]),
    ("{project}/money", [6, 5]),
    ("/rates", [7, 4]),
    ("/account", [4, 3]),
    ("/link", [3, 2]),
    ("/recover", [3, 2]),
    ("/invitation?code={code}", [5, 4]),
];

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
    for page in pages.map(|page| plain(&page)) {
        let is_counted = counted.contains(&page);
        assert_ne!(is_counted, UNCOUNTED.contains(&page.as_str()), "{page}");
    }
}

/// No call that reads takes more statements where there is more: each that the API has.
#[tokio::test]
async fn no_call_that_reads_grows() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    let made = browser.post("/projects", &[("name", "Shop")]).await;
    let page = made
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let project = page.rsplit('/').next().unwrap().to_owned();
    let cookie = browser.cookie.clone().unwrap();
    let form = [("name", "script"), ("scope", "write"), ("days", "")];
    let token = browser.post("/account/tokens", &form).await;
    let token = token.text().split("aria-label=\"Token\">").nth(1).unwrap();
    let client = Client::with_token(&server, token.split('<').next().unwrap());
    let budget = json!({"budget": {"minor": 100_000, "currency": "EUR"}, "billable": true});
    client
        .patch(&format!("/projects/{project}"), budget)
        .await
        .ok();
    let session = start(&mut browser, "first @shop #tag").await;
    add(&server, &cookie, &page, 0).await;
    let first = async |list: &str, field: &str| {
        let list = client.get(list).await.ok();
        let item = &list["items"][0];
        let found = if field.is_empty() {
            &item["id"]
        } else {
            &item[field]["id"]
        };
        found
            .as_str()
            .unwrap_or_else(|| panic!("{list}"))
            .to_owned()
    };
    let member = first(&format!("/projects/{project}/members"), "account").await;
    let ids = [
        ("/sessions/{id}", format!("/sessions/{session}")),
        ("/projects/{id}", format!("/projects/{project}")),
        (
            "/clients/{id}",
            format!("/clients/{}", first("/clients", "").await),
        ),
        ("/tags/{id}", format!("/tags/{}", first("/tags", "").await)),
        (
            "/rates/{id}",
            format!("/rates/{}", first("/rates", "").await),
        ),
        ("{account}", member),
    ];
    let calls = TABLE.iter().filter_map(|row| row.0.strip_prefix("GET "));
    let calls: Vec<String> = calls
        .map(|call| {
            ids.iter()
                .fold(call.to_owned(), |call, (word, id)| call.replace(word, id))
        })
        // One device or token is a line of its list.
        .filter(|call| !call.contains('{'))
        .collect();
    let costs = async || {
        let mut costs = BTreeMap::new();
        for call in &calls {
            client.get(call).await.ok();
            let before = server.store.queries();
            client.get(call).await.ok();
            costs.insert(call.clone(), server.store.queries() - before);
        }
        costs
    };
    let few = costs().await;
    for number in 1..12 {
        add(&server, &cookie, &page, number).await;
    }
    assert_eq!(costs().await, few);
}

/// The same server after a new start.
async fn restarted(server: Server) -> Server {
    let Server {
        router,
        store,
        clock,
        app,
        folder,
    } = server;
    store.close().await;
    drop((router, store, app));
    Server::over(folder, Options::default(), clock, Policy::default()).await
}

/// A browser that goes on with a cookie.
fn browser<'a>(server: &'a Server, cookie: &str) -> Browser<'a> {
    let mut browser = Browser::new(server);
    browser.cookie = Some(cookie.to_owned());
    browser
}

/// The statements of one request.
async fn asked(server: &Server, cookie: &str, page: &str) -> u64 {
    let before = server.store.queries();
    let answer = match page.strip_prefix("sheet ") {
        None => browser(server, cookie).get(page).await,
        Some(period) => {
            let query = json!({"query": {"period": period}}).to_string();
            let request = Request::post("/rpc/sheet")
                .header("content-type", "application/json")
                .header("sec-fetch-site", "same-origin")
                .header("cookie", cookie);
            send(&server.router, request.body(Body::from(query)).unwrap()).await
        }
    };
    assert_eq!(answer.status, 200, "{page}");
    server.store.queries() - before
}

/// Starts the timer with a line; the command, which is the session, too.
async fn start(browser: &mut Browser<'_>, line: &str) -> String {
    let command = uuid::Uuid::now_v7().to_string();
    let form = [
        ("form[command]", command.as_str()),
        ("form[intent]", "start"),
        ("form[name]", line),
    ];
    assert_eq!(browser.post("/rpc/submit", &form).await.status, 302);
    command
}

/// Makes a link to a project, and gives its code.
async fn link(browser: &mut Browser<'_>, project: &str) -> String {
    let address = format!("{project}/invitation-link");
    let made = browser.post(&address, &[("role", "member")]).await;
    let (_, code) = made.text().split_once("/invitation?code=").unwrap();
    code.split('<').next().unwrap().to_owned()
}

/// One more of everything that an account can have.
async fn add(server: &Server, cookie: &str, project: &str, number: usize) {
    let mut browser = browser(server, cookie);
    // So little that nobody counts as having been away.
    server.clock.advance(TimeDelta::seconds(1));
    let line = format!("work {number} @client{number}/project{number} #tag{number} !");
    let session = start(&mut browser, &line).await;
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
    start(&mut member, &format!("of member {number} @shop")).await;
}

#[tokio::test]
async fn every_page_takes_its_statements_however_much_there_is() {
    let mut server = friday().await;
    let mut first = Browser::new(&server);
    first.register("anna").await;
    let made = first.post("/projects", &[("name", "Shop")]).await;
    let project = made
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let command = start(&mut first, "first @shop #tag").await;
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
                let id = uuid::Uuid::now_v7().to_string();
                let form = [
                    ("form[command]", id.as_str()),
                    ("form[intent]", "rename"),
                    ("form[session]", &command),
                    ("form[name]", name),
                ];
                browser(&server, &cookie).post("/rpc/submit", &form).await;
            }
        }
        for (page, expected) in PAGES {
            server = restarted(server).await;
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
