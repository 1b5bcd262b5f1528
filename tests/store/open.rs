//! Starts that are refused, in one clear line and without changing a byte.

use crate::harness::*;
use sqlx::{
    ConnectOptions, Connection, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::SqliteConnectOptions,
};
use std::{
    borrow::Cow,
    fs,
    path::{Path, PathBuf},
};
use stint::server::store::{OpenError, Store, check};
use tempfile::TempDir;

/// A folder with a database that holds some work and was closed.
async fn folder_with_work() -> (TempDir, PathBuf) {
    let bench = Bench::new().await;
    for number in 0..300 {
        bench
            .add(
                &format!("{number} {}", "long name ".repeat(20)),
                moment(number),
                moment(number + 60),
            )
            .await;
    }
    bench.store.close().await;
    let path = bench.store.path();
    let Bench { folder, store, .. } = bench;
    drop(store);
    (folder, path)
}

/// The start is refused in one line that names the file and holds `words`; the file stays as it is.
async fn check_refused(path: &Path, words: &str) {
    let before = fs::read(path).unwrap();
    let error = Store::open(path.parent().unwrap())
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains(words), "{error}");
    assert!(error.contains(path.to_str().unwrap()), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(fs::read(path).unwrap() == before, "the file was changed");
    // The folder is not left locked.
    assert!(!matches!(
        Store::open(path.parent().unwrap()).await,
        Err(OpenError::InUse(_))
    ));
}

fn overwrite(path: &Path, offset: usize, bytes: &[u8]) {
    let mut content = fs::read(path).unwrap();
    content[offset..offset + bytes.len()].copy_from_slice(bytes);
    fs::write(path, content).unwrap();
}

#[tokio::test]
async fn files_that_are_no_stint_database() {
    const PNG: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    let padded = [PNG, &[7; 5000]].concat();
    for (content, words) in [
        (&b""[..], "is empty"),
        (PNG, "not a Stint database"),
        (&padded, "not a Stint database"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stint.db");
        fs::write(&path, content).unwrap();
        check_refused(&path, words).await;
    }
}

#[tokio::test]
async fn a_database_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stint.db");
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .pragma("application_id", "7");
    let mut connection = options.connect().await.unwrap();
    sqlx::query("create table account (id text)")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    check_refused(&path, "not a Stint database").await;
}

#[tokio::test]
async fn damaged_pages() {
    let (_folder, path) = folder_with_work().await;
    let size = fs::metadata(&path).unwrap().len() as usize;
    assert!(size > 20 * 4096);
    let whole = fs::read(&path).unwrap();
    overwrite(&path, 0, &[0x5a; 4096]);
    check_refused(&path, "its beginning is damaged").await;
    fs::write(&path, &whole).unwrap();
    // The header alone is left of page 1.
    overwrite(&path, 100, &[0x5a; 3996]);
    check_refused(&path, "damaged").await;
    for page in [2, size / 4096 / 3, size / 4096 / 2, size / 4096 - 1] {
        fs::write(&path, &whole).unwrap();
        overwrite(&path, page * 4096, &[0x5a; 4096]);
        check_refused(&path, "the database is damaged").await;
    }
    fs::write(&path, &whole[..size / 2]).unwrap();
    check_refused(&path, "damaged").await;
    fs::write(&path, &whole).unwrap();
    Store::open(path.parent().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_log_without_its_file() {
    let (folder, path) = folder_with_work().await;
    fs::rename(&path, folder.path().join("elsewhere.db")).unwrap();
    fs::write(folder.path().join("stint.db-wal"), [1; 64]).unwrap();
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::OnlyLog(_)), "{error}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_folder_in_use() {
    let bench = Bench::new().await;
    let error = Store::open(bench.folder.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)));
    assert!(
        error
            .to_string()
            .contains("another Stint is using this data folder"),
        "{error}"
    );
    // The one that holds it is not disturbed.
    bench.run(start("still here")).await.unwrap();
}

