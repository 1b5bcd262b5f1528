//! Questions to whoever sits at the terminal.

use super::failure::{Exit, Failure};
use std::io::{self, BufRead, IsTerminal, Write};

/// Asks, showing what is typed. `flag` says how to do without the question.
pub fn open(question: &str, flag: &str) -> Result<String, Failure> {
    need_terminal(flag)?;
    let mut err = io::stderr().lock();
    let asked = write!(err, "{question}: ").and_then(|()| err.flush());
    asked.map_err(|error| Failure::here(error.to_string()))?;
    first_line()
}

/// Asks without showing what is typed.
pub fn hidden(question: &str, flag: &str) -> Result<String, Failure> {
    need_terminal(flag)?;
    rpassword::prompt_password(format!("{question}: "))
        .map_err(|error| Failure::here(format!("the terminal cannot be read: {error}")))
}

/// Whether somebody can be asked.
pub fn is_possible() -> bool {
    io::stdin().is_terminal()
}

/// The next line of the input, without its end.
pub fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    match read {
        Ok(0) => Err(Failure::new(Exit::Usage, "the input is empty")),
        Ok(_) => Ok(line.trim_end_matches(['\n', '\r']).to_owned()),
        Err(error) => Err(Failure::here(format!("the input cannot be read: {error}"))),
    }
}

fn need_terminal(flag: &str) -> Result<(), Failure> {
    if is_possible() {
        return Ok(());
    }
    let told = format!("nobody can be asked here; give {flag}");
    Err(Failure::new(Exit::Usage, told))
}
