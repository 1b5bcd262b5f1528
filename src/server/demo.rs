//! A believable year of a freelancer's work, to try things out with.

mod office;
mod year;

use super::{
    operator::{self, OperatorError},
    store::{Named, Registration, Store},
    zone,
};
use crate::{
    domain::{
        AccountId, Action, CommandId, Instant, Settings, Span, Username, WorkRevision, ZoneName,
        code::Code, entry::Entry, naming::Naming,
    },
    error::AppError,
};
use chrono::{Days, NaiveDate};

/// How many days back the work began.
const DAYS: u64 = 364;

/// Why there is no sample, in one line.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the database is not empty; name another folder with --data or STINT_DATA")]
    NotEmpty,
    #[error(transparent)]
    Failed(#[from] OperatorError),
}

impl From<AppError> for DemoError {
    fn from(error: AppError) -> Self {
        Self::Failed(error.into())
    }
}

/// What was made.
#[derive(Debug)]
pub struct Demo {
    pub username: Username,
    pub password: Code,
    /// Those of that account.
    pub sessions: usize,
}

/// Fills an empty database with the account `demo` and a year of work that ends at `now`: projects with rates,
/// budgets and rounding, one of them archived and one shared with Mina, and what is pinned. The same day gives the
/// same work, but for ids and the password.
pub async fn fill(store: &Store, zone: &ZoneName, now: Instant) -> Result<Demo, DemoError> {
    if !store.is_empty().await? {
        return Err(DemoError::NotEmpty);
    }
    let (demo, username) = person(store, "demo", zone, now).await?;
    let password = operator::reset_password(store, &username, false, now).await?;
    let begin = midnight(zone, first_day(zone, now));
    office::open(store, demo, begin).await?;
    let sessions = year::year(zone, now);
    track(store, demo, zone, &sessions, now).await?;
    office::price(store, demo, begin).await?;
    let came = midnight(zone, year::minas_first_day(zone, now));
    let (mina, _) = person(store, "mina", zone, now).await?;
    office::share(store, demo, mina, came).await?;
    track(store, mina, zone, &year::minas(zone, now), now).await?;
    office::settle(store, demo, now).await?;
    Ok(Demo {
        username,
        password,
        sessions: sessions.len(),
    })
}

/// An account with a name; nobody knows its password.
async fn person(
    store: &Store,
    name: &str,
    zone: &ZoneName,
    now: Instant,
) -> Result<(AccountId, Username), AppError> {
    let username = Username::try_from(name.to_owned())?;
    let settings = Settings {
        zone: Some(zone.clone()),
        ..Settings::default()
    };
    let (viewer, _) = store.create_guest(&settings, "stint demo", now).await?;
    let registration = Registration {
        username: username.clone(),
        password_hash: String::new(),
        recovery: Vec::new(),
        invitation: None,
        settings,
    };
    let account = viewer.account;
    store
        .register_guest(account.into(), &registration, None, now)
        .await?;
    Ok((account, username))
}

/// Saves sessions as their lines say.
async fn track(
    store: &Store,
    account: AccountId,
    zone: &ZoneName,
    sessions: &[(&str, Span)],
    now: Instant,
) -> Result<(), AppError> {
    for (line, span) in sessions {
        let entry = Entry::read_untimed(line)?;
        let named = Named {
            naming: Naming::of(&entry),
            action: Action::Add {
                name: entry.name,
                zone: zone.clone(),
                span: *span,
                work: WorkRevision::default(),
            },
            field: None,
            is_known: false,
        };
        let command = (CommandId::new(now), span.end(now).min(now));
        store.carry_out(account, command, named, now).await?;
    }
    Ok(())
}

fn first_day(zone: &ZoneName, now: Instant) -> NaiveDate {
    zone::offsets(zone, now, now).local(now).date() - Days::new(DAYS)
}

/// The first moment of a date.
fn midnight(zone: &ZoneName, date: NaiveDate) -> Instant {
    let local = date.and_time(chrono::NaiveTime::MIN);
    let moment = zone::resolve(zone, local, Some(zone::Pick::Earlier));
    moment.unwrap_or_else(|_| local.and_utc())
}
