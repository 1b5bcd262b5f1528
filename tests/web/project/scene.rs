//! A project, and everybody who may want something of it.

use super::super::{Answer, Json, Server, browser::Browser, person::friday, shut_out::SignedOut};
use chrono::TimeDelta;
use serde_json::json;
use stint::{
    domain::{AccountId, ClientChoice, ProjectDraft, ProjectId, Role, Settings, Title, Username},
    server::store::{Accepted, Invitee, NewInvitation},
};

/// Those who ask, in the order of the columns, and who showed the password of an account and no code: answered as
/// nobody is.
pub const ACTORS: [&str; 8] = [
    "nobody", "stranger", "removed", "invited", "member", "manager", "owner", "pending",
];
pub const PENDING: usize = 7;

/// Method and address, what is sent, and the status for each of the [`ACTORS`] but the last. What stands in
/// braces is the owner's; `{account}` is another member, `{received}` is for the invited one.
pub type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    [u16; 7],
);

/// A project with everybody in their places.
pub struct Scene {
    server: Server,
    cookies: Vec<Option<String>>,
    /// What stands in braces, and what for.
    names: Vec<(&'static str, String)>,
}

impl Scene {
    pub async fn new() -> Self {
        let server = friday().await;
        let (store, now) = (&server.store, server.clock.now());
        let mut cookies = vec![None];
        let mut accounts = Vec::new();
        for actor in &ACTORS[1..PENDING] {
            let mut browser = Browser::new(&server);
            let account = if *actor == "invited" {
                browser.register("ida").await;
                None
            } else {
                let made = store.create_guest(&Settings::default(), "", now).await;
                let (viewer, secret) = made.unwrap();
                browser.cookie = Some(format!("stint_device={}", secret.reveal()));
                Some(viewer.account)
            };
            cookies.push(browser.cookie);
            accounts.push(account);
        }
        cookies.push(Browser::pending(&server).await.cookie);
        let [_, removed, _, member, manager, owner] = accounts[..] else {
            unreachable!()
        };
        let (owner, manager, member) = (owner.unwrap(), manager.unwrap(), member.unwrap());
        let title = |text: &str| Title::new(text).unwrap();
        let draft = ProjectDraft {
            name: title("Secret project"),
            client: Some(ClientChoice::Named(title("Secret client"))),
            colour: None,
            billable: true,
        };
        let project = store.make_project(owner, draft, now).await.unwrap();
        let (id, client) = (project.label.id, project.label.client.unwrap().0);
        let tag = store.make_tag(owner, title("secret-tag"), now).await;
        let other = store.make_tag(owner, title("secret-other"), now).await;
        let another = store.create_guest(&Settings::default(), "", now).await;
        let another = another.unwrap().0.account;
        for (account, role) in [
            (removed.unwrap(), Role::Manager),
            (member, Role::Member),
            (manager, Role::Manager),
            (another, Role::Member),
        ] {
            join(&server, (owner, id), account, role).await;
        }
        store
            .end_membership(owner, id, removed.unwrap(), now)
            .await
            .unwrap();
        let link = invite(
            &server,
            (owner, id),
            Invitee::Link("a hash".to_owned()),
            Role::Member,
        );
        let link = link.await;
        let ida: Username = "ida".parse().unwrap();
        let received = invite(&server, (owner, id), Invitee::Named(ida), Role::Member).await;
        let names = vec![
            ("{id}", id.to_string()),
            ("{account}", another.to_string()),
            ("{invitation}", link),
            ("{received}", received),
            ("{client}", client.to_string()),
            ("{tag}", tag.unwrap().id.to_string()),
            ("{other}", other.unwrap().id.to_string()),
        ];
        Self {
            server,
            cookies,
            names,
        }
    }

    fn fill(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }

    /// The browser of one of the [`ACTORS`].
    pub fn browser(&self, actor: usize) -> Browser<'_> {
        let mut browser = Browser::new(&self.server);
        browser.cookie.clone_from(&self.cookies[actor]);
        browser
    }

    /// Asks as one of the [`ACTORS`].
    pub async fn ask(&self, actor: usize, (call, form, _): &Row) -> Answer {
        let (method, path) = call.split_once(' ').unwrap();
        let path = self.fill(path);
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, self.fill(value)))
            .collect();
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let mut browser = self.browser(actor);
        match method {
            "GET" => browser.get(&path).await,
            _ => browser.post(&path, &form).await,
        }
    }

    /// Shuts everybody out, one of the [`ACTORS`] just after a visit.
    pub async fn shut_out(&self, actor: usize) -> SignedOut<'_> {
        SignedOut::meanwhile(&self.server, &self.browser(actor)).await
    }

    /// What one of the [`ACTORS`] is offered for a line with the caret at its end.
    pub async fn complete(&self, actor: usize, typed: &str) -> String {
        let caret = typed.encode_utf16().count();
        let line = Json(json!({"typed": typed, "caret": caret}));
        let answer = self.browser(actor).by_script("/rpc/suggest", line).await;
        assert_eq!(answer.status, 200, "{typed}");
        answer.text().to_owned()
    }

    /// What the owner, the member and the invited one see.
    pub async fn seen(&self) -> Vec<String> {
        let mut seen = Vec::new();
        for actor in [3, 4, 6] {
            for page in ["/projects?archived=1", "/project/{id}", "/clients", "/tags"] {
                let answer = self.browser(actor).get(&self.fill(page)).await;
                seen.push(answer.main().to_owned());
            }
        }
        seen
    }
}

async fn invite(
    server: &Server,
    (owner, project): (AccountId, ProjectId),
    invitee: Invitee,
    role: Role,
) -> String {
    let now = server.clock.now();
    let new = NewInvitation {
        invitee,
        role,
        expires_at: now + TimeDelta::days(1),
    };
    let made = server.store.invite(owner, project, &new, now).await;
    made.unwrap().id.to_string()
}

async fn join(server: &Server, of: (AccountId, ProjectId), account: AccountId, role: Role) {
    let code = format!("for {account}");
    invite(server, of, Invitee::Link(code.clone()), role).await;
    let (store, now) = (&server.store, server.clock.now());
    let joined = store.accept_invitation(account, Accepted::Code(code), now);
    joined.await.unwrap();
}
