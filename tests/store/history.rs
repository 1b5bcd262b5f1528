//! The history of a session, names used before, and how each connection is set.

use crate::harness::*;
use stint::domain::Action;

#[tokio::test]
async fn history_tells_what_happened_newest_first() {
    let bench = Bench::new().await;
    let began = bench.now();
    let started = bench.run(start("draft")).await.unwrap();
    let id = only_session(&started).id;
    bench.wait(10);
    let renamed = bench.run(rename(id, "report")).await.unwrap();
    bench.wait(10);
    bench.run(rename(id, "report")).await.unwrap();
    let other = bench.run(start("other")).await.unwrap();
    bench.wait(10);
    let deleted = bench.run(Action::Delete { session: id }).await.unwrap();
    let entries = bench.store.history(bench.account, id).await.unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| ((entry.acted_at - began).num_seconds(), &entry.action))
        .collect();
    assert_eq!(
        told,
        [
            (30, &deleted.action),
            (20, &other.action),
            (10, &renamed.action),
            (0, &started.action)
        ]
    );
    assert!(
        entries
            .iter()
            .all(|entry| entry.change.session() == Some(id))
    );
    assert!(
        entries
            .windows(2)
            .all(|pair| pair[0].change.before == pair[1].change.after)
    );
}

#[tokio::test]
async fn names_are_suggested_most_recent_first() {
    let bench = Bench::new().await;
    for (hour, text) in [
        "Ägypten",
        "Report",
        "email",
        "",
        "Report",
        "100% done",
        "Straße",
    ]
    .into_iter()
    .enumerate()
    {
        let from = moment(hour as i64 * 3600);
        bench.add(text, from, from + seconds(60)).await;
    }
    let newest = bench.sessions().await;
    let suggest = async |typed: &str, limit| {
        let found = bench
            .store
            .suggest(bench.account, typed, limit)
            .await
            .unwrap();
        found
            .iter()
            .map(|suggestion| suggestion.name.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        suggest("", 9).await,
        ["Straße", "100% done", "Report", "email", "Ägypten"]
    );
    assert_eq!(suggest("", 2).await, ["Straße", "100% done"]);
    assert_eq!(suggest(" REP", 9).await, ["Report"]);
    assert_eq!(suggest("ägy", 9).await, ["Ägypten"]);
    // Signs that mean something to a database mean themselves.
    assert_eq!(suggest("%", 9).await, ["100% done"]);
    assert_eq!(suggest("_", 9).await, [""; 0]);
    let report = bench
        .store
        .suggest(bench.account, "report", 1)
        .await
        .unwrap();
    assert_eq!(
        report[0].id, newest[2].id,
        "the session that last had the name"
    );
    let (other, _) = bench
        .store
        .create_guest(&Default::default(), "", bench.now())
        .await
        .unwrap();
    assert_eq!(
        bench.store.suggest(other.account, "", 9).await,
        Ok(Vec::new())
    );
}

/// The numbers of statements are what pages are made of: they must not grow with what is stored.
#[tokio::test]
async fn every_read_is_one_statement() {
    let bench = Bench::new().await;
    let receipt = bench.run(start("one")).await.unwrap();
    let id = only_session(&receipt).id;
    let (store, account) = (&bench.store, bench.account);
    let before = store.queries();
    store.running(account).await.unwrap();
    store.session(account, id).await.unwrap();
    store.latest_before(account, bench.now()).await.unwrap();
    store.receipt(account, receipt.command).await.unwrap();
    store.history(account, id).await.unwrap();
    assert_eq!(store.queries() - before, 5);
}
