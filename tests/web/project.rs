//! The pages for projects, clients, tags, members and invitations, as a browser without JavaScript
//! uses them.

mod hours;
mod membership;
pub mod scene;
mod table;

use super::{
    Answer,
    browser::Browser,
    person::{count, friday, friday_with},
    send,
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use stint::server::login::{Guests, Policy};

/// What stands in an answer between two texts, the first time.
fn between<'a>(answer: &'a Answer, before: &str, after: &str) -> &'a str {
    let text = answer.text();
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before}: {text}"));
    rest.split_once(after).unwrap().0
}

/// Makes a project; the address of its page.
async fn make(browser: &mut Browser<'_>, name: &str, client: &str) -> String {
    let form = [("name", name), ("client", client), ("colour", "#2f6f8f")];
    let made = browser.post("/projects", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let address = made.header("location");
    address.split('?').next().unwrap().to_owned()
}

/// Makes a link to a project, and gives its code.
async fn link(browser: &mut Browser<'_>, project: &str, role: &str) -> String {
    let address = format!("{project}/invitation-link");
    let made = browser.post(&address, &[("role", role)]).await;
    assert_eq!(made.status, 200, "{}", made.text());
    between(&made, "/invitation?code=", "<").to_owned()
}

#[tokio::test]
async fn whoever_makes_a_project_becomes_a_guest_and_owns_it() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    let empty = browser.get("/projects").await;
    assert_eq!(empty.status, 200);
    assert!(empty.text().contains("No projects yet"));
    assert!(empty.text().contains("@Acme/Website"));
    assert_eq!(browser.cookie, None);

    let form = [("name", " "), ("client", "Acme"), ("billable", "yes")];
    let refused = browser.post("/projects", &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Enter a name."));
    assert_eq!(
        between(&refused, "list=\"clients\"", ">"),
        " autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" aria-describedby=\"project-client-hint\""
    );
    assert_eq!(browser.cookie, None, "nothing was made");

    let project = make(&mut browser, "Web <shop>", "Acme").await;
    assert!(browser.cookie.is_some());
    let page = browser.get(&project).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("<bdi>Web &lt;shop&gt;"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("A guest (you)"));
    let list = browser.get("/projects").await;
    assert!(list.text().contains("<bdi>Acme"), "{}", list.text());
    let clients = browser.get("/clients").await;
    assert!(clients.text().contains("1 project<"), "{}", clients.text());
}

#[tokio::test]
async fn a_refused_project_keeps_what_was_typed_and_makes_no_client() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    make(&mut browser, "Shop", "").await;
    let form = [
        ("name", "SHOP"),
        ("client", ""),
        ("colour", "#5b7a2e"),
        ("billable", "yes"),
    ];
    let taken = browser.post("/projects", &form).await;
    assert_eq!(taken.status, 409);
    let text = taken.text();
    assert!(text.contains("There is a project of this name already."));
    assert!(text.contains("value=\"SHOP\""), "{text}");
    assert!(text.contains("value=\"#5b7a2e\" checked"), "{text}");
    assert!(
        text.contains("name=\"billable\" value=\"yes\" checked"),
        "{text}"
    );

    make(&mut browser, "Shop", "Acme").await;
    let long = "x".repeat(101);
    for (name, client) in [
        ("Shop", "acme"),
        (long.as_str(), "Nord"),
        ("Fine", long.as_str()),
    ] {
        let form = [("name", name), ("client", client)];
        let refused = browser.post("/projects", &form).await;
        assert!([409, 422].contains(&refused.status.as_u16()));
        assert!(refused.text().contains("aria-invalid=\"true\""), "{name}");
    }
    assert_eq!(count(&server.store, "select count(*) from client").await, 1);
}

#[tokio::test]
async fn a_project_is_changed_archived_and_deleted() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    let project = make(&mut browser, "Shop", "Acme").await;
    let form = [
        ("name", "Store"),
        ("client", "ACME"),
        ("colour", "#123456"),
        ("billable", "yes"),
    ];
    let saved = browser.post(&format!("{project}/settings"), &form).await;
    assert_eq!(saved.status, 303);
    let page = browser.get(&project).await;
    for text in [
        "<bdi>Store",
        "class=\"chip\">Billable",
        "As it is",
        "value=\"#123456\" checked",
    ] {
        assert!(page.text().contains(text), "{text}: {}", page.text());
    }
    assert_eq!(count(&server.store, "select count(*) from client").await, 1);
    let settings = format!("{project}/settings");
    let refused = browser.post(&settings, &[("name", "")]).await;
    assert!(refused.text().contains("Enter a name."));

    let archive = format!("{project}/archive");
    browser.post(&archive, &[("archived", "yes")]).await;
    let list = browser.get("/projects").await;
    assert!(!list.text().contains("<bdi>Store"));
    assert!(list.text().contains(">1 archived project"));
    let all = browser.get("/projects?archived=1").await;
    assert!(all.text().contains("<bdi>Store"));
    // Its name is free meanwhile.
    make(&mut browser, "Store", "Acme").await;
    let taken = browser.post(&archive, &[("archived", "no")]).await;
    assert_eq!(taken.status, 409);
    assert!(
        taken
            .text()
            .contains("There is a project of this name already.")
    );

    let deleted = browser.post(&format!("{project}/delete"), &[]).await;
    assert_eq!(deleted.header("location"), "/projects?done=deleted");
    assert_eq!(browser.get(&project).await.status, 404);
}

