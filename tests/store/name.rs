//! Names used before are found as the sessions have them now, whatever became of the sessions.

use crate::harness::*;
use stint::{domain::Action, server::store::Store};

/// What is to be found: of each name the newest session, most recent first.
async fn expected(bench: &Bench) -> Vec<String> {
    let mut names = Vec::new();
    for session in bench.sessions().await {
        let name = session.name.as_str().to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

async fn found(store: &Store, bench: &Bench) -> Vec<String> {
    let found = store.suggest(bench.account, "", 10_000).await.unwrap();
    found.iter().map(|it| it.name.as_str().to_owned()).collect()
}

#[tokio::test]
async fn names_follow_every_command() {
    let bench = Bench::new().await;
    let began = bench.now();
    let mut last = bench.run(start("name 0")).await.unwrap();
    let mut number: u64 = 20_261_120;
    for turn in 0..300_i64 {
        bench.wait(60);
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let pick = |of: u64| number.rotate_right(17) % of;
        let text = match pick(9) {
            0 => String::new(),
            word => format!("Name {word}"),
        };
        let sessions = bench.sessions().await;
        let session = &sessions[usize::try_from(pick(7)).unwrap() % sessions.len()];
        // No two begin at once.
        let from = began - seconds(45 * turn + 1);
        let action = match pick(6) {
            0 => start(&text),
            1 => rename(session.id, &text),
            2 if sessions.len() > 3 => Action::Delete {
                session: session.id,
            },
            3 => undo(&last),
            _ => add(&text, from, from + seconds(30)),
        };
        // What is refused changes nothing.
        if let Ok(receipt) = bench.run(action).await {
            last = receipt;
        }
        assert_eq!(found(&bench.store, &bench).await, expected(&bench).await);
    }
    let fresh = Store::open_beside(bench.folder.path()).await.unwrap();
    assert_eq!(found(&fresh, &bench).await, expected(&bench).await);
    assert!(expected(&bench).await.len() > 5);
}

#[tokio::test]
async fn a_name_of_long_ago_is_found_with_two_statements() {
    let bench = Bench::new().await;
    let cost = async || {
        let before = bench.store.queries();
        let found = bench
            .store
            .suggest(bench.account, "first", 8)
            .await
            .unwrap();
        assert_eq!(found[0].name.as_str(), "The first");
        bench.store.queries() - before
    };
    let day = |day: i64| moment(day * 86_400);
    bench.add("The first", day(1), day(1) + seconds(60)).await;
    assert_eq!([cost().await, cost().await], [2, 2]);
    for number in 2..1_200 {
        let name = format!("{number}");
        bench
            .add(&name, day(number), day(number) + seconds(60))
            .await;
    }
    // More than are taken over: they are read once more, and then are known again.
    assert_eq!([cost().await, cost().await, cost().await], [3, 2, 2]);
    assert_eq!(found(&bench.store, &bench).await.len(), 1_199);
}
