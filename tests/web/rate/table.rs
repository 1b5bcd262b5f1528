//! Who gets which page, and may send which form.

use super::{super::send, *};
use axum::http::Method;

/// A page or form, and what is answered to nobody, stranger, member, manager and owner.
type Row = (&'static str, [u16; 5]);

/// RATE is the project's, OWN the owner's.
const TABLE: &[Row] = &[
    ("GET /rates", [303, 200, 200, 200, 200]),
    ("POST /rates", [303, 303, 303, 303, 303]),
    ("POST /rates/preview", [303, 200, 200, 200, 200]),
    ("GET /rates/RATE", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE", [303, 404, 404, 303, 303]),
    ("POST /rates/RATE/preview", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE/preview-delete", [303, 404, 404, 200, 200]),
    ("POST /rates/RATE/delete", [303, 404, 404, 303, 303]),
    ("GET /rates/OWN", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN", [303, 404, 404, 404, 303]),
    ("POST /rates/OWN/preview", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN/preview-delete", [303, 404, 404, 404, 200]),
    ("POST /rates/OWN/delete", [303, 404, 404, 404, 303]),
    ("GET /project/PROJECT/money", [303, 404, 200, 200, 200]),
    ("POST /project/PROJECT/rounding", [303, 404, 403, 403, 303]),
    (
        "POST /project/PROJECT/rounding/preview",
        [303, 404, 403, 403, 200],
    ),
    ("POST /project/PROJECT/budget", [303, 404, 403, 403, 303]),
];

#[test]
fn every_page_and_form_has_a_row() {
    let known = stint::web::rate::addresses().into_iter();
    let mut known: Vec<_> = known
        .map(|(method, address)| format!("{method} {address}"))
        .collect();
    let listed = TABLE.iter().map(|row| {
        let row = row.0.replace("RATE", "{id}");
        row.replace("OWN", "{id}").replace("PROJECT", "{id}")
    });
    let mut listed: Vec<_> = listed.collect();
    known.sort_unstable();
    listed.sort_unstable();
    listed.dedup();
    assert_eq!(known, listed);
}

#[tokio::test]
async fn money_is_for_whom_it_concerns() {
    for (call, statuses) in TABLE {
        for (actor, status) in statuses.iter().enumerate() {
            let server = friday().await;
            let (owner, token) = guest(&server).await;
            let project = token.post("/projects", json!({"name": "web"})).await.made();
            let address = format!("/projects/{}", id(&project));
            let budget = json!({"budget": {"minor": 12345, "currency": "EUR"}});
            token.patch(&address, budget).await.ok();
            let rate = |level: Value, minor: i64| {
                let mut rate =
                    json!({"hourly": {"minor": minor, "currency": "EUR"}, "from": "2026-01-01"});
                rate.as_object_mut()
                    .unwrap()
                    .extend(level.as_object().unwrap().clone());
                rate
            };
            let level = json!({"level": "project", "project_id": project["id"]});
            let shared = token.post("/rates", rate(level, 4321)).await.made();
            let own = token
                .post("/rates", rate(json!({"level": "account"}), 4322))
                .await
                .made();
            let mut browser = match actor {
                0 => Browser::new(&server),
                4 => owner,
                _ => {
                    let (browser, token_of) = guest(&server).await;
                    let role = [None, Some("member"), Some("manager")][actor - 1];
                    if let Some(role) = role {
                        let invitations = format!("{address}/invitations");
                        let link = token.post(&invitations, json!({"role": role})).await.made();
                        let code = json!({"code": link["code"]});
                        token_of.post("/invitations/accept", code).await.ok();
                    }
                    browser
                }
            };
            let (method, path) = call.split_once(' ').unwrap();
            let path = path.replace("RATE", id(&shared)).replace("OWN", id(&own));
            let path = path.replace("PROJECT", id(&project));
            let answer = if method == Method::GET {
                browser.get(&path).await
            } else {
                let mut form = RATE.to_vec();
                form.extend([
                    ("mode", "up"),
                    ("per", "day"),
                    ("minutes", "5"),
                    ("kind", "none"),
                ]);
                browser.post(&path, &form).await
            };
            let what = format!("{call} by {actor}: {}", answer.text());
            assert_eq!(answer.status.as_u16(), *status, "{what}");
            let told = answer.text().contains("43.2") || answer.text().contains("123.45");
            assert!(!told || actor > 2, "{what}");
            // Nobody signed in is sent to sign in.
            assert!(
                actor != 0 || answer.header("location") == "/sign-in",
                "{what}"
            );
        }
    }
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let server = friday().await;
    let (browser, client) = guest(&server).await;
    for (method, address) in stint::web::rate::addresses() {
        if method == Method::GET {
            continue;
        }
        let request =
            axum::http::Request::post(address.replace("{id}", &uuid::Uuid::now_v7().to_string()))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("cookie", browser.cookie.clone().unwrap())
                .header("sec-fetch-site", "cross-site")
                .header("origin", "https://evil.test");
        let body = axum::body::Body::from(serde_urlencoded::to_string(RATE).unwrap());
        let answer = send(&server.router, request.body(body).unwrap()).await;
        assert_eq!(answer.status, 403, "{address}");
    }
    assert_eq!(client.get("/rates").await.ok()["items"], json!([]));
}
