//! The client's part of the command line.

use super::failure::{Exit, Failure};
use crate::server::public_url::PublicUrl;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use std::fmt;

/// What the client is asked to do.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Sign in to the server at URL and stay signed in
    Login(Login),
    /// Sign out
    Logout {
        /// Also as a guest whose sessions nobody gets at any more then, and without the server's knowledge if it is gone
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        remote: Remote,
    },
    /// Start a session, stopping the one that runs
    Start {
        /// What is worked on; `fix login @acme/web #bug`, `9:30-11 design` and the like are understood
        name: Vec<String>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Stop the session that runs
    Stop {
        #[command(flatten)]
        remote: Remote,
    },
    /// Tell what runs, and for how long
    Status {
        #[command(flatten)]
        remote: Remote,
    },
    /// List the sessions of a period, with totals by day
    List {
        #[arg(value_enum, default_value_t = Span::Day)]
        period: Span,
        /// A date in the day, week or month, such as 2026-11-20 [default: today]
        date: Option<NaiveDate>,
        #[command(flatten)]
        remote: Remote,
    },
    /// Take back what was done last
    Undo {
        #[command(flatten)]
        remote: Remote,
    },
    /// Do again what was taken back last
    Redo {
        #[command(flatten)]
        remote: Remote,
    },
}

impl ClientCommand {
    /// Whether the API's JSON is wanted.
    pub fn wants_json(&self) -> bool {
        match self {
            Self::Login(form) => form.json,
            Self::Logout { remote, .. }
            | Self::Start { remote, .. }
            | Self::Stop { remote }
            | Self::Status { remote }
            | Self::List { remote, .. }
            | Self::Undo { remote }
            | Self::Redo { remote } => remote.json,
        }
    }
}

/// Which server is meant, and how to answer.
#[derive(Args, Clone, Debug)]
pub struct Remote {
    /// The server [default: the one signed in to last]
    #[arg(long, env = "STINT_SERVER", value_name = "URL")]
    pub server: Option<PublicUrl>,
    /// A personal token, for this command only; nothing is remembered
    #[arg(long, env = "STINT_TOKEN", hide_env_values = true)]
    pub token: Option<Hidden>,
    /// Print the API's JSON as it is
    #[arg(long)]
    pub json: bool,
}

/// How to get in. What is not said is asked for on the terminal.
#[derive(Args, Debug)]
pub struct Login {
    /// The server, such as https://time.example.com [default: the one signed in to last]
    #[arg(env = "STINT_SERVER")]
    pub url: Option<PublicUrl>,
    /// The user name
    #[arg(long, env = "STINT_USERNAME", value_name = "NAME")]
    pub username: Option<String>,
    /// The password; other users of this machine can see flags, so better use the variable
    #[arg(long, env = "STINT_PASSWORD", hide_env_values = true)]
    pub password: Option<Hidden>,
    /// Read the password from the first line of the input
    #[arg(long)]
    pub password_stdin: bool,
    /// A code of the second factor, or a recovery code
    #[arg(long, env = "STINT_CODE", hide_env_values = true)]
    pub code: Option<Hidden>,
    /// Join the account whose code another device shows
    #[arg(long, value_name = "CODE", group = "way")]
    pub link_code: Option<Hidden>,
    /// Begin without a user name
    #[arg(long, group = "way")]
    pub guest: bool,
    /// Use a personal token; `-` asks for it, or reads it from the first line of the input
    #[arg(long, group = "way")]
    pub token: Option<Hidden>,
    /// Bring the sessions of the guest along as whom you are signed in
    #[arg(long, group = "guest_sessions")]
    pub bring: bool,
    /// Leave the sessions of the guest behind as whom you are signed in
    #[arg(long, group = "guest_sessions")]
    pub leave: bool,
    /// Print the account as the API's JSON
    #[arg(long)]
    pub json: bool,
}

/// Something that is not to be seen in messages.
#[derive(Clone)]
pub struct Hidden(pub String);

impl Hidden {
    /// A token as it is sent: without the end of the line it was read from.
    pub fn token(&self) -> Result<String, Failure> {
        let token = self.0.trim();
        if token.contains(char::is_control) {
            let told = "the token given has characters that no token has; give it on one line";
            return Err(Failure::new(Exit::Usage, told));
        }
        Ok(token.to_owned())
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(…)")
    }
}

/// Which time to list, in the API's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Span {
    Day,
    Week,
    Month,
    #[value(name = "last-24h")]
    Last24Hours,
    #[value(name = "last-7d")]
    Last7Days,
    #[value(name = "last-4w")]
    Last4Weeks,
}

impl Span {
    /// The API's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Last24Hours => "last-24h",
            Self::Last7Days => "last-7d",
            Self::Last4Weeks => "last-4w",
        }
    }
}
