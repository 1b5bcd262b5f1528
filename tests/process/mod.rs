//! The program as it runs: a process of its own, spoken to by command line, signals and sockets.

mod cli;
mod client;
mod damage;
mod http;
mod kill;
mod log;
mod operator;
mod oracle;
mod output;
mod read_only;
mod secrets;
mod slow;
mod stop;
mod token_key;

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

/// A command line of the program, in an environment that says nothing about it.
pub fn stint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stint"));
    command
        .env_clear()
        .env("HOME", "/nonexistent")
        .stdin(Stdio::null());
    command
}

/// Runs a command line to its end.
pub fn run(command: &mut Command) -> Output {
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

/// `stint serve`, killed when dropped.
pub struct Server {
    child: Child,
    pub addr: SocketAddr,
}

impl Server {
    /// Starts it over the data in `folder`; returns when it accepts connections.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(stint().arg("serve").arg("--data").arg(folder))
    }

    pub fn start_with(command: &mut Command) -> Self {
        Self::start_logging(command, "warn", Stdio::inherit())
    }

    /// Starts it with its log somewhere else.
    pub fn start_logging(command: &mut Command, level: &str, log: impl Into<Stdio>) -> Self {
        let command = command
            .env("STINT_ADDR", "127.0.0.1:0")
            .env("STINT_LOG", level);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let addr = line
            .strip_prefix("Stint runs at http://")
            .and_then(|rest| rest.split('/').next()?.parse().ok())
            .unwrap_or_else(|| panic!("said {line:?} at its start"));
        Self { child, addr }
    }

    /// Ends it without warning.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
    }

    /// How it ended, if it did within `limit`.
    pub async fn ended_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let mut text = String::new();
        let file = std::fs::File::open(format!("/proc/{}/statm", self.child.id()));
        file.unwrap().read_to_string(&mut text).unwrap();
        text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
