//! The command line: mistakes are told in one line, copies are made and put back.

use super::{
    Server,
    http::{Browser, Form},
    run, stint,
};
use crate::harness::count;
use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};
use stint::domain::form::intent;

#[test]
fn mistakes_stop_the_start_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let plain = file("plain", "");
    let below_file = format!("{plain}/data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("stint.db"), "not a database at all").unwrap();

    check(&["--nonsense"], "--nonsense");
    check(&["frobnicate"], "frobnicate");
    check(&["--addr", "3000"], "--addr");
    check(&["--addr", "localhost:99999"], "--addr");
    check(&["--addr", &taken], &taken);
    check(&["--addr", "192.0.2.1:0"], "192.0.2.1");
    check(&["--data", &below_file], &below_file);
    check(&["--data", foreign.to_str().unwrap()], "stint.db");
    check(&["--log", "loud"], "--log");
    check(&["--log", "info,sqlx=loud"], "--log");
    check(&["--log-format", "xml"], "--log-format");
    check(&["--metrics", "all"], "--metrics");
    check(&["--max-requests", "0"], "--max-requests");
    check(&["--guests", "some"], "--guests");
    check(&["--registration", "maybe"], "--registration");
    check(&["--trusted-proxies", "10.0.0.0/99"], "--trusted-proxies");
    check(&["--token-key", "short"], "--token-key");
    check(&["demo", "--time-zone", "Nowhere/X"], "no such time zone");
    check(&["demo", "--time-zone", ""], "no such time zone");
    check(&["reset-password"], "USER");
    check(&["reset-password", "an na"], "letters");
    for url in [
        "time.example",
        "ftp://time.example",
        "https://time.example/path",
        "https://",
    ] {
        check(&["--public-url", url], "--public-url");
    }
    check(&["--config", &below_file], &below_file);
    for (text, complaint) in [
        ("adr = \"127.0.0.1:1\"", "adr"),
        ("addr = 3000", "addr"),
        ("addr = \"here\"", "socket address"),
        ("log = \"loud\"", "info,sqlx=debug"),
        ("\n\nlog_format = \"xml\"", "line 3"),
        ("public_url = \"nowhere\"", "https://"),
        ("addr = ", "line 1"),
        ("log-sql = 2", "true or false"),
        ("\nallowed-origins = [1]", "line 2"),
        ("allowed-origins = \"https://a,b\"", "https://"),
        (
            "public-url = \"https://a\"\npublic_url = \"https://a\"",
            "duplicate",
        ),
    ] {
        check(&["--config", &file("wrong.toml", text)], complaint);
    }
    check(&["restore"], "FILE");
    check(&["check", &below_file], "there is no database here");
    check(&["check", "nowhere.db"], "there is no database here");
    check(&["backup", &below_file], "stint.db");
}

fn check(arguments: &[&str], complaint: &str) {
    let nowhere = tempfile::tempdir().unwrap();
    let mut command = stint();
    command
        .args(arguments)
        .env("STINT_ADDR", "127.0.0.1:0")
        .env("XDG_DATA_HOME", nowhere.path());
    expect_one_line(&mut command, complaint);
}

pub fn expect_one_line(command: &mut Command, complaint: &str) {
    let begun = Instant::now();
    let output = run(command);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{command:?} took {:?}",
        begun.elapsed()
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{command:?} went well");
    assert_eq!(told.lines().count(), 1, "{command:?} said:\n{told}");
    assert!(
        told.starts_with("stint: ") && told.contains(complaint),
        "{command:?} said {told}"
    );
    assert_eq!(output.stdout, b"");
}

#[test]
fn mistakes_in_the_environment_are_told_too() {
    for (name, value) in [
        ("STINT_ADDR", "nowhere"),
        ("STINT_PUBLIC_URL", "x"),
        ("STINT_CONFIG", "/nonexistent"),
        ("STINT_LOG", "loud"),
        ("STINT_LOG", ""),
        ("STINT_LOG_FORMAT", ""),
    ] {
        expect_one_line(stint().env(name, value), "");
    }
    expect_one_line(
        stint()
            .env_remove("HOME")
            .env("HOME", "")
            .env("STINT_ADDR", "127.0.0.1:0")
            .arg("--data="),
        "--data",
    );
}

