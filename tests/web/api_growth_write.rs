//! No call of the API that writes takes more statements where there is more, nor where it writes more.

use super::{
    api::*,
    api_growth::Growing,
    api_member::account,
    authz::table::TABLE,
    person::{friday, register},
};
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const POST: &Method = &Method::POST;
const PATCH: &Method = &Method::PATCH;
const DELETE: &Method = &Method::DELETE;

/// About one account, device or token by itself, and for who has a device.
const LEFT_OUT: &[&str] = &[
    "DELETE /devices",
    "DELETE /devices/{id}",
    "DELETE /me",
    "DELETE /tokens",
    "DELETE /tokens/{id}",
    "POST /guests",
    "POST /link",
    "POST /link-codes",
    "POST /login",
    "POST /logout",
    "POST /me/password",
    "POST /me/recovery-codes",
    "POST /me/second-factor",
    "POST /me/second-factor/confirm",
    "POST /me/second-factor/remove",
    "POST /recover",
    "POST /refresh",
    "POST /register",
    "POST /tokens",
];

#[tokio::test]
async fn no_call_that_writes_grows() {
    let server = friday().await;
    let growing = Growing::new(&server).await;
    let (ben, _) = register(&server, "ben").await;
    growing.add(0).await;
    // What is asked for at first is read into memory.
    writes(&growing, &ben, 0).await;
    growing.add(1).await;
    let few = writes(&growing, &ben, 1).await;
    for number in 2..12 {
        growing.add(number).await;
    }
    assert_eq!(writes(&growing, &ben, 2).await, few);

    let done: BTreeSet<&str> = few.iter().map(|(call, _)| call.as_str()).collect();
    let table = TABLE.iter().map(|row| row.0);
    let known = table.filter(|call| !call.starts_with("GET "));
    let known = known.map(|call| {
        call.replace("{account}", "{id}")
            .replace("{invitation}", "{id}")
    });
    let missing: BTreeSet<String> = known.filter(|call| !done.contains(call.as_str())).collect();
    assert_eq!(
        missing.iter().map(String::as_str).collect::<Vec<_>>(),
        LEFT_OUT
    );
}

/// The calls that were made, with how many statements each took.
struct Costs<'a> {
    growing: &'a Growing<'a>,
    costs: Vec<(String, u64)>,
}

impl Costs<'_> {
    async fn call(
        &mut self,
        client: &Client,
        method: &Method,
        path: &str,
        body: impl Into<Option<Value>>,
    ) -> Value {
        let cost = self.growing.cost(client, method.clone(), path, body.into());
        let (said, cost) = cost.await;
        let is_id = |part: &&str| uuid::Uuid::parse_str(part).is_ok();
        let parts = path.split('/');
        let parts = parts.map(|part| if is_id(&part) { "{id}" } else { part });
        let call = parts.collect::<Vec<_>>().join("/");
        self.costs.push((format!("{method} {call}"), cost));
        said
    }

    /// As the account that grows.
    async fn own(&mut self, method: &Method, path: &str, body: impl Into<Option<Value>>) -> Value {
        self.call(&self.growing.client, method, path, body).await
    }
}

/// What each of them costs.
async fn writes(growing: &Growing<'_>, ben: &Client, round: u32) -> Vec<(String, u64)> {
    let mut costs = Costs {
        growing,
        costs: Vec::new(),
    };
    track(&mut costs, round).await;
    name(&mut costs, round).await;
    pay(&mut costs).await;
    invite(&mut costs, ben).await;
    costs.costs
}

/// Sessions.
async fn track(costs: &mut Costs<'_>, round: u32) {
    let (from, to) = ("2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z");
    let project = &costs.growing.project;
    let done = json!({"name": "done", "started_at": from, "stopped_at": to, "project_id": project});
    let done = costs.own(POST, "/sessions", done).await;
    let line = json!({"entry": "run @shop #tag0 !"});
    let started = costs.own(POST, "/sessions", line).await;
    let session = at(&done);
    let renamed = json!({"name": "renamed", "billable": true});
    costs.own(PATCH, &session, renamed).await;
    costs
        .own(POST, &format!("{}/stop", at(&started)), None)
        .await;
    let copy = costs.own(POST, &format!("{session}/duplicate"), None).await;
    costs.own(POST, &format!("{session}/continue"), None).await;
    costs.own(POST, "/undo", None).await;
    costs.own(POST, "/redo", None).await;
    let pin = json!({"session_id": id(&copy)});
    let pinned = costs.own(POST, "/favourites", pin).await;
    let pinned = format!("/favourites/{}", id(&pinned));
    costs.own(DELETE, &pinned, None).await;
    costs.own(DELETE, &at(&copy), None).await;
    let mut sessions = vec![id(&done).to_owned(), id(&started).to_owned()];
    for number in 0..3 + 30 * round {
        let tagged = json!({"name": "done", "started_at": from, "stopped_at": to, "tags": ["tag0", format!("{number}")]});
        let tagged = costs.growing.client.post("/sessions", tagged).await.made();
        sessions.push(id(&tagged).to_owned());
    }
    for (number, action) in [
        json!({"assign": {"sessions": sessions, "tags": ["tag0", "new"], "billable": false}}),
        json!({"delete_all": {"sessions": sessions}}),
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("019e0f3a-7c00-7000-8000-{round:06}{number:06}");
        let commands = json!([{"id": id, "action": action}]);
        let said = costs.own(POST, "/commands", commands).await;
        assert_eq!(said["items"][0]["status"], 200, "{said}");
        assert_eq!(
            said["items"][0]["changes"].as_array().unwrap().len(),
            sessions.len()
        );
        costs.own(POST, "/undo", None).await;
        costs.own(POST, "/redo", None).await;
    }
}

