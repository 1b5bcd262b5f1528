//! Many at once: one timer, no errors, nothing left half done.

use crate::harness::*;
use std::{future::Future, sync::Arc};
use stint::{
    domain::{Change, Command, Session},
    server::store::Store,
};
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_starts_and_stops_leave_at_most_one_running() {
    let bench = Arc::new(Bench::new().await);
    for round in 0..5 {
        let mut tasks = JoinSet::new();
        for number in 0..64 {
            let bench = bench.clone();
            tasks.spawn(async move {
                let action = if number % 2 == 0 {
                    start(&format!("{round} {number}"))
                } else {
                    stop()
                };
                let receipt = bench.run(action).await.unwrap();
                let running = bench
                    .count("select count(*) from session where stopped_at is null")
                    .await;
                assert!(running <= 1);
                receipt
            });
        }
        tasks.join_all().await;
        bench.wait(30);
    }
    assert_eq!(bench.count("select count(*) from command").await, 5 * 64);
    assert_eq!(bench.count("select count(*) from session").await, 5 * 32);
    assert_eq!(
        bench.count("select count(distinct seq) from command").await,
        5 * 64
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_command_at_once_has_one_effect_and_one_answer() {
    let bench = Arc::new(Bench::new().await);
    for _ in 0..20 {
        bench.wait(1);
        let command = bench.command(start("at once"));
        let mut tasks = JoinSet::new();
        for _ in 0..5 {
            let (bench, command) = (bench.clone(), command.clone());
            tasks.spawn(async move {
                bench
                    .store
                    .run(bench.account, &command, bench.now())
                    .await
                    .unwrap()
            });
        }
        let receipts = tasks.join_all().await;
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    }
    assert_eq!(bench.sessions().await.len(), 20);
}

/// A browser that goes away cancels its request wherever that happens to be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_command_is_whole_or_absent_and_blocks_nobody() {
    let bench = Bench::new().await;
    let (mut done, mut absent) = (0, 0);
    for polls in (0..60).cycle().take(300) {
        bench.wait(1);
        let command = bench.command(start("maybe"));
        cancel_after(polls, bench.store.run(bench.account, &command, bench.now())).await;
        // Whoever comes next is served at once and sees all of it or nothing.
        let next = bench.run(start("next")).await.unwrap();
        let receipt = bench
            .store
            .receipt(bench.account, command.id)
            .await
            .unwrap();
        let session = bench
            .store
            .session(bench.account, command.id.into())
            .await
            .unwrap();
        match receipt {
            Some(receipt) => {
                done += 1;
                assert!(session.is_some());
                // Sent again, it is answered as the first time would have been.
                assert_eq!(
                    bench
                        .store
                        .run(bench.account, &command, bench.now())
                        .await
                        .unwrap(),
                    receipt
                );
            }
            None => {
                absent += 1;
                assert_eq!(session, None);
            }
        }
        assert_eq!(
            bench.running().await.map(|session| session.id),
            only_started(&next.changes)
        );
    }
    assert_eq!(
        replay(&bench.store, bench.account).await,
        bench.sessions().await
    );
    assert!(
        absent > 0 && done > 0,
        "{done} done, {absent} absent: the test should see both"
    );
}

fn only_started(changes: &[Change]) -> Option<stint::domain::SessionId> {
    changes.last()?.session()
}

/// Polls a future so many times, then drops it.
async fn cancel_after<T>(polls: usize, future: impl Future<Output = T>) {
    tokio::select! {
        biased;
        _ = future => {}
        () = async { for _ in 0..polls { tokio::task::yield_now().await } } => {}
    }
}

/// The sessions that the changes of an account add up to, newest first.
pub async fn replay(store: &Store, account: stint::domain::AccountId) -> Vec<Session> {
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(store.path())
        .read_only(true);
    let mut connection = options.connect().await.unwrap();
    let sql = "select h.session_id, h.before, h.after from change h
        join command c on c.account_id = h.account_id and c.id = h.command_id
        where h.account_id = $1 order by c.seq, h.position";
    let rows: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(sql)
        .bind(account.to_string())
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let mut sessions = std::collections::HashMap::<String, Session>::new();
    for (id, before, after) in rows {
        let read =
            |json: Option<String>| json.map(|json| serde_json::from_str::<Session>(&json).unwrap());
        assert_eq!(
            sessions.remove(&id),
            read(before),
            "a change begins where the last one ended"
        );
        if let Some(after) = read(after) {
            sessions.insert(id, after);
        }
    }
    let mut sessions: Vec<_> = sessions.into_values().collect();
    stint::domain::overview::sort_newest_first(&mut sessions);
    sessions
}

#[tokio::test]
async fn after_closing_writes_are_refused_and_all_is_in_the_file() {
    let bench = Bench::new().await;
    bench.run(start("kept")).await.unwrap();
    let command: Command = bench.command(stop());
    bench.store.close().await;
    let refused = bench.store.run(bench.account, &command, bench.now()).await;
    assert_eq!(refused, Err(stint::error::AppError::Busy));
    assert!(bench.store.running(bench.account).await.is_err());
    let log = bench.folder.path().join("stint.db-wal");
    assert!(!log.exists() || log.metadata().unwrap().len() == 0);
    let (folder, account) = (bench.folder.path().to_owned(), bench.account);
    let Bench {
        store,
        folder: _kept,
        ..
    } = bench;
    drop(store);
    let reopened = Store::open(&folder).await.unwrap();
    assert_eq!(
        reopened.running(account).await.unwrap().unwrap().name,
        name("kept")
    );
}