#[test]
fn a_second_process_on_the_same_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Server::start(folder.path());
    let mut second = stint();
    second
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(folder.path());
    expect_one_line(&mut second, folder.path().to_str().unwrap());
}

#[test]
fn flags_go_before_the_environment_before_the_file_before_the_default() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    let config = at("stint.toml");
    fs::write(
        &config,
        format!("data = {:?}\nmetrics = \"off\"\n", at("file")),
    )
    .unwrap();
    let used = |name: &str| at(name).join("stint.db").exists();

    let mut command = stint();
    command.env("XDG_DATA_HOME", at("home"));
    drop(Server::start_with(&mut command));
    assert!(used("home/stint"));
    drop(Server::start_with(command.env("STINT_CONFIG", &config)));
    assert!(used("file"));
    drop(Server::start_with(
        command.env("STINT_DATA", at("environment")),
    ));
    assert!(used("environment"));
    drop(Server::start_with(
        command.arg("serve").arg("--data").arg(at("flag")),
    ));
    assert!(used("flag"));
}

#[test]
fn cargo_leptos_names_the_address_in_its_own_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = stint();
    command
        .env("LEPTOS_SITE_ADDR", "nowhere")
        .env("STINT_DATA", folder.path());
    expect_one_line(&mut command, "nowhere");
}

#[test]
fn version_and_help_are_answers() {
    let version = run(stint().arg("--version"));
    assert_eq!(
        text(&version),
        format!("stint {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = text(&run(stint().arg("--help")));
    for word in [
        "serve",
        "backup",
        "check",
        "restore",
        "--addr",
        "STINT_DATA",
    ] {
        assert!(help.contains(word), "no {word} in\n{help}");
    }
    assert!(!help.to_lowercase().contains("leptos"));
}

#[tokio::test]
async fn copies_are_made_while_serving_and_put_back() {
    let root = tempfile::tempdir().unwrap();
    let (data, copy, fresh) = (
        root.path().join("data"),
        root.path().join("copy.db"),
        root.path().join("fresh"),
    );
    let on = |data: &Path, arguments: &[&str]| run(stint().args(arguments).env("STINT_DATA", data));
    let copy_text = copy.to_str().unwrap();
    let server = Server::start(&data);
    let browser = Browser::new_guest(server.addr).await;
    browser
        .submit(server.addr, &Form::new(intent::STOP))
        .await
        .unwrap();

    let copied = text(&on(&data, &["backup", copy_text]));
    assert!(
        copied.starts_with(&format!("Copied {copy_text}: ")) && copied.contains("1 sessions"),
        "{copied}"
    );
    assert!(text(&on(&data, &["check"])).starts_with("Checked "));
    assert!(text(&on(&data, &["check", copy_text])).contains("copy.db"));
    expect_one_line(
        stint()
            .args(["restore", copy_text, "--force"])
            .env("STINT_DATA", &data),
        "data",
    );

    drop(server);
    expect_one_line(
        stint()
            .args(["restore", copy_text])
            .env("STINT_DATA", &data),
        "--force",
    );
    assert!(text(&on(&data, &["restore", copy_text, "--force"])).contains("kept"));
    assert!(text(&on(&fresh, &["restore", copy_text])).starts_with("Restored "));
    assert_eq!(
        count(&fresh.join("stint.db"), "select count(*) from session").await,
        1
    );
    let again = Server::start(&fresh);
    browser
        .submit(again.addr, &Form::new(intent::START))
        .await
        .unwrap();
    drop(again);
    assert_eq!(
        count(&fresh.join("stint.db"), "select count(*) from account").await,
        1,
        "the cookie was forgotten"
    );
}

/// What a command said that went well.
pub fn text(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}
