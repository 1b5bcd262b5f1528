//! The released program, started and stopped as a person would.

use crate::client::{Client, get};
use std::{
    io::{self, BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server; stopped when dropped.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
    /// From the start of the process to the last byte of the first page.
    pub first_page: Duration,
}

impl Server {
    /// Starts on a free port of this machine and waits for the first page.
    pub fn start(data: &Path) -> io::Result<Self> {
        let address = free_address()?;
        let began = Instant::now();
        let mut process = Command::new(program())
            .args(["serve", "--addr", &address.to_string(), "--data"])
            .arg(data)
            // All come from one address.
            .args(["--guests-per-address", "1000000"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // Lines are written as always, to where they cost a system call and no more.
            .stderr(Stdio::null())
            .spawn()?;
        // It says where it runs as soon as it listens.
        let out = process.stdout.take().map(BufReader::new);
        out.ok_or(io::ErrorKind::BrokenPipe)?
            .read_line(&mut String::new())?;
        let answer = Client::connect(address)?.send(&get("/", None))?.status;
        let first_page = began.elapsed();
        assert_eq!(answer, 200, "the first page");
        Ok(Self {
            process,
            address,
            first_page,
        })
    }

    /// Resident memory in megabytes; `None` where the system does not tell.
    pub fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1000.0 * 1.024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let asked = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// The program to measure: `STINT_BIN`, else the release beside this program.
pub fn program() -> PathBuf {
    std::env::var_os("STINT_BIN").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/stint"),
        PathBuf::from,
    )
}

/// An address of this machine that nobody listens at.
pub fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
