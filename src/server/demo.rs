//! A believable year of a freelancer's work, to try things out with.

use super::{
    operator::{self, OperatorError},
    store::{Registration, Store},
    zone::{self, Pick},
};
use crate::{
    domain::{
        AccountId, Action, Command, CommandId, Instant, Money, RateDraft, Settings, Span, Username,
        WorkRevision, ZoneName, code::Code, entry::Entry, naming::Naming, rate::Level,
    },
    error::AppError,
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// How many days back the work began.
const DAYS: u64 = 364;

/// What is worked on, as somebody would type it; how likely it is, and for how many minutes at most.
const WORK: [(&str, u32, i64); 16] = [
    ("Home page @Northwind/Website #design", 9, 150),
    ("Product pages @Northwind/Website #development", 12, 170),
    ("Review with Mina @Northwind/Website #meeting", 5, 60),
    ("Fix checkout @Northwind/Shop #bug", 8, 120),
    ("Payment provider @Northwind/Shop #development", 9, 160),
    ("Weekly call @Northwind/Shop #meeting", 4, 45),
    ("App screens @\"Blue Harbour/Booking app\" #design", 8, 150),
    (
        "Calendar sync @\"Blue Harbour/Booking app\" #development",
        9,
        170,
    ),
    (
        "Crash on start @\"Blue Harbour/Booking app\" #bug #urgent",
        3,
        90,
    ),
    ("Stand-up @\"Blue Harbour/Booking app\" #meeting", 5, 25),
    ("Newsletter @\"Own office\" #writing", 3, 80),
    ("Invoices @\"Own office\" #admin", 4, 60),
    ("Taxes @\"Own office\" #admin", 2, 110),
    ("E-mail", 8, 40),
    ("Reading", 3, 60),
    ("Offer for a new client #writing", 2, 90),
];

/// Projects whose sessions somebody pays for.
const PAID: [&str; 3] = ["Website", "Shop", "Booking app"];

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
    pub sessions: usize,
}

/// Fills an empty database with the account `demo` and a year of work that ends at `now`. The same
/// day gives the same work, but for ids and the password.
pub async fn fill(store: &Store, zone: &ZoneName, now: Instant) -> Result<Demo, DemoError> {
    if !store.is_empty().await? {
        return Err(DemoError::NotEmpty);
    }
    let username = Username::try_from("demo".to_owned()).map_err(AppError::from)?;
    let settings = Settings {
        zone: Some(zone.clone()),
        ..Settings::default()
    };
    let (viewer, _) = store.create_guest(&settings, "stint demo", now).await?;
    let registration = Registration {
        username: username.clone(),
        // Nobody knows what it is of; the operator's way gives a password.
        password_hash: String::new(),
        recovery: Vec::new(),
        invitation: None,
        settings,
    };
    let account = viewer.account;
    store
        .register_guest(account.into(), &registration, None, now)
        .await?;
    let password = operator::reset_password(store, &username, false, now).await?;
    let sessions = year(zone, now);
    for (line, span) in &sessions {
        track(store, account, zone, line, *span, now).await?;
    }
    prices(store, account, zone, now).await?;
    Ok(Demo {
        username,
        password,
        sessions: sessions.len(),
    })
}

/// Saves one session as its line says.
async fn track(
    store: &Store,
    account: AccountId,
    zone: &ZoneName,
    line: &str,
    span: Span,
    now: Instant,
) -> Result<(), AppError> {
    let entry = Entry::read_untimed(line)?;
    let naming = Naming::of(&entry);
    let projects: Vec<_> = naming.projects().cloned().collect();
    let tags: Vec<_> = naming.all_tags().cloned().collect();
    let catalog = store.find_or_make(account, &projects, &tags, now).await?;
    let mut work = naming.resolve(&catalog).ok_or(AppError::Internal)?;
    let is_paid = projects
        .iter()
        .any(|project| PAID.contains(&project.name.as_str()));
    work.billable = Some(is_paid.into());
    let action = Action::Add {
        name: entry.name,
        zone: zone.clone(),
        span,
        work: WorkRevision::default(),
    };
    let command = Command {
        id: CommandId::new(now),
        at: span.end(now).min(now),
        action: action.with_work(work),
    };
    store.run(account, &command, now).await.map(drop)
}

