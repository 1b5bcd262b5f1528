//! Rates as they are stored.

use super::{catalog::read, error::StoreError};
use crate::domain::{AccountId, Level, Money, ProjectId, Rate, Rates};
use std::collections::HashMap;

/// The only reader of rates.
#[derive(sqlx::FromRow)]
pub struct RateRow {
    id: String,
    level: String,
    account_id: Option<String>,
    client_id: Option<String>,
    project_id: Option<String>,
    hourly_minor: i64,
    currency: String,
    holds_from: String,
}

impl TryFrom<RateRow> for Rate {
    type Error = StoreError;

    fn try_from(row: RateRow) -> Result<Self, StoreError> {
        let account = || read(row.account_id.as_deref().unwrap_or_default(), "account id");
        let client = || read(row.client_id.as_deref().unwrap_or_default(), "client id");
        let project = || read(row.project_id.as_deref().unwrap_or_default(), "project id");
        Ok(Self {
            id: read(&row.id, "rate id")?,
            level: match row.level.as_str() {
                "account" => Level::Account(account()?),
                "client" => Level::Client(client()?),
                "project" => Level::Project(project()?),
                "member" => Level::Member(project()?, account()?),
                other => return Err(StoreError::unreadable("level", other)),
            },
            hourly: Money {
                minor: row.hourly_minor,
                currency: read(&row.currency, "currency")?,
            },
            from: read(&row.holds_from, "date")?,
        })
    }
}

/// Reads rates in the order of their levels, and of each the latest first.
pub fn read_rates(rows: Vec<RateRow>) -> Result<Vec<Rate>, StoreError> {
    let rates: Result<Vec<Rate>, _> = rows.into_iter().map(Rate::try_from).collect();
    let mut rates = rates?;
    rates.sort_unstable_by_key(|rate| (rate.level, std::cmp::Reverse(rate.from), rate.id));
    Ok(rates)
}

/// What somebody charged who left a project; without an amount for who charged nothing.
#[derive(sqlx::FromRow)]
pub struct PartingRow {
    project_id: String,
    account_id: String,
    hourly_minor: Option<i64>,
    currency: Option<String>,
    holds_from: Option<String>,
}

/// Reads what those charged who left projects.
pub fn read_parting(
    rows: Vec<PartingRow>,
) -> Result<HashMap<(ProjectId, AccountId), Rates>, StoreError> {
    let mut parting: HashMap<_, Vec<Rate>> = HashMap::new();
    for row in rows {
        let project = read(&row.project_id, "project id")?;
        let account = read(&row.account_id, "account id")?;
        let rates = parting.entry((project, account)).or_default();
        let rate = row.hourly_minor.zip(row.currency).zip(row.holds_from);
        if let Some(((hourly_minor, currency), holds_from)) = rate {
            let rate = RateRow {
                // There is one for each date, so which comes first of two is not asked.
                id: row.account_id.clone(),
                level: "account".to_owned(),
                account_id: Some(row.account_id),
                client_id: None,
                project_id: None,
                hourly_minor,
                currency,
                holds_from,
            };
            rates.push(rate.try_into()?);
        }
    }
    let parting = parting.into_iter();
    Ok(parting
        .map(|(whose, rates)| (whose, Rates::new(rates)))
        .collect())
}

/// The word of a level, and the account, client and project that it is stored with.
pub type Columns = (&'static str, Option<String>, Option<String>, Option<String>);

/// The rate of a client goes with the account whose client it is.
pub fn columns(owner: AccountId, level: Level) -> Columns {
    match level {
        Level::Account(account) => ("account", Some(account.to_string()), None, None),
        Level::Client(client) => {
            let (owner, client) = (owner.to_string(), client.to_string());
            ("client", Some(owner), Some(client), None)
        }
        Level::Project(project) => ("project", None, None, Some(project.to_string())),
        Level::Member(project, account) => {
            let (account, project) = (account.to_string(), project.to_string());
            ("member", Some(account), None, Some(project))
        }
    }
}
