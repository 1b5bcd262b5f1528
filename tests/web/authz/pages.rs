//! Server functions and pages: who sees and changes what with a cookie.

use super::{
    super::{
        Json, Server, api::*, ask, browser::Browser, by_script, get_page, person::friday,
        shut_out::SignedOut,
    },
    actors::SECRET,
    functions::{Owner, READS, SUBMITTED, functions},
};
use axum::http::Method;
use serde_json::json;
use stint::{app::App, domain::form::intent, server::account, web::document};

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

/// The addresses of pages and forms that are neither an account's nor a project's.
fn of_documents(method: &Method) -> impl Iterator<Item = &'static str> {
    let addresses = document::addresses().into_iter();
    addresses
        .filter(move |(of, _)| of == method)
        .map(|(_, address)| address)
}

#[test]
fn every_server_function_and_every_page_has_a_row() {
    let mut known: Vec<_> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .chain(of_documents(&Method::POST))
        .collect();
    let mut listed: Vec<_> = functions().iter().map(|row| row.0).collect();
    known.sort_unstable();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(
        known, listed,
        "functions without a row, or rows without a function"
    );

    let submitted = SUBMITTED.map(|(intent, _)| intent);
    assert_eq!(submitted, intent::ALL, "forms without a row");

    let routes = leptos_axum::generate_route_list(App);
    let mut routes: Vec<_> = routes.iter().map(|route| route.path().to_owned()).collect();
    routes.extend(of_documents(&Method::GET).map(str::to_owned));
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
    for (path, sent, [nobody, stranger, owned]) in functions() {
        let server = friday().await;
        let (owner, other) = (Owner::new(&server).await, Owner::new(&server).await);
        let before = owner.state(&server).await;
        for header in nobodies(&server).await {
            let header = header.as_ref().map(|(name, value)| (*name, value.as_str()));
            let answer = by_script(&server.router, header.as_slice(), path, sent(&owner)).await;
            assert_eq!(answer.status, nobody, "nobody: {path}: {answer:?}");
            assert!(!answer.text().contains(SECRET), "nobody: {path}");
        }
        let answer = other.ask(&server, path, sent(&owner)).await;
        assert_eq!(answer.status, stranger, "stranger: {path}: {answer:?}");
        assert!(!answer.text().contains(&owner.session), "stranger: {path}");
        assert_eq!(owner.state(&server).await, before, "{path}");
        let answer = owner.ask(&server, path, sent(&owner)).await;
        assert_eq!(answer.status, owned, "owner: {path}: {answer:?}");
    }
}

/// What those send who are nobody to the pages: nothing, a token of the API, a cookie that never was one, that of
/// a browser that was signed out, and what was given to somebody who showed a password and no code.
async fn nobodies(server: &Server) -> [Option<(&'static str, String)>; 5] {
    let bearer = Client::guest(server).await.token.unwrap();
    let revoked = Owner::new(server).await;
    let device = revoked.viewer.device;
    let ended = account::end_device(&server.app, &revoked.viewer, device, true);
    ended.await.unwrap();
    let pending = Browser::pending(server).await;
    [
        None,
        Some(("authorization", format!("Bearer {bearer}"))),
        Some(("cookie", "stint_device=x".to_owned())),
        Some(("cookie", revoked.cookie)),
        pending.cookie.map(|cookie| ("cookie", cookie)),
    ]
}

/// The cookie was looked up before, and another process shut its browser out.
#[tokio::test]
async fn whoever_was_shut_out_meanwhile_changes_nothing_here() {
    let server = friday().await;
    let owner = Owner::new(&server).await;
    for (path, sent, _) in functions() {
        let sheet = Json(json!({"query": {}}));
        assert_eq!(owner.ask(&server, "/rpc/sheet", sheet).await.status, 200);
        let meanwhile = SignedOut::now(&server).await;
        let answer = owner.ask(&server, path, sent(&owner)).await;
        let what = format!("{path}: {answer:?}");
        let refused = if READS.contains(&path) { 200 } else { 401 };
        assert_eq!(answer.status, refused, "{what}");
        meanwhile.end(path).await;
    }
}

#[tokio::test]
async fn pages_show_what_is_ones_own() {
    let server = friday().await;
    let (owner, other) = (Owner::new(&server).await, Owner::new(&server).await);
    let nobodies = nobodies(&server).await;
    let mut shown = Vec::new();
    for page in PAGES {
        let path = page
            .replace(":date", "2026-11-20")
            .replace(":week", "2026-W47");
        let path = path
            .replace(":month", "2026-11")
            .replace(":window", "7-days");
        let path = path.replace(":id", &owner.session);
        for header in &nobodies {
            let request = match header {
                Some((name, value)) => get_page(&path).header(*name, value),
                None => get_page(&path),
            };
            let answer = ask(&server.router, request).await;
            assert!(!answer.text().contains(SECRET), "nobody: {path}");
        }
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
        // The tab tells on each what runs.
        assert!(own.text().contains(SECRET), "{path}");
        if own.main().contains(SECRET) {
            shown.push(*page);
        }
    }
    let mut pages = PAGES.to_vec();
    pages.retain(|page| !["/settings", "/help"].contains(page));
    assert_eq!(shown, pages);
}
