//! Somebody who owns something, and everybody else.

use super::super::{
    Server,
    api::*,
    person::{self, everything, register, sign_in, text, try_sign_in},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// What only the owner may see.
pub const SECRET: &str = "merger of Acme and Globex";

/// A person with an account, and one of everything.
pub struct Owner {
    pub client: Client,
    /// Personal tokens that read, and that write.
    pub reader: Client,
    pub script: Client,
    /// A device that was signed out, and its token.
    pub revoked: Client,
    pub account: String,
    pub session: String,
    /// What is pinned: the details of the session.
    pub favourite: String,
    pub device: String,
    pub token: String,
    pub work: Work,
}

/// What the owner's sessions can belong to, and invitations in both directions.
pub struct Work {
    pub client: String,
    pub project: String,
    /// Another member of the project.
    pub member: String,
    /// To the project, not answered yet.
    pub open: String,
    /// To the project of another, for the owner; and a code for one more.
    pub received: String,
    pub code: String,
    pub tag: String,
    pub other_tag: String,
    /// Of the account.
    pub rate: String,
}

impl Work {
    async fn new(server: &Server, owner: &Client) -> Self {
        let make = async |who: &Client, path: &str, body: Value| who.post(path, body).await.made();
        let customer = make(
            owner,
            "/clients",
            json!({"name": format!("{SECRET} client")}),
        )
        .await;
        let body = json!({"name": format!("{SECRET} project"), "client_id": customer["id"]});
        let project = make(owner, "/projects", body).await;
        let invitations = format!("/projects/{}/invitations", id(&project));
        let link = make(owner, &invitations, json!({})).await;
        let member = Client::guest(server).await;
        let code = json!({"code": link["code"]});
        member.post("/invitations/accept", code).await.ok();
        let open = make(owner, &invitations, json!({"username": "somebody"})).await;
        let theirs = make(&member, "/projects", json!({"name": "theirs"})).await;
        let invitations = format!("/projects/{}/invitations", id(&theirs));
        make(&member, &invitations, json!({"username": "owner"})).await;
        let received = owner.get("/invitations").await.ok();
        let more = make(&member, "/projects", json!({"name": "more"})).await;
        let invitations = format!("/projects/{}/invitations", id(&more));
        let code = make(&member, &invitations, json!({})).await;
        let tag = make(owner, "/tags", json!({"name": format!("{SECRET} tag")})).await;
        let other_tag = make(owner, "/tags", json!({"name": "other"})).await;
        let rate = json!({"level": "account", "hourly": {"minor": 8550, "currency": "EUR"}, "from": "2026-01-01"});
        let rate = make(owner, "/rates", rate).await;
        let budget = json!({"budget": {"seconds": 3600}});
        owner
            .patch(&format!("/projects/{}", id(&project)), budget)
            .await
            .ok();
        let me = member.get("/me").await.ok();
        Self {
            rate: id(&rate).to_owned(),
            client: id(&customer).to_owned(),
            project: id(&project).to_owned(),
            member: text(&me, "account").to_owned(),
            open: id(&open).to_owned(),
            received: id(&received["items"][0]).to_owned(),
            code: text(&code, "code").to_owned(),
            tag: id(&tag).to_owned(),
            other_tag: id(&other_tag).to_owned(),
        }
    }
}

impl Owner {
    pub async fn new(server: &Server) -> Self {
        let (_, grant) = register(server, "owner").await;
        let client = Client::anonymous(server).granted(&grant);
        let (revoked, _) = sign_in(server, "owner").await;
        assert_eq!(revoked.post("/logout", None).await.status(), 204);
        let (other, _) = sign_in(server, "owner").await;
        let devices = other.get("/devices").await.ok();
        let devices = devices["items"].as_array().unwrap();
        let device = devices
            .iter()
            .find(|device| device["current"] == true)
            .unwrap();
        let make = async |scope: &str| {
            let body = json!({"name": scope, "scope": scope});
            client.post("/tokens", body).await.made()
        };
        let (reader, script) = (make("read").await, make("write").await);
        let session = client
            .post("/sessions", json!({"name": SECRET}))
            .await
            .made();
        let pin = json!({"session_id": id(&session)});
        let favourite = client.post("/favourites", pin).await.made();
        Self {
            favourite: id(&favourite).to_owned(),
            reader: Client::with_token(server, text(&reader, "token")),
            script: Client::with_token(server, text(&script, "token")),
            revoked,
            account: text(&grant, "account").to_owned(),
            session: id(&session).to_owned(),
            device: id(device).to_owned(),
            token: id(&reader).to_owned(),
            work: Work::new(server, &client).await,
            client,
        }
    }

    /// An address with the ids of what it is about.
    pub fn fill(&self, path: &str) -> String {
        let id = match path.split('/').nth(1) {
            Some("devices") => &self.device,
            Some("tokens") => &self.token,
            Some("clients") => &self.work.client,
            Some("projects") => &self.work.project,
            Some("invitations") => &self.work.received,
            Some("rates") => &self.work.rate,
            Some("favourites") => &self.favourite,
            Some("tags") => &self.work.tag,
            _ => &self.session,
        };
        path.replace("{id}", id)
            .replace("{account}", &self.work.member)
            .replace("{invitation}", &self.work.open)
    }

    /// A command about the owner's session.
    pub fn command(&self, word: &str, with: Value) -> Value {
        json!({"id": fresh(), "session": self.session, "action": {word: with}})
    }
}

/// An id that was never used.
pub fn fresh() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("019e0f3a-7c00-7000-9000-{number:012}")
}

