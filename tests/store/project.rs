//! Projects: their members, and what becomes of sessions when either goes.

use super::team::*;
use crate::harness::*;
use std::sync::Arc;
use stint::{
    domain::{ClientChoice, Colour, ProjectRevision, Refusal, Role, Unusable},
    error::AppError,
};
use tokio::task::JoinSet;

#[tokio::test]
async fn roles_say_who_does_what() {
    use Role::{Manager, Member, Owner};
    let (allowed, denied, hidden) = (None, Some(AppError::NotAllowed), Some(AppError::NotFound));
    let last_owner = Some(AppError::LastOwner);
    // Who asks; what an owner, a manager, a member and a stranger are answered.
    for (what, answers) in [
        ("rename", [&allowed, &denied, &denied, &hidden]),
        ("delete", [&allowed, &denied, &denied, &hidden]),
        ("promote", [&allowed, &allowed, &denied, &hidden]),
        ("make an owner", [&allowed, &denied, &denied, &hidden]),
        ("demote an owner", [&last_owner, &denied, &denied, &hidden]),
        ("remove member", [&allowed, &allowed, &allowed, &hidden]),
        ("remove manager", [&allowed, &allowed, &denied, &hidden]),
        ("invite", [&allowed, &allowed, &denied, &hidden]),
        ("list invitations", [&allowed, &allowed, &denied, &hidden]),
        ("list members", [&allowed, &allowed, &allowed, &hidden]),
    ] {
        for (place, answer) in answers.into_iter().enumerate() {
            let team = Team::new().await;
            let (store, project, now) = (team.store(), team.project, team.bench.now());
            let who = team.everybody()[place];
            let done = match what {
                "rename" => store
                    .change_project(who, project, renamed("site"), now)
                    .await
                    .map(drop),
                "delete" => store.delete_project(who, project, now).await,
                "promote" => team.change_role(who, team.member, Manager).await,
                "make an owner" => team.change_role(who, team.member, Owner).await,
                "demote an owner" => team.change_role(who, team.owner, Member).await,
                "remove member" => team.remove(who, team.member).await,
                "remove manager" => team.remove(who, team.manager).await,
                "list members" => store.members(who, project).await.map(drop),
                "list invitations" => store.open_invitations(who, project, now).await.map(drop),
                _ => {
                    let new = stint::server::store::NewInvitation {
                        invitee: stint::server::store::Invitee::Named("new".parse().unwrap()),
                        role: Manager,
                        expires_at: now + seconds(60),
                    };
                    store.invite(who, project, &new, now).await.map(drop)
                }
            };
            assert_eq!(done.err(), *answer, "{what} by {place}");
        }
    }
    let team = Team::new().await;
    assert_eq!(team.role(team.owner).await, Some(Owner));
    assert_eq!(team.role(team.manager).await, Some(Manager));
    assert_eq!(team.role(team.member).await, Some(Member));
    assert_eq!(team.role(team.stranger).await, None);
    // A manager removes neither another one nor an owner.
    team.change_role(team.owner, team.member, Manager)
        .await
        .unwrap();
    for whom in [team.member, team.owner] {
        let removed = team.remove(team.manager, whom).await;
        assert_eq!(removed, Err(AppError::NotAllowed));
    }
}

#[tokio::test]
async fn the_last_owner_stays_until_there_is_another() {
    let team = Team::new().await;
    let last = Err(AppError::LastOwner);
    assert_eq!(team.remove(team.owner, team.owner).await, last);
    let demoted = team.change_role(team.owner, team.owner, Role::Member).await;
    assert_eq!(demoted, last);
    team.change_role(team.owner, team.member, Role::Owner)
        .await
        .unwrap();
    team.remove(team.owner, team.owner).await.unwrap();
    assert_eq!(team.role(team.owner).await, None);
    assert_eq!(team.role(team.member).await, Some(Role::Owner));
    assert_eq!(team.remove(team.member, team.member).await, last);
}

/// Whoever is no owner any more has no say in what the project costs.
#[tokio::test]
async fn a_client_stays_with_the_owners() {
    for role in [Role::Manager, Role::Member] {
        let team = Team::new().await;
        let (store, project, now) = (team.store(), team.project, team.bench.now());
        let acme = store.make_client(team.owner, title("acme"), now).await;
        let acme = acme.unwrap().id;
        let for_acme = ProjectRevision {
            client: Some(Some(ClientChoice::Known(acme))),
            ..ProjectRevision::default()
        };
        let changed = store.change_project(team.owner, project, for_acme, now);
        changed.await.unwrap();
        team.change_role(team.owner, team.manager, Role::Owner)
            .await
            .unwrap();
        let client = async |of| team.catalog(of).await.projects[0].client.clone().unwrap();
        assert_eq!(client(team.member).await.0, acme, "with two owners");
        team.change_role(team.manager, team.owner, role)
            .await
            .unwrap();
        for account in [team.owner, team.manager, team.member] {
            let (id, name) = client(account).await;
            assert_eq!(name, title("acme"));
            assert_ne!(id, acme);
        }
        team.check_catalogs("an owner less").await;
        let theirs = store.clients(team.manager).await.unwrap();
        assert_eq!(theirs[0].id, client(team.owner).await.0);
    }
}

