//! Catalogues that are kept in memory, and what changes them.

use super::team::*;
use std::{future::Future, sync::Arc, task::Poll};
use stint::domain::{ProjectRevision, Role};
use tokio::task::JoinSet;

/// What is kept in memory is right at once after whatever changes it.
#[tokio::test]
async fn catalogues_follow_every_change() {
    let team = Team::new().await;
    let (store, project, now) = (team.store(), team.project, team.bench.now());
    team.check_catalogs("the beginning").await;
    let acme = store
        .make_client(team.owner, title("acme"), now)
        .await
        .unwrap();
    let change = async |by, revision| {
        let changed = store.change_project(by, project, revision, now).await;
        changed.unwrap();
    };
    let for_acme = ProjectRevision {
        client: Some(Some(stint::domain::ClientChoice::Known(acme.id))),
        ..ProjectRevision::default()
    };
    change(team.owner, for_acme).await;
    let path = team.catalog(team.member).await.projects[0].path();
    assert_eq!(path, "acme/web");
    team.check_catalogs("a client").await;
    change(team.owner, renamed("site")).await;
    team.check_catalogs("a name").await;
    let acme_2 = (Some(title("acme 2")), None);
    store
        .change_client(team.owner, acme.id, acme_2, now)
        .await
        .unwrap();
    let path = team.catalog(team.member).await.projects[0].path();
    assert_eq!(path, "acme 2/site");
    team.check_catalogs("the client's name").await;
    team.add("stranger", Role::Member).await;
    assert_eq!(team.catalog(team.stranger).await.projects.len(), 1);
    team.check_catalogs("somebody more").await;
    team.remove(team.stranger, team.stranger).await.unwrap();
    team.check_catalogs("somebody less").await;
    change(team.owner, archived(true)).await;
    assert!(team.catalog(team.manager).await.projects[0].is_archived);
    team.check_catalogs("the archive").await;
    change(team.owner, archived(false)).await;
    team.change_role(team.owner, team.manager, Role::Owner)
        .await
        .unwrap();
    team.check_catalogs("a role").await;
    // Whose client it was leaves: the project keeps one of that name.
    team.remove(team.owner, team.owner).await.unwrap();
    let path = team.catalog(team.member).await.projects[0].path();
    assert_eq!(path, "acme 2/site");
    assert_eq!(store.clients(team.manager).await.unwrap().len(), 1);
    team.check_catalogs("another owner").await;
    let theirs = store.clients(team.manager).await.unwrap()[0].id;
    store
        .delete_client(team.manager, theirs, now)
        .await
        .unwrap();
    let path = team.catalog(team.member).await.projects[0].path();
    assert_eq!(path, "site");
    team.check_catalogs("no client").await;
    for name in ["bug", "defect"] {
        store.make_tag(team.member, title(name), now).await.unwrap();
        team.check_catalogs("a tag").await;
    }
    let tags = team.catalog(team.member).await.tags;
    let [bug, defect] = [tags[0].id, tags[1].id];
    store
        .rename_tag(team.member, bug, title("bugs"))
        .await
        .unwrap();
    team.check_catalogs("a tag's name").await;
    store.merge_tag(team.member, defect, bug).await.unwrap();
    assert_eq!(team.catalog(team.member).await.tags[0].merged, [defect]);
    team.check_catalogs("a merge").await;
    store.delete_tag(team.member, bug, now).await.unwrap();
    assert!(team.catalog(team.member).await.tags.is_empty());
    team.check_catalogs("no tag").await;
    store
        .delete_project(team.manager, project, now)
        .await
        .unwrap();
    assert!(team.catalog(team.member).await.projects.is_empty());
    team.check_catalogs("no project").await;
}

/// Nothing is kept that was read before a change, however many read meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn catalogues_are_right_at_once_while_others_read() {
    let team = Arc::new(Team::new().await);
    let mut readers = JoinSet::new();
    let tag = team
        .store()
        .make_tag(team.member, title("tag"), team.bench.now())
        .await
        .unwrap();
    let other = team.clone();
    readers.spawn(async move {
        // What is kept is always about to be read anew.
        for number in 0.. {
            let name = title(&format!("tag {number}"));
            let renamed = other.store().rename_tag(other.member, tag.id, name);
            renamed.await.unwrap();
        }
    });
    for _ in 0..6 {
        let team = team.clone();
        readers.spawn(async move {
            loop {
                for account in team.everybody() {
                    team.store().catalog(account).await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
    }
    for number in 0..60 {
        let name = format!("name {number}");
        let changed =
            team.store()
                .change_project(team.owner, team.project, renamed(&name), team.bench.now());
        changed.await.unwrap();
        for account in [team.owner, team.member] {
            let seen = team.catalog(account).await.projects[0].name.clone();
            assert_eq!(seen, title(&name));
        }
    }
    readers.abort_all();
}

/// A change whose asker is gone is carried through, and forgotten about nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn catalogues_are_right_after_a_change_that_nobody_waits_for() {
    let team = Team::new().await;
    for number in 0..20 {
        team.catalog(team.member).await;
        let name = format!("name {number}");
        let (store, now) = (team.store(), team.bench.now());
        let changed = store.change_project(team.owner, team.project, renamed(&name), now);
        let mut changed = Box::pin(changed);
        // Begun, and hardly ever done by then.
        let begin = std::future::poll_fn(|context| Poll::Ready(changed.as_mut().poll(context)));
        let _ = begin.await;
        drop(changed);
        while team.catalog(team.member).await.projects[0].name != title(&name) {
            tokio::task::yield_now().await;
        }
    }
}
