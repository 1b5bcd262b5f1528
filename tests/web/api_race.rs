//! A project goes while its members track time on it, or several come into it, all at once.

use super::{Server, api::*, person::friday};
use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::collections::BTreeSet;
use stint::server::clock::Clock;
use tokio::task::JoinSet;

const MEMBERS: usize = 5;
const TURNS: usize = 12;

/// What an owner does meanwhile; `MEMBER` is one of those who track.
type Blow = (Method, &'static str, Value);

/// A project, who owns it, and its members.
async fn team(server: &Server) -> (Client, Vec<Client>, String) {
    let owner = Client::guest(server).await;
    let project = owner.post("/projects", json!({"name": "Web"})).await.made();
    let place = format!("/projects/{}", id(&project));
    let mut members = Vec::new();
    for _ in 0..MEMBERS {
        let member = Client::guest(server).await;
        let link = owner.post(&format!("{place}/invitations"), json!({})).await;
        let code = json!({"code": link.made()["code"]});
        member.post("/invitations/accept", code).await.ok();
        members.push(member);
    }
    (owner, members, id(&project).to_owned())
}

/// Starts and stops on the project, and gives the ids of what was made. Whatever is refused is
/// refused clearly, and then tracked without the project.
async fn track(clock: Clock, member: Client, project: String) -> BTreeSet<String> {
    let mut made = BTreeSet::new();
    for turn in 0..TURNS {
        let new = json!({"name": format!("turn {turn}"), "project_id": project});
        let started = clean(member.post("/sessions", new).await);
        let started = match started.status() {
            201 => started.json(),
            _ => member
                .post("/sessions", json!({"name": "alone"}))
                .await
                .made(),
        };
        made.insert(id(&started).to_owned());
        clock.advance(TimeDelta::seconds(1));
        tokio::task::yield_now().await;
        match turn % 3 {
            0 => {
                let stop = format!("{}/stop", at(&started));
                assert_eq!(member.post(&stop, None).await.status(), 200);
            }
            1 => {
                let more = member
                    .post(&format!("{}/continue", at(&started)), None)
                    .await;
                if more.status() == 201 {
                    made.insert(id(&more.json()).to_owned());
                }
                clean(more);
            }
            _ => {
                let put = json!({"project_id": project});
                clean(member.patch(&at(&started), put).await);
            }
        }
    }
    made
}

fn clean(reply: Reply) -> Reply {
    assert!(
        matches!(reply.status(), 200..=204 | 403 | 404 | 409 | 422),
        "{reply:?}"
    );
    reply
}

/// Nothing refers to what is not there, and the file is whole.
async fn whole(server: &Server) {
    let options = SqliteConnectOptions::new()
        .filename(server.store.path())
        .read_only(true);
    let mut connection = options.connect().await.unwrap();
    let broken = sqlx::query("pragma foreign_key_check").fetch_all(&mut connection);
    assert_eq!(broken.await.unwrap().len(), 0);
    let found: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(found, "ok");
    connection.close().await.unwrap();
}

async fn check(blows: &[Blow], project_stays: bool) {
    let server = friday().await;
    let (owner, members, project) = team(&server).await;
    let me = members[0].get("/me").await.ok();
    let blow = async {
        for (number, (method, path, body)) in blows.iter().enumerate() {
            tokio::task::yield_now().await;
            let path = path.replace("MEMBER", me["account"].as_str().unwrap());
            let path = format!("/projects/{project}{path}");
            let body = Some(body.clone()).filter(|body| !body.is_null());
            let struck = clean(owner.send(method.clone(), &path, body).await);
            // A later one may find nothing left.
            assert!(number > 0 || struck.status() < 300, "{struck:?}");
        }
    };
    let mut tracking = Vec::new();
    for member in &members {
        let work = track(server.clock.clone(), member.clone(), project.clone());
        tracking.push(tokio::spawn(work));
    }
    blow.await;
    for (place, (member, tracked)) in members.iter().zip(tracking).enumerate() {
        let made = tracked.await.unwrap();
        let list = member.get("/sessions?limit=500").await.ok();
        let items = list["items"].as_array().unwrap();
        let there: BTreeSet<String> = items.iter().map(|item| id(item).to_owned()).collect();
        assert_eq!(there, made);
        let running = items
            .iter()
            .filter(|item| item["stopped_at"].is_null())
            .count();
        assert_eq!(running, 1, "the last one runs");
        let names_project = items
            .iter()
            .any(|item| item["project_id"] == json!(project));
        // Whoever was removed sees what it was called when they left.
        assert!(
            project_stays || !names_project || place == 0,
            "a deleted project is shown nowhere"
        );
        let stopped = member.post(&format!("{}/stop", at(&items[0])), None).await;
        assert_eq!(stopped.status(), 200);
    }
    whole(&server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_when_a_member_is_removed() {
    check(&[(Method::DELETE, "/members/MEMBER", Value::Null)], true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_when_a_project_is_archived_and_taken_back() {
    let archived = |is| (Method::PATCH, "", json!({"archived": is}));
    let turns = [true, false, true, false, true, false, true];
    check(&turns.map(archived), true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_when_a_project_is_deleted() {
    check(&[(Method::DELETE, "", Value::Null)], false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_when_all_of_it_happens() {
    let blows = [
        (Method::PATCH, "", json!({"archived": true})),
        (Method::DELETE, "/members/MEMBER", Value::Null),
        (Method::PATCH, "", json!({"archived": false})),
        (
            Method::PATCH,
            "",
            json!({"client_id": null, "billable": true}),
        ),
        (Method::DELETE, "", Value::Null),
        (Method::PATCH, "", json!({"archived": false})),
    ];
    check(&blows, false).await;
}

/// Of several who open one link at once, one comes in.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_that_many_open_at_once_lets_one_in() {
    let server = friday().await;
    let owner = Client::guest(&server).await;
    let made = owner.post("/projects", json!({"name": "web"})).await.made();
    let place = format!("/projects/{}", id(&made));
    for _ in 0..5 {
        let before = owner.get(&format!("{place}/members")).await.ok();
        let link = owner
            .post(&format!("{place}/invitations"), None)
            .await
            .made();
        let mut tasks = JoinSet::new();
        for _ in 0..4 {
            let (guest, code) = (Client::guest(&server).await, link["code"].clone());
            tasks.spawn(async move {
                guest
                    .post("/invitations/accept", json!({"code": code}))
                    .await
            });
        }
        let mut answers: Vec<_> = tasks.join_all().await.iter().map(Reply::status).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 422, 422, 422]);
        let members = owner.get(&format!("{place}/members")).await.ok();
        let count = |list: &Value| list["items"].as_array().unwrap().len();
        assert_eq!(count(&members), count(&before) + 1);
    }
}
