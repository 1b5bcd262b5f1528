//! Many at once: one timer, no errors, nothing left half done.

use crate::harness::*;
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};
use std::{future::Future, sync::Arc};
use stint::{
    domain::{AccountId, Action, Change, Command, Receipt, Session, Settings},
    error::AppError,
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

/// A browser that goes away cancels its request wherever that happens to be; what it asked for is
/// carried out all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_command_is_whole_and_blocks_nobody() {
    let bench = Bench::new().await;
    for polls in (0..60).cycle().take(300) {
        bench.wait(1);
        let command = bench.command(start("maybe"));
        cancel_after(polls, bench.store.run(bench.account, &command, bench.now())).await;
        // Whoever comes next is served at once and sees all of it.
        let next = bench.run(start("next")).await.unwrap();
        let receipt = bench.store.receipt(bench.account, command.id).await;
        let receipt = receipt.unwrap().expect("it was carried out");
        let session = bench.store.session(bench.account, command.id.into()).await;
        assert!(session.unwrap().is_some());
        // Sent again, it is answered as the first time would have been.
        let again = bench.store.run(bench.account, &command, bench.now()).await;
        assert_eq!(again.unwrap(), receipt);
        assert_eq!(
            bench.running().await.map(|session| session.id),
            only_started(&next.changes)
        );
    }
    assert_eq!(
        replay(&bench.store, bench.account).await,
        bench.sessions().await
    );
}

/// On one thread, all are asked for before the first is carried out.
#[tokio::test]
async fn commands_that_wait_together_share_a_transaction() {
    let bench = Bench::new().await;
    bench.add("before", moment(0), moment(100)).await;
    let before = bench.store.queries();
    bench.add("alone", moment(200), moment(210)).await;
    let alone = bench.store.queries() - before;
    let before = bench.store.queries();
    let asked = (300..332).map(|at| add("together", moment(at), moment(at + 1)));
    let done = at_once(&bench, asked.map(|action| (bench.account, action))).await;
    assert!(done.iter().all(Result::is_ok));
    // Each has its own statements, but for one `begin` and one `commit`.
    assert_eq!(bench.store.queries() - before, 32 * (alone - 2) + 2);
    assert_eq!(bench.sessions().await.len(), 34);
}

#[tokio::test]
async fn what_goes_wrong_for_one_is_not_the_loss_of_those_who_wait_with_it() {
    let bench = Bench::new().await;
    let settings = Settings::default();
    let other = bench.store.create_guest(&settings, "", bench.now());
    let other = other.await.unwrap().0.account;
    let damaged = bench.command(start("damaged"));
    let done = bench.store.run(other, &damaged, bench.now()).await;
    done.unwrap();
    bench.damage("update session set time_zone = ''").await;
    let unknown = Action::Delete {
        session: damaged.id.into(),
    };
    let asked = [
        (bench.account, add("first", moment(0), moment(10))),
        (other, stop()),
        (bench.account, unknown),
        (bench.account, add("last", moment(20), moment(30))),
    ];
    let done = at_once(&bench, asked.into_iter()).await;
    assert!(done[0].is_ok() && done[3].is_ok());
    assert_eq!(done[1], Err(AppError::Internal));
    assert!(matches!(done[2], Err(AppError::Refused(_))));
    assert_eq!(bench.sessions().await.len(), 2);
    assert_eq!(
        replay(&bench.store, bench.account).await,
        bench.sessions().await
    );
}

/// Asks for all before the first is carried out, on a runtime with one thread.
async fn at_once(
    bench: &Bench,
    asked: impl Iterator<Item = (AccountId, Action)>,
) -> Vec<Result<Receipt, AppError>> {
    let mut tasks = Vec::new();
    for (account, action) in asked {
        let (store, command, now) = (bench.store.clone(), bench.command(action), bench.now());
        tasks.push(tokio::spawn(async move {
            store.run(account, &command, now).await
        }));
    }
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
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

/// As `stint reset-password` does while the server runs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_that_writes_makes_no_command_fail() {
    let bench = Bench::new().await;
    let mut other = SqliteConnectOptions::new()
        .filename(bench.store.path())
        .busy_timeout(std::time::Duration::from_secs(5))
        .connect()
        .await
        .unwrap();
    let writing = tokio::spawn(async move {
        for theme in ["dark", "light"].repeat(100) {
            let query = sqlx::query("update account set theme = $1").bind(theme);
            query.execute(&mut other).await.unwrap();
        }
    });
    let mut added = 0;
    while !writing.is_finished() {
        bench.add("beside", moment(added), moment(added + 1)).await;
        added += 1;
    }
    writing.await.unwrap();
    assert!(added > 0, "they met");
}
