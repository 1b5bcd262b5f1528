//! Ranges and sums against a model that looks at every session.

use crate::harness::*;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use stint::{
    domain::{
        AccountId, Action, Bucket, Instant, Period, Receipt, Refusal, Session, SessionId, Settings,
        Span, WorkRevision, overview::sort_newest_first,
    },
    error::AppError,
    server::zone,
};

const DAY: i64 = 86_400;

/// Sessions of all lengths over two months, many touching or overlapping, and one that runs.
async fn furnish(bench: &Bench, seed: u64) -> (Vec<Session>, StdRng) {
    let mut random = StdRng::seed_from_u64(seed);
    let begin = at("2026-09-20T00:00:00Z").timestamp();
    for number in 0..150 {
        let from = begin + random.random_range(0..60 * DAY) / 900 * 900;
        let length = match random.random_range(0..20) {
            0 => 0,
            1 => random.random_range(DAY..9 * DAY),
            _ => random.random_range(0..4 * 3600) / 900 * 900,
        };
        bench
            .add(
                &format!("session {}", number % 7),
                moment(from),
                moment(from + length),
            )
            .await;
    }
    bench.run(start("running")).await.unwrap();
    let mut sessions = bench.sessions().await;
    assert_eq!(sessions.len(), 151);
    let listed = sessions.clone();
    sort_newest_first(&mut sessions);
    assert_eq!(listed, sessions);
    (sessions, random)
}

fn touches(session: &Session, from: Instant, to: Instant) -> bool {
    let begin = session.span.from();
    match session.span.to() {
        None => begin < to,
        Some(end) => begin < to && (end > from || (begin == end && begin >= from)),
    }
}

fn finished_seconds(sessions: &[Session], bucket: &Bucket) -> i64 {
    let finished = sessions.iter().filter(|session| !session.is_running());
    finished
        .map(|session| bucket.seconds(&session.span, bucket.to))
        .sum()
}

#[tokio::test]
async fn ranges_hold_what_touches_them() {
    let bench = Bench::new().await;
    let (sessions, mut random) = furnish(&bench, 1).await;
    let begin = at("2026-09-15T00:00:00Z").timestamp();
    for round in 0..200 {
        let from = begin + random.random_range(0..75 * DAY) / 900 * 900;
        let length = random.random_range(0..[3600, DAY, 9 * DAY, 40 * DAY][round % 4]);
        let (from, to) = (moment(from), moment(from + length));
        let before = bench.store.queries();
        let found = bench
            .store
            .sessions_within(bench.account, from, to)
            .await
            .unwrap();
        assert_eq!(bench.store.queries() - before, 1);
        let wanted: Vec<_> = sessions
            .iter()
            .filter(|session| touches(session, from, to))
            .cloned()
            .collect();
        assert_eq!(found, wanted, "{from} to {to}");
    }
}

#[tokio::test]
async fn sums_by_day_are_those_of_the_sessions() {
    let bench = Bench::new().await;
    let (sessions, _) = furnish(&bench, 2).await;
    let periods = [
        "day/2026-10-25",
        "week/2026-W43",
        "month/2026-10",
        "month/2026-11",
        "last/4-weeks",
        "last/24-hours",
    ];
    for zone_name in [
        "UTC",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "America/New_York",
    ] {
        let settings = Settings {
            zone: Some(zone(zone_name)),
            day_start_hour: 3,
            ..Settings::default()
        };
        for period in periods {
            let period: Period = period.parse().unwrap();
            let days = zone::days(&settings, period, bench.now());
            let sums = sums_of(&bench, bench.account, &days).await;
            let wanted: Vec<_> = days
                .iter()
                .map(|day| finished_seconds(&sessions, day))
                .collect();
            assert_eq!(sums, wanted, "{zone_name} {period}");
            let whole = Bucket {
                to: days[days.len() - 1].to,
                ..days[0]
            };
            let total = sums_of(&bench, bench.account, &[whole, whole]).await;
            assert_eq!(
                total,
                [sums.iter().sum::<i64>(); 2],
                "the parts are the whole"
            );
        }
    }
    let (other, _) = bench
        .store
        .create_guest(&Settings::default(), "", bench.now())
        .await
        .unwrap();
    let all = Bucket {
        date: Default::default(),
        from: moment(0),
        to: moment(4_000_000_000),
    };
    assert_eq!(sums_of(&bench, other.account, &[all]).await, [0]);
    assert!(sums_of(&bench, bench.account, &[]).await.is_empty());
}

