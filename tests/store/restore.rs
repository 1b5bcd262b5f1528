//! Copies are put back only where that harms nothing, and only if they are good.

use crate::harness::*;
use std::fs;
use stint::server::store::{CopyError, OpenError, Store, restore};

#[tokio::test]
async fn restore_refuses_what_would_harm() {
    let bench = Bench::new().await;
    bench.add("kept", moment(0), moment(60)).await;
    let copy = bench.folder.path().join("copy.db");
    bench.store.backup(&copy).await.unwrap();
    bench.add("later", moment(100), moment(160)).await;
    for force in [false, true] {
        let refused = restore(&copy, bench.folder.path(), force).await;
        assert!(
            matches!(refused, Err(CopyError::Open(OpenError::InUse(_)))),
            "{refused:?}"
        );
    }
    // As a process that was killed leaves it: the latest commits are in the log only.
    let (folder, account) = (tempfile::tempdir().unwrap(), bench.account);
    for file in ["stint.db", "stint.db-wal", "copy.db", "stint.lock"] {
        fs::copy(bench.folder.path().join(file), folder.path().join(file)).unwrap();
    }
    assert!(matches!(
        restore(&copy, folder.path(), false).await,
        Err(CopyError::Exists(_))
    ));
    let broken = folder.path().join("broken.db");
    fs::write(&broken, &fs::read(&copy).unwrap()[..8192]).unwrap();
    for source in [
        &broken,
        &folder.path().join("nothing.db"),
        &folder.path().join("stint.lock"),
    ] {
        let refused = restore(source, folder.path(), true).await.unwrap_err();
        assert_eq!(refused.to_string().lines().count(), 1, "{refused}");
    }
    let kept = restore(&copy, folder.path(), true)
        .await
        .unwrap()
        .kept
        .unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let names = async |store: &Store| {
        let sessions = store
            .sessions_within(account, moment(0), moment(1_000))
            .await
            .unwrap();
        sessions
            .iter()
            .map(|session| session.name.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&store).await, ["kept"]);
    drop(store);
    // Done again, it keeps what was replaced first.
    let second = restore(&copy, folder.path(), true).await.unwrap().kept;
    assert_ne!(second.unwrap(), kept);
    // What was replaced is whole, and can be put back itself.
    let other = tempfile::tempdir().unwrap();
    restore(&kept, other.path(), false).await.unwrap();
    assert_eq!(
        names(&Store::open(other.path()).await.unwrap()).await,
        ["later", "kept"]
    );
}

/// The copy is named, not where it was on its way to, and nothing of it is left there.
#[tokio::test]
async fn a_copy_that_cannot_be_restored_is_named() {
    let bench = Bench::new().await;
    for number in 0..200 {
        let name = "name ".repeat(50);
        bench.add(&name, moment(number), moment(number + 60)).await;
    }
    let copies = tempfile::tempdir().unwrap();
    let copy = |name: &str| copies.path().join(name);
    bench.store.backup(&copy("whole.db")).await.unwrap();
    let whole = fs::read(copy("whole.db")).unwrap();
    let middle = whole.len() / 4096 / 2 * 4096;
    let mut damaged = whole.clone();
    damaged[middle..middle + 4096].fill(0x5a);
    fs::write(copy("damaged.db"), damaged).unwrap();
    for (name, sql) in [
        ("unsound.db", "update account set longest_seconds = 3"),
        (
            "newer.db",
            "insert into _sqlx_migrations values (9001, 'more', 0, 1, x'00', 0)",
        ),
    ] {
        use sqlx::{ConnectOptions, Connection};
        fs::write(copy(name), &whole).unwrap();
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(copy(name));
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
    fs::write(copy("letter.txt"), "Dear reader").unwrap();
    fs::write(copy("empty.db"), "").unwrap();
    for (name, why, advised) in [
        ("damaged.db", "the copy is damaged", false),
        ("unsound.db", "the copy is damaged", false),
        ("newer.db", "made by a newer Stint (schema 9001", true),
        ("letter.txt", "this is not a Stint database", false),
        ("empty.db", "this is not a Stint database", false),
        ("nothing.db", "there is no database here", false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let refused = restore(&copy(name), folder.path(), false).await;
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.starts_with(copy(name).to_str().unwrap()),
            "{refused}"
        );
        assert!(refused.contains(why), "{refused}");
        assert_eq!(refused.contains("Install"), advised, "{refused}");
        assert!(!refused.contains("stint restore"), "{refused}");
        let left = fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["stint.lock"], "{name}");
    }
}
