//! Who may do what with a project: those who are in it, were in it, or may come.

use super::{
    super::api::*,
    actors::SECRET,
    cast::{ACTORS, Cast, Row},
};
use serde_json::{Value, json};

/// Every call about the project, its members, and what its owner has for it.
pub fn table() -> Vec<Row> {
    let nothing = Value::Null;
    let name = json!({"name": "named"});
    let seen = [200, 200, 200, 404, 404, 404];
    let owners = |done| [done, 403, 403, 404, 404, 404];
    let managers = |done| [done, done, 403, 404, 404, 404];
    let personal = |done| [done, 404, 404, 404, 404, 404];
    let hidden = |done| [done, done, 404, 404, 404, 404];
    let rate = |more: Value| {
        let mut rate = json!({"hourly": {"minor": 1, "currency": "EUR"}, "from": "2026-02-01"});
        rate.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        rate
    };
    let of_project = rate(json!({"level": "project", "project_id": "PROJECT"}));
    let of_member =
        rate(json!({"level": "member", "project_id": "PROJECT", "account": "BYSTANDER"}));
    let of_client = rate(json!({"level": "client", "client_id": "CLIENT"}));
    let from = json!({"from": "2026-03-01"});
    let invited = |done| [404, 404, 404, done, 404, 404];
    let mine = |done| [404, 404, done, 404, 404, 404];
    vec![
        ("GET /projects/PROJECT", nothing.clone(), seen),
        ("PATCH /projects/PROJECT", name.clone(), owners(200)),
        (
            "PATCH /projects/PROJECT",
            json!({"archived": true}),
            owners(200),
        ),
        (
            "PATCH /projects/PROJECT",
            json!({"client_id": null}),
            owners(200),
        ),
        ("DELETE /projects/PROJECT", nothing.clone(), owners(204)),
        ("GET /projects/PROJECT/members", nothing.clone(), seen),
        (
            "GET /projects/PROJECT/members/BYSTANDER",
            nothing.clone(),
            seen,
        ),
        (
            "PATCH /projects/PROJECT/members/BYSTANDER",
            json!({"role": "owner"}),
            owners(200),
        ),
        (
            "PATCH /projects/PROJECT/members/BYSTANDER",
            json!({"role": "manager"}),
            managers(200),
        ),
        (
            "DELETE /projects/PROJECT/members/BYSTANDER",
            nothing.clone(),
            managers(204),
        ),
        (
            "DELETE /projects/PROJECT/members/OWNER",
            nothing.clone(),
            [409, 403, 403, 404, 404, 404],
        ),
        (
            "PATCH /projects/PROJECT/members/OWNER",
            json!({"role": "member"}),
            [409, 403, 403, 404, 404, 404],
        ),
        (
            "GET /projects/PROJECT/invitations",
            nothing.clone(),
            managers(200),
        ),
        (
            "POST /projects/PROJECT/invitations",
            json!({"username": "new", "role": "manager"}),
            managers(201),
        ),
        (
            "POST /projects/PROJECT/invitations",
            json!({}),
            managers(201),
        ),
        (
            "POST /projects/PROJECT/invitations",
            json!({"role": "owner"}),
            managers(422),
        ),
        (
            "DELETE /projects/PROJECT/invitations/INVITATION",
            nothing.clone(),
            managers(204),
        ),
        (
            "POST /invitations/INVITATION/accept",
            nothing.clone(),
            invited(200),
        ),
        (
            "POST /invitations/INVITATION/decline",
            nothing.clone(),
            invited(204),
        ),
        ("GET /projects/PROJECT/sessions", nothing.clone(), seen),
        ("GET /projects/PROJECT/overview", nothing.clone(), seen),
        (
            "POST /sessions",
            json!({"name": "started", "project_id": "PROJECT"}),
            [201, 201, 201, 422, 422, 422],
        ),
        // Nobody touches the session of another.
        ("GET /sessions/SESSION", nothing.clone(), mine(200)),
        ("GET /sessions/SESSION/history", nothing.clone(), mine(200)),
        ("PATCH /sessions/SESSION", name.clone(), mine(200)),
        ("DELETE /sessions/SESSION", nothing.clone(), mine(204)),
        ("POST /sessions/SESSION/stop", nothing.clone(), mine(200)),
        (
            "POST /sessions/SESSION/continue",
            nothing.clone(),
            mine(200),
        ),
        (
            "POST /sessions/SESSION/duplicate",
            nothing.clone(),
            mine(201),
        ),
        ("POST /undo", json!({"command": "SESSION"}), mine(200)),
        // There is nothing of their own to do again.
        ("POST /redo", nothing.clone(), [409; 6]),
        (
            "POST /favourites",
            json!({"session_id": "SESSION"}),
            mine(201),
        ),
        (
            "POST /projects",
            json!({"name": "of this client", "client_id": "CLIENT"}),
            [201, 422, 422, 422, 422, 422],
        ),
        (
            "PATCH /projects/PROJECT",
            json!({"rounding": {"mode": "up", "per": "day", "minutes": 6}}),
            owners(200),
        ),
        (
            "PATCH /projects/PROJECT",
            json!({"budget": {"seconds": 60}}),
            owners(200),
        ),
        (
            "GET /projects/PROJECT/estimate",
            nothing.clone(),
            [200, 200, 404, 404, 404, 404],
        ),
        (
            "POST /projects/PROJECT/rounding/preview",
            json!({"mode": "up", "per": "day", "minutes": 15}),
            owners(200),
        ),
        (
            "POST /projects/PROJECT/client/preview",
            json!({"client_id": null}),
            owners(200),
        ),
        (
            "POST /projects/PROJECT/delete/preview",
            nothing.clone(),
            owners(200),
        ),
        (
            "POST /clients/CLIENT/delete/preview",
            nothing.clone(),
            personal(200),
        ),
        ("POST /rates", of_project.clone(), managers(201)),
        ("POST /rates/preview", of_project, managers(200)),
        ("POST /rates", of_member.clone(), managers(201)),
        ("POST /rates/preview", of_member, managers(200)),
        ("POST /rates", of_client.clone(), personal(201)),
        ("POST /rates/preview", of_client, personal(200)),
        ("GET /rates/PROJECT_RATE", nothing.clone(), hidden(200)),
        ("PATCH /rates/PROJECT_RATE", from.clone(), hidden(200)),
        ("DELETE /rates/PROJECT_RATE", nothing.clone(), hidden(204)),
        (
            "POST /rates/preview",
            json!({"id": "PROJECT_RATE", "from": "2026-03-01"}),
            hidden(200),
        ),
        ("GET /rates/MEMBER_RATE", nothing.clone(), seen),
        ("PATCH /rates/MEMBER_RATE", from.clone(), managers(200)),
        ("DELETE /rates/MEMBER_RATE", nothing.clone(), managers(204)),
        (
            "POST /rates/preview",
            json!({"id": "MEMBER_RATE", "from": "2026-03-01"}),
            managers(200),
        ),
        ("GET /rates/CLIENT_RATE", nothing.clone(), personal(200)),
        ("PATCH /rates/CLIENT_RATE", from, personal(200)),
        ("DELETE /rates/CLIENT_RATE", nothing.clone(), personal(204)),
        ("GET /clients/CLIENT", nothing.clone(), personal(200)),
        ("PATCH /clients/CLIENT", name.clone(), personal(200)),
        ("DELETE /clients/CLIENT", nothing.clone(), personal(204)),
        ("GET /tags/TAG", nothing.clone(), personal(200)),
        ("PATCH /tags/TAG", name, personal(200)),
        ("DELETE /tags/TAG", nothing, personal(204)),
        (
            "POST /tags/TAG/merge",
            json!({"into": "OTHER_TAG"}),
            personal(200),
        ),
    ]
}

