//! Members and invitations through the API.

use super::{
    Server,
    api::*,
    person::{PASSWORD, friday, register, text},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A project of somebody, and where it lies.
pub async fn project(owner: &Client) -> String {
    let made = owner.post("/projects", json!({"name": "web"})).await.made();
    format!("/projects/{}", id(&made))
}

pub async fn account(client: &Client) -> String {
    let me = client.get("/me").await.ok();
    text(&me, "account").to_owned()
}

/// An owner and a member of a project, and where it lies.
async fn pair(server: &Server) -> (Client, Client, String) {
    let (anna, _) = register(server, "anna").await;
    let ben = Client::guest(server).await;
    let place = project(&anna).await;
    let link = anna.post(&format!("{place}/invitations"), None).await;
    let code = json!({"code": link.made()["code"]});
    ben.post("/invitations/accept", code).await.ok();
    (anna, ben, place)
}

#[tokio::test]
async fn somebody_is_invited_by_name_and_answers() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let (ben, _) = register(&server, "Ben").await;
    let place = project(&anna).await;
    let invitations = format!("{place}/invitations");
    let invite = async |body: Value| anna.post(&invitations, body).await;
    let made = invite(json!({"username": "ben"})).await.made();
    assert_eq!(made["username"], "ben");
    assert_eq!(made["role"], "member");
    assert_eq!(made["expires_at"], "2026-12-04T09:00:00Z");
    assert_eq!(made["invited_by"]["username"], "anna");
    assert!(made.get("code").is_none());
    assert_eq!(anna.get(&invitations).await.ok()["items"], json!([made]));
    let received = ben.get("/invitations").await.ok();
    let [received] = &received["items"].as_array().unwrap()[..] else {
        panic!("{received}")
    };
    assert_eq!(received["project"]["name"], "web");
    assert_eq!(received["invited_by"]["id"], json!(account(&anna).await));
    ben.get(&place).await.problem(404, "not-found");
    let answer = format!("/invitations/{}/decline", id(received));
    assert_eq!(ben.post(&answer, None).await.status(), 204);
    ben.post(&answer, None).await.problem(404, "not-found");
    assert_eq!(anna.get(&invitations).await.ok()["items"], json!([]));
    // Asked twice, the second counts.
    server.clock.advance(TimeDelta::seconds(1));
    invite(json!({"username": "ben"})).await.made();
    let again = invite(json!({"username": "BEN", "role": "manager"}));
    let again = again.await.made();
    let received = ben.get("/invitations").await.ok();
    assert_eq!(received["items"].as_array().unwrap().len(), 1);
    let accept = format!("/invitations/{}/accept", id(&again));
    let joined = ben.post(&accept, None).await.ok();
    assert_eq!(joined["role"], "manager");
    assert_eq!(ben.get(&place).await.ok(), joined);
    ben.post(&accept, None).await.problem(404, "not-found");
    let wrong = invite(json!({"username": "ben"})).await.wrong();
    assert_eq!(wrong, "username");
    let members = anna.get(&format!("{place}/members")).await.ok();
    let listed: Vec<_> = members["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| {
            (
                member["account"]["username"].clone(),
                member["role"].clone(),
            )
        })
        .collect();
    let expected = [("anna", "owner"), ("Ben", "manager")];
    assert_eq!(
        listed,
        expected.map(|(who, role)| (json!(who), json!(role)))
    );
}

