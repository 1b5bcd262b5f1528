//! Server functions and pages: who sees and changes what with a cookie.

use super::{
    super::{Answer, Server, api::*, ask, get_page, person::friday, send},
    actors::{SECRET, fresh},
};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use stint::{app::App, domain::Settings, server::store::Viewer, web::document};

/// A server function, what is sent, and the statuses that nobody, a stranger and the owner get.
/// Whoever does something that needs an account becomes a guest.
type Row = (&'static str, fn(&Owner) -> Sent, [u16; 3]);

enum Sent {
    Json(Value),
    Form(String),
}
use Sent::{Form, Json};

/// Every server function, and every form of the pages beside.
const FUNCTIONS: &[Row] = &[
    (
        "/rpc/sheet",
        |_| Json(json!({"query": {}})),
        [200, 200, 200],
    ),
    (
        "/rpc/suggest",
        |_| Json(json!({"typed": "merger"})),
        [200, 200, 200],
    ),
    ("/rpc/submit", |owner| owner.form("rename"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("delete"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("stop"), [404, 404, 200]),
    (
        "/rpc/submit",
        |owner| owner.form("delete-all"),
        [404, 404, 200],
    ),
    ("/rpc/submit", |owner| owner.form("assign"), [404, 404, 200]),
    // Nobody waits for what comes of it.
    (
        "/rpc/submit-all",
        |owner| match owner.form("delete") {
            Form(form) => Form(form.replace("form[", "forms[0][")),
            json => json,
        },
        [200, 200, 200],
    ),
    (
        "/rpc/settings/save",
        |_| Form(SETTINGS.to_owned()),
        [200, 200, 200],
    ),
    (
        "/rpc/settings/guess-zone",
        |_| Json(json!({"zone": "Asia/Tokyo"})),
        [404, 200, 200],
    ),
    (
        "/favourites",
        |owner| Form(format!("pin={}", owner.session)),
        [404, 404, 303],
    ),
    (
        "/favourites",
        |owner| Form(format!("unpin={}", owner.favourite)),
        [404, 404, 303],
    ),
];

const SETTINGS: &str = "form[zone]=Asia/Kathmandu&form[week_start]=Sun&form[hour_format]=12\
    &form[theme]=dark&form[duration_format]=decimal&form[day_start_hour]=4";

/// Every page; all may be seen by everybody, with what is their own on it.
const PAGES: &[&str] = &[
    "/",
    "/day",
    "/week",
    "/month",
    "/day/:date",
    "/week/:week",
    "/month/:month",
    "/last/:window",
    "/session/:id",
    "/settings",
    "/help",
];

/// A guest with a browser.
struct Owner {
    viewer: Viewer,
    cookie: String,
    session: String,
    favourite: String,
}

impl Owner {
    async fn new(server: &Server) -> Self {
        let now = server.clock.now();
        let made = server
            .store
            .create_guest(&Settings::default(), "", now)
            .await;
        let (viewer, secret) = made.unwrap();
        let mut owner = Self {
            viewer,
            cookie: format!("stint_device={}", secret.reveal()),
            session: fresh(),
            favourite: String::new(),
        };
        let start = format!(
            "form[command]={}&form[intent]=start&form[name]={SECRET}",
            owner.session
        );
        let started = owner
            .ask(server, "/rpc/submit", Form(start.replace(' ', "+")))
            .await;
        assert_eq!(started.status, 200);
        let session = owner.session.parse().unwrap();
        let pinned = server.store.pin(owner.viewer.account, session, now).await;
        owner.favourite = pinned.unwrap().0.id.to_string();
        owner
    }

    fn form(&self, intent: &str) -> Sent {
        let (command, session) = (fresh(), &self.session);
        Form(format!(
            "form[command]={command}&form[intent]={intent}&form[session]={session}&form[name]=taken\
             &form[sessions][]={session}&form[billable]=yes"
        ))
    }

    async fn ask(&self, server: &Server, path: &str, sent: Sent) -> Answer {
        call(server, Some(("cookie", &self.cookie)), path, sent).await
    }

    async fn state(&self, server: &Server) -> String {
        let store = &server.store;
        let account = self.viewer.account;
        format!(
            "{:?} {:?} {:?}",
            store.running_record(account).await.unwrap(),
            store.settings(account).await.unwrap(),
            store.favourites(account, server.clock.now()).await.unwrap(),
        )
    }
}

/// As our own page sends it.
async fn call(server: &Server, header: Option<(&str, &str)>, path: &str, sent: Sent) -> Answer {
    let (kind, body) = match sent {
        Json(value) => ("application/json", value.to_string()),
        Form(form) => ("application/x-www-form-urlencoded", form),
    };
    let request = Request::post(path)
        .header("content-type", kind)
        .header("sec-fetch-site", "same-origin");
    let request = match header {
        Some((name, value)) => request.header(name, value),
        None => request,
    };
    send(&server.router, request.body(Body::from(body)).unwrap()).await
}

#[test]
fn every_server_function_and_every_page_has_a_row() {
    let mut known: Vec<_> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .chain(document::FORMS)
        .collect();
    let mut listed: Vec<_> = FUNCTIONS.iter().map(|row| row.0).collect();
    known.sort_unstable();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(
        known, listed,
        "functions without a row, or rows without a function"
    );

    let routes = leptos_axum::generate_route_list(App);
    let mut routes: Vec<_> = routes.iter().map(|route| route.path().to_owned()).collect();
    routes.extend(document::ADDRESSES.map(str::to_owned));
    let mut pages: Vec<_> = PAGES.iter().map(|page| axum_path(page)).collect();
    routes.sort_unstable();
    pages.sort_unstable();
    assert_eq!(routes, pages, "pages without a row, or rows without a page");
}

/// `/day/:date` is `/day/{date}` for the router.
fn axum_path(page: &str) -> String {
    let parts = page.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn server_functions_are_for_whoever_has_the_cookie() {
    for (path, sent, [nobody, stranger, owned]) in FUNCTIONS {
        let server = friday().await;
        let (owner, other) = (Owner::new(&server).await, Owner::new(&server).await);
        let before = owner.state(&server).await;
        let bearer = Client::guest(&server).await.token.unwrap();
        let bearer = format!("Bearer {bearer}");
        for header in [
            None,
            Some(("authorization", bearer.as_str())),
            Some(("cookie", "stint_device=x")),
        ] {
            let answer = call(&server, header, path, sent(&owner)).await;
            assert_eq!(answer.status, *nobody, "nobody: {path}: {answer:?}");
            assert!(!answer.text().contains(SECRET), "nobody: {path}");
        }
        let answer = other.ask(&server, path, sent(&owner)).await;
        assert_eq!(answer.status, *stranger, "stranger: {path}: {answer:?}");
        assert!(!answer.text().contains(&owner.session), "stranger: {path}");
        assert_eq!(owner.state(&server).await, before, "{path}");
        let answer = owner.ask(&server, path, sent(&owner)).await;
        assert_eq!(answer.status, *owned, "owner: {path}: {answer:?}");
    }
}

#[tokio::test]
async fn pages_show_what_is_ones_own() {
    let server = friday().await;
    let (owner, other) = (Owner::new(&server).await, Owner::new(&server).await);
    let mut shown = 0;
    for page in PAGES {
        let path = page
            .replace(":date", "2026-11-20")
            .replace(":week", "2026-W47");
        let path = path
            .replace(":month", "2026-11")
            .replace(":window", "7-days");
        let path = path.replace(":id", &owner.session);
        let nobody = ask(&server.router, get_page(&path)).await;
        assert!(!nobody.text().contains(SECRET), "nobody: {path}");
        let stranger = ask(
            &server.router,
            get_page(&path).header("cookie", &other.cookie),
        )
        .await;
        assert!(
            !stranger.text().contains(&owner.session),
            "stranger: {path}"
        );
        let own = ask(
            &server.router,
            get_page(&path).header("cookie", &owner.cookie),
        )
        .await;
        shown += usize::from(own.text().contains(SECRET));
    }
    // Settings and help only in the tab.
    assert_eq!(shown, PAGES.len());
}
