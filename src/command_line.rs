//! The command line: what the server and the client can be asked to do.

use crate::{
    client::ClientCommand,
    server::config::{ServerCommand, Settings},
};
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use std::ffi::OsString;

/// What follows the help.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused, or failed
  2  the command line cannot be understood
  3  not signed in
  4  nothing is running (status, stop)
  5  the server cannot be reached";

/// A time tracker that never loses a second.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// Without one, `serve`.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub settings: Settings,
}

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Client(ClientCommand),
    /// Write a script to the output that completes commands in SHELL
    Completions { shell: Shell },
    #[command(flatten)]
    Server(ServerCommand),
}

/// Why the program has nothing to carry out.
#[derive(Debug)]
pub enum Instead {
    /// Help or the version was asked for: this text.
    Told(String),
    /// It cannot be understood: why, in one line.
    Mistake(String),
}

/// Reads the command line.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Instead> {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => {
            let serve = ServerCommand::Serve(cli.settings);
            Ok(cli.command.unwrap_or(Command::Server(serve)))
        }
        Err(error) if error.use_stderr() => {
            let text = error.to_string();
            // What follows the first paragraph is about usage in general.
            let told = text.split("\n\n").next().unwrap_or_default();
            let words: Vec<&str> = told.split_whitespace().collect();
            let line = words.join(" ").trim_start_matches("error: ").to_owned();
            Err(Instead::Mistake(line))
        }
        Err(help) => Err(Instead::Told(help.to_string())),
    }
}

/// The script that completes commands in a shell.
pub fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "stint", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