/// Tests run as root here, for whom no file is read-only; a path that no one can write to stands
/// for one. A disk mounted read-only is tested beside the full one.
#[tokio::test]
async fn a_folder_that_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").unwrap();
    let error = Store::open(&file.join("data")).await.unwrap_err();
    assert!(matches!(error, OpenError::Unwritable { .. }));
    assert!(
        error.to_string().contains("cannot be opened for writing"),
        "{error}"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("stint.db")).unwrap();
    let error = Store::open(folder.path()).await.unwrap_err();
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}

/// What this version knows, and more.
fn migrations(more: &[(i64, &'static str)]) -> Migrator {
    let known = sqlx::migrate!();
    let more = more.iter().map(|(version, sql)| {
        Migration::new(
            *version,
            Cow::Borrowed("more"),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(known.iter().cloned().chain(more).collect())
}

#[tokio::test]
async fn a_newer_database() {
    let (folder, path) = folder_with_work().await;
    let newer = migrations(&[(9001, "create table invention (id text)")]);
    drop(Store::open_with(folder.path(), &newer).await.unwrap());
    check_refused(&path, "made by a newer Stint (schema 9001").await;
    drop(Store::open_with(folder.path(), &newer).await.unwrap());
    let altered = migrations(&[(9001, "create table other (id text)")]);
    let error = Store::open_with(folder.path(), &altered).await.unwrap_err();
    assert!(
        matches!(error, OpenError::Altered { step: 9001, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn an_older_database_is_copied_and_brought_forward() {
    let (folder, path) = folder_with_work().await;
    let more = migrations(&[
        (9001, "alter table session add column colour text"),
        (9002, "create table extra (id text)"),
    ]);
    drop(Store::open_with(folder.path(), &more).await.unwrap());
    assert_eq!(
        count(&path, "select count(*) from session where colour is null").await,
        300
    );
    let copies: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let copy = copies
        .iter()
        .find(|path| path.to_str().unwrap().contains("before-upgrade"))
        .unwrap();
    assert_eq!(check(copy).await.unwrap().problems, [""; 0]);
    assert_eq!(count(copy, "select count(*) from session").await, 300);
    let steps = count(copy, "select count(*) from _sqlx_migrations").await;
    assert_eq!(usize::try_from(steps).unwrap(), more.iter().count() - 2);
}

#[tokio::test]
async fn a_failing_migration_changes_nothing() {
    let (folder, path) = folder_with_work().await;
    let before = fs::read(&path).unwrap();
    for failing in [
        "alter table session add column colour text; insert into nowhere values (1)",
        // Found only when all is done: rows that refer to nothing.
        "delete from account",
    ] {
        let more = migrations(&[(9001, "create table first_step (id text)"), (9002, failing)]);
        let error = Store::open_with(folder.path(), &more).await.unwrap_err();
        assert!(matches!(error, OpenError::Migration { .. }), "{error}");
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
        assert!(error.to_string().contains("before-upgrade"), "{error}");
        assert!(fs::read(&path).unwrap() == before, "the file was changed");
    }
    // The version that made it still opens it.
    Store::open(folder.path()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let broken = migrations(&[(9001, "nonsense")]);
    let error = Store::open_with(folder.path(), &broken).await.unwrap_err();
    let told = error.to_string();
    assert!(told.contains("a new database could not be made"), "{told}");
    assert!(
        !folder.path().join("stint.db").exists(),
        "half of a new database stands there"
    );
}

/// The database holds what an authenticator app shares with the server.
#[tokio::test]
async fn a_folder_that_is_made_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let mode = |folder: &Path| fs::metadata(folder).unwrap().permissions().mode() & 0o777;
    let made = root.path().join("made");
    drop(Store::open(&made).await.unwrap());
    assert_eq!(mode(&made), 0o700);
    let found = root.path().join("found");
    fs::create_dir(&found).unwrap();
    fs::set_permissions(&found, fs::Permissions::from_mode(0o755)).unwrap();
    drop(Store::open(&found).await.unwrap());
    assert_eq!(mode(&found), 0o755);
}

/// A crash at the first start may leave part of a database under its working name.
#[tokio::test]
async fn what_a_crashed_first_start_left_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stint.db.new"), "half").unwrap();
    Store::open(folder.path()).await.unwrap();
    assert!(!folder.path().join("stint.db.new").exists());
}
