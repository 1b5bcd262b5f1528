//! Copies can be relied on, and stand in nobody's place.

use crate::harness::*;
use std::{fs, sync::Arc};
use stint::{
    domain::AccountId,
    server::store::{CopyError, OpenError, Store, backup, check, restore},
};
use tokio::sync::mpsc;

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_backup_under_load_holds_all_that_was_acknowledged_before() {
    let bench = Arc::new(Bench::new().await);
    let (acknowledge, mut acknowledged) = mpsc::unbounded_channel();
    let writer = tokio::spawn({
        let bench = bench.clone();
        async move {
            loop {
                bench.wait(1);
                let receipt = bench.run(start("under load")).await.unwrap();
                if acknowledge.send(receipt.command).is_err() {
                    return;
                }
            }
        }
    });
    let copy = bench.folder.path().join("copy.db");
    let mut commands = Vec::new();
    for round in 0..8 {
        for _ in 0..10 {
            commands.push(acknowledged.recv().await.unwrap());
        }
        // By the server itself, and by another program.
        let report = match round % 2 {
            0 => bench.store.backup(&copy).await.unwrap(),
            _ => backup(&bench.store.path(), &copy).await.unwrap(),
        };
        assert_eq!(report.problems, [""; 0]);
        assert_eq!(report.path, copy);
        assert!(report.commands >= commands.len() as i64);
        assert!(!bench.folder.path().join("copy.db.part").exists());
    }
    drop(acknowledged);
    writer.await.unwrap();
    let (folder, store) = restored(&copy, bench.account).await;
    for command in commands {
        assert!(
            store
                .receipt(bench.account, command)
                .await
                .unwrap()
                .is_some()
        );
    }
    drop((store, folder));
}

async fn restored(copy: &std::path::Path, account: AccountId) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let restored = restore(copy, folder.path(), false).await.unwrap();
    assert_eq!(restored.kept, None);
    let store = Store::open(folder.path()).await.unwrap();
    assert!(store.running(account).await.unwrap().is_some());
    (folder, store)
}

#[tokio::test]
async fn a_restored_copy_is_the_same_account() {
    let bench = Bench::new().await;
    bench.add("kept", moment(0), moment(60)).await;
    bench.run(start("running")).await.unwrap();
    let copy = bench.folder.path().join("copy.db");
    bench.store.backup(&copy).await.unwrap();
    let (_folder, store) = restored(&copy, bench.account).await;
    let all = store
        .sessions_within(bench.account, moment(0), moment(4_000_000_000))
        .await
        .unwrap();
    assert_eq!(all, bench.sessions().await);
}

#[tokio::test]
async fn backup_overwrites_only_other_copies() {
    let bench = Bench::new().await;
    let itself = bench.store.path();
    assert!(matches!(
        bench.store.backup(&itself).await,
        Err(CopyError::Itself(_))
    ));
    let letter = bench.folder.path().join("letter.txt");
    fs::write(&letter, "Dear reader").unwrap();
    assert!(matches!(
        bench.store.backup(&letter).await,
        Err(CopyError::InTheWay(_))
    ));
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear reader");
    let nowhere = bench.folder.path().join("missing/copy.db");
    let refused = bench.store.backup(&nowhere).await.unwrap_err().to_string();
    assert_eq!(refused.lines().count(), 1, "{refused}");
    assert!(
        refused.starts_with(&format!("{}: ", nowhere.display())),
        "{refused}"
    );
    assert!(!refused.contains(".part"), "{refused}");
    let nothing = backup(
        &bench.folder.path().join("other.db"),
        &bench.folder.path().join("copy.db"),
    )
    .await;
    assert!(matches!(
        nothing,
        Err(CopyError::Open(OpenError::Nothing(_)))
    ));
}

/// What a server of another folder lives on is not replaced, whether it runs or not.
#[tokio::test]
async fn backup_replaces_no_live_database() {
    let (bench, other) = (Bench::new().await, Bench::new().await);
    other.run(start("acknowledged")).await.unwrap();
    let (closed, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Store::open(closed.path()).await.unwrap().close().await;
    let logged = elsewhere.path().join("any.db");
    fs::copy(other.store.path(), &logged).unwrap();
    fs::write(elsewhere.path().join("any.db-wal"), "log").unwrap();
    for live in [other.store.path(), closed.path().join("stint.db"), logged] {
        let before = fs::read(&live).unwrap();
        let refused = bench.store.backup(&live).await.unwrap_err().to_string();
        assert!(refused.contains("database of a data folder"), "{refused}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
        assert!(refused.starts_with(live.to_str().unwrap()), "{refused}");
        assert!(fs::read(&live).unwrap() == before, "it was replaced");
    }
    // A copy that was looked at is a copy still.
    let copy = other.folder.path().join("copy.db");
    bench.store.backup(&copy).await.unwrap();
    check(&copy).await.unwrap();
    bench.store.backup(&copy).await.unwrap();
}

#[tokio::test]
async fn check_finds_damage() {
    let bench = Bench::new().await;
    for number in 0..200 {
        bench
            .add(&"name ".repeat(50), moment(number), moment(number + 60))
            .await;
    }
    let report = check(&bench.store.path()).await.unwrap();
    assert_eq!(
        (report.accounts, report.sessions, report.commands),
        (1, 200, 200)
    );
    assert_eq!(report.problems, [""; 0]);
    let copy = bench.folder.path().join("copy.db");
    bench.store.backup(&copy).await.unwrap();
    let whole = fs::read(&copy).unwrap();
    let mut damaged = whole.clone();
    let middle = whole.len() / 4096 / 2 * 4096;
    damaged[middle..middle + 4096].fill(0x5a);
    fs::write(&copy, damaged).unwrap();
    assert_ne!(check(&copy).await.unwrap().problems, [""; 0]);
    fs::write(&copy, whole).unwrap();
    for sql in [
        "update account set longest_seconds = 3",
        "pragma foreign_keys = off; insert into device (id, account_id, secret_hash, created_at, seen_at) values ('d', 'nobody', 'h', 1, 1)",
    ] {
        use sqlx::{ConnectOptions, Connection};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy);
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let report = check(&copy).await.unwrap();
        assert!(!report.problems.is_empty(), "{sql}");
        // A copy of it would not be one to rely on.
        let second = bench.folder.path().join("second.db");
        let refused = backup(&copy, &second).await;
        assert!(
            matches!(refused, Err(CopyError::Unsound { .. })),
            "{refused:?}"
        );
        assert!(!second.exists() && !bench.folder.path().join("second.db.part").exists());
    }
}
