//! What whoever runs the server does about accounts.

use super::{
    Server,
    cli::{expect_one_line, text},
    http::call,
    run,
    secrets::code_of,
    stint,
};
use serde_json::{Value, json};
use std::{
    fs,
    time::{Duration, Instant},
};
use stint::server::store::Store;

/// A second, and half of one for the requests with which it is found out.
const PROMISED: Duration = Duration::from_millis(1500);

/// While it serves, too: what another process revokes is refused within a second.
#[tokio::test]
async fn an_operator_resets_a_password_and_invites() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = stint();
    command
        .args(["serve", "--registration", "invite", "--data"])
        .arg(folder.path());
    let log_file = fs::File::create(&log).unwrap();
    let server = Server::start_logging(&mut command, "trace", log_file);
    let operator = |arguments: &[&str]| {
        let output = run(stint().args(arguments).env("STINT_DATA", folder.path()));
        text(&output)
    };
    let invitation = operator(&["invite"]);
    let invitation = invitation.trim().rsplit(' ').next().unwrap();
    let new = json!({"username": "anna", "password": "correct horse", "invitation": invitation});
    let grant = call(server.addr, "POST", "/register", "", &new).await;
    let token = grant.1["access_token"].as_str().unwrap();
    let new = json!({"name": "script", "scope": "read"});
    let script = call(server.addr, "POST", "/tokens", token, &new).await;
    let script = script.1["token"].as_str().unwrap();
    let status = async |token| call(server.addr, "GET", "/me", token, &json!({})).await.0;
    assert_eq!((status(token).await, status(script).await), (200, 200));

    let told = operator(&["reset-password", "Anna"]);
    let reset = Instant::now();
    while (status(token).await, status(script).await) != (401, 401) {
        assert!(reset.elapsed() < PROMISED, "a token is still good");
        tokio::task::yield_now().await;
    }
    let password = told.lines().next().unwrap().rsplit(' ').next().unwrap();
    let old = json!({"username": "anna", "password": "correct horse"});
    assert_eq!(call(server.addr, "POST", "/login", "", &old).await.0, 401);
    let new = json!({"username": "anna", "password": password});
    assert_eq!(call(server.addr, "POST", "/login", "", &new).await.0, 200);
    let mut nobody = stint();
    nobody
        .args(["reset-password", "bert"])
        .env("STINT_DATA", folder.path());
    expect_one_line(&mut nobody, "bert");
    let key = fs::read_to_string(folder.path().join("token.key")).unwrap();
    let grant = &grant.1;
    let mut secrets = vec!["correct horse", invitation, password, script, key.trim()];
    secrets.extend(["access_token", "refresh_token"].map(|name| grant[name].as_str().unwrap()));
    secrets.extend(
        grant["recovery_codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap()),
    );
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("/api/v1/register"), "nothing was logged");
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    let mode = fs::metadata(folder.path().join("token.key"))
        .unwrap()
        .permissions();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
        0o600
    );
}

/// What the sample says is how one signs in to it; a folder with data is left alone.
#[tokio::test]
async fn the_sample_is_there_to_sign_in_to() {
    let folder = tempfile::tempdir().unwrap();
    let demo = || {
        let mut command = stint();
        command
            .args(["demo", "--time-zone", "Europe/Berlin", "--data"])
            .arg(folder.path());
        command
    };
    let told = text(&run(&mut demo()));
    let words: Vec<&str> = told.split_whitespace().collect();
    let [count, .., "as", "demo", "with", password] = words[..] else {
        panic!("{told}")
    };
    assert!(count.parse::<u32>().unwrap() > 900, "{told}");
    expect_one_line(&mut demo(), "not empty");
    let server = Server::start(folder.path());
    let form = json!({"username": "demo", "password": password});
    let (status, grant) = call(server.addr, "POST", "/login", "", &form).await;
    assert_eq!(status, 200, "{grant}");
    let token = grant["access_token"].as_str().unwrap();
    let (_, projects) = call(server.addr, "GET", "/projects", token, &json!({})).await;
    assert_eq!(projects["items"].as_array().unwrap().len(), 5, "{projects}");
}

#[tokio::test]
async fn a_lost_authenticator_app_is_taken_off_by_the_operator_alone() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let ask = async |path: &str, token: &str, body: Value| {
        call(server.addr, "POST", path, token, &body).await
    };
    let password = "correct horse battery";
    let new = json!({"username": "anna", "password": password});
    let (_, grant) = ask("/register", "", new).await;
    let token = grant["access_token"].as_str().unwrap();
    let (_, offer) = ask("/me/second-factor", token, json!({"password": password})).await;
    let code = json!({"code": code_of(offer["secret"].as_str().unwrap())});
    let (confirmed, _) = ask("/me/second-factor/confirm", token, code).await;
    assert_eq!(confirmed, 204);
    for (more, status) in [(None, 401), (Some("--without-code"), 200)] {
        let mut command = stint();
        command.args(["reset-password", "anna"]).args(more);
        let told = text(&run(command.env("STINT_DATA", folder.path())));
        let password = told.lines().next().unwrap().rsplit(' ').next().unwrap();
        let body = json!({"username": "anna", "password": password});
        let (answer, told) = ask("/login", "", body).await;
        assert_eq!(answer, status, "{more:?}: {told}");
    }
}

/// A folder that was mistyped does not get a database.
#[test]
fn an_operator_makes_no_database() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("mistyped");
    for arguments in [&["reset-password", "anna"][..], &["invite"]] {
        let mut command = stint();
        command.args(arguments).env("STINT_DATA", &data);
        expect_one_line(&mut command, "there is no database here");
        assert!(!data.exists(), "{arguments:?} made a folder");
    }
}

/// Where nothing runs, the file alone is whole when they are done.
#[tokio::test]
async fn an_operator_leaves_nothing_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let log = folder.path().join("stint.db-wal");
    let invite = &["invite"][..];
    let reset = &["reset-password", "nobody"][..];
    for (arguments, code) in [(invite, 0), (invite, 0), (invite, 0), (reset, 1)] {
        let ended = run(stint().args(arguments).env("STINT_DATA", folder.path()));
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}");
        let left = fs::metadata(&log).map_or(0, |log| log.len());
        assert_eq!(left, 0, "{arguments:?}");
    }
}
