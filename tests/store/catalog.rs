//! What an account can name on its sessions.

use super::team::{archived, reopened};
use crate::harness::*;
use std::sync::Arc;
use stint::{
    domain::{
        Action, Catalog, Colour, CommandId, Role, Settings, Span, WorkRevision, entry::Entry,
        naming::Naming,
    },
    error::AppError,
    server::store::Named,
};

/// Saves a session as a line says, and gives what can be named then.
async fn track(bench: &Bench, line: &str) -> Result<Arc<Catalog>, AppError> {
    let (entry, now) = (Entry::read(line).unwrap(), bench.now());
    let named = Named {
        naming: Naming::of(&entry),
        action: Action::Add {
            name: entry.name,
            zone: zone("Europe/Berlin"),
            span: Span::done(now - seconds(60), now)?,
            work: WorkRevision::default(),
        },
        field: None,
        is_known: false,
    };
    let (account, command) = (bench.account, (CommandId::new(now), now));
    bench.store.carry_out(account, command, named, now).await?;
    bench.store.catalog(account).await
}

fn paths(catalog: &Catalog) -> Vec<String> {
    let projects = catalog.projects.iter().map(|project| project.path());
    let tags = catalog.tags.iter().map(|tag| format!("#{}", tag.name));
    projects.chain(tags).collect()
}

#[tokio::test]
async fn what_is_named_is_made_once() {
    let bench = Bench::new().await;
    let make = async |line: &str| paths(&track(&bench, line).await.unwrap());
    assert_eq!(make("read mail").await, Vec::<String>::new());
    let all = ["acme/web", "#bug", "#later"];
    assert_eq!(make("fix @acme/web #later #bug").await, all);
    assert_eq!(make("again @web").await, all);
    let before = bench.store.catalog(bench.account).await.unwrap();
    let after = track(&bench, "again @WEB #BUG").await.unwrap();
    assert!(Arc::ptr_eq(&before, &after));
    // The client is there; the project without one is another.
    let more = ["acme/api", "home", "acme/web", "#bug", "#later"];
    make("@Acme/api").await;
    assert_eq!(make("@home").await, more);
    assert_eq!(bench.count("select count(*) from client").await, 1);
    let catalog = bench.store.catalog(bench.account).await.unwrap();
    assert!(
        catalog
            .projects
            .iter()
            .all(|project| project.role == Some(Role::Owner) && project.is_usable())
    );
    let mut colours: Vec<_> = catalog
        .projects
        .iter()
        .map(|project| project.colour.clone())
        .collect();
    colours.sort_by_key(Colour::place);
    assert_eq!(colours, [0, 1, 2].map(Colour::numbered));
}

#[tokio::test]
async fn what_is_archived_gets_no_twin() {
    let bench = Bench::new().await;
    let make = async |line: &str| track(&bench, line).await.map(|catalog| paths(&catalog));
    make("@acme/web").await.unwrap();
    let web = bench.store.catalog(bench.account).await.unwrap().projects[0].id;
    let change = async |revision| {
        let store = &bench.store;
        let changed = store.change_project(bench.account, web, revision, bench.now());
        changed.await.unwrap();
    };
    change(archived(true)).await;
    for line in ["@ACME/Web #new", "@\"acme / web\""] {
        let refused = make(line).await.unwrap_err();
        let said = refused.fields().unwrap().of("project").unwrap();
        assert!(said.contains("“acme/web” is archived"), "{said}");
    }
    assert_eq!(bench.count("select count(*) from tag").await, 0);
    let both = ["acme/web", "web"];
    assert_eq!(make("@web").await.unwrap(), both);
    change(archived(false)).await;
    assert_eq!(make("@acme/web").await.unwrap(), both);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_at_once_make_one() {
    let bench = Arc::new(Bench::new().await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let bench = Arc::clone(&bench);
        tasks.spawn(async move {
            let made = track(&bench, "fix @acme/web #bug").await.unwrap();
            assert_eq!(paths(&made), ["acme/web", "#bug"]);
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(bench.count("select count(*) from session").await, 16);
    for sql in [
        "select count(*) from client",
        "select count(*) from project",
        "select count(*) from member",
        "select count(*) from tag",
    ] {
        assert_eq!(bench.count(sql).await, 1, "{sql}");
    }
}

#[tokio::test]
async fn a_catalogue_is_read_once_and_is_ones_own() {
    let bench = Bench::new().await;
    let (other, _) = bench
        .store
        .create_guest(&Settings::default(), "", bench.now())
        .await
        .unwrap();
    let made = track(&bench, "fix @acme/web #bug").await.unwrap();
    let read = async |account, statements| {
        let before = bench.store.queries();
        let catalog = bench.store.catalog(account).await.unwrap();
        assert_eq!(bench.store.queries() - before, statements);
        catalog
    };
    assert!(Arc::ptr_eq(&read(bench.account, 0).await, &made));
    assert_eq!(*read(other.account, 2).await, Catalog::default());
    assert_eq!(*read(other.account, 0).await, Catalog::default());
}

#[tokio::test]
async fn tags_that_were_merged_stand_under_the_last() {
    let bench = Bench::new().await;
    track(&bench, "sort #a #b #c #d").await.unwrap();
    bench
        .damage(
            "update tag set merged_into =
                (select id from tag n where n.name = char(unicode(tag.name) + 1))
             where name in ('a', 'b')",
        )
        .await;
    let (store, _folder) = reopened(&bench).await;
    let catalog = store.catalog(bench.account).await.unwrap();
    assert_eq!(paths(&catalog), ["#c", "#d"]);
    assert_eq!(catalog.tags[0].merged.len(), 2);
    assert!(catalog.tags[1].merged.is_empty());
}
