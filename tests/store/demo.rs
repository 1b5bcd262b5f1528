//! The sample of a year.

use crate::harness::*;
use stint::{
    domain::{AccountId, Instant, Kind, Period},
    server::{
        budget,
        demo::{self, DemoError},
        store::{Store, TeamNarrowing},
        zone,
    },
};

#[tokio::test]
async fn a_year_is_filled_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let now: Instant = "2026-11-20T15:00:00Z".parse().unwrap();
    let zone = "Europe/Berlin".parse().unwrap();
    let made = demo::fill(&store, &zone, now).await.unwrap();
    let credentials = store.credentials(&made.username).await.unwrap().unwrap();
    let account: AccountId = credentials.account;
    let begin = "2025-01-01T00:00:00Z".parse().unwrap();
    let sessions = store.sessions_within(account, begin, now).await.unwrap();
    assert_eq!(sessions.len(), made.sessions);
    assert!((900..3000).contains(&made.sessions), "{}", made.sessions);
    // Nobody does two things at once, or works in the future.
    for pair in sessions.windows(2) {
        assert!(!pair[0].span.overlaps(&pair[1].span, now), "{pair:?}");
    }
    assert!(sessions[0].span.end(now) <= now);
    let catalog = store.catalog(account).await.unwrap();
    let [website, shop] = ["Website", "Shop"].map(|name| {
        let mut projects = catalog.projects.iter();
        projects
            .find(|project| project.name.as_str() == name)
            .unwrap()
    });
    assert!(website.billable && shop.billable);
    let rows = async |sql| count(&store.path(), sql).await;
    for (sql, expected) in [
        ("select count(*) from project", 5),
        ("select count(*) from project where billable = 1", 4),
        (
            "select count(*) from project where archived_at is not null",
            1,
        ),
        (
            "select count(*) from project where budget_seconds > 0 or budget_minor > 0",
            2,
        ),
        ("select count(*) from project where rounding <> 'none'", 1),
        ("select count(*) from rate", 4),
        ("select count(*) from favourite", 3),
        ("select count(*) from member", 6),
        // What is not in a project is free.
        (
            "select count(*) from session where project_id is null and billable = 1",
            0,
        ),
        (
            "select count(*) from session s join project p on p.id = s.project_id where s.billable <> p.billable",
            0,
        ),
    ] {
        assert_eq!(rows(sql).await, expected, "{sql}");
    }
    // The team is two, budgets are neither untouched nor long gone, and what is done is done.
    let settings = store.settings(account).await.unwrap();
    let period = Period::containing(Kind::Month, now.date_naive(), settings.week_start);
    let days = zone::days(&settings, period, now);
    let all = TeamNarrowing::default();
    let time = store
        .team_time(account, shop.id, &all, days, now)
        .await
        .unwrap();
    assert_eq!(time.members.len(), 2);
    assert!(
        time.members.iter().all(|member| member.total() > 3600),
        "{time:?}"
    );
    let projects = store.projects(account).await.unwrap();
    let standings = budget::estimates(&store, account, &projects, now)
        .await
        .unwrap();
    assert_eq!(standings.len(), 2);
    for standing in standings.values() {
        let share = standing.estimate.per_mille;
        assert!((300..1000).contains(&share), "{standing:?}");
    }
    let late = "select count(*) from session s join project p on p.id = s.project_id
                where p.archived_at is not null and s.started_at > 1770000000";
    assert_eq!(rows(late).await, 0);
    let gone = rows(
        "select count(*) from session s join project p on p.id = s.project_id where p.archived_at is not null",
    );
    assert!(gone.await > 20);
    let again = demo::fill(&store, &zone, now).await;
    assert!(matches!(again, Err(DemoError::NotEmpty)), "{again:?}");
}
