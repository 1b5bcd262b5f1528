//! What a page offers to start again, as it was up to a minute ago.

use crate::harness::*;
use stint::{domain::favourite::Kept, server::store::Store};

/// What is pinned and what is often started, and the statements that this took.
async fn offered(store: &Store, bench: &Bench) -> (Vec<String>, u64) {
    let before = store.queries();
    let shortcuts = store.shortcuts(bench.account, bench.now()).await.unwrap();
    let shortcuts = shortcuts.iter().map(|shortcut| match shortcut.kept {
        Kept::Pinned(_) => format!("pinned {}", shortcut.line),
        Kept::Often(_) => shortcut.line.clone(),
    });
    (shortcuts.collect(), store.queries() - before)
}

#[tokio::test]
async fn a_habit_is_told_within_a_minute_and_a_pin_at_once() {
    let bench = Bench::new().await;
    let store = &bench.store;
    for _ in 0..3 {
        bench.run(start("Mail")).await.unwrap();
        bench.wait(1);
    }
    let mail = bench.sessions().await[0].id;
    // The catalogue, and the two of favourites.
    assert_eq!(offered(store, &bench).await, (vec!["Mail".to_owned()], 4));
    for _ in 0..3 {
        bench.run(start("Calls")).await.unwrap();
        bench.wait(1);
    }
    assert_eq!(offered(store, &bench).await, (vec!["Mail".to_owned()], 0));
    let (favourite, _) = store.pin(bench.account, mail, bench.now()).await.unwrap();
    let all = vec!["pinned Mail".to_owned(), "Calls".to_owned()];
    assert_eq!(offered(store, &bench).await, (all, 4));
    store.unpin(bench.account, favourite.id).await.unwrap();
    let (unpinned, _) = offered(store, &bench).await;
    assert_eq!(unpinned, ["Calls", "Mail"]);
    for _ in 0..3 {
        bench.run(start("Notes")).await.unwrap();
    }
    bench.wait(60);
    let (told, statements) = offered(store, &bench).await;
    assert_eq!((told.len(), statements), (3, 2));
}
