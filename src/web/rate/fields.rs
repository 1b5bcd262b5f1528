//! The form of a rate.

use super::form::{Input, said_of};
use crate::{
    domain::{
        AccountId, Currency, FieldErrors, Level, Money, Period, Rate, RateDraft, RateRevision,
    },
    error::AppError,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;

/// The fields beside which something can be said.
pub const SHOWN: [&str; 4] = ["for", "amount", "currency", "from"];

/// A rate as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// `account`, or the word of another level and the ids in it, with spaces between.
    #[serde(rename = "for")]
    pub level: String,
    pub amount: String,
    pub currency: String,
    pub from: String,
}

impl RateForm {
    /// An empty one for today.
    pub fn new(level: Level, currency: Option<Currency>, today: NaiveDate) -> Self {
        Self {
            level: word(level),
            amount: String::new(),
            currency: currency
                .map_or_else(|| "EUR".to_owned(), |currency| currency.code().to_owned()),
            from: today.to_string(),
        }
    }

    /// What a rate says now.
    pub fn of(rate: &Rate) -> Self {
        Self {
            level: word(rate.level),
            amount: rate.hourly.written(),
            currency: rate.hourly.currency.code().to_owned(),
            from: rate.from.to_string(),
        }
    }

    /// The rate to make.
    pub fn draft(&self, account: AccountId) -> Result<RateDraft, FieldErrors> {
        let level = read_level(&self.level, account)
            .ok_or_else(|| FieldErrors::one("for", "Choose one of the options."));
        let revision = self.revision();
        match (level, revision) {
            (
                Ok(level),
                Ok(RateRevision {
                    hourly: Some(hourly),
                    from: Some(from),
                }),
            ) => Ok(RateDraft {
                level,
                hourly,
                from,
            }),
            (level, revision) => {
                let wrong = [level.err(), revision.err()].into_iter().flatten();
                Err(FieldErrors(wrong.flat_map(|errors| errors.0).collect()))
            }
        }
    }

    /// What to change of a rate.
    pub fn revision(&self) -> Result<RateRevision, FieldErrors> {
        let hourly = self
            .currency
            .parse()
            .and_then(|currency| Money::read(&self.amount, currency));
        let from = match format!("day/{}", self.from.trim()).parse() {
            Ok(Period::Day(date)) => Ok(date),
            _ => Err(FieldErrors::one("from", "Write a date like 2026-11-20.")),
        };
        match (hourly, from) {
            (Ok(hourly), Ok(from)) => Ok(RateRevision {
                hourly: Some(hourly),
                from: Some(from),
            }),
            (hourly, from) => {
                let wrong = [hourly.err(), from.err()].into_iter().flatten();
                Err(FieldErrors(wrong.flat_map(|errors| errors.0).collect()))
            }
        }
    }
}

/// A level as forms say it.
pub fn word(level: Level) -> String {
    match level {
        Level::Account(_) => "account".to_owned(),
        Level::Client(client) => format!("client {client}"),
        Level::Project(project) => format!("project {project}"),
        Level::Member(project, account) => format!("member {project} {account}"),
    }
}

fn read_level(word: &str, account: AccountId) -> Option<Level> {
    let parts: Vec<&str> = word.split(' ').collect();
    Some(match parts[..] {
        ["account"] => Level::Account(account),
        ["client", client] => Level::Client(client.parse().ok()?),
        ["project", project] => Level::Project(project.parse().ok()?),
        ["member", project, account] => Level::Member(project.parse().ok()?, account.parse().ok()?),
        _ => return None,
    })
}

/// Whom the rate is for, if there is a choice.
pub fn choice(
    form: &RateForm,
    options: Vec<(Level, String)>,
    error: Option<&AppError>,
) -> impl IntoView + use<> {
    let options: Vec<_> = options
        .into_iter()
        .map(|(level, label)| {
            let value = word(level);
            let selected = value == form.level;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    let said = said_of(error, "for").map(|said| {
        view! { <p class="field-error" id="for-error" role="alert">{said}</p> }
    });
    let described = said.is_some().then_some("for-error");
    view! {
        <div class="field">
            <label for="for">"For"</label>
            <select id="for" name="for" aria-describedby=described>{options}</select>
            {said}
        </div>
    }
}

/// Amount, currency and date.
pub fn fields(form: &RateForm, error: Option<&AppError>) -> impl IntoView + use<> {
    view! {
        <div class="money-fields">
            <Input label="Hourly rate" name="amount" value=form.amount.clone() error=said_of(error, "amount")/>
            <Input label="Currency" name="currency" value=form.currency.clone() error=said_of(error, "currency")/>
        </div>
        <Input label="From" name="from" kind="date" value=form.from.clone() error=said_of(error, "from")
            hint="Holds for sessions that begin on this date or later, until the next rate."/>
    }
}

/// What was typed, to be sent once more.
pub fn hidden(form: &RateForm) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="for" value=form.level.clone()/>
        <input type="hidden" name="amount" value=form.amount.clone()/>
        <input type="hidden" name="currency" value=form.currency.clone()/>
        <input type="hidden" name="from" value=form.from.clone()/>
    }
}
