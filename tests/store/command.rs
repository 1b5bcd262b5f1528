//! Commands are carried out once, whole, or not at all.

use crate::harness::*;
use stint::{
    domain::{Action, Refusal, SessionId, Span, WorkRevision},
    error::AppError,
};

#[tokio::test]
async fn a_start_and_a_stop_make_a_session() {
    let bench = Bench::new().await;
    let began = bench.now();
    bench.run(start("Write the report")).await.unwrap();
    assert_eq!(
        bench.running().await.unwrap().name,
        name("Write the report")
    );
    bench.wait(90);
    bench.run(stop()).await.unwrap();
    assert_eq!(bench.running().await, None);
    let [session] = &bench.sessions().await[..] else {
        panic!()
    };
    assert_eq!(
        session.span,
        Span::done(began, began + seconds(90)).unwrap()
    );
    assert_eq!(
        bench
            .store
            .session(bench.account, session.id)
            .await
            .unwrap()
            .as_ref(),
        Some(session)
    );
}

#[tokio::test]
async fn a_start_stops_what_runs_at_the_same_second() {
    let bench = Bench::new().await;
    bench.run(start("first")).await.unwrap();
    bench.wait(60);
    bench.run(start("second")).await.unwrap();
    let [second, first] = &bench.sessions().await[..] else {
        panic!()
    };
    assert!(second.is_running());
    assert_eq!(first.span.to(), Some(second.span.from()));
}

#[tokio::test]
async fn the_same_command_five_times_has_one_effect_and_one_answer() {
    let bench = Bench::new().await;
    let command = bench.command(start("once"));
    let first = bench
        .store
        .run(bench.account, &command, bench.now())
        .await
        .unwrap();
    for _ in 0..4 {
        bench.wait(1);
        // The same form sent again later: the moment may differ, what is asked for does not.
        let again = stint::domain::Command {
            at: bench.now(),
            ..command.clone()
        };
        assert_eq!(
            bench
                .store
                .run(bench.account, &again, bench.now())
                .await
                .unwrap(),
            first
        );
    }
    assert_eq!(bench.sessions().await.len(), 1);
    assert_eq!(bench.count("select count(*) from command").await, 1);
}

#[tokio::test]
async fn a_command_that_changes_nothing_is_remembered_too() {
    let bench = Bench::new().await;
    let nothing_runs = bench.command(stop());
    let receipt = bench
        .store
        .run(bench.account, &nothing_runs, bench.now())
        .await
        .unwrap();
    assert!(receipt.changes.is_empty());
    bench.run(start("later")).await.unwrap();
    let again = bench
        .store
        .run(bench.account, &nothing_runs, bench.now())
        .await
        .unwrap();
    assert_eq!(
        again, receipt,
        "a stop that was late must not stop what began since"
    );
    assert!(bench.running().await.is_some());
    assert_eq!(
        bench.run(undo(&receipt)).await,
        Err(Refusal::NothingToUndo.into())
    );
}

#[tokio::test]
async fn an_id_with_another_action_is_refused() {
    let bench = Bench::new().await;
    let command = bench.command(start("one"));
    bench
        .store
        .run(bench.account, &command, bench.now())
        .await
        .unwrap();
    let other = stint::domain::Command {
        action: start("two"),
        ..command
    };
    assert_eq!(
        bench.store.run(bench.account, &other, bench.now()).await,
        Err(Refusal::Reused.into())
    );
    assert_eq!(bench.running().await.unwrap().name, name("one"));
}

