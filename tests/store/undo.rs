//! Undo and redo walk the commands that changed something, back and forth.

use crate::harness::*;
use stint::{
    domain::{Action, CommandId, Receipt, Refusal, Session},
    server::store::{Asked, Direction},
};

impl Bench {
    async fn undo_latest(&self) -> Option<Receipt> {
        self.step(Direction::Undo).await
    }

    async fn redo_latest(&self) -> Option<Receipt> {
        self.step(Direction::Redo).await
    }

    /// One step; `None` at the end of the way.
    async fn step(&self, direction: Direction) -> Option<Receipt> {
        let given = (CommandId::new(self.now()), self.now());
        let step = Asked::Step(direction);
        match self
            .store
            .carry_out(self.account, given, step, self.now())
            .await
        {
            Ok(carried) => Some(carried.receipt),
            Err(error) => {
                let expected = match direction {
                    Direction::Undo => Refusal::NothingToUndo,
                    Direction::Redo => Refusal::NothingToRedo,
                };
                assert_eq!(error, expected.into());
                None
            }
        }
    }

    /// What the sessions are, whatever their versions.
    async fn content(&self) -> Vec<Session> {
        self.sessions()
            .await
            .into_iter()
            .map(|session| Session {
                version: 0,
                ..session
            })
            .collect()
    }
}

#[tokio::test]
async fn undo_walks_back_to_nothing_and_redo_all_the_way_forth() {
    let bench = Bench::new().await;
    let mut states = vec![bench.content().await];
    let first = only_session(&bench.run(start("a")).await.unwrap());
    states.push(bench.content().await);
    for action in [
        rename(first.id, "b"),
        start("c"),
        stop(),
        Action::Delete { session: first.id },
    ] {
        bench.wait(10);
        bench.run(action).await.unwrap();
        states.push(bench.content().await);
        // Nothing to change, so nothing to undo.
        bench.run(stop()).await.unwrap();
        if bench.running().await.is_none() {
            continue;
        }
    }
    // The stops above stopped what ran: what was seen last is where the walk begins.
    let end = bench.content().await;
    let mut walked = vec![end.clone()];
    while let Some(receipt) = bench.undo_latest().await {
        assert!(receipt.is_undo() && !receipt.redo);
        walked.push(bench.content().await);
    }
    assert_eq!(walked.last(), Some(&Vec::new()));
    for state in walked.iter().rev().skip(1) {
        let receipt = bench.redo_latest().await.unwrap();
        assert!(receipt.redo && !receipt.is_undo());
        assert_eq!(&bench.content().await, state);
    }
    assert_eq!(bench.redo_latest().await, None);
    assert_eq!(bench.content().await, end);
    for state in walked.iter().skip(1) {
        bench.undo_latest().await.unwrap();
        assert_eq!(&bench.content().await, state);
    }
}

#[tokio::test]
async fn the_stack_is_that_of_the_account() {
    let bench = Bench::new().await;
    let undone = async || bench.undo_latest().await.map(|receipt| target(&receipt));
    assert_eq!(undone().await, None);
    assert_eq!(bench.redo_latest().await, None);
    let a = bench.run(add("a", moment(0), moment(10))).await.unwrap();
    let b = bench.run(add("b", moment(20), moment(30))).await.unwrap();
    assert_eq!(bench.redo_latest().await, None);
    let undo_b = bench.undo_latest().await.unwrap();
    assert_eq!(target(&undo_b), b.command);
    let undo_a = bench.undo_latest().await.unwrap();
    assert_eq!(target(&undo_a), a.command);
    assert_eq!(undone().await, None);
    let redo_a = bench.redo_latest().await.unwrap();
    assert_eq!(target(&redo_a), undo_a.command);
    // A command that changes nothing closes no door, one that does closes the way forth.
    bench.run(stop()).await.unwrap();
    let redo_b = bench.redo_latest().await.unwrap();
    assert_eq!(target(&redo_b), undo_b.command);
    assert_eq!(undone().await, Some(redo_b.command));
    let c = bench.run(add("c", moment(40), moment(50))).await.unwrap();
    assert_eq!(bench.redo_latest().await, None);
    assert_eq!(undone().await, Some(c.command));
    assert_eq!(undone().await, Some(redo_a.command));
}

/// The command that one takes back.
fn target(receipt: &Receipt) -> CommandId {
    match receipt.action {
        Action::Undo { command } => command,
        _ => panic!("{receipt:?} takes nothing back"),
    }
}

#[tokio::test]
async fn undo_is_refused_once_the_session_changed_again() {
    let bench = Bench::new().await;
    let added = bench.run(add("a", moment(0), moment(10))).await.unwrap();
    let id = only_session(&added).id;
    bench.run(rename(id, "b")).await.unwrap();
    let before = bench.sessions().await;
    assert_eq!(
        bench.run(undo(&added)).await,
        Err(Refusal::ChangedSince.into())
    );
    assert_eq!(bench.sessions().await, before);
    // Back to what it was: the content counts, not the number of changes.
    bench.run(rename(id, "a")).await.unwrap();
    bench.run(undo(&added)).await.unwrap();
    assert_eq!(bench.sessions().await, []);
}

#[tokio::test]
async fn a_command_is_undone_once() {
    let bench = Bench::new().await;
    let added = bench.run(add("a", moment(0), moment(10))).await.unwrap();
    bench.run(undo(&added)).await.unwrap();
    assert_eq!(
        bench.run(undo(&added)).await,
        Err(Refusal::NothingToUndo.into())
    );
    let unknown = Action::Undo {
        command: CommandId::new(bench.now()),
    };
    assert_eq!(bench.run(unknown).await, Err(Refusal::NothingToUndo.into()));
    let (other, _) = bench
        .store
        .create_guest(&Default::default(), "", bench.now())
        .await
        .unwrap();
    let redone = bench.redo_latest().await.unwrap();
    let theirs = bench.command(undo(&redone));
    assert_eq!(
        bench.store.run(other.account, &theirs, bench.now()).await,
        Err(Refusal::NothingToUndo.into())
    );
}

#[tokio::test]
async fn undoing_a_start_starts_again_what_it_stopped() {
    let bench = Bench::new().await;
    bench.run(start("a")).await.unwrap();
    let before = bench.content().await;
    bench.wait(5);
    let switched = bench.run(start("b")).await.unwrap();
    bench.run(undo(&switched)).await.unwrap();
    assert_eq!(bench.content().await, before);
    assert_eq!(bench.running().await.unwrap().name, name("a"));
}
