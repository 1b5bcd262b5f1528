//! Why a command did not do what was asked, and what the program ends with.

use std::process::ExitCode;

/// How the program ends when it did not do what was asked. 0 is for what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Refused by the server, or failed here.
    Failed = 1,
    /// The command line cannot be understood.
    Usage = 2,
    NotSignedIn = 3,
    /// For `status` and `stop`.
    NothingRuns = 4,
    /// No server answers, or none of Stint.
    Unreachable = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do what was asked, in one line for a person.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{told}")]
pub struct Failure {
    pub exit: Exit,
    pub told: String,
    /// What to print with `--json`: the problem as the server sent it.
    pub answer: Option<String>,
}

impl Failure {
    /// What is told to whoever ran the command, and the code it ends with.
    pub fn new(exit: Exit, told: impl Into<String>) -> Self {
        Self {
            exit,
            told: told.into(),
            answer: None,
        }
    }

    /// Something of this machine, such as a file, does not do what it should.
    pub fn here(told: impl Into<String>) -> Self {
        Self::new(Exit::Failed, told)
    }

    /// No token is stored for this server, or it is no longer good.
    pub fn not_signed_in(server: &str) -> Self {
        let told = format!("you are not signed in; say: stint login {server}");
        Self::new(Exit::NotSignedIn, told)
    }

    /// No answer came; `why` is the system's reason.
    pub fn unreachable(server: &str, why: impl std::fmt::Display) -> Self {
        let told = format!("{server} cannot be reached: {why}");
        Self::new(Exit::Unreachable, told)
    }
}
