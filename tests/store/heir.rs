//! What becomes of shared work when an account ends, or becomes part of another.

use super::team::*;
use crate::harness::*;
use stint::{
    domain::{AccountId, ClientChoice, GuestChoice, ProjectDraft, Role, Settings},
    server::{
        secret::Secret,
        store::{Accepted, Entrance, Invitee, NewDevice, NewInvitation},
    },
};

#[tokio::test]
async fn a_project_without_an_owner_goes_to_whoever_is_there_longest() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    let acme = store
        .make_client(team.owner, title("acme"), now)
        .await
        .unwrap();
    let for_acme = stint::domain::ProjectRevision {
        client: Some(Some(ClientChoice::Known(acme.id))),
        ..Default::default()
    };
    store
        .change_project(team.owner, team.project, for_acme, now)
        .await
        .unwrap();
    let own = store
        .make_project(team.owner, draft("own"), now)
        .await
        .unwrap();
    team.bench.wait(1);
    team.add("stranger", Role::Manager).await;
    team.start(team.owner, "gone with the account")
        .await
        .unwrap();
    team.start(team.member, "stays").await.unwrap();
    for account in team.everybody() {
        store.catalog(account).await.unwrap();
    }
    store.delete_account(team.owner, now).await.unwrap();
    assert_eq!(team.role(team.manager).await, Some(Role::Owner));
    assert_eq!(team.role(team.member).await, Some(Role::Member));
    assert_eq!(
        team.catalog(team.member).await.projects[0].path(),
        "acme/web"
    );
    store.delete_account(team.manager, now).await.unwrap();
    assert_eq!(team.role(team.member).await, Some(Role::Member));
    assert_eq!(team.role(team.stranger).await, Some(Role::Owner));
    assert_eq!(
        team.catalog(team.member).await.projects[0].path(),
        "acme/web"
    );
    let bench = &team.bench;
    let deleted = "select count(*) from project where deleted_at is not null and name = 'own'";
    assert_eq!(bench.count(deleted).await, 1, "{own:?}");
    store.delete_account(team.stranger, now).await.unwrap();
    assert_eq!(team.role(team.member).await, Some(Role::Owner));
    store.delete_account(team.member, now).await.unwrap();
    let left = "select count(*) from project where deleted_at is null";
    assert_eq!(bench.count(left).await, 0);
    let broken = "select count(*) from pragma_foreign_key_check";
    assert_eq!(bench.count(broken).await, 0);
}

#[tokio::test]
async fn nobody_comes_back_by_a_link_of_their_own() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    let link = NewInvitation {
        invitee: Invitee::Link("hash".to_owned()),
        role: Role::Manager,
        expires_at: now + seconds(60),
    };
    let invite = async |by| store.invite(by, team.project, &link, now).await;
    let accept = async |by| {
        let accepted = Accepted::Code("hash".to_owned());
        store.accept_invitation(by, accepted, now).await
    };
    invite(team.manager).await.unwrap();
    assert!(accept(team.member).await.is_err(), "a member already");
    team.change_role(team.owner, team.manager, Role::Member)
        .await
        .unwrap();
    assert!(accept(team.stranger).await.is_err(), "demoted");
    team.remove(team.manager, team.manager).await.unwrap();
    assert!(accept(team.manager).await.is_err(), "gone");
    team.add("manager", Role::Manager).await;
    invite(team.manager).await.unwrap();
    team.remove(team.owner, team.manager).await.unwrap();
    assert!(accept(team.manager).await.is_err(), "removed");
    team.add("manager", Role::Manager).await;
    invite(team.manager).await.unwrap();
    store.delete_account(team.manager, now).await.unwrap();
    assert!(accept(team.stranger).await.is_err(), "deleted");
    invite(team.owner).await.unwrap();
    accept(team.stranger).await.unwrap();
    assert_eq!(team.role(team.stranger).await, Some(Role::Manager));
    assert!(accept(team.stranger).await.is_err(), "used up");
}

