//! Clients, projects and tags through the API.

use super::{
    Server,
    api::*,
    person::friday,
    shut_out::{carry_out, other_process},
};
use serde_json::{Value, json};

async fn make(client: &Client, path: &str, body: Value) -> Value {
    client.post(path, body).await.made()
}

#[tokio::test]
async fn a_project_has_a_client_a_colour_and_an_owner() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let acme = make(&anna, "/clients", json!({"name": " Acme "})).await;
    assert_eq!(acme["name"], "Acme");
    assert_eq!(acme["archived"], false);
    assert_eq!(acme["created_at"], FRIDAY);
    let new = json!({"name": "Web  site", "client_id": acme["id"], "colour": "#2F6F8F", "billable": true});
    let project = make(&anna, "/projects", new).await;
    let place = format!("/projects/{}", id(&project));
    let expected = json!({
        "id": project["id"], "name": "Web site", "client_id": acme["id"], "client": "Acme",
        "colour": "#2f6f8f", "billable": true, "archived": false, "role": "owner",
        "rounding": {"mode": "none", "per": "session", "minutes": 15}, "budget": null,
        "created_at": FRIDAY,
    });
    assert_eq!(project, expected);
    assert_eq!(anna.get(&place).await.ok(), expected);
    let plain = make(&anna, "/projects", json!({"name": "plain"})).await;
    for (field, value) in [
        ("client", json!(null)),
        ("client_id", json!(null)),
        ("billable", json!(false)),
        ("colour", json!("#2f6f8f")),
    ] {
        assert_eq!(plain[field], value, "{field}");
    }
    // What is not said stays.
    let patched = anna.patch(&place, json!({"name": "Site"})).await.ok();
    assert_eq!(patched["client"], "Acme");
    let patched = anna
        .patch(&place, json!({"client_id": null, "billable": false}))
        .await
        .ok();
    assert_eq!(
        (&patched["client"], &patched["name"], &patched["billable"]),
        (&json!(null), &json!("Site"), &json!(false))
    );
    let back = json!({"client_id": acme["id"]});
    assert_eq!(anna.patch(&place, back).await.ok()["client"], "Acme");
    // A client that goes leaves its project behind.
    let client = format!("/clients/{}", id(&acme));
    assert_eq!(anna.delete(&client).await.status(), 204);
    anna.get(&client).await.problem(404, "not-found");
    anna.delete(&client).await.problem(404, "not-found");
    assert_eq!(anna.get(&place).await.ok()["client_id"], json!(null));
    assert_eq!(anna.delete(&place).await.status(), 204);
    anna.get(&place).await.problem(404, "not-found");
    assert_eq!(names(&anna.get("/projects").await.ok()), ["plain"]);
}

#[tokio::test]
async fn what_is_archived_is_listed_apart() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    for path in ["/clients", "/projects"] {
        for name in ["c", "B", "a"] {
            let made = make(&anna, path, json!({"name": name})).await;
            if name == "B" {
                let place = format!("{path}/{}", id(&made));
                let archived = anna.patch(&place, json!({"archived": true})).await.ok();
                assert_eq!(archived["archived"], true);
            }
        }
        let list = async |query: &str| anna.get(&format!("{path}{query}")).await.ok();
        assert_eq!(names(&list("").await), ["a", "B", "c"]);
        assert_eq!(names(&list("?archived=true").await), ["B"]);
        assert_eq!(names(&list("?archived=false").await), ["a", "c"]);
        let part = list("?archived=false&limit=1").await;
        assert_eq!(names(&part), ["a"]);
        let next = part["next_cursor"].as_str().unwrap();
        let rest = list(&format!("?archived=false&cursor={next}")).await;
        assert_eq!(names(&rest), ["c"]);
        assert_eq!(rest["next_cursor"], json!(null));
        let wrong = anna.get(&format!("{path}?archived=maybe")).await;
        assert_eq!(wrong.wrong(), "archived");
    }
}

#[tokio::test]
async fn names_are_taken_once() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    for path in ["/clients", "/projects", "/tags"] {
        make(&anna, path, json!({"name": "Äcme"})).await;
        let again = anna.post(path, json!({"name": "äCME "})).await;
        let problem = again.problem(409, "name-taken");
        assert_eq!(problem["errors"][0]["field"], "name");
        let other = make(&anna, path, json!({"name": "other"})).await;
        let place = format!("{path}/{}", id(&other));
        let renamed = anna.patch(&place, json!({"name": "ÄCME"})).await;
        renamed.problem(409, "name-taken");
        // A name may change its case.
        let renamed = anna.patch(&place, json!({"name": "OTHER"})).await.ok();
        assert_eq!(renamed["name"], "OTHER");
        // What is deleted gives its name back.
        assert_eq!(anna.delete(&place).await.status(), 204);
        make(&anna, path, json!({"name": "other"})).await;
        // Nobody else is in the way.
        let ben = Client::guest(&server).await;
        make(&ben, path, json!({"name": "Äcme"})).await;
    }
}

