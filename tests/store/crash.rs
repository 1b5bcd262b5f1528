//! kill -9 at any moment: what was acknowledged is there, everything else is whole or absent.

use super::contention::replay;
use crate::harness::*;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use stint::{
    domain::{AccountId, Action, CommandId, SessionId},
    server::store::{Store, check},
};

const FOLDER: &str = "STINT_TEST_CRASH_FOLDER";
const ACCOUNT: &str = "STINT_TEST_CRASH_ACCOUNT";

#[tokio::test]
async fn nothing_acknowledged_is_lost_to_kill() {
    let Bench {
        folder,
        store,
        account,
        ..
    } = Bench::new().await;
    drop(store);
    let mut random = StdRng::seed_from_u64(9);
    let mut acknowledged = Vec::new();
    for _ in 0..8 {
        let killed = work_until_killed(folder.path(), account, random.random_range(1..80));
        assert!(!killed.is_empty());
        acknowledged.extend(killed);
        let store = reopen(folder.path()).await;
        for command in &acknowledged {
            assert!(
                store.receipt(account, *command).await.unwrap().is_some(),
                "{command} was lost"
            );
        }
        let sessions = store
            .sessions_within(account, moment(0), moment(4_000_000_000))
            .await
            .unwrap();
        assert_eq!(sessions, replay(&store, account).await);
        assert_eq!(check(&store.path()).await.unwrap().problems, [""; 0]);
    }
}

/// Starts another process that writes as fast as it can, and kills it after so many
/// acknowledgements. What it acknowledged is read to the end.
fn work_until_killed(folder: &Path, account: AccountId, acknowledgements: usize) -> Vec<CommandId> {
    let mut child: Child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store::crash::writes_until_killed",
            "--ignored",
            "--nocapture",
        ])
        .envs([
            (FOLDER, folder.as_os_str()),
            (ACCOUNT, account.to_string().as_ref()),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The runner's own words may stand before the first one.
        let line = line.unwrap();
        acknowledged.extend(
            line.split_once("done ")
                .and_then(|(_, id)| id.parse::<CommandId>().ok()),
        );
        if acknowledged.len() == acknowledgements {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    acknowledged
}

/// The lock of a killed process goes with it, but not always before the process is waited for.
async fn reopen(folder: &Path) -> Store {
    Store::open(folder).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the other half of the test above, in a process of its own"]
async fn writes_until_killed() {
    let (Some(folder), Some(account)) = (std::env::var_os(FOLDER), std::env::var_os(ACCOUNT))
    else {
        return;
    };
    let account: AccountId = account.to_str().unwrap().parse().unwrap();
    let store = Store::open(Path::new(&folder)).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        tasks.spawn(async move {
            let mut mine: Vec<SessionId> = Vec::new();
            loop {
                let now = at("2026-11-20T09:00:00Z") + seconds(rand::random_range(0..100_000));
                let pick = |mine: &[SessionId]| {
                    mine.get(rand::random_range(0..mine.len().max(1))).copied()
                };
                let action = match (rand::random_range(0..6), pick(&mine)) {
                    (0 | 1, _) | (_, None) => start("work"),
                    (2, _) => stop(),
                    (3, Some(session)) => rename(session, "renamed"),
                    (4, Some(session)) => Action::Duplicate { session },
                    (_, Some(session)) => {
                        mine.retain(|other| *other != session);
                        Action::Delete { session }
                    }
                };
                let command = stint::domain::Command {
                    id: CommandId::new(now),
                    at: now,
                    action,
                };
                let receipt = store.run(account, &command, now).await.unwrap();
                println!("done {}", command.id);
                if receipt
                    .changes
                    .iter()
                    .any(|change| change.session() == Some(command.id.into()))
                {
                    mine.push(command.id.into());
                }
            }
        });
    }
    tasks.join_next().await;
}
