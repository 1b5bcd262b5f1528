//! The sample of a year.

use crate::harness::*;
use stint::{
    domain::{AccountId, Instant},
    server::{
        demo::{self, DemoError},
        store::Store,
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
        assert!(!pair[0].span.overlaps(&pair[1].span), "{pair:?}");
    }
    assert!(sessions[0].span.end(now) <= now);
    let catalog = store.catalog(account).await.unwrap();
    assert_eq!(catalog.projects.len(), 4);
    let rates = count(&store.path(), "select count(*) from rate").await;
    assert_eq!(rates, 3);
    let again = demo::fill(&store, &zone, now).await;
    assert!(matches!(again, Err(DemoError::NotEmpty)), "{again:?}");
}