#[tokio::test]
async fn a_refusal_leaves_no_trace() {
    let bench = Bench::new().await;
    let session = bench.add("kept", moment(1_000), moment(2_000)).await;
    let before = bench.count("select count(*) from command").await;
    let stale = Action::Edit {
        session: session.id,
        version: Some(7),
        name: name("x"),
        span: session.span,
        work: WorkRevision::default(),
    };
    let refused = bench.command(stale);
    assert_eq!(
        bench.store.run(bench.account, &refused, bench.now()).await,
        Err(Refusal::Stale.into())
    );
    let missing = rename(SessionId::new(bench.now()), "x");
    assert_eq!(bench.run(missing).await, Err(Refusal::NotFound.into()));
    assert_eq!(bench.count("select count(*) from command").await, before);
    // Its id is free: what was refused may be put right and sent again.
    let mended = stint::domain::Command {
        action: rename(session.id, "better"),
        ..refused
    };
    bench
        .store
        .run(bench.account, &mended, bench.now())
        .await
        .unwrap();
    assert_eq!(bench.sessions().await[0].name, name("better"));
}

#[tokio::test]
async fn an_account_cannot_touch_the_sessions_of_another() {
    let bench = Bench::new().await;
    let session = bench.add("mine", moment(1_000), moment(2_000)).await;
    let (other, _) = bench
        .store
        .create_guest(&Default::default(), "", bench.now())
        .await
        .unwrap();
    for action in [
        rename(session.id, "theirs"),
        Action::Delete {
            session: session.id,
        },
        Action::Continue {
            session: session.id,
            zone: zone("UTC"),
        },
        Action::Trim {
            session: session.id,
            around: session.id,
        },
    ] {
        let refused = bench
            .store
            .run(other.account, &bench.command(action), bench.now())
            .await;
        assert_eq!(refused, Err(Refusal::NotFound.into()));
    }
    assert_eq!(
        bench.store.session(other.account, session.id).await,
        Ok(None)
    );
    assert_eq!(
        bench.store.history(other.account, session.id).await,
        Ok(Vec::new())
    );
    let stranger = stint::domain::AccountId::new(bench.now());
    let command = bench.command(start("nobody"));
    assert_eq!(
        bench.store.run(stranger, &command, bench.now()).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn every_action_reads_back_as_it_was_sent() {
    let bench = Bench::new().await;
    let first = bench.add("first", moment(1_000), moment(5_000)).await;
    let second = bench.add("second", moment(2_000), moment(3_000)).await;
    let span = Span::done(moment(1_500), moment(5_000)).unwrap();
    let from = Some(bench.now() + chrono::TimeDelta::milliseconds(-1_234));
    for action in [
        Action::Start {
            name: name("später ✓"),
            zone: zone("Asia/Kathmandu"),
            from,
            work: WorkRevision::default(),
        },
        Action::Stop {
            session: None,
            to: Some(bench.now()),
            name: Some(name("named")),
            work: WorkRevision::default(),
        },
        rename(first.id, ""),
        Action::Edit {
            session: first.id,
            version: None,
            name: name("e"),
            span,
            work: WorkRevision::default(),
        },
        Action::Continue {
            session: first.id,
            zone: zone("UTC"),
        },
        Action::Duplicate { session: second.id },
        Action::Trim {
            session: first.id,
            around: second.id,
        },
        Action::KeepOverlap { session: second.id },
        Action::Delete { session: second.id },
    ] {
        let receipt = bench.run(action.clone()).await.unwrap();
        assert!(!receipt.changes.is_empty(), "{action:?}");
        let again = stint::domain::Command {
            id: receipt.command,
            at: bench.now(),
            action: action.clone(),
        };
        let known = bench.store.run(bench.account, &again, bench.now()).await;
        assert_eq!(known.as_ref(), Ok(&receipt));
        let stored = bench
            .store
            .receipt(bench.account, receipt.command)
            .await
            .unwrap();
        assert_eq!(stored.as_ref(), Some(&receipt));
        let undone = bench.run(undo(&receipt)).await.unwrap();
        assert_eq!(
            bench
                .store
                .receipt(bench.account, undone.command)
                .await
                .unwrap(),
            Some(undone)
        );
        bench.run(action).await.unwrap();
    }
}
