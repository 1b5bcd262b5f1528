//! Who may do what on the pages of projects: one row for each, and nothing is changed by whoever
//! may not.

use super::scene::{ACTORS, PENDING, Row, Scene};
use axum::http::Method;

const ALL_SEE: [u16; 7] = [200; 7];
const ALL_DO: [u16; 7] = [303; 7];
const OWNER_DOES: [u16; 7] = [404, 404, 404, 404, 403, 403, 303];
const MANAGERS_DO: [u16; 7] = [404, 404, 404, 404, 403, 303, 303];
const INVITED_DOES: [u16; 7] = [404, 404, 404, 303, 404, 404, 404];
/// Clients and tags are of one account, whatever its part in a project.
const OWN: [u16; 7] = [404, 404, 404, 404, 404, 404, 303];

const NAMED: &[(&str, &str)] = &[("name", "Other")];

const TABLE: &[Row] = &[
    ("GET /projects", &[], ALL_SEE),
    ("POST /projects", NAMED, ALL_DO),
    (
        "GET /project/{id}",
        &[],
        [404, 404, 404, 404, 200, 200, 200],
    ),
    ("POST /project/{id}/settings", NAMED, OWNER_DOES),
    (
        "POST /project/{id}/settings",
        &[],
        [404, 404, 404, 404, 403, 403, 422],
    ),
    ("POST /project/{id}/archive", &[], OWNER_DOES),
    ("POST /project/{id}/delete", &[], OWNER_DOES),
    (
        "POST /project/{id}/leave",
        &[],
        [404, 404, 404, 404, 303, 303, 409],
    ),
    (
        "POST /project/{id}/members/{account}/role",
        &[("role", "manager")],
        MANAGERS_DO,
    ),
    (
        "POST /project/{id}/members/{account}/role",
        &[("role", "owner")],
        OWNER_DOES,
    ),
    (
        "POST /project/{id}/members/{account}/remove",
        &[],
        MANAGERS_DO,
    ),
    (
        "POST /project/{id}/invitations",
        &[("username", "x"), ("role", "member")],
        MANAGERS_DO,
    ),
    (
        "POST /project/{id}/invitations",
        &[("username", "-")],
        [404, 404, 404, 404, 403, 422, 422],
    ),
    (
        "POST /project/{id}/invitation-link",
        &[("role", "manager")],
        [404, 404, 404, 404, 403, 200, 200],
    ),
    (
        "POST /project/{id}/invitations/{invitation}/withdraw",
        &[],
        MANAGERS_DO,
    ),
    ("POST /invitations/{received}/accept", &[], INVITED_DOES),
    ("POST /invitations/{received}/decline", &[], INVITED_DOES),
    ("GET /invitation", &[], [422; 7]),
    ("POST /invitation/accept", &[], [422; 7]),
    ("POST /invitation/decline", &[], [422; 7]),
    ("GET /clients", &[], ALL_SEE),
    ("POST /clients", NAMED, ALL_DO),
    ("POST /clients/{client}/rename", NAMED, OWN),
    (
        "POST /clients/{client}/rename",
        &[],
        [404, 404, 404, 404, 404, 404, 422],
    ),
    ("POST /clients/{client}/archive", &[], OWN),
    ("POST /clients/{client}/delete", &[], OWN),
    ("GET /tags", &[], ALL_SEE),
    ("POST /tags", NAMED, ALL_DO),
    ("POST /tags/{tag}/rename", NAMED, OWN),
    (
        "POST /tags/{tag}/rename",
        &[],
        [404, 404, 404, 404, 404, 404, 422],
    ),
    (
        "POST /tags/merge",
        &[("tag", "{tag}"), ("into", "{other}")],
        OWN,
    ),
    ("POST /tags/{tag}/delete", &[], OWN),
];

#[test]
fn every_page_of_projects_has_a_row() {
    let known = stint::web::project::addresses();
    let known: Vec<(Method, &str)> = known;
    for (method, address) in &known {
        let call = format!("{method} {address}");
        let listed = TABLE.iter().any(|row| plain(row.0) == call);
        assert!(listed, "{call} has no row");
    }
    for row in TABLE {
        let exists = known
            .iter()
            .any(|(method, address)| plain(row.0) == format!("{method} {address}"));
        assert!(exists, "{} does not exist", row.0);
    }
}

/// The names of a row as the routes have them.
fn plain(call: &str) -> String {
    ["{received}", "{client}", "{tag}"]
        .iter()
        .fold(call.to_owned(), |call, name| call.replace(name, "{id}"))
}

#[tokio::test]
async fn everybody_does_what_they_may_and_nothing_else() {
    for row in TABLE {
        let (call, _, statuses) = row;
        let scene = Scene::new().await;
        let before = scene.seen().await;
        let pending = (PENDING, &statuses[0]);
        let asks = statuses.iter().enumerate().chain([pending]);
        let (denied, allowed): (Vec<_>, Vec<_>) = asks.partition(|(_, status)| **status >= 400);
        for (actor, status) in denied {
            let answer = scene.ask(actor, row).await;
            let who = ACTORS[actor];
            assert_eq!(answer.status, *status, "{who}: {call}: {}", answer.text());
            if *status != 422 && *status != 409 {
                assert!(!answer.text().contains("ecret"), "{who}: {call}");
            }
            assert!(
                scene.seen().await == before,
                "{who}: {call} changed something"
            );
        }
        let mut scene = Some(scene);
        for (actor, status) in allowed {
            let fresh = match scene.take() {
                Some(scene) => scene,
                None => Scene::new().await,
            };
            let answer = fresh.ask(actor, row).await;
            let who = ACTORS[actor];
            assert_eq!(answer.status, *status, "{who}: {call}: {}", answer.text());
            if actor < 3 || actor == PENDING {
                assert!(!answer.text().contains("ecret"), "{who}: {call}");
            }
            // What only reads leaves everything for the next one.
            if *status == 200 && call.starts_with("GET") {
                scene = Some(fresh);
            }
        }
    }
}

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_is_led_to_sign_in() {
    let scene = Scene::new().await;
    for row in TABLE {
        let (call, _, statuses) = row;
        let actor = statuses.iter().rposition(|status| *status < 400);
        let Some(actor) = actor.filter(|_| call.starts_with("POST")) else {
            continue;
        };
        let meanwhile = scene.shut_out(actor).await;
        let answer = scene.ask(actor, row).await;
        assert_eq!(answer.status, 303, "{call}: {}", answer.text());
        assert_eq!(answer.header("location"), "/sign-in", "{call}");
        meanwhile.end(call).await;
    }
}
