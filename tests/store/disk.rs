//! A disk that is full or read-only: a small file system in memory, where one can be mounted.

use crate::harness::*;
use std::{path::Path, process::Command};
use stint::{
    domain::AccountId,
    error::AppError,
    server::store::{OpenError, Store},
};
use tempfile::TempDir;

/// A mounted file system, taken away at the end.
pub struct Disk(TempDir);

impl Disk {
    /// `None`, with a word why, where mounting is not permitted. Where `CI` is set, it has to be.
    pub fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        if mount(
            &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"],
            folder.path(),
        ) {
            return Some(Self(folder));
        }
        let told = "skipped: a file system cannot be mounted here (it takes root)";
        assert!(std::env::var_os("CI").is_none(), "{told}");
        eprintln!("{told}");
        None
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn remount(&self, option: &str) {
        assert!(mount(&["-o", &format!("remount,{option}")], self.0.path()));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let output = Command::new("mount").args(arguments).arg(folder).output();
    output.is_ok_and(|output| output.status.success())
}

async fn save(store: &Store, account: AccountId, number: i64) -> Result<(), AppError> {
    let now = at("2026-11-20T09:00:00Z");
    let long = format!("{number} {}", "x".repeat(480));
    let command = stint::domain::Command {
        id: stint::domain::CommandId::new(now),
        at: now,
        action: add(&long, moment(number), moment(number + 1)),
    };
    store.run(account, &command, now).await.map(|_| ())
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_writing_resumes_when_there_is_room() {
    let Some(disk) = Disk::mount("2m") else {
        return;
    };
    let store = Store::open(disk.path()).await.unwrap();
    let now = at("2026-11-20T09:00:00Z");
    let (viewer, secret) = store
        .create_guest(&Default::default(), "", now)
        .await
        .unwrap();
    let (mut saved, mut size) = (0, 2048);
    for _ in 0..3 {
        let full = loop {
            match save(&store, viewer.account, saved).await {
                Ok(()) => saved += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(full, AppError::NoSpace);
        for _ in 0..5 {
            assert_eq!(
                save(&store, viewer.account, saved).await,
                Err(AppError::NoSpace)
            );
        }
        // Reading goes on, and all that was acknowledged is there.
        assert_eq!(
            store.viewer(&secret, now).await.unwrap(),
            Some(viewer.clone())
        );
        let kept = store
            .sessions_within(viewer.account, moment(0), now)
            .await
            .unwrap();
        assert_eq!(kept.len() as i64, saved);
        size += 1024;
        disk.remount(&format!("size={size}k"));
        save(&store, viewer.account, saved).await.unwrap();
        saved += 1;
    }
    assert!(saved > 60);
    store.close().await;
    let report = stint::server::store::check(&store.path()).await.unwrap();
    assert_eq!((report.sessions, report.problems), (saved, Vec::new()));
}

#[tokio::test]
async fn a_full_disk_refuses_the_first_start_and_leaves_nothing() {
    let Some(disk) = Disk::mount("16k") else {
        return;
    };
    let error = Store::open(disk.path()).await.unwrap_err();
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    assert!(!disk.path().join("stint.db").exists());
    disk.remount("size=4m");
    Store::open(disk.path()).await.unwrap();
}

#[tokio::test]
async fn a_read_only_disk_refuses_the_start() {
    let Some(disk) = Disk::mount("4m") else {
        return;
    };
    let store = Store::open(disk.path()).await.unwrap();
    store.close().await;
    drop(store);
    disk.remount("ro");
    let error = Store::open(disk.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::Unwritable { .. }), "{error}");
    assert!(
        error.to_string().contains("Read-only file system"),
        "{error}"
    );
    disk.remount("rw");
    Store::open(disk.path()).await.unwrap();
}
