//! A project and the people in it, for tests.

use crate::harness::*;
use stint::{
    domain::{
        AccountId, Action, Catalog, Placement, ProjectDraft, ProjectId, ProjectRevision, Receipt,
        Role, Settings, Title, Username, WorkRevision,
    },
    error::AppError,
    server::{
        secret::Secret,
        store::{Accepted, Invitee, NewDevice, NewInvitation, Registration, Store},
    },
};
use tempfile::TempDir;

/// Four people with user names, three of them in a project.
pub struct Team {
    pub bench: Bench,
    pub project: ProjectId,
    pub owner: AccountId,
    pub manager: AccountId,
    pub member: AccountId,
    pub stranger: AccountId,
}

impl Team {
    pub async fn new() -> Self {
        let bench = Bench::new().await;
        let owner = register(&bench, "owner").await;
        let project = bench
            .store
            .make_project(owner, draft("web"), bench.now())
            .await
            .unwrap();
        let team = Self {
            project: project.label.id,
            owner,
            manager: register(&bench, "manager").await,
            member: register(&bench, "member").await,
            stranger: register(&bench, "stranger").await,
            bench,
        };
        team.add("manager", Role::Manager).await;
        team.bench.wait(1);
        team.add("member", Role::Member).await;
        team
    }

    pub fn store(&self) -> &Store {
        &self.bench.store
    }

    pub fn everybody(&self) -> [AccountId; 4] {
        [self.owner, self.manager, self.member, self.stranger]
    }

    /// Makes somebody a member, as people do.
    pub async fn add(&self, username: &str, role: Role) {
        self.invite(username, role).await.unwrap();
        let account = self.account(username).await;
        let now = self.bench.now();
        let received = self.store().received_invitations(account, now).await;
        let accepted = Accepted::Id(received.unwrap()[0].id);
        self.store()
            .accept_invitation(account, accepted, now)
            .await
            .unwrap();
    }

    pub async fn invite(&self, username: &str, role: Role) -> Result<(), AppError> {
        let new = NewInvitation {
            invitee: Invitee::Named(username.parse().unwrap()),
            role,
            expires_at: self.bench.now() + seconds(60),
        };
        let invited = self
            .store()
            .invite(self.owner, self.project, &new, self.bench.now());
        invited.await.map(drop)
    }

    async fn account(&self, username: &str) -> AccountId {
        let username: Username = username.parse().unwrap();
        let known = self.store().credentials(&username).await.unwrap();
        known.unwrap().account
    }

    pub async fn role(&self, account: AccountId) -> Option<Role> {
        let member = self
            .store()
            .member(account, self.project, account)
            .await
            .ok();
        member.map(|member| member.role)
    }

    pub async fn change_role(
        &self,
        by: AccountId,
        of: AccountId,
        role: Role,
    ) -> Result<(), AppError> {
        let now = self.bench.now();
        let changed = self.store().change_role(by, self.project, of, role, now);
        changed.await.map(drop)
    }

    pub async fn remove(&self, by: AccountId, whom: AccountId) -> Result<(), AppError> {
        let now = self.bench.now();
        self.store()
            .end_membership(by, self.project, whom, now)
            .await
    }

    /// Starts a session on the project.
    pub async fn start(&self, account: AccountId, name: &str) -> Result<Receipt, AppError> {
        let command = self.bench.command(start_in(self.project, name));
        self.store().run(account, &command, self.bench.now()).await
    }

    /// What is kept of each catalogue is what the database says.
    pub async fn check_catalogs(&self, after: &str) {
        let (store, _folder) = reopened(&self.bench).await;
        for account in self.everybody() {
            let kept = self.store().catalog(account).await.unwrap();
            let stored = store.catalog(account).await.unwrap();
            assert_eq!(kept, stored, "after {after}");
        }
    }

    pub async fn catalog(&self, account: AccountId) -> Catalog {
        (*self.store().catalog(account).await.unwrap()).clone()
    }
}

pub async fn register(bench: &Bench, username: &str) -> AccountId {
    let registration = Registration {
        username: username.parse().unwrap(),
        password_hash: String::new(),
        recovery: Vec::new(),
        invitation: None,
        settings: Settings::default(),
    };
    let device = NewDevice::browser(&Secret::random(), "", bench.now());
    let registered = bench.store.register(&registration, &device, bench.now());
    registered.await.unwrap()
}

/// A store that has read nothing yet, over a copy of the database.
pub async fn reopened(bench: &Bench) -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(bench.folder.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    (Store::open(folder.path()).await.unwrap(), folder)
}

pub fn title(text: &str) -> Title {
    Title::new(text).unwrap()
}

pub fn draft(name: &str) -> ProjectDraft {
    ProjectDraft {
        name: title(name),
        client: None,
        colour: None,
        billable: false,
    }
}

pub fn start_in(project: ProjectId, text: &str) -> Action {
    let Action::Start {
        name, zone, from, ..
    } = start(text)
    else {
        unreachable!("a start")
    };
    let work = WorkRevision {
        project: Some(Placement::In(project)),
        ..WorkRevision::default()
    };
    Action::Start {
        name,
        zone,
        from,
        work,
    }
}

pub fn renamed(name: &str) -> ProjectRevision {
    ProjectRevision {
        name: Some(title(name)),
        ..ProjectRevision::default()
    }
}

pub fn archived(archived: bool) -> ProjectRevision {
    ProjectRevision {
        archived: Some(archived),
        ..ProjectRevision::default()
    }
}
