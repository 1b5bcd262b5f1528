//! What a team's time sums to while it changes, and what many projects cost.

use super::team::*;
use crate::harness::*;
use stint::{
    domain::{Action, Bucket, End, Instant, Placement, WorkRevision},
    server::store::TeamNarrowing,
};

/// What stands in the database together is counted together, whoever stops and starts meanwhile.
#[tokio::test]
async fn a_session_that_stops_is_counted_once() {
    let team = Team::new().await;
    let now = team.bench.now();
    let begun = now - seconds(3600);
    let mut action = start_in(team.project, "on and off");
    if let Action::Start { from, .. } = &mut action {
        *from = Some(begun);
    }
    let command = team.bench.command(action);
    let session = command.id.into();
    let run = async |command| team.store().run(team.member, &command, now).await.unwrap();
    run(command).await;
    let day = Bucket {
        date: now.date_naive(),
        from: begun,
        to: now + seconds(3600),
    };
    let done = std::cell::Cell::new(false);
    let switch = async {
        for _ in 0..60 {
            for to in [End::At(now), End::Open] {
                run(team.bench.command(end(session, to))).await;
            }
        }
        done.set(true);
    };
    let read = async {
        while !done.get() {
            let all = TeamNarrowing::default();
            let time = team
                .store()
                .team_time(team.owner, team.project, &all, vec![day], now);
            assert_eq!(time.await.unwrap().total(), 3600);
        }
    };
    tokio::join!(switch, read, read_again(&team, &done, day, now));
}

async fn read_again(team: &Team, done: &std::cell::Cell<bool>, day: Bucket, now: Instant) {
    let all = TeamNarrowing::default();
    while !done.get() {
        let time = team
            .store()
            .team_time(team.manager, team.project, &all, vec![day], now);
        assert_eq!(time.await.unwrap().total(), 3600);
    }
}

/// What is undone may lie in many projects, and what is left behind belong to many clients.
#[tokio::test]
async fn many_projects_take_no_more_statements_than_one() {
    let team = Team::new().await;
    let (store, now) = (team.store(), team.bench.now());
    let mut costs = Vec::new();
    let mut made = 0;
    for many in [1, 12] {
        let mut sessions = Vec::new();
        for _ in 0..many {
            made += 1;
            let name = format!("project {made}");
            let project = store.make_project(team.member, draft(&name), now);
            let project = project.await.unwrap().label.id;
            let mut action = add("a", now - seconds(60), now);
            if let Action::Add { work, .. } = &mut action {
                work.project = Some(Placement::In(project));
            }
            let command = team.bench.command(action);
            store.run(team.member, &command, now).await.unwrap();
            sessions.push(command.id.into());
        }
        let nowhere = WorkRevision {
            project: Some(Placement::Nowhere),
            ..WorkRevision::default()
        };
        let assign = team.bench.command(Action::Assign {
            sessions,
            work: nowhere,
        });
        let moved = store.run(team.member, &assign, now).await.unwrap();
        let before = store.queries();
        let back = team.bench.command(undo(&moved));
        let undone = store.run(team.member, &back, now).await.unwrap();
        assert_eq!(undone.changes.len(), many);
        let in_one = |change: &stint::domain::Change| {
            let after = change.after.as_ref();
            after.is_some_and(|session| session.work.project.is_some())
        };
        assert!(undone.changes.iter().all(in_one));
        costs.push(store.queries() - before);
    }
    assert_eq!(costs[0], costs[1]);
}
