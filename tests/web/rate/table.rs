//! Who gets which page, and may send which form.

use super::{
    super::{api_member::account, send, shut_out::SignedOut},
    *,
};
use axum::http::Method;

/// A page or form, and what is answered to nobody, stranger, member, manager and owner.
type Row = (&'static str, [u16; 5]);

/// The actors by their place in a row, and three more.
const STRANGER: usize = 1;
const MEMBER: usize = 2;
const INVITED: usize = 5;
const REMOVED: usize = 6;
const PENDING: usize = 7;

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

/// An owner with a program, and what the words of the table stand for: the rate of a project, one of the
/// owner's, and the project.
async fn priced(server: &Server) -> (Browser<'_>, Client, [(&'static str, String); 3]) {
    let (owner, token) = guest(server).await;
    let project = token.post("/projects", json!({"name": "web"})).await.made();
    let address = format!("/projects/{}", id(&project));
    let budget = json!({"budget": {"minor": 12345, "currency": "EUR"}});
    token.patch(&address, budget).await.ok();
    let rate = async |mut rate: Value, minor: i64| {
        rate["hourly"] = json!({"minor": minor, "currency": "EUR"});
        rate["from"] = json!("2026-01-01");
        let made = token.post("/rates", rate).await.made();
        id(&made).to_owned()
    };
    let level = json!({"level": "project", "project_id": project["id"]});
    let places = [
        ("RATE", rate(level, 4321).await),
        ("OWN", rate(json!({"level": "account"}), 4322).await),
        ("PROJECT", id(&project).to_owned()),
    ];
    (owner, token, places)
}

fn fill(path: &str, places: &[(&str, String)]) -> String {
    let places = places.iter();
    places.fold(path.to_owned(), |path, (word, id)| path.replace(word, id))
}

/// What every form of these pages can read.
fn form() -> Vec<(&'static str, &'static str)> {
    let more = [
        ("mode", "up"),
        ("per", "day"),
        ("minutes", "5"),
        ("kind", "none"),
    ];
    RATE.into_iter().chain(more).collect()
}

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_is_led_to_sign_in() {
    let server = friday().await;
    let (mut owner, _, places) = priced(&server).await;
    for (call, [.., owned]) in TABLE {
        let (method, path) = call.split_once(' ').unwrap();
        if method == "GET" || *owned != 303 {
            continue;
        }
        let meanwhile = SignedOut::meanwhile(&server, &owner).await;
        let answer = owner.post(&fill(path, &places), &form()).await;
        assert_eq!(place(&answer), "/sign-in", "{call}");
        meanwhile.end(call).await;
    }
}

#[tokio::test]
async fn money_is_for_whom_it_concerns() {
    for (call, statuses) in TABLE {
        // Who is invited but has not accepted, and who has left, are strangers.
        let strangers = [&statuses[1]; 2];
        // Who showed a password and no code is nobody.
        let more = strangers.into_iter().chain([&statuses[0]]);
        for (actor, status) in statuses.iter().chain(more).enumerate() {
            let server = friday().await;
            let (owner, token, places) = priced(&server).await;
            let address = format!("/projects/{}", places[2].1);
            let mut browser = match actor {
                0 => Browser::new(&server),
                PENDING => Browser::pending(&server).await,
                4 => owner,
                _ => {
                    let (mut browser, token_of) = guest(&server).await;
                    let invitations = format!("{address}/invitations");
                    if actor == INVITED {
                        browser.register("ben").await;
                        let named = json!({"username": "ben", "role": "manager"});
                        token.post(&invitations, named).await.made();
                    } else if actor != STRANGER {
                        let role = if actor == MEMBER { "member" } else { "manager" };
                        let link = token.post(&invitations, json!({"role": role})).await.made();
                        let code = json!({"code": link["code"]});
                        token_of.post("/invitations/accept", code).await.ok();
                    }
                    if actor == REMOVED {
                        let member = format!("{address}/members/{}", account(&token_of).await);
                        token.delete(&member).await;
                    }
                    browser
                }
            };
            let (method, path) = call.split_once(' ').unwrap();
            let path = fill(path, &places);
            let answer = if method == Method::GET {
                browser.get(&path).await
            } else {
                browser.post(&path, &form()).await
            };
            let what = format!("{call} by {actor}: {}", answer.text());
            assert_eq!(answer.status.as_u16(), *status, "{what}");
            let told = answer.text().contains("43.2") || answer.text().contains("123.45");
            assert!(!told || (MEMBER + 1..INVITED).contains(&actor), "{what}");
            // Nobody signed in is sent to sign in.
            let is_nobody = [0, PENDING].contains(&actor);
            assert!(
                !is_nobody || answer.header("location") == "/sign-in",
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
