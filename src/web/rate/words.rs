//! Rates and rounding, as people read them.

use crate::{
    domain::{Catalog, FieldErrors, Level, Member, money::spelled},
    error::AppError,
    server::rate::Preview,
};
use chrono::NaiveDate;

/// A date with its year: `20 November 2026`.
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
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
            let name = member.map_or_else(|| "One member".to_owned(), |it| it.account.called());
            format!("{name} in {}", project(id))
        }
    }
}

/// Refuses, beside `field`, what would touch amounts as long as nobody is sure.
pub fn unless_sure(touched: &Preview, field: &str) -> Result<(), AppError> {
    if touched.sessions == 0 {
        return Ok(());
    }
    let told = format!("{} Press again if you mean it.", preview(touched));
    Err(FieldErrors::one(field, told).into())
}

/// What a change would touch.
pub fn preview(preview: &Preview) -> String {
    let sessions = match preview.sessions {
        0 => return "This touches no session so far.".to_owned(),
        1 => "1 session".to_owned(),
        many => format!("{many} sessions"),
    };
    let (before, after) = (spelled(&preview.before), spelled(&preview.after));
    let rules = preview.rules.told();
    format!("This touches {sessions}: {before} becomes {after}. {rules}")
}
