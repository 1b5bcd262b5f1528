//! Rates, what sessions come to, and budgets, through the API.

mod amounts;
mod brought;
mod budget;
mod parting;
mod past;
mod preview;
mod rates;
mod regroup;
mod rounding;
mod shared;

use super::{Server, api::*, person::*};
use serde_json::{Value, json};

/// A project of an owner, with a manager and a member.
struct Team {
    server: Server,
    owner: Client,
    manager: Client,
    member: Client,
    project: String,
    place: String,
}

impl Team {
    async fn new() -> Self {
        let server = friday().await;
        let guest = async || Client::guest(&server).await;
        let (owner, manager, member) = (guest().await, guest().await, guest().await);
        let body = json!({"name": "web", "billable": true});
        let project = owner.post("/projects", body).await.made();
        let place = format!("/projects/{}", id(&project));
        for (who, role) in [(&manager, "manager"), (&member, "member")] {
            let link = owner
                .post(&format!("{place}/invitations"), json!({"role": role}))
                .await
                .made();
            let code = json!({"code": link["code"]});
            who.post("/invitations/accept", code).await.ok();
        }
        Self {
            project: id(&project).to_owned(),
            server,
            owner,
            manager,
            member,
            place,
        }
    }

    /// A session in the project on a day of November.
    async fn work(&self, who: &Client, day: u32, from: &str, to: &str) -> Value {
        let moment = |time: &str| format!("2026-11-{day:02}T{time}:00Z");
        let body = json!({"started_at": moment(from), "stopped_at": moment(to), "project_id": self.project});
        who.post("/sessions", body).await.made()
    }

    async fn amount(&self, who: &Client, session: &Value) -> Value {
        who.get(&at(session)).await.ok()["amount"].clone()
    }

    /// What the project's month comes to.
    async fn total(&self, who: &Client) -> Value {
        let overview = format!("{}/overview?period=month", self.place);
        who.get(&overview).await.ok()["amounts"].clone()
    }

    /// What a call costs, when it was made before.
    async fn cost(&self, who: &Client, path: &str) -> u64 {
        who.get(path).await.ok();
        let before = self.server.store.queries();
        who.get(path).await.ok();
        self.server.store.queries() - before
    }
}

fn euro(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

async fn account(client: &Client) -> String {
    let me = client.get("/me").await.ok();
    text(&me, "account").to_owned()
}