/// Whatever two owners do at once to stop being ones, one of them remains.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_last_owners_one_stays() {
    for round in 0..12 {
        let team = Arc::new(Team::new().await);
        team.change_role(team.owner, team.manager, Role::Owner)
            .await
            .unwrap();
        let mut tasks = JoinSet::new();
        let both = [team.owner, team.manager];
        for (me, other) in [(both[0], both[1]), (both[1], both[0])] {
            let team = team.clone();
            tasks.spawn(async move {
                match round % 4 {
                    0 => team.remove(me, me).await,
                    1 => team.remove(me, other).await,
                    2 => team.change_role(me, me, Role::Member).await,
                    _ => team.change_role(me, other, Role::Manager).await,
                }
            });
        }
        let done = tasks.join_all().await;
        let done = done.iter().filter(|done| done.is_ok()).count();
        assert_eq!(done, 1, "round {round}");
        let owners = "select count(*) from member where role = 'owner' and left_at is null";
        assert_eq!(team.bench.count(owners).await, 1, "round {round}");
        team.check_catalogs("two at once").await;
    }
}

#[tokio::test]
async fn who_leaves_keeps_sessions_and_the_name_from_then() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    team.start(team.member, "still at it").await.unwrap();
    team.remove(team.manager, team.member).await.unwrap();
    // No more is to be seen, and none can be added; what runs goes on.
    let gone = Err(AppError::NotFound);
    let seen = store.project(team.member, team.project).await;
    assert_eq!(seen.map(drop), gone);
    let refused = team.start(team.member, "more").await.map(drop);
    let unusable = AppError::Refused(Refusal::Unusable(Unusable::Project));
    assert_eq!(refused, Err(unusable));
    let running = store.running(team.member).await.unwrap().unwrap();
    assert_eq!(running.work.project, Some(team.project));
    let revision = ProjectRevision {
        colour: Some(Colour::numbered(3)),
        archived: Some(true),
        ..renamed("secret plan")
    };
    store
        .change_project(team.owner, team.project, revision, now)
        .await
        .unwrap();
    let known = team.catalog(team.member).await.projects;
    assert_eq!(known[0].name, title("web"));
    assert_eq!((known[0].role, known[0].is_archived), (None, false));
    // Whoever comes back finds the same membership.
    team.bench.wait(5);
    team.add("member", Role::Manager).await;
    assert_eq!(team.role(team.member).await, Some(Role::Manager));
    let known = team.catalog(team.member).await.projects;
    assert_eq!(known[0].name, title("secret plan"));
    assert_eq!(team.bench.count("select count(*) from member").await, 3);
}

/// Whatever is done to a project while people start on it, no session is lost, and none is started
/// after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_while_a_project_goes() {
    for what in ["remove", "archive", "delete", "delete account"] {
        let team = Arc::new(Team::new().await);
        let mut tasks = JoinSet::new();
        for number in 0..24 {
            let team = team.clone();
            tasks.spawn(async move {
                let name = format!("{number}");
                team.start(team.member, &name).await.map(drop)
            });
        }
        let (store, project, now) = (team.store(), team.project, team.bench.now());
        tokio::task::yield_now().await;
        match what {
            "remove" => team.remove(team.owner, team.member).await.unwrap(),
            "delete" => store
                .delete_project(team.owner, project, now)
                .await
                .unwrap(),
            "archive" => store
                .change_project(team.owner, project, archived(true), now)
                .await
                .map(drop)
                .unwrap(),
            _ => drop(store.delete_account(team.owner, now).await.unwrap()),
        }
        let after = team.start(team.member, "after").await.map(drop);
        let done = tasks.join_all().await;
        let unusable = AppError::Refused(Refusal::Unusable(Unusable::Project));
        if what == "delete account" {
            assert_eq!(after, Ok(()));
        } else {
            assert_eq!(after, Err(unusable.clone()), "{what}");
        }
        let mut started = i64::from(after.is_ok());
        for done in done {
            match done {
                Ok(()) => started += 1,
                Err(error) => assert_eq!(error, unusable, "{what}"),
            }
        }
        let bench = &team.bench;
        let kept = "select count(*) from session s join project p on p.id = s.project_id";
        assert_eq!(bench.count(kept).await, started, "{what}");
        let all = "select count(*) from session";
        assert_eq!(bench.count(all).await, started, "{what}");
        let broken = "select count(*) from pragma_foreign_key_check";
        assert_eq!(bench.count(broken).await, 0, "{what}");
        let running = store.running(team.member).await.unwrap();
        assert_eq!(running.is_some(), started > 0, "{what}");
        if what != "delete account" {
            team.check_catalogs(what).await;
        }
    }
}

#[tokio::test]
async fn names_differ_among_projects_that_take_time() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    let make = async |draft| store.make_project(team.owner, draft, now).await;
    let taken = |done: Result<_, AppError>| {
        let done: Result<stint::domain::Project, AppError> = done;
        assert!(matches!(done, Err(AppError::Taken(_))), "{done:?}");
    };
    taken(make(draft("WEB")).await);
    let acme = store
        .make_client(team.owner, title("acme"), now)
        .await
        .unwrap();
    let for_acme = |name| stint::domain::ProjectDraft {
        client: Some(ClientChoice::Known(acme.id)),
        ..draft(name)
    };
    let web = make(for_acme("web")).await.unwrap().label.id;
    taken(make(for_acme("Web")).await);
    let change = async |revision| store.change_project(team.owner, web, revision, now).await;
    let no_client = ProjectRevision {
        client: Some(None),
        ..ProjectRevision::default()
    };
    taken(change(no_client).await);
    // One that is archived does not stand in the way, until it comes back.
    change(archived(true)).await.unwrap();
    make(for_acme("web")).await.unwrap();
    change(renamed("Web")).await.unwrap();
    taken(change(archived(false)).await);
    change(renamed("web 1")).await.unwrap();
    change(archived(false)).await.unwrap();
    // Nobody uses the client of another.
    let foreign = store.make_project(team.member, for_acme("other"), now);
    let told = foreign.await.unwrap_err();
    assert!(told.fields().unwrap().of("client_id").is_some());
}
