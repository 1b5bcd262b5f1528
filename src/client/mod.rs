//! The client for the command line: asks a server for what the pages do, through its API.

mod access;
mod answer;
mod api;
mod ask;
pub mod command_line;
mod credentials;
mod failure;
mod list;
mod login;
mod tracking;
mod words;

pub use command_line::ClientCommand;
pub use failure::{Exit, Failure};

use crate::server::clock::Clock;
use access::Connection;

/// Carries out a command; what it gives is to be printed.
pub fn run(command: ClientCommand, clock: &Clock) -> Result<String, Failure> {
    match command {
        ClientCommand::Login(form) => login::login(&form, clock),
        ClientCommand::Logout { force, remote } => login::logout(force, &remote, clock),
        ClientCommand::Start { name, remote } => {
            tracking::start(&Connection::open(&remote, clock)?, &name.join(" "))
        }
        ClientCommand::Stop { remote } => tracking::stop(&Connection::open(&remote, clock)?),
        ClientCommand::Status { remote } => tracking::status(&Connection::open(&remote, clock)?),
        ClientCommand::List {
            period,
            date,
            remote,
        } => list::list(&Connection::open(&remote, clock)?, period, date),
        ClientCommand::Undo { remote } => {
            tracking::step(&Connection::open(&remote, clock)?, tracking::Step::Undo)
        }
        ClientCommand::Redo { remote } => {
            tracking::step(&Connection::open(&remote, clock)?, tracking::Step::Redo)
        }
    }
}