/// Those who have no business with the owner's things.
pub struct Denied {
    anonymous: Client,
    unknown: Client,
    expired: Client,
    pending: Client,
    /// Personal tokens: one that has expired, one that was removed.
    old_script: Client,
    removed_script: Client,
    /// Another account, with a token that writes.
    pub stranger: Client,
}

impl Denied {
    /// Time passes meanwhile: tokens from before have expired after it.
    pub async fn new(server: &Server) -> Self {
        let expired = Client::guest(server).await;
        let pending = second_factor_pending(server).await;
        let until = server.clock.now() + TimeDelta::minutes(1);
        let new = json!({"name": "script", "scope": "write", "expires_at": until.to_rfc3339()});
        let old = expired.post("/tokens", new.clone()).await.made();
        let removed = expired.post("/tokens", new).await.made();
        let its = format!("/tokens/{}", id(&removed));
        assert_eq!(expired.delete(&its).await.status(), 204);
        server.clock.advance(TimeDelta::minutes(16));
        Self {
            anonymous: Client::anonymous(server),
            unknown: Client::with_token(server, "eyJhbGciOiJub25lIn0.e30."),
            expired,
            pending,
            old_script: Client::with_token(server, text(&old, "token")),
            removed_script: Client::with_token(server, text(&removed, "token")),
            stranger: Client::guest(server).await,
        }
    }

    /// Those who are nobody at all, and the kind of problem that each is told of.
    pub fn nobodies(&self, owner: &Owner) -> [(&'static str, Client); 7] {
        [
            ("missing-token", self.anonymous.clone()),
            ("unknown-token", self.unknown.clone()),
            ("expired-token", self.expired.clone()),
            ("revoked-token", owner.revoked.clone()),
            ("expired-token", self.old_script.clone()),
            ("unknown-token", self.removed_script.clone()),
            // Was given no token at all.
            ("missing-token", self.pending.clone()),
        ]
    }
}

/// Somebody who knows the password of an account and not the code: with whatever they were given.
async fn second_factor_pending(server: &Server) -> Client {
    let (careful, _) = register(server, "careful").await;
    let password = json!({"password": person::PASSWORD});
    let offer = careful.post("/me/second-factor", password).await.ok();
    let secret = totp_rs::Secret::try_from_base32(text(&offer, "secret")).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(server.clock.now().timestamp()).unwrap();
    let code = json!({"code": app.generate(now).to_string()});
    let confirmed = careful.post("/me/second-factor/confirm", code).await;
    assert_eq!(confirmed.status(), 204, "{confirmed:?}");
    let reply = try_sign_in(server, "careful", person::PASSWORD).await;
    assert_eq!(reply.status(), 401);
    Client::anonymous(server).granted(&reply.json())
}

/// Everything the database holds of the owner, as [`everything`] tells it.
pub async fn dump(server: &Server, owner: &Owner) -> Vec<String> {
    let is_theirs =
        |row: &String| row.contains(&owner.account) || row.contains(&owner.work.project);
    let mut rows = everything(server).await;
    rows.retain(is_theirs);
    assert!(
        rows.iter()
            .any(|row| row.starts_with("session: ") && row.contains(SECRET)),
        "{rows:#?}"
    );
    rows
}
