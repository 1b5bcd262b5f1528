//! What the client remembers: for its owner only, and never used twice.

use super::*;
use std::{os::unix::fs::PermissionsExt, process::Stdio};

const PAST: &str = "2026-01-01T00:00:00Z";

#[test]
fn credentials_are_for_their_owner_only() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(guest.folder()), 0o700);
    let files = fs::read_dir(guest.folder()).unwrap();
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["credentials.json", "credentials.lock"]);
    for file in files {
        assert_eq!(mode(guest.folder().join(file)), 0o600);
    }

    fs::set_permissions(guest.file(), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(guest.fails(1, &["status"]).contains("chmod 600"));
    fs::set_permissions(guest.file(), fs::Permissions::from_mode(0o600)).unwrap();
    guest.fails(4, &["status"]);
    fs::write(guest.file(), "{").unwrap();
    assert!(guest.fails(1, &["status"]).contains("damaged"));
}

#[test]
fn tokens_are_refreshed_when_they_end_or_are_refused() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let first = guest.kept();
    guest.says(&["start"]);
    assert_eq!(guest.kept(), first, "refreshed without need");

    guest.keep("expires_at", PAST);
    guest.says(&["status"]);
    let second = guest.kept();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["expires_at"], PAST);
    let mode = fs::metadata(guest.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    guest.keep("access_token", "nonsense");
    guest.says(&["status"]);
    assert_ne!(guest.kept()["refresh_token"], second["refresh_token"]);
}

#[tokio::test]
async fn a_device_that_was_ended_is_forgotten() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let body = json!({"refresh_token": text(&guest.kept(), "refresh_token")});
    let stolen = http::call(server.addr, "POST", "/refresh", "", &body).await;
    assert_eq!(stolen.0, 200);
    guest.keep("expires_at", PAST);
    let told = guest.fails(3, &["status"]);
    assert!(told.contains("stint login"), "{told}");
    assert_eq!(guest.kept(), Value::Null);
    guest.fails(3, &["status"]);
}

#[test]
fn commands_at_once_do_not_use_one_refresh_token_twice() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    guest.says(&["start", "Report"]);
    for _ in 0..3 {
        guest.keep("expires_at", PAST);
        let children: Vec<_> = (0..8)
            .map(|_| {
                let mut command = guest.command(&["status"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        for child in children {
            told(0, child.wait_with_output().unwrap());
        }
    }
    guest.says(&["stop"]);
}

#[test]
fn several_servers_are_told_apart() {
    let ((one, _one_data), (two, _two_data)) = (server(), server());
    let person = Person::guest(one.addr);
    let other = format!("http://{}", two.addr);
    person.fails(3, &["status", "--server", &other]);
    person.says(&["login", &other, "--guest"]);
    person.says(&["start", "two"]);
    person.fails(4, &["status", "--server", &person.url]);
    person.says(&["start", "one", "--server", &person.url]);
    assert_eq!(person.json(&["status"])["name"], "two");
    let mut command = person.command(&["status", "--json"]);
    let first = told(0, run(command.env("STINT_SERVER", &person.url)));
    assert!(first.contains("\"one\""), "{first}");
}