async fn sums_of(bench: &Bench, account: AccountId, buckets: &[Bucket]) -> Vec<i64> {
    let (store, now) = (&bench.store, bench.now());
    let before = store.queries();
    let tracked = store.tracked(account, (now, now), buckets).await.unwrap();
    // Two in a transaction, with its begin and end.
    let expected = if buckets.is_empty() { 1 } else { 4 };
    assert_eq!(store.queries() - before, expected);
    tracked.sums
}

#[tokio::test]
async fn the_latest_before_a_moment_ended_last() {
    let bench = Bench::new().await;
    let (sessions, mut random) = furnish(&bench, 3).await;
    let begin = at("2026-09-15T00:00:00Z").timestamp();
    for _ in 0..200 {
        let at = moment(begin + random.random_range(0..75 * DAY) / 900 * 900);
        let found = bench.store.latest_before(bench.account, at).await.unwrap();
        let wanted = sessions
            .iter()
            .filter_map(|session| session.span.to())
            .filter(|to| *to <= at)
            .max();
        assert_eq!(found.and_then(|session| session.span.to()), wanted, "{at}");
    }
}

/// The longest session is remembered however it came about, or ranges would miss it.
#[tokio::test]
async fn a_long_session_is_found_from_its_far_end() {
    let bench = Bench::new().await;
    let session = bench.add("short", moment(0), moment(60)).await;
    let far = moment(40 * DAY);
    let found = async || {
        bench
            .store
            .sessions_within(bench.account, far, far + seconds(1))
            .await
            .unwrap()
            .len()
    };
    let edited = bench.run(lasting(session.id, 50 * DAY)).await.unwrap();
    assert_eq!(found().await, 1);
    let undone = bench.run(undo(&edited)).await.unwrap();
    assert_eq!(found().await, 0);
    bench.run(undo(&undone)).await.unwrap();
    assert_eq!(found().await, 1);
}

/// What was mistyped and put right makes nothing slower from then on.
#[tokio::test]
async fn the_longest_session_is_forgotten_with_the_mistake() {
    let bench = Bench::new().await;
    let longest = async || bench.count("select longest_seconds from account").await;
    let session = bench.add("short", moment(0), moment(60)).await;
    bench.add("two days", moment(0), moment(2 * DAY)).await;
    let mistyped = bench.run(lasting(session.id, 300 * DAY)).await.unwrap();
    assert_eq!(longest().await, 300 * DAY);
    let undone = bench.run(undo(&mistyped)).await.unwrap();
    assert_eq!(longest().await, 2 * DAY);
    bench.run(undo(&undone)).await.unwrap();
    assert_eq!(longest().await, 300 * DAY);
    bench.run(lasting(session.id, 90)).await.unwrap();
    assert_eq!(longest().await, 2 * DAY);
}

#[tokio::test]
async fn no_session_is_longer_than_the_bound() {
    let bench = Bench::new().await;
    let mut random = StdRng::seed_from_u64(5);
    let mut receipts: Vec<Receipt> = Vec::new();
    for _ in 0..300 {
        let sessions = bench.sessions().await;
        let length = [60, DAY, 3 * DAY, 3 * DAY, 40 * DAY][random.random_range(0..5)];
        let any = |count: usize, random: &mut StdRng| random.random_range(0..count);
        let action = match random.random_range(0..4) {
            1 if !sessions.is_empty() => {
                lasting(sessions[any(sessions.len(), &mut random)].id, length)
            }
            2 if !sessions.is_empty() => Action::Delete {
                session: sessions[any(sessions.len(), &mut random)].id,
            },
            3 if !receipts.is_empty() => {
                undo(&receipts.swap_remove(any(receipts.len(), &mut random)))
            }
            _ => add("more", moment(0), moment(length)),
        };
        let is_undo = matches!(action, Action::Undo { .. });
        match bench.run(action).await {
            // What changed nothing cannot be undone.
            Ok(receipt) => receipts.extend((!receipt.changes.is_empty()).then_some(receipt)),
            // It may come too late.
            Err(AppError::Refused(Refusal::ChangedSince)) if is_undo => {}
            Err(error) => panic!("{error}"),
        }
        let sessions = bench.sessions().await;
        let lengths = sessions
            .iter()
            .map(|session| session.span.seconds(moment(0)));
        let longest = lengths.max().unwrap_or(0);
        let bound = bench.count("select longest_seconds from account").await;
        assert!(bound >= longest && (bound == longest || bound <= DAY));
    }
}

/// An edit that gives a session another length.
fn lasting(session: SessionId, length: i64) -> Action {
    Action::Edit {
        session,
        version: None,
        name: name("edited"),
        span: Span::done(moment(0), moment(length)).unwrap(),
        work: WorkRevision::default(),
    }
}