#[tokio::test]
async fn a_guest_brings_everything_along() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    let guest = guest(&team.bench).await;
    let bench = &team.bench;
    // Both have a client and a tag of the same name, and are in the same project.
    let make = async |account: AccountId| {
        let acme = store
            .make_client(account, title("Acme"), now)
            .await
            .unwrap();
        let draft = ProjectDraft {
            client: Some(ClientChoice::Known(acme.id)),
            ..draft("rocket")
        };
        let project = store.make_project(account, draft, now).await.unwrap();
        let bug = store.make_tag(account, title("Bug"), now).await.unwrap();
        (project.label.id, bug.id)
    };
    let (_, bug) = make(team.member).await;
    let (rocket, their_bug) = make(guest).await;
    let own = store.make_tag(guest, title("own"), now).await.unwrap();
    let fault = store.make_tag(guest, title("fault"), now).await.unwrap();
    store.merge_tag(guest, fault.id, their_bug).await.unwrap();
    store
        .make_client(guest, title("Globex"), now)
        .await
        .unwrap();
    let link = NewInvitation {
        invitee: Invitee::Link("hash".to_owned()),
        role: Role::Manager,
        expires_at: now + seconds(60),
    };
    store
        .invite(team.owner, team.project, &link, now)
        .await
        .unwrap();
    let accepted = Accepted::Code("hash".to_owned());
    store.accept_invitation(guest, accepted, now).await.unwrap();
    let mut action = start_in(rocket, "engine");
    if let stint::domain::Action::Start { work, .. } = &mut action {
        work.tags = Some(vec![their_bug, own.id]);
    }
    store.run(guest, &bench.command(action), now).await.unwrap();
    bench
        .damage(
            "insert into favourite (id, account_id, name, project_id, billable, tags, created_at)
             select 'f' || a.id, a.id, 'often', null, 0, '', 1 from account a;
             insert into favourite (id, account_id, name, project_id, billable, tags, created_at)
             select 'g' || a.id, a.id, 'rare', null, 0, '', 1 from account a where username is null;
             insert into rate (id, level, account_id, client_id, hourly_minor, currency, holds_from, created_at)
             select 'r' || c.id, 'client', c.account_id, c.id, 100, 'EUR', '2026-01-0' || (select count(*) from client o where o.id <= c.id), 1
             from client c",
        )
        .await;
    let entrance = Entrance {
        guest: Some((guest, Some(GuestChoice::Bring))),
        ..Entrance::new(team.member, NewDevice::browser(&Secret::random(), "", now))
    };
    store.enter(&entrance, now).await.unwrap();

    let catalog = team.catalog(team.member).await;
    let paths: Vec<_> = catalog.projects.iter().map(|one| one.path()).collect();
    assert_eq!(paths, ["Acme/rocket", "Acme/rocket (2)", "web"]);
    let clients: Vec<_> = catalog
        .projects
        .iter()
        .filter_map(|one| one.client.as_ref())
        .collect();
    assert_eq!(clients[0], clients[1]);
    assert!(catalog.project(rocket).unwrap().role == Some(Role::Owner));
    assert_eq!(team.role(team.member).await, Some(Role::Manager));
    let tags: Vec<_> = catalog.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(tags, ["Bug", "own"]);
    let mut merged = [their_bug, fault.id];
    merged.sort_unstable();
    assert_eq!(
        (catalog.tags[0].id, &catalog.tags[0].merged[..]),
        (bug, &merged[..])
    );
    let running = store.running(team.member).await.unwrap().unwrap();
    assert_eq!(running.work.project, Some(rocket));
    assert_eq!(catalog.tags_of(&running.work).count(), 2);
    for (sql, expected) in [
        ("select count(*) from account where username is null", 1),
        ("select count(*) from client where deleted_at is null", 2),
        (
            "select count(*) from favourite f join account a on a.id = f.account_id where a.username = 'member'",
            2,
        ),
        ("select count(*) from rate", 2),
        (
            "select count(*) from tag t join tag i on i.id = t.merged_into where i.merged_into is not null",
            0,
        ),
        ("select count(*) from pragma_foreign_key_check", 0),
    ] {
        assert_eq!(bench.count(sql).await, expected, "{sql}");
    }
}

async fn guest(bench: &Bench) -> AccountId {
    let made = bench
        .store
        .create_guest(&Settings::default(), "", bench.now())
        .await;
    made.unwrap().0.account
}

#[tokio::test]
async fn many_clients_are_left_behind_in_as_many_statements_as_one() {
    let mut costs = Vec::new();
    for many in [1, 12] {
        let team = Team::new().await;
        let (store, now) = (team.store(), team.bench.now());
        // One of them is the heir's, too, and one client has two projects.
        store
            .make_client(team.member, title("ACME 0"), now)
            .await
            .unwrap();
        let mut projects = Vec::new();
        for number in 0..=many {
            let draft = ProjectDraft {
                client: Some(ClientChoice::Named(title(&format!(
                    "acme {}",
                    number % many
                )))),
                ..draft(&format!("p{number}"))
            };
            let made = store.make_project(team.owner, draft, now).await.unwrap();
            projects.push(made.label.id);
            let link = NewInvitation {
                invitee: Invitee::Link(format!("hash {number}")),
                role: Role::Member,
                expires_at: now + seconds(60),
            };
            store
                .invite(team.owner, made.label.id, &link, now)
                .await
                .unwrap();
            let accepted = Accepted::Code(format!("hash {number}"));
            store
                .accept_invitation(team.member, accepted, now)
                .await
                .unwrap();
        }
        let before = store.queries();
        store.delete_account(team.owner, now).await.unwrap();
        costs.push(store.queries() - before);
        let catalog = team.catalog(team.member).await;
        for (number, project) in projects.into_iter().enumerate() {
            let path = catalog.project(project).unwrap().path().to_lowercase();
            assert_eq!(path, format!("acme {}/p{number}", number % many));
        }
        let clients = store.clients(team.member).await.unwrap();
        assert_eq!(clients.len(), many);
    }
    // The one that is there already is not made.
    assert_eq!(costs[0] + 1, costs[1]);
}
