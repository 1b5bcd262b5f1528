//! What a command says reaches whoever reads it, or the command says that it does not.

use super::{Server, run, stint};
use std::{
    fs::File,
    process::{Command, Output, Stdio},
};

fn run_to(output: impl Into<Stdio>, command: &mut Command) -> Output {
    command
        .stdout(output)
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let (data, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    let command = |arguments: &[&str]| {
        let mut command = stint();
        command
            .args(arguments)
            .env("STINT_DATA", data.path())
            .env("STINT_SERVER", format!("http://{}", server.addr))
            .env("XDG_CONFIG_HOME", home.path());
        command
    };
    let full = || File::options().write(true).open("/dev/full").unwrap();
    assert!(run(&mut command(&["login", "--guest"])).status.success());
    for arguments in [
        &["start", "Report"][..],
        &["list", "week"],
        &["status", "--json"],
        &["start", &"x".repeat(501), "--json"],
        &["completions", "bash"],
        &["--help"],
        &["check"],
        &["invite"],
    ] {
        let ended = run_to(full(), &mut command(arguments));
        let told = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?} {told}");
        assert_eq!(told.lines().count(), 1, "{arguments:?} {told}");
        assert!(told.contains("cannot be written"), "{arguments:?} {told}");
    }
    // A reader that has seen enough is none of it.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = run_to(writer, &mut command(&["list", "week"]));
    assert!(ended.status.success() && ended.stderr.is_empty());
}

/// Nobody knows the new password then, and that is said.
#[tokio::test]
async fn a_password_that_cannot_be_told_is_said_to_be_new() {
    let data = tempfile::tempdir().unwrap();
    let made = run(stint().arg("demo").arg("--data").arg(data.path()));
    assert!(made.status.success());
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut reset = stint();
    reset
        .args(["reset-password", "demo", "--data"])
        .arg(data.path());
    let ended = run_to(full, &mut reset);
    let told = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("reset it once more"), "{told}");
}
