//! Rates and rounding, as people read them.

use crate::{
    domain::{
        Catalog, Level, Member, Money, Rounding,
        rounding::{Mode, Per},
    },
    server::rate::Preview,
};
use chrono::NaiveDate;

/// A date with its year: `20 November 2026`.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// What somebody is called by other members.
pub fn called(member: &Member) -> String {
    let name = member.account.username.as_ref();
    name.map_or_else(|| "(guest)".to_owned(), ToString::to_string)
}

/// Whose time a rate is for.
pub fn level(
    level: Level,
    catalog: &Catalog,
    clients: &[crate::domain::Client],
    members: &[Member],
) -> String {
    let project = |id| {
        let label = catalog.project(id);
        label.map_or_else(|| "(project)".to_owned(), |label| label.name.to_string())
    };
    match level {
        Level::Account(_) => "All my time".to_owned(),
        Level::Client(id) => {
            let client = clients.iter().find(|client| client.id == id);
            client.map_or_else(|| "(client)".to_owned(), |client| client.name.to_string())
        }
        Level::Project(id) => format!("All members of {}", project(id)),
        Level::Member(id, account) => {
            let member = members.iter().find(|member| member.account.id == account);
            let name = member.map_or_else(|| "One member".to_owned(), called);
            format!("{name} in {}", project(id))
        }
    }
}

/// `85.00 EUR and 20.00 USD`.
pub fn amounts(amounts: &[Money]) -> String {
    let spelled: Vec<String> = amounts.iter().map(|amount| amount.spelled()).collect();
    match &spelled[..] {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What a change would touch.
pub fn preview(preview: &Preview) -> String {
    let sessions = match preview.sessions {
        0 => return "This touches no session so far.".to_owned(),
        1 => "1 session".to_owned(),
        many => format!("{many} sessions"),
    };
    let (before, after) = (amounts(&preview.before), amounts(&preview.after));
    let rule = match preview.rounding {
        Some(rule) => rounding(rule),
        None => "Time is rounded as its project says.".to_owned(),
    };
    format!("This touches {sessions}: {before} becomes {after}. {rule}")
}

/// The rule of a project.
pub fn rounding(rounding: Rounding) -> String {
    let what = match rounding.per {
        Per::Session => "Each session",
        Per::DayAndProject => "What each member does on a day",
    };
    let step = match rounding.step.minutes() {
        1 => "a whole minute".to_owned(),
        minutes => format!("a multiple of {minutes} minutes"),
    };
    match rounding.mode {
        Mode::None => "Time is paid to the second.".to_owned(),
        Mode::Up => format!("{what} is rounded up to {step}."),
        Mode::Down => format!("{what} is rounded down to {step}."),
        Mode::Nearest => {
            format!("{what} is rounded to the nearest {step}.").replace("nearest a ", "nearest ")
        }
    }
}