/// Whoever invites learns nothing about who has an account.
#[tokio::test]
async fn an_invitation_does_not_tell_who_exists() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    register(&server, "there").await;
    let place = project(&anna).await;
    let invitations = format!("{place}/invitations");
    let mut told = Vec::new();
    for username in ["there", "nobody"] {
        let mut steps = Vec::new();
        for body in [
            json!({"username": username}),
            json!({"username": username.to_uppercase(), "role": "manager"}),
        ] {
            let before = server.store.queries();
            let reply = anna.post(&invitations, body).await;
            steps.push(json!([reply.status(), server.store.queries() - before]));
            steps.push(reply.json());
        }
        let list = anna.get(&invitations).await.ok();
        let listed = list["items"][0].clone();
        let taken = anna.delete(&format!("{invitations}/{}", id(&listed))).await;
        steps.extend([listed, json!(taken.status())]);
        let left = anna.get(&invitations).await.ok();
        steps.push(left["items"].clone());
        let mut steps = Value::from(steps).to_string();
        steps = steps.to_lowercase().replace(username, "NAME");
        let id_like = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
        let parts: Vec<_> = steps
            .split('"')
            .map(|part| if id_like(part) { "ID" } else { part })
            .collect();
        told.push(parts.join("\""));
    }
    assert_eq!(told[0], told[1]);
    assert!(
        told[0].contains("NAME") && told[0].contains("ID"),
        "{told:?}"
    );
    // Who takes the name later was not invited.
    let named = json!({"username": "later"});
    anna.post(&invitations, named).await.made();
    let (later, _) = register(&server, "later").await;
    assert_eq!(later.get("/invitations").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn a_link_is_good_once_and_for_two_weeks() {
    let server = friday().await;
    let anna = Client::guest(&server).await;
    let place = project(&anna).await;
    let link = async || {
        let made = anna.post(&format!("{place}/invitations"), None).await;
        let made = made.made();
        assert_eq!(made["username"], json!(null));
        text(&made, "code").to_owned()
    };
    let accept = async |who: &Client, code: &str| {
        who.post("/invitations/accept", json!({"code": code})).await
    };
    let (code, ben) = (link().await, Client::guest(&server).await);
    let list = anna.get(&format!("{place}/invitations")).await.ok();
    assert!(!list.to_string().contains(&code));
    assert_eq!(accept(&anna, &code).await.wrong(), "code");
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(accept(&ben, &typed).await.ok()["role"], "member");
    let carl = Client::guest(&server).await;
    for wrong in [code.as_str(), "", "no code", "CDFH-JKMP-QRTV-WXY2-3467"] {
        assert_eq!(accept(&carl, wrong).await.wrong(), "code", "{wrong}");
    }
    let code = link().await;
    server.clock.advance(TimeDelta::days(14));
    let (anna, carl) = (anna.renewed().await, carl.renewed().await);
    assert_eq!(accept(&carl, &code).await.wrong(), "code");
    let list = anna.get(&format!("{place}/invitations")).await.ok();
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_project_is_handed_over() {
    let server = friday().await;
    let (anna, ben, place) = pair(&server).await;
    let member = async |who: &Client| format!("{place}/members/{}", account(who).await);
    let (annas, bens) = (member(&anna).await, member(&ben).await);
    anna.delete(&annas).await.problem(409, "last-owner");
    let role =
        async |who: &Client, whose: &str, role: &str| who.patch(whose, json!({"role": role})).await;
    role(&anna, &annas, "member")
        .await
        .problem(409, "last-owner");
    role(&ben, &bens, "owner").await.problem(403, "not-allowed");
    assert_eq!(role(&anna, &bens, "king").await.wrong(), "role");
    assert_eq!(role(&anna, &bens, "owner").await.ok()["role"], "owner");
    assert_eq!(ben.get(&place).await.ok()["role"], "owner");
    assert_eq!(anna.delete(&annas).await.status(), 204);
    anna.get(&place).await.problem(404, "not-found");
    ben.delete(&bens).await.problem(409, "last-owner");
    let nobody = format!("{place}/members/{}", account(&anna).await);
    ben.get(&nobody).await.problem(404, "not-found");
    ben.get(&format!("{place}/members/x"))
        .await
        .problem(404, "not-found");
}

/// Whoever finds a token in a script takes no project over with it, and lets nobody do so.
#[tokio::test]
async fn a_personal_token_makes_no_owner() {
    let server = friday().await;
    let (anna, ben, place) = pair(&server).await;
    let token = json!({"name": "script", "scope": "write"});
    let token = anna.post("/tokens", token).await.made();
    let script = Client::with_token(&server, text(&token, "token"));
    let bens = format!("{place}/members/{}", account(&ben).await);
    let role = async |who: &Client, role: &str| who.patch(&bens, json!({"role": role})).await;
    role(&script, "owner").await.problem(403, "needs-sign-in");
    let invitations = format!("{place}/invitations");
    let invited = script.post(&invitations, json!({"role": "owner"})).await;
    assert_eq!(invited.wrong(), "role");
    assert_eq!(ben.get(&place).await.ok()["role"], "member");
    for allowed in ["manager", "member"] {
        assert_eq!(role(&script, allowed).await.ok()["role"], allowed);
        let body = json!({"role": allowed});
        script.post(&invitations, body).await.made();
    }
    assert_eq!(role(&anna, "owner").await.ok()["role"], "owner");
    assert_eq!(role(&script, "member").await.ok()["role"], "member");
    assert_eq!(script.delete(&bens).await.status(), 204);
}

/// Deleting an account leaves the team its project.
#[tokio::test]
async fn a_deleted_account_leaves_its_project_behind() {
    let server = friday().await;
    let (anna, ben, place) = pair(&server).await;
    let password = json!({"password": PASSWORD});
    let gone = anna
        .send(axum::http::Method::DELETE, "/me", Some(password))
        .await;
    assert_eq!(gone.status(), 204);
    assert_eq!(ben.get(&place).await.ok()["role"], "owner");
    let members = ben.get(&format!("{place}/members")).await.ok();
    assert_eq!(members["items"].as_array().unwrap().len(), 1);
}

/// A guest that has nothing but a project does not lose it by signing in.
#[tokio::test]
async fn a_guest_brings_its_project_along() {
    let server = friday().await;
    register(&server, "anna").await;
    let guest = Client::guest(&server).await;
    let place = project(&guest).await;
    let login = json!({"username": "anna", "password": PASSWORD});
    assert_eq!(guest.post("/login", login.clone()).await.wrong(), "guest");
    let mut login = login;
    login["guest"] = json!("bring");
    let grant = guest.post("/login", login).await.ok();
    let anna = guest.granted(&grant);
    assert_eq!(anna.get(&place).await.ok()["role"], "owner");
}
