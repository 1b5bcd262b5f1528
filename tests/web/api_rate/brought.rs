//! What becomes of rates when a guest comes along.

use super::*;

/// A rate of some level, from a day on.
async fn rate(who: &Client, level: Value, (minor, currency): (i64, &str), from: &str) {
    let mut body = json!({"hourly": {"minor": minor, "currency": currency}, "from": from});
    let fields = body.as_object_mut().unwrap();
    fields.extend(level.as_object().unwrap().clone());
    who.post("/rates", body).await.made();
}

async fn of_account(who: &Client, hourly: (i64, &str), from: &str) {
    rate(who, json!({"level": "account"}), hourly, from).await;
}

/// A project of a new client, and the level of that client's rates.
async fn project_of(who: &Client, client: &str) -> (Value, Value) {
    let client = who.post("/clients", json!({"name": client})).await.made();
    let body = json!({"name": format!("for {}", text(&client, "name")), "client_id": client["id"]});
    let project = who.post("/projects", body).await.made();
    let level = json!({"level": "client", "client_id": client["id"]});
    (project["id"].clone(), level)
}

/// An hour of 1 June that somebody pays for.
async fn hour(who: &Client, hour: u32, project: &Value) -> Value {
    let moment = |hour: u32| format!("2026-06-01T{hour:02}:00:00Z");
    let mut body =
        json!({"started_at": moment(hour), "stopped_at": moment(hour + 1), "billable": true});
    if !project.is_null() {
        body["project_id"] = project.clone();
    }
    who.post("/sessions", body).await.made()
}

async fn amount(who: &Client, session: &Value) -> Value {
    who.get(&at(session)).await.ok()["amount"].clone()
}

/// Signs in to anna's account from the guest, who comes along.
async fn bring(server: &Server, guest: &Client) -> Client {
    let body = json!({"username": "anna", "password": PASSWORD, "guest": "bring"});
    client(server, &guest.post("/login", body).await.ok())
}

#[tokio::test]
async fn what_was_priced_keeps_its_price() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (project, acme) = project_of(&anna, "Acme").await;
    let (globex_project, _) = project_of(&anna, "Globex").await;
    of_account(&anna, (10_000, "EUR"), "2020-01-01").await;
    rate(&anna, acme, (20_000, "EUR"), "2020-01-01").await;
    let nowhere = Value::Null;
    let mut priced = Vec::new();
    for (place, project, minor) in [
        (6, &nowhere, 10_000),
        (7, &project, 20_000),
        (8, &globex_project, 10_000),
    ] {
        priced.push((hour(&anna, place, project).await, euro(minor)));
    }

    let guest = Client::guest(&server).await;
    let (_, guests_acme) = project_of(&guest, "acme").await;
    let (_, guests_globex) = project_of(&guest, "globex").await;
    of_account(&guest, (1000, "USD"), "2026-01-01").await;
    rate(&guest, guests_acme, (500, "EUR"), "2025-01-01").await;
    rate(&guest, guests_globex, (600, "USD"), "2026-02-01").await;

    let before = anna.get("/rates").await.ok()["items"].clone();
    let brought = bring(&server, &guest).await;
    for (session, price) in &priced {
        assert_eq!(amount(&brought, session).await, *price);
    }
    assert_eq!(brought.get("/rates").await.ok()["items"], before);
}

/// In a project that both are in, what the guest is paid as a member is not for the account.
#[tokio::test]
async fn a_member_keeps_what_the_project_pays() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (owner, guest) = (Client::guest(&server).await, Client::guest(&server).await);
    let (project, _) = project_of(&owner, "Acme").await;
    let place = format!("/projects/{}", project.as_str().unwrap());
    for who in [&anna, &guest] {
        let link = owner.post(&format!("{place}/invitations"), None).await;
        let code = json!({"code": link.made()["code"]});
        who.post("/invitations/accept", code).await.ok();
    }
    let level = json!({"level": "project", "project_id": project});
    rate(&owner, level, (5000, "EUR"), "2026-01-01").await;
    let level = json!({"level": "member", "project_id": project, "account": account(&guest).await});
    rate(&owner, level, (100, "USD"), "2026-01-01").await;
    let session = hour(&anna, 6, &project).await;
    assert_eq!(amount(&anna, &session).await, euro(5000));
    let brought = bring(&server, &guest).await;
    assert_eq!(amount(&brought, &session).await, euro(5000));
}

/// Where the account has no rate for something, those of the guest come along, all of them.
#[tokio::test]
async fn rates_come_along_for_what_had_none() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (own_project, _) = project_of(&anna, "Globex").await;
    let guest = Client::guest(&server).await;
    of_account(&guest, (200, "EUR"), "2026-01-01").await;
    of_account(&guest, (300, "EUR"), "2026-02-01").await;
    let (project, acme) = project_of(&guest, "Acme").await;
    rate(&guest, acme, (400, "EUR"), "2026-01-01").await;
    let (_, globex) = project_of(&guest, "globex").await;
    rate(&guest, globex, (500, "EUR"), "2026-01-01").await;
    let plain = hour(&guest, 6, &Value::Null).await;
    let of_client = hour(&guest, 7, &project).await;
    let anna = bring(&server, &guest).await;
    assert_eq!(amount(&anna, &plain).await, euro(300));
    assert_eq!(amount(&anna, &of_client).await, euro(400));
    let of_own = hour(&anna, 8, &own_project).await;
    assert_eq!(amount(&anna, &of_own).await, euro(500));
    let rates = anna.get("/rates").await.ok();
    assert_eq!(rates["items"].as_array().unwrap().len(), 4, "{rates}");
}

/// A client of the guest alone keeps its rates, whatever the account charges otherwise.
#[tokio::test]
async fn a_new_client_brings_its_rates() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    of_account(&anna, (100, "EUR"), "2026-01-01").await;
    let guest = Client::guest(&server).await;
    of_account(&guest, (200, "EUR"), "2026-02-01").await;
    let (project, acme) = project_of(&guest, "Acme").await;
    rate(&guest, acme, (400, "EUR"), "2026-01-01").await;
    let session = hour(&guest, 6, &project).await;
    let anna = bring(&server, &guest).await;
    assert_eq!(amount(&anna, &session).await, euro(400));
    let plain = hour(&anna, 7, &Value::Null).await;
    assert_eq!(amount(&anna, &plain).await, euro(100));
}