#[tokio::test]
async fn tags_are_renamed_merged_and_deleted_without_losing_a_session() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    for name in [
        "One #bug",
        "Two #defect",
        "Three #bug #defect",
        "Four #call",
    ] {
        browser.start(name).await;
    }
    let tags = browser.get("/tags").await;
    let id = |name: &str| {
        let options = tags.text().split("<option value=\"");
        let option = options.filter(|option| option.contains(&format!(">{name}<")));
        option.last().unwrap().split('"').next().unwrap().to_owned()
    };
    let (bug, defect, call) = (id("bug"), id("defect"), id("call"));
    let merge = [("tag", defect.as_str()), ("into", bug.as_str())];
    assert_eq!(browser.post("/tags/merge", &merge).await.status, 303);
    let page = browser.get("/tags").await;
    assert!(!page.text().contains("defect"));
    assert!(page.text().contains("3 sessions"), "{}", page.text());
    let same = [("tag", bug.as_str()), ("into", bug.as_str())];
    let refused = browser.post("/tags/merge", &same).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("Choose another tag that is in use.")
    );

    let rename = format!("/tags/{call}/rename");
    let taken = browser.post(&rename, &[("name", "BUG")]).await;
    assert_eq!(taken.status, 409);
    assert!(taken.text().contains("value=\"BUG\""), "{}", taken.text());
    browser
        .post(&format!("/tags/{call}/rename"), &[("name", "phone")])
        .await;
    assert!(browser.get("/").await.text().contains("#phone"));
    browser.post(&format!("/tags/{bug}/delete"), &[]).await;
    let page = browser.get("/").await;
    assert!(!page.text().contains("#bug"));
    assert!(page.text().contains("Three"));
}

#[tokio::test]
async fn where_there_are_no_guests_the_pages_ask_who_it_is() {
    let policy = Policy {
        guests: Guests::Off,
        ..Policy::default()
    };
    let server = friday_with(policy).await;
    let mut browser = Browser::new(&server);
    for address in ["/projects", "/clients", "/tags"] {
        assert_eq!(browser.get(address).await.header("location"), "/sign-in");
        let answer = browser.post(address, &[("name", "x")]).await;
        assert_eq!(answer.header("location"), "/sign-in", "{address}");
    }
    assert_eq!(
        count(&server.store, "select count(*) from account").await,
        0
    );
}

#[tokio::test]
async fn no_page_asks_the_database_more_often_for_more_of_anything() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.start("First #tag").await;
    let project = make(&mut browser, "Project", "Client").await;
    let asked = async |browser: &Browser<'_>| {
        let mut asked = Vec::new();
        for address in ["/projects", "/clients", "/tags", &project] {
            let before = server.store.queries();
            assert_eq!(browser.get(address).await.status, 200);
            asked.push(server.store.queries() - before);
        }
        asked
    };
    let few = asked(&browser).await;
    for number in 0..8 {
        make(
            &mut browser,
            &format!("Project {number}"),
            &format!("Client {number}"),
        )
        .await;
        browser.start(&format!("Session #tag{number}")).await;
        let code = link(&mut browser, &project, "member").await;
        let mut guest = Browser::new(&server);
        guest.post("/invitation/accept", &[("code", &code)]).await;
        link(&mut browser, &project, "member").await;
    }
    assert_eq!(asked(&browser).await, few);
}

#[tokio::test]
async fn another_site_changes_nothing_here() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    make(&mut browser, "Shop", "").await;
    for (method, address) in stint::web::project::addresses() {
        if method == Method::GET {
            continue;
        }
        let request = Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", browser.cookie.clone().unwrap())
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.test")
            .body(Body::from("name=x&role=member"))
            .unwrap();
        assert_eq!(send(&server.router, request).await.status, 403, "{address}");
    }
}
