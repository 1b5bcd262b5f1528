//! Accounts, their browsers, and the cookie between them.

use crate::harness::*;
use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use chrono::Weekday;
use stint::{
    domain::{Command, CommandId, DurationFormat, HourFormat, Settings, Theme},
    server::{
        cookies,
        secret::Secret,
        store::{Store, Viewer},
    },
};

/// A new guest, and the secret of its browser.
async fn guest(bench: &Bench) -> (Viewer, Secret) {
    let (store, now) = (&bench.store, bench.now());
    let made = store.create_guest(&Settings::default(), "", now).await;
    made.unwrap()
}

#[tokio::test]
async fn a_guest_is_known_by_the_secret_alone() {
    let bench = Bench::new().await;
    let (viewer, secret) = guest(&bench).await;
    assert_eq!(
        bench.store.viewer(&secret, bench.now()).await.unwrap(),
        Some(viewer)
    );
    assert_eq!(
        bench
            .store
            .viewer(&Secret::random(), bench.now())
            .await
            .unwrap(),
        None
    );
    // What is stored does not open the door.
    assert!(
        secret
            .hash()
            .parse::<Secret>()
            .is_ok_and(|stolen| stolen != secret)
    );
    let stolen: Secret = secret.hash().parse().unwrap();
    assert_eq!(
        bench.store.viewer(&stolen, bench.now()).await.unwrap(),
        None
    );
    assert!(!format!("{secret:?}").contains(secret.reveal()));
    let raw = std::fs::read(bench.store.path()).unwrap();
    let log = std::fs::read(bench.folder.path().join("stint.db-wal")).unwrap();
    for file in [raw, log] {
        assert!(
            !file
                .windows(43)
                .any(|bytes| bytes == secret.reveal().as_bytes()),
            "the secret itself is on disk"
        );
    }
}

#[tokio::test]
async fn settings_are_read_back_as_they_were_saved() {
    let bench = Bench::new().await;
    let (viewer, secret) = guest(&bench).await;
    let settings = Settings {
        zone: Some(zone("Asia/Kathmandu")),
        week_start: Weekday::Sat,
        hour_format: HourFormat::Twelve,
        theme: Theme::Dark,
        duration_format: DurationFormat::Decimal,
        day_start_hour: 4,
    };
    bench
        .store
        .save_settings(viewer.account, &settings)
        .await
        .unwrap();
    let read = async || {
        bench
            .store
            .viewer(&secret, bench.now())
            .await
            .unwrap()
            .unwrap()
            .settings
    };
    assert_eq!(read().await, settings);
    // A zone that was chosen is not guessed over.
    bench
        .store
        .guess_zone(viewer.account, &zone("Europe/Berlin"))
        .await
        .unwrap();
    assert_eq!(read().await, settings);
    bench
        .store
        .save_settings(
            viewer.account,
            &Settings {
                zone: None,
                ..settings.clone()
            },
        )
        .await
        .unwrap();
    bench
        .store
        .guess_zone(viewer.account, &zone("Europe/Berlin"))
        .await
        .unwrap();
    assert_eq!(
        read().await,
        Settings {
            zone: Some(zone("Europe/Berlin")),
            ..settings
        }
    );
}

#[tokio::test]
async fn presence_is_noted_in_steps_and_absences_are_remembered() {
    let bench = Bench::new().await;
    let began = bench.now();
    let (viewer, secret) = guest(&bench).await;
    for (minutes, seen, left) in [
        (4, 0, None),
        (5, 5, None),
        (34, 34, None),
        (63, 63, None),
        (93, 93, Some(63)),
        (97, 93, Some(63)),
        (100, 100, Some(63)),
        // A clock that went back does not.
        (50, 100, Some(63)),
        (122, 122, Some(63)),
        // Who has been back for half an hour was there later than when they left.
        (123, 122, None),
        (500, 500, Some(122)),
    ] {
        let now = began + seconds(minutes * 60);
        bench.store.touch(viewer.device, now).await.unwrap();
        let found = bench.store.viewer(&secret, now).await.unwrap().unwrap();
        let presence = found.presence;
        let after = |at: stint::domain::Instant| (at - began).num_minutes();
        assert_eq!(
            (after(presence.seen_at), presence.left_at(now).map(after)),
            (seen, left),
            "after {minutes} minutes"
        );
    }
}

#[tokio::test]
async fn commands_count_as_having_been_there() {
    let bench = Bench::new().await;
    let began = bench.now();
    let (viewer, secret) = guest(&bench).await;
    let run = async |minutes: i64| {
        let at = began + seconds(minutes * 60);
        let (id, action) = (CommandId::new(at), start("work"));
        let command = Command { id, at, action };
        bench.store.run(viewer.account, &command, at).await.unwrap();
        at
    };
    let worked = run(20).await;
    // Whoever comes back with a command was away nevertheless.
    let back = run(90).await;
    bench.store.touch(viewer.device, back).await.unwrap();
    let found = bench.store.viewer(&secret, back).await.unwrap().unwrap();
    assert_eq!(found.presence.left_at(back), Some(worked));
}

#[tokio::test]
async fn accounts_survive_a_restart() {
    let bench = Bench::new().await;
    let (viewer, secret) = guest(&bench).await;
    let now = bench.now();
    let Bench { folder, store, .. } = bench;
    drop(store);
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.viewer(&secret, now).await.unwrap(), Some(viewer));
}

#[test]
fn the_cookie_keeps_to_its_host_and_from_scripts() {
    let secret = Secret::random();
    for (secure, name, more) in [
        (false, "stint_device", ""),
        (true, "__Host-stint_device", "; Secure"),
    ] {
        let cookie = cookies::cookie(&secret, secure).to_string();
        let wanted = format!(
            "{name}={}; HttpOnly; SameSite=Lax{more}; Path=/; Max-Age=34560000",
            secret.reveal()
        );
        assert_eq!(cookie, wanted);
        let mut headers = HeaderMap::new();
        headers.append(
            COOKIE,
            HeaderValue::from_static("theme=dark; broken; x=\"y;z\""),
        );
        headers.append(
            COOKIE,
            format!("a=b; {name}={}; c=d", secret.reveal())
                .parse()
                .unwrap(),
        );
        assert_eq!(cookies::presented(&headers, secure), Some(secret.clone()));
        assert_eq!(cookies::presented(&headers, !secure), None);
    }
    for nonsense in [
        "",
        "short",
        &"A".repeat(44),
        &"ä".repeat(43),
        &"+".repeat(43),
    ] {
        let mut headers = HeaderMap::new();
        headers.append(
            COOKIE,
            HeaderValue::from_bytes(format!("stint_device={nonsense}").as_bytes()).unwrap(),
        );
        assert_eq!(cookies::presented(&headers, false), None, "{nonsense}");
    }
}
