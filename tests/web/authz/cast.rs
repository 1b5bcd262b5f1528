//! A project, and everybody who is in it, was in it, or may come.

use super::{
    super::{Server, api::*, person::*},
    actors::SECRET,
};
use axum::http::Method;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection};

/// Whoever could ask, in the order of the statuses of a [`Row`].
pub const ACTORS: [&str; 6] = [
    "owner",
    "manager",
    "member",
    "invited",
    "removed",
    "other owner",
];

/// A call, what is sent, and what each actor is answered.
pub type Row = (&'static str, Value, [u16; 6]);

/// A project and everybody around it.
pub struct Cast {
    pub server: Server,
    pub actors: [Client; 6],
    /// Words of the table, and the ids they stand for.
    pub ids: Vec<(&'static str, String)>,
}

impl Cast {
    pub async fn new() -> Self {
        let server = friday().await;
        let (invited, _) = register(&server, "invited").await;
        let guest = async || Client::guest(&server).await;
        let [owner, manager, member, removed, other, bystander] = [
            guest().await,
            guest().await,
            guest().await,
            guest().await,
            guest().await,
            guest().await,
        ];
        let make = async |who: &Client, path: &str, body: Value| who.post(path, body).await.made();
        let customer = make(&owner, "/clients", json!({"name": SECRET})).await;
        let body = json!({"name": SECRET, "client_id": customer["id"]});
        let project = make(&owner, "/projects", body).await;
        let tag = make(&owner, "/tags", json!({"name": SECRET})).await;
        let other_tag = make(&owner, "/tags", json!({"name": "other"})).await;
        make(&other, "/projects", json!({"name": "elsewhere"})).await;
        let place = format!("/projects/{}", id(&project));
        let invitations = format!("{place}/invitations");
        for (who, role) in [
            (&manager, "manager"),
            (&member, "member"),
            (&removed, "manager"),
            (&bystander, "member"),
        ] {
            let link = make(&owner, &invitations, json!({"role": role})).await;
            let code = json!({"code": link["code"]});
            who.post("/invitations/accept", code).await.ok();
        }
        let gone = format!("{place}/members/{}", account(&removed).await);
        assert_eq!(owner.delete(&gone).await.status(), 204);
        let invitation = make(&owner, &invitations, json!({"username": "invited"})).await;
        let tracked = json!({"name": SECRET, "project_id": project["id"]});
        let session = make(&member, "/sessions", tracked).await;
        let euro = |level: Value| {
            let mut rate =
                json!({"hourly": {"minor": 8550, "currency": "EUR"}, "from": "2026-01-01"});
            rate.as_object_mut()
                .unwrap()
                .extend(level.as_object().unwrap().clone());
            rate
        };
        let level = json!({"level": "project", "project_id": project["id"]});
        let project_rate = make(&owner, "/rates", euro(level)).await;
        let level = json!({"level": "member", "project_id": project["id"], "account": account(&member).await});
        let member_rate = make(&owner, "/rates", euro(level)).await;
        let level = json!({"level": "client", "client_id": customer["id"]});
        let client_rate = make(&owner, "/rates", euro(level)).await;
        let budget = json!({"budget": {"minor": 1000, "currency": "EUR"}});
        owner.patch(&place, budget).await.ok();
        let ids = vec![
            ("PROJECT_RATE", id(&project_rate).to_owned()),
            ("MEMBER_RATE", id(&member_rate).to_owned()),
            ("CLIENT_RATE", id(&client_rate).to_owned()),
            ("PROJECT", id(&project).to_owned()),
            ("INVITATION", id(&invitation).to_owned()),
            ("CLIENT", id(&customer).to_owned()),
            ("BYSTANDER", account(&bystander).await),
            ("OWNER", account(&owner).await),
            ("OTHER_TAG", id(&other_tag).to_owned()),
            ("TAG", id(&tag).to_owned()),
            ("SESSION", id(&session).to_owned()),
        ];
        Self {
            server,
            actors: [owner, manager, member, invited, removed, other],
            ids,
        }
    }

    pub fn fill(&self, text: &str) -> String {
        let put = |text: String, (word, id): &(&str, String)| text.replace(word, id);
        self.ids.iter().fold(text.to_owned(), put)
    }

    /// Sends what a row says.
    pub async fn send(&self, client: &Client, (call, body, _): &Row) -> Reply {
        let (method, path) = call.split_once(' ').unwrap();
        let method: Method = method.parse().unwrap();
        let body = Some(body).filter(|body| !body.is_null());
        let body = body.map(|body| serde_json::from_str(&self.fill(&body.to_string())).unwrap());
        client.send(method, &self.fill(path), body).await
    }

    /// Everything that the calls could change.
    pub async fn dump(&self) -> Vec<String> {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(self.server.store.path())
            .read_only(true);
        let mut connection = options.connect().await.unwrap();
        let rows = sqlx::query_scalar(
            "select json_array(id, client_id, name, colour, billable, archived_at, deleted_at) from project
             union all select json_array(project_id, account_id, role, joined_at, left_at) from member
             union all select json_array(id, project_id, account_id, role) from project_invitation
             union all select json_array(account_id, id, name, version, started_at, stopped_at, project_id, billable)
                       from session
             union all select json_array(account_id, session_id, tag_id) from session_tag
             union all select json_array(id, account_id, name) from favourite
             union all select json_array(id, name, archived_at, deleted_at) from client
             union all select json_array(id, name, merged_into, deleted_at) from tag
             union all select json_array(id, level, hourly_minor, holds_from) from rate
             union all select json_array(id, rounding, budget_seconds, budget_minor) from project
             order by 1",
        );
        let rows: Vec<String> = rows.fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        assert!(rows.len() > 10, "{rows:#?}");
        rows
    }
}

async fn account(client: &Client) -> String {
    let me = client.get("/me").await.ok();
    text(&me, "account").to_owned()
}