/// A rate for all work, a higher one for a client, and another from the summer on.
async fn prices(
    store: &Store,
    account: AccountId,
    zone: &ZoneName,
    now: Instant,
) -> Result<(), AppError> {
    let begin = first_day(zone, now);
    let catalog = store.catalog(account).await?;
    let client = catalog.projects.iter().find_map(|project| {
        let (id, name) = project.client.as_ref()?;
        (name.as_str() == "Northwind").then_some(*id)
    });
    let mut rates = vec![
        (Level::Account(account), "75", begin),
        (
            Level::Account(account),
            "82.50",
            begin + Days::new(DAYS / 2),
        ),
    ];
    rates.extend(client.map(|client| (Level::Client(client), "95", begin)));
    for (level, hourly, from) in rates {
        let hourly = Money::read(hourly, "EUR".parse()?)?;
        let draft = RateDraft {
            level,
            hourly,
            from,
        };
        store.make_rate(account, draft, now).await?;
    }
    Ok(())
}

fn first_day(zone: &ZoneName, now: Instant) -> NaiveDate {
    zone::offsets(zone, now, now).local(now).date() - Days::new(DAYS)
}

/// Lines and their times, oldest first; none of them reaches beyond `now`.
fn year(zone: &ZoneName, now: Instant) -> Vec<(&'static str, Span)> {
    let begin = first_day(zone, now);
    let mut random = StdRng::seed_from_u64(begin.num_days_from_ce().unsigned_abs().into());
    let mut sessions = Vec::new();
    for date in begin
        .iter_days()
        .take(usize::try_from(DAYS).unwrap_or(0) + 1)
    {
        let (length, begins_late) = match date.weekday() {
            Weekday::Sun => continue,
            Weekday::Sat if random.random_range(0..8) > 0 => continue,
            Weekday::Sat => (random.random_range(60..200), true),
            _ if is_away(date) || random.random_range(0..25) == 0 => continue,
            _ => (random.random_range(330..520), false),
        };
        day(date, length, begins_late, zone, &mut random, &mut sessions);
    }
    sessions.retain(|(_, span)| span.end(now) <= now);
    sessions
}

/// Two weeks around the new year, and three in the summer.
fn is_away(date: NaiveDate) -> bool {
    let day = date.ordinal();
    day <= 6 || day >= 359 || (201..=221).contains(&day)
}

/// One day of so many minutes, with a break at noon.
fn day(
    date: NaiveDate,
    minutes: i64,
    begins_late: bool,
    zone: &ZoneName,
    random: &mut StdRng,
    sessions: &mut Vec<(&'static str, Span)>,
) {
    let hour = if begins_late { 10 } else { 8 };
    let first = random.random_range(0..60);
    let Some(midnight) = date.and_hms_opt(0, 0, 0) else {
        return;
    };
    let mut at: NaiveDateTime = midnight + TimeDelta::minutes(hour * 60 + 10 + first);
    let end = at + TimeDelta::minutes(minutes + 60);
    let mut has_eaten = false;
    while at < end {
        if !has_eaten && at - midnight > TimeDelta::minutes(12 * 60 + 15) {
            at += TimeDelta::minutes(random.random_range(30..70));
            has_eaten = true;
        }
        let (line, longest) = pick(random);
        let seconds = random.random_range(longest * 20..=longest * 60);
        let until = at + TimeDelta::seconds(seconds);
        let moment = |local| zone::resolve(zone, local, Some(Pick::Earlier)).ok();
        let span = moment(at).zip(moment(until));
        let span = span.and_then(|(from, to)| Span::done(from, to).ok());
        sessions.extend(span.map(|span| (line, span)));
        at = until + TimeDelta::seconds(random.random_range(0..15) * random.random_range(1..90));
    }
}

fn pick(random: &mut StdRng) -> (&'static str, i64) {
    let all: u32 = WORK.iter().map(|(_, weight, _)| weight).sum();
    let mut place = random.random_range(0..all);
    for (line, weight, longest) in WORK {
        match place.checked_sub(weight) {
            Some(rest) => place = rest,
            None => return (line, longest),
        }
    }
    (WORK[0].0, WORK[0].2)
}
