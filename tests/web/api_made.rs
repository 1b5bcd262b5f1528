//! Clients, projects and tags that are made under an id of one's own, and sessions by client.

use super::{api::*, person::friday};
use chrono::TimeDelta;
use serde_json::{Value, json};

const ID: &str = "019e0f3a-7c00-7000-8000-0000000000a1";
const OTHER_ID: &str = "019e0f3a-7c00-7000-8000-0000000000a2";

fn with(body: &Value, more: Value) -> Value {
    let mut body = body.clone();
    let fields = body.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    body
}

#[tokio::test]
async fn the_same_id_makes_one() {
    for (path, named, other) in [
        (
            "/clients",
            json!({"name": "Acme"}),
            json!({"name": "Globex"}),
        ),
        ("/tags", json!({"name": "bug"}), json!({"name": "Bug"})),
        (
            "/projects",
            json!({"name": "Web", "billable": true, "colour": "#2f6f8f"}),
            json!({"billable": false}),
        ),
    ] {
        let server = friday().await;
        let (anna, ben) = (Client::guest(&server).await, Client::guest(&server).await);
        let body = with(&named, json!({"id": ID}));
        let made = anna.post(path, body.clone()).await.made();
        assert_eq!(id(&made), ID);
        server.clock.advance(TimeDelta::minutes(5));
        assert_eq!(anna.post(path, body.clone()).await.ok(), made, "{path}");
        let both = tokio::join!(anna.post(path, body.clone()), anna.post(path, body.clone()));
        assert_eq!((both.0.ok(), both.1.ok()), (made.clone(), made.clone()));
        let list = anna.get(path).await.ok();
        assert_eq!(list["items"], json!([made]), "{path}");

        let changed = with(&body, other);
        anna.post(path, changed).await.problem(409, "reused");
        // The name is somebody's, the id is not.
        let again = with(&named, json!({"id": OTHER_ID}));
        anna.post(path, again).await.problem(409, "name-taken");
        // Of what stands under the id of another nothing is told, be it the same or not.
        let foreign = ben.post(path, body.clone()).await.problem(422, "invalid");
        assert_eq!(foreign["errors"][0]["field"], "id", "{foreign}");
        assert!(!foreign.to_string().contains("Acme"), "{foreign}");
        let other = with(&body, json!({"name": "of Ben"}));
        assert_eq!(ben.post(path, other).await.problem(422, "invalid"), foreign);
        assert_eq!(ben.get(path).await.ok()["items"], json!([]));

        let wrong = with(&named, json!({"id": "1"}));
        assert_eq!(anna.post(path, wrong).await.wrong(), "id");
        let gone = anna.delete(&format!("{path}/{ID}")).await;
        assert_eq!(gone.status(), 204);
        assert_eq!(anna.post(path, body).await.problem(422, "invalid"), foreign);
    }
}

#[tokio::test]
async fn a_project_is_the_same_whoever_chose_its_colour() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let acme = anna.post("/clients", json!({"name": "Acme"})).await.made();
    let body = json!({"id": ID, "name": "Web", "client_id": acme["id"]});
    let made = anna.post("/projects", body.clone()).await.made();
    assert_eq!(anna.post("/projects", body.clone()).await.ok(), made);
    let coloured = with(&body, json!({"colour": made["colour"]}));
    assert_eq!(anna.post("/projects", coloured).await.ok(), made);
    let nobodys = with(&body, json!({"client_id": null}));
    anna.post("/projects", nobodys).await.problem(409, "reused");
    // What was changed since is not what is asked for.
    let place = format!("/projects/{ID}");
    anna.patch(&place, json!({"name": "Site"})).await.ok();
    anna.post("/projects", body).await.problem(409, "reused");
}

#[tokio::test]
async fn sessions_are_found_by_their_client() {
    let server = friday().await;
    let (anna, ben) = (Client::guest(&server).await, Client::guest(&server).await);
    for line in [
        "6:00-7:00 a @acme/web",
        "5:00-5:30 b @acme/app",
        "4:00-4:15 c @globex/app",
        "3:00-3:20 d @alone",
        "2:00-2:40 e",
    ] {
        anna.post("/sessions", json!({"entry": line})).await.made();
    }
    let clients = anna.get("/clients").await.ok();
    let acme = id(&clients["items"][0]).to_owned();
    assert_eq!(clients["items"][0]["name"], "acme");
    let idle = anna.post("/clients", json!({"name": "idle"})).await.made();
    let list = async |query: &str| anna.get(&format!("/sessions?{query}")).await.ok();
    let of = async |query: &str| {
        let overview = anna
            .get(&format!("/overview?period=day&{query}"))
            .await
            .ok();
        overview["total_seconds"].as_i64().unwrap()
    };
    let query = format!("client_id={acme}");
    assert_eq!(names(&list(&query).await), ["a", "b"]);
    assert_eq!(of(&query).await, 3600 + 1800);
    let query = format!("client_id={acme}&project_id={}", {
        let projects = anna.get("/projects").await.ok();
        let items = projects["items"].as_array().unwrap().clone();
        let web = items
            .iter()
            .find(|it| it["name"] == "web" && it["client"] == "acme");
        id(web.unwrap()).to_owned()
    });
    assert_eq!(names(&list(&query).await), ["a"]);
    let query = format!("client_id={}", id(&idle));
    assert_eq!(names(&list(&query).await), [""; 0]);
    assert_eq!(of(&query).await, 0);
    // What is not there and what is another's is the same.
    let foreign = anna.get(&format!("/sessions?client_id={OTHER_ID}")).await;
    let unknown = foreign.problem(422, "invalid");
    for path in ["/sessions", "/overview"] {
        let foreign = ben.get(&format!("{path}?client_id={acme}")).await;
        let foreign = foreign.problem(422, "invalid");
        assert_eq!(foreign["errors"], unknown["errors"], "{path}");
        assert!(!foreign.to_string().contains("acme"));
    }
}
