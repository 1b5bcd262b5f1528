//! How many statements each page takes: always the same, however much there is.

use super::{Options, Server, account::Browser, person::friday, send};
use axum::{body::Body, http::Request};
use chrono::TimeDelta;
use serde_json::json;
use stint::server::login::Policy;

/// Each page, with its statements: right after the start of the server, and with what it remembers
/// from then on. `sheet PERIOD` is what a page of tracked time loads by script.
const PAGES: [(&str, [u64; 2]); 26] = [
    ("/", [9, 4]),
    ("/?done={command}", [10, 5]),
    ("/day", [4, 1]),
    ("/day/2026-11-20", [4, 1]),
    ("/day/2026-11-19", [4, 1]),
    ("/week/2026-W47", [4, 1]),
    ("/month/2026-11", [4, 1]),
    ("/last/24-hours", [4, 1]),
    ("/last/7-days", [4, 1]),
    ("/last/4-weeks", [4, 1]),
    ("sheet ", [9, 4]),
    ("sheet month/2026-11", [4, 1]),
    ("/settings", [4, 3]),
    ("/session/{command}", [5, 2]),
    ("/help", [2, 1]),
    ("/projects", [5, 4]),
    ("/projects?archived=1", [5, 4]),
    ("/clients", [4, 3]),
    ("/tags", [4, 3]),
    ("{project}", [19, 14]),
    ("{project}/money", [5, 4]),
    ("/rates", [6, 3]),
    ("/account", [4, 3]),
    ("/link", [3, 2]),
    ("/recover", [3, 2]),
    ("/invitation?code={code}", [4, 3]),
];

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
    let line = format!("work {number} @client{number}/project{number} #tag{number}");
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