#[tokio::test]
async fn what_is_not_valid_is_refused() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    for path in ["/clients", "/projects", "/tags"] {
        let made = make(&anna, path, json!({"name": "fine"})).await;
        let place = format!("{path}/{}", id(&made));
        for (body, field) in [
            (json!({"name": " "}), "name"),
            (json!({"name": "a\nb"}), "name"),
            (json!({"name": "x".repeat(101)}), "name"),
            (json!({"name": null, "owner": 1}), "owner"),
        ] {
            assert_eq!(anna.patch(&place, body.clone()).await.wrong(), field);
            if field == "name" {
                assert_eq!(anna.post(path, body).await.wrong(), field);
            }
        }
        assert_eq!(anna.post(path, json!({})).await.wrong(), "name");
        assert_eq!(anna.patch(&place, json!({})).await.ok(), made);
    }
    for (body, field) in [
        (json!({"name": "x", "colour": "red"}), "colour"),
        (json!({"name": "x", "client_id": "1"}), "client_id"),
        (
            json!({"name": "x", "client_id": "019e0f3a-7c00-7000-8000-000000000001"}),
            "client_id",
        ),
    ] {
        assert_eq!(anna.post("/projects", body).await.wrong(), field);
    }
}

#[tokio::test]
async fn tags_are_merged_and_stay_merged() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let mut tags = Vec::new();
    for name in ["bug", "defect", "fault"] {
        tags.push(make(&anna, "/tags", json!({"name": name})).await);
    }
    let merge = async |from: &Value, into: &Value| {
        let into = json!({"into": into["id"]});
        anna.post(&format!("/tags/{}/merge", id(from)), into).await
    };
    assert_eq!(merge(&tags[2], &tags[2]).await.wrong(), "into");
    assert_eq!(merge(&tags[2], &tags[1]).await.ok(), tags[1]);
    assert_eq!(merge(&tags[1], &tags[0]).await.ok(), tags[0]);
    // What was merged is nowhere any more.
    merge(&tags[1], &tags[0]).await.problem(404, "not-found");
    assert_eq!(merge(&tags[0], &tags[1]).await.wrong(), "into");
    assert_eq!(names(&anna.get("/tags").await.ok()), ["bug"]);
    make(&anna, "/tags", json!({"name": "fault"})).await;
}

/// As many statements for many as for few.
#[tokio::test]
async fn statements_do_not_grow() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let acme = make(&anna, "/clients", json!({"name": "acme"})).await;
    let project = make(&anna, "/projects", json!({"name": "web"})).await;
    let place = format!("/projects/{}", id(&project));
    let calls = [
        "/clients".to_owned(),
        "/projects".to_owned(),
        "/tags".to_owned(),
        "/invitations".to_owned(),
        format!("{place}/members"),
        format!("{place}/invitations"),
        place.clone(),
    ];
    let count = async |name: &str| {
        let mut counts = Vec::new();
        for path in &calls {
            let before = server.store.queries();
            anna.get(path).await.ok();
            counts.push(server.store.queries() - before);
        }
        for (path, body) in [
            ("/clients", json!({"name": name})),
            ("/projects", json!({"name": name, "client_id": acme["id"]})),
            ("/tags", json!({"name": name})),
            (&format!("{place}/invitations"), json!({"username": name})),
        ] {
            let before = server.store.queries();
            make(&anna, path, body).await;
            counts.push(server.store.queries() - before);
        }
        let before = server.store.queries();
        anna.patch(&place, json!({"name": name})).await.ok();
        counts.push(server.store.queries() - before);
        counts
    };
    let few = count("first").await;
    // Tags are counted on sessions, all with one statement.
    assert_eq!(few[..7], [1, 1, 2, 1, 1, 2, 1]);
    fill(&server, &anna, &place).await;
    assert_eq!(count("last").await, few);
}

/// Twelve more of everything.
async fn fill(server: &Server, anna: &Client, place: &str) {
    for number in 0..12 {
        let name = json!({"name": format!("more {number}")});
        for path in ["/clients", "/projects", "/tags"] {
            make(anna, path, name.clone()).await;
        }
        let invitations = format!("{place}/invitations");
        let link = make(anna, &invitations, json!({})).await;
        let code = json!({"code": link["code"]});
        let guest = Client::guest(server).await;
        guest.post("/invitations/accept", code).await.ok();
        let named = json!({"username": format!("more-{number}")});
        make(anna, &invitations, named).await;
    }
}

/// There are at most 2000, and deleting some makes room.
#[tokio::test]
async fn deleted_projects_make_room() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let first = make(&anna, "/projects", json!({"name": "first"})).await;
    let mut other = other_process(&server).await;
    for step in [
        "with recursive number (n) as (select 2 union all select n + 1 from number where n < 2000)
         insert into project (id, name, name_key, colour, billable, created_at)
         select printf('019e0f3a-7c00-7000-8000-%012d', n), 'project ' || n, 'project ' || n, '#2f6f8f', 0, 0
         from number",
        "insert into member (project_id, account_id, role, joined_at)
         select p.id, a.id, 'owner', 0 from project p, account a where p.created_at = 0",
    ] {
        carry_out(&mut other, step).await;
    }
    let more = json!({"name": "more"});
    let refused = anna.post("/projects", more.clone()).await;
    assert_eq!(refused.wrong(), "name");
    let gone = anna.delete(&format!("/projects/{}", id(&first))).await;
    assert_eq!(gone.status(), 204);
    make(&anna, "/projects", more).await;
}