/// What sessions belong to, and what the account prefers.
async fn name(costs: &mut Costs<'_>, round: u32) {
    for list in ["/tags", "/clients", "/projects"] {
        let new = json!({"name": format!("new {round}")});
        let made = costs.own(POST, list, new).await;
        let place = format!("{list}/{}", id(&made));
        let change = json!({"name": format!("renamed {round}")});
        costs.own(PATCH, &place, change).await;
        if list == "/projects" {
            let inside = json!({"name": "inside", "project_id": made["id"]});
            costs.own(POST, "/sessions", inside).await;
        }
        if list == "/clients" {
            let preview = format!("{place}/delete/preview");
            costs.own(POST, &preview, None).await;
        }
        costs.own(DELETE, &place, None).await;
    }
    let tag = json!({"name": format!("one {round}")});
    let one = costs.own(POST, "/tags", tag).await;
    let tag = json!({"name": format!("other {round}")});
    let other = costs.own(POST, "/tags", tag).await;
    let into = json!({"into": other["id"]});
    let merge = format!("/tags/{}/merge", id(&one));
    costs.own(POST, &merge, into).await;
    let other = format!("/tags/{}", id(&other));
    costs.own(DELETE, &other, None).await;
    let preferred = json!({"week_start": "sunday"});
    costs.own(PATCH, "/me", preferred).await;
}

/// Rates, rounding and budgets.
async fn pay(costs: &mut Costs<'_>) {
    let project = format!("/projects/{}", costs.growing.project);
    let hourly = json!({"minor": 9000, "currency": "EUR"});
    let level = "account";
    let rate = json!({"level": level, "hourly": hourly, "from": "2026-12-24"});
    costs.own(POST, "/rates/preview", rate.clone()).await;
    let rate = costs.own(POST, "/rates", rate).await;
    let rate = format!("/rates/{}", id(&rate));
    let dearer = json!({"hourly": {"minor": 9900, "currency": "EUR"}});
    costs.own(PATCH, &rate, dearer).await;
    costs.own(DELETE, &rate, None).await;
    let rule = json!({"mode": "up", "per": "session", "minutes": 15});
    let preview = format!("{project}/rounding/preview");
    costs.own(POST, &preview, rule.clone()).await;
    let none = json!({"client_id": null});
    costs
        .own(POST, &format!("{project}/client/preview"), none)
        .await;
    costs
        .own(POST, &format!("{project}/delete/preview"), None)
        .await;
    let none = json!({"mode": "none", "per": "session", "minutes": 15});
    for change in [
        json!({"rounding": rule}),
        json!({"rounding": none}),
        json!({"budget": {"seconds": 144_000}}),
        json!({"budget": null}),
    ] {
        costs.own(PATCH, &project, change).await;
    }
}

/// Who works together.
async fn invite(costs: &mut Costs<'_>, ben: &Client) {
    let project = format!("/projects/{}", costs.growing.project);
    let invitations = format!("{project}/invitations");
    let membership = format!("{project}/members/{}", account(ben).await);
    let code = async |costs: &mut Costs<'_>| {
        let link = costs
            .own(POST, &invitations, json!({"role": "member"}))
            .await;
        json!({"code": link["code"]})
    };
    let link = code(costs).await;
    for step in ["preview", "accept"] {
        let step = format!("/invitations/{step}");
        costs.call(ben, POST, &step, link.clone()).await;
    }
    costs
        .own(PATCH, &membership, json!({"role": "manager"}))
        .await;
    costs.own(DELETE, &membership, None).await;
    let link = code(costs).await;
    costs.call(ben, POST, "/invitations/decline", link).await;
    let named = json!({"username": "ben"});
    for answer in ["accept", "decline"] {
        let invitation = costs.own(POST, &invitations, named.clone()).await;
        let answer = format!("/invitations/{}/{answer}", id(&invitation));
        costs.call(ben, POST, &answer, None).await;
        if answer.ends_with("accept") {
            costs.call(ben, DELETE, &membership, None).await;
        }
    }
    let invitation = costs.own(POST, &invitations, named).await;
    let invitation = format!("{invitations}/{}", id(&invitation));
    costs.own(DELETE, &invitation, None).await;
}