#[tokio::test]
async fn who_may_not_changes_nothing_in_a_team() {
    let cast = Cast::new().await;
    let before = cast.dump().await;
    for row in &table() {
        for (place, status) in row.2.iter().enumerate() {
            if *status < 400 {
                continue;
            }
            let reply = cast.send(&cast.actors[place], row).await;
            let what = format!("{} by {}: {reply:?}", row.0, ACTORS[place]);
            assert_eq!(reply.status(), *status, "{what}");
            assert!(!reply.0.text().contains(SECRET), "{what}");
        }
    }
    assert_eq!(cast.dump().await, before);
}

#[tokio::test]
async fn who_may_does_in_a_team() {
    for row in &table() {
        for (place, status) in row.2.iter().enumerate() {
            if *status >= 400 {
                continue;
            }
            let cast = Cast::new().await;
            let reply = cast.send(&cast.actors[place], row).await;
            let what = format!("{} by {}: {reply:?}", row.0, ACTORS[place]);
            assert_eq!(reply.status(), *status, "{what}");
        }
    }
}

/// Lists hold what their readers are in, and nothing else.
#[tokio::test]
async fn lists_hold_what_is_ones_own() {
    let cast = Cast::new().await;
    let project = &cast.fill("PROJECT");
    let shown = [
        ("/projects", [true, true, true, false, false, false]),
        ("/invitations", [false, false, false, true, false, false]),
        ("/clients", [true, false, false, false, false, false]),
        ("/tags", [true, false, false, false, false, false]),
        ("/favourites", [false, false, true, false, false, false]),
    ];
    let pin = json!({"session_id": cast.fill("SESSION")});
    cast.actors[2].post("/favourites", pin).await.made();
    for (path, shown) in shown {
        for (place, shown) in shown.into_iter().enumerate() {
            let list = cast.actors[place].get(path).await.ok().to_string();
            let what = format!("{path} of {}: {list}", ACTORS[place]);
            assert_eq!(list.contains(SECRET), shown, "{what}");
            let is_about = list.contains(project) || !path.contains("project");
            assert!(!shown || is_about, "{what}");
        }
    }
}

/// Nobody at all is told nothing at all.
#[tokio::test]
async fn nobody_is_in_a_team() {
    let cast = Cast::new().await;
    let before = cast.dump().await;
    let anonymous = Client::anonymous(&cast.server);
    for row in &table() {
        let reply = cast.send(&anonymous, row).await;
        reply.problem(401, "missing-token");
    }
    assert_eq!(cast.dump().await, before);
}
