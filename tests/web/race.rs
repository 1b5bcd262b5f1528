//! One account, and many forms about it at once.

use super::{
    Answer, Form, Server,
    browser::Browser,
    by_script,
    person::{count, friday},
};
use axum::Router;
use chrono::TimeDelta;
use stint::domain::{CommandId, Done};
use tokio::task::JoinSet;

const AT_ONCE: usize = 64;
/// How often the same form is sent.
const COPIES: usize = 5;

const RUNNING: &str = "select count(*) from session where stopped_at is null";

async fn submit(router: Router, cookie: String, command: CommandId, intent: &str) -> Answer {
    let body = format!("form[command]={command}&form[intent]={intent}&form[name]=work");
    by_script(&router, &[("cookie", &cookie)], "/rpc/submit", Form(body)).await
}

/// A guest's cookie, with nothing running.
async fn guest(server: &Server) -> String {
    let mut browser = Browser::new(server);
    browser.start("first").await;
    let cookie = browser.cookie.unwrap();
    let command = CommandId::new(server.clock.now());
    let stopped = submit(server.router.clone(), cookie.clone(), command, "stop").await;
    assert_eq!(stopped.status, 200);
    cookie
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_starts_and_stops_at_once_at_most_one_session_runs() {
    let server = friday().await;
    let cookie = guest(&server).await;
    let mut tasks = JoinSet::new();
    for number in 0..AT_ONCE {
        let (router, cookie, clock) = (server.router.clone(), cookie.clone(), server.clock.clone());
        let store = server.store.clone();
        tasks.spawn(async move {
            clock.advance(TimeDelta::seconds(1));
            let intent = ["start", "stop"][number % 2];
            let answer = submit(router, cookie, CommandId::new(clock.now()), intent).await;
            (answer, count(&store, RUNNING).await)
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (answer, running) = done.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(running <= 1, "{running} sessions run");
    }
    let commands = count(&server.store, "select count(*) from command").await;
    assert_eq!(commands, 2 + AT_ONCE as i64);
    let sessions = count(&server.store, "select count(*) from session").await;
    assert_eq!(sessions, 1 + AT_ONCE as i64 / 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_sent_five_times_at_once_has_one_effect() {
    let server = friday().await;
    let cookie = guest(&server).await;
    let steps = ["undo-latest", "redo-latest"].repeat(8);
    for intent in [&["start", "stop", "start"][..], &steps, &["start"]].concat() {
        server.clock.advance(TimeDelta::seconds(1));
        let before = count(&server.store, "select count(*) from change").await;
        let command = CommandId::new(server.clock.now());
        let mut tasks = JoinSet::new();
        for _ in 0..COPIES {
            tasks.spawn(submit(
                server.router.clone(),
                cookie.clone(),
                command,
                intent,
            ));
        }
        let answers = tasks.join_all().await;
        let done: Vec<Done> = answers
            .iter()
            .map(|answer| serde_json::from_slice(&answer.body).unwrap())
            .collect();
        for (answer, done_again) in answers.iter().zip(&done) {
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(done_again, &done[0], "another answer to the same form");
        }
        let changes = count(&server.store, "select count(*) from change").await - before;
        assert_eq!(changes, done[0].changes.len() as i64, "{intent}");
    }
    assert_eq!(count(&server.store, RUNNING).await, 1);
    let sessions = count(&server.store, "select count(*) from session").await;
    assert_eq!(sessions, 1 + 3);
}
