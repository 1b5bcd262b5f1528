//! The client for the command line, against a server in a process of its own.

mod entering;
mod keeping;
mod lost_answer;
mod tracking;

use super::{Server, http, run, stint};
use serde_json::{Value, json};
use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    process::{Command, Output},
};
use tempfile::TempDir;

const PASSWORD: &str = "correct horse";

/// A server with its data.
fn server() -> (Server, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Server::start(folder.path()), folder)
}

/// Somebody with a home folder, who speaks to a server.
struct Person {
    home: TempDir,
    url: String,
}

impl Person {
    fn at(addr: SocketAddr) -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            url: format!("http://{addr}"),
        }
    }

    /// Signed in as a guest.
    fn guest(addr: SocketAddr) -> Self {
        let guest = Self::at(addr);
        let url = &guest.url;
        let told = guest.says(&["login", url, "--guest"]);
        assert_eq!(told, format!("Signed in to {url} as a guest.\n"));
        guest
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = stint();
        command
            .args(arguments)
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("TZ", "UTC");
        command
    }

    /// What a command says that does what is asked.
    fn says(&self, arguments: &[&str]) -> String {
        told(0, run(&mut self.command(arguments)))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.says(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// Why a command does not do what is asked, in one line.
    fn fails(&self, code: i32, arguments: &[&str]) -> String {
        complaint(code, run(&mut self.command(arguments)))
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("config/stint")
    }

    fn file(&self) -> PathBuf {
        self.folder().join("credentials.json")
    }

    /// What is remembered of the server.
    fn kept(&self) -> Value {
        let text = fs::read_to_string(self.file()).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        file["servers"][&self.url].clone()
    }

    /// Changes what is remembered of the server.
    fn keep(&self, field: &str, value: &str) {
        let text = fs::read_to_string(self.file()).unwrap();
        let mut file: Value = serde_json::from_str(&text).unwrap();
        file["servers"][&self.url][field] = json!(value);
        fs::write(self.file(), file.to_string()).unwrap();
    }
}

/// What a command wrote that ended with `code`.
fn told(code: i32, output: Output) -> String {
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said, "");
    String::from_utf8(output.stdout).unwrap()
}

fn complaint(code: i32, output: Output) -> String {
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("stint: "), "{said}");
    said
}

/// A new account named anna: her access token and her recovery codes.
async fn register_anna(addr: SocketAddr) -> (String, Vec<String>) {
    let new = json!({"username": "anna", "password": PASSWORD});
    let (status, grant) = http::call(addr, "POST", "/register", "", &new).await;
    assert_eq!(status, 201, "{grant}");
    let codes = serde_json::from_value(grant["recovery_codes"].clone()).unwrap();
    (text(&grant, "access_token"), codes)
}

fn text(value: &Value, field: &str) -> String {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
        .to_owned()
}
