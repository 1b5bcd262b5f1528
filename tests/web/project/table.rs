//! Who may do what on the pages of projects: one row for each, and nothing is changed by whoever
//! may not.

use super::super::{Answer, Server, account::Browser, person::friday};
use axum::http::Method;
use chrono::TimeDelta;
use stint::{
    domain::{AccountId, ClientChoice, ProjectDraft, ProjectId, Role, Settings, Title, Username},
    server::store::{Accepted, Invitee, NewInvitation},
};

/// Those who ask, in the order of the columns.
const ACTORS: [&str; 7] = [
    "nobody", "stranger", "removed", "invited", "member", "manager", "owner",
];

/// Method and address, what is sent, and the status for each of the [`ACTORS`]. What stands in
/// braces is the owner's; `{account}` is another member, `{received}` is for the invited one.
type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    [u16; 7],
);

const ALL_SEE: [u16; 7] = [200; 7];
const ALL_DO: [u16; 7] = [303; 7];
const OWNER_DOES: [u16; 7] = [404, 404, 404, 404, 403, 403, 303];
const MANAGERS_DO: [u16; 7] = [404, 404, 404, 404, 403, 303, 303];
const INVITED_DOES: [u16; 7] = [404, 404, 404, 303, 404, 404, 404];
/// Clients and tags are of one account, whatever its part in a project.
const OWN: [u16; 7] = [404, 404, 404, 404, 404, 404, 303];

const NAMED: &[(&str, &str)] = &[("name", "Other")];

const TABLE: &[Row] = &[
    ("GET /projects", &[], ALL_SEE),
    ("POST /projects", NAMED, ALL_DO),
    (
        "GET /project/{id}",
        &[],
        [404, 404, 404, 404, 200, 200, 200],
    ),
    ("POST /project/{id}/settings", NAMED, OWNER_DOES),
    (
        "POST /project/{id}/settings",
        &[],
        [404, 404, 404, 404, 403, 403, 422],
    ),
    ("POST /project/{id}/archive", &[], OWNER_DOES),
    ("POST /project/{id}/delete", &[], OWNER_DOES),
    (
        "POST /project/{id}/leave",
        &[],
        [404, 404, 404, 404, 303, 303, 409],
    ),
    (
        "POST /project/{id}/members/{account}/role",
        &[("role", "manager")],
        OWNER_DOES,
    ),
    (
        "POST /project/{id}/members/{account}/remove",
        &[],
        MANAGERS_DO,
    ),
    (
        "POST /project/{id}/invitations",
        &[("username", "x"), ("role", "member")],
        MANAGERS_DO,
    ),
    (
        "POST /project/{id}/invitations",
        &[("username", "-")],
        [404, 404, 404, 404, 403, 422, 422],
    ),
    (
        "POST /project/{id}/invitation-link",
        &[("role", "manager")],
        [404, 404, 404, 404, 403, 200, 200],
    ),
    (
        "POST /project/{id}/invitations/{invitation}/withdraw",
        &[],
        MANAGERS_DO,
    ),
    ("POST /invitations/{received}/accept", &[], INVITED_DOES),
    ("POST /invitations/{received}/decline", &[], INVITED_DOES),
    ("GET /invitation", &[], [422; 7]),
    ("POST /invitation/accept", &[], [422; 7]),
    ("POST /invitation/decline", &[], [422; 7]),
    ("GET /clients", &[], ALL_SEE),
    ("POST /clients", NAMED, ALL_DO),
    ("POST /clients/{client}/rename", NAMED, OWN),
    (
        "POST /clients/{client}/rename",
        &[],
        [404, 404, 404, 404, 404, 404, 422],
    ),
    ("POST /clients/{client}/archive", &[], OWN),
    ("POST /clients/{client}/delete", &[], OWN),
    ("GET /tags", &[], ALL_SEE),
    ("POST /tags", NAMED, ALL_DO),
    ("POST /tags/{tag}/rename", NAMED, OWN),
    (
        "POST /tags/{tag}/rename",
        &[],
        [404, 404, 404, 404, 404, 404, 422],
    ),
    (
        "POST /tags/merge",
        &[("tag", "{tag}"), ("into", "{other}")],
        OWN,
    ),
    ("POST /tags/{tag}/delete", &[], OWN),
];

/// A project with everybody in their places.
struct Scene {
    server: Server,
    cookies: Vec<Option<String>>,
    /// What stands in braces, and what for.
    names: Vec<(&'static str, String)>,
}

impl Scene {
    async fn new() -> Self {
        let server = friday().await;
        let (store, now) = (&server.store, server.clock.now());
        let mut cookies = vec![None];
        let mut accounts = Vec::new();
        for actor in &ACTORS[1..] {
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

    fn browser(&self, actor: usize) -> Browser<'_> {
        let mut browser = Browser::new(&self.server);
        browser.cookie.clone_from(&self.cookies[actor]);
        browser
    }

    async fn ask(&self, actor: usize, (call, form, _): &Row) -> Answer {
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

    /// What the owner, the member and the invited one see.
    async fn seen(&self) -> Vec<String> {
        let mut seen = Vec::new();
        for actor in [3, 4, 6] {
            for page in ["/projects?archived=1", "/project/{id}", "/clients", "/tags"] {
                let answer = self.browser(actor).get(&self.fill(page)).await;
                seen.push(answer.text().to_owned());
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

#[test]
fn every_page_of_projects_has_a_row() {
    let known = stint::web::project::addresses();
    let known: Vec<(Method, &str)> = known;
    for (method, address) in &known {
        let call = format!("{method} {address}");
        let listed = TABLE.iter().any(|row| plain(row.0) == call);
        assert!(listed, "{call} has no row");
    }
    for row in TABLE {
        let exists = known
            .iter()
            .any(|(method, address)| plain(row.0) == format!("{method} {address}"));
        assert!(exists, "{} does not exist", row.0);
    }
}

/// The names of a row as the routes have them.
fn plain(call: &str) -> String {
    ["{received}", "{client}", "{tag}"]
        .iter()
        .fold(call.to_owned(), |call, name| call.replace(name, "{id}"))
}

#[tokio::test]
async fn everybody_does_what_they_may_and_nothing_else() {
    for row in TABLE {
        let (call, _, statuses) = row;
        let scene = Scene::new().await;
        let before = scene.seen().await;
        let is_denied = |status: u16| status >= 400;
        for (actor, status) in statuses
            .iter()
            .enumerate()
            .filter(|(_, it)| is_denied(**it))
        {
            let answer = scene.ask(actor, row).await;
            let who = ACTORS[actor];
            assert_eq!(answer.status, *status, "{who}: {call}: {}", answer.text());
            if *status != 422 && *status != 409 {
                assert!(!answer.text().contains("ecret"), "{who}: {call}");
            }
            assert!(
                scene.seen().await == before,
                "{who}: {call} changed something"
            );
        }
        let mut scene = Some(scene);
        for (actor, status) in statuses
            .iter()
            .enumerate()
            .filter(|(_, it)| !is_denied(**it))
        {
            let fresh = match scene.take() {
                Some(scene) => scene,
                None => Scene::new().await,
            };
            let answer = fresh.ask(actor, row).await;
            let who = ACTORS[actor];
            assert_eq!(answer.status, *status, "{who}: {call}: {}", answer.text());
            if actor < 3 {
                assert!(!answer.text().contains("ecret"), "{who}: {call}");
            }
            // What only reads leaves everything for the next one.
            if *status == 200 && call.starts_with("GET") {
                scene = Some(fresh);
            }
        }
    }
}
