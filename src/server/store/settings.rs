//! The choices and the names of accounts, kept in memory once they were read: requests need them.

use super::{
    Store,
    asker::Asker,
    catalog_cache::Altered,
    error::StoreError,
    tariff::{Extent, with_budget},
    writer::Write,
};
use crate::{
    domain::{AccountId, Person, Settings, Username, ZoneName},
    error::AppError,
    server::queries::to_its_end,
};
use chrono::Weekday;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Most accounts whose settings are kept; with one more, all are read anew.
const MOST: usize = 10_000;

/// The settings that were read. Nothing but this process writes them, and whoever does says so
/// here; so what is kept is right.
#[derive(Debug, Default)]
pub struct SettingsCache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    accounts: HashMap<AccountId, Known>,
    /// Counts what was forgotten, so that nothing is kept that was read before.
    forgotten: u64,
}

/// What is kept of one account.
#[derive(Clone, Debug)]
struct Known {
    settings: Settings,
    /// `None` for a guest.
    username: Option<Username>,
}

impl SettingsCache {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of an account, or else the count to [`keep`](Self::keep) with.
    fn find(&self, account: AccountId) -> Result<Known, u64> {
        let kept = self.lock();
        kept.accounts.get(&account).cloned().ok_or(kept.forgotten)
    }

    fn keep(&self, account: AccountId, known: &Known, forgotten: u64) {
        let mut kept = self.lock();
        if kept.forgotten == forgotten {
            if kept.accounts.len() >= MOST {
                kept.accounts.clear();
            }
            kept.accounts.insert(account, known.clone());
        }
    }

    /// Reads the settings and the name of an account anew the next time.
    pub fn forget(&self, account: AccountId) {
        let mut kept = self.lock();
        kept.accounts.remove(&account);
        kept.forgotten += 1;
    }
}

/// The only reader of stored settings.
#[derive(sqlx::FromRow)]
pub struct SettingsRow {
    time_zone: Option<String>,
    week_start: String,
    hour_format: String,
    theme: String,
    duration_format: String,
    day_start_hour: i64,
}

impl TryFrom<SettingsRow> for Settings {
    type Error = StoreError;

    fn try_from(row: SettingsRow) -> Result<Self, StoreError> {
        let setting = |error| StoreError::unreadable("setting", error);
        Ok(Self {
            zone: row
                .time_zone
                .map(|name| name.parse())
                .transpose()
                .map_err(setting)?,
            week_start: row
                .week_start
                .parse::<Weekday>()
                .map_err(|_| StoreError::unreadable("weekday", row.week_start))?,
            hour_format: row.hour_format.parse().map_err(setting)?,
            theme: row.theme.parse().map_err(setting)?,
            duration_format: row.duration_format.parse().map_err(setting)?,
            day_start_hour: u8::try_from(row.day_start_hour)
                .map_err(|error| StoreError::unreadable("hour", error))?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    settings: SettingsRow,
    username: Option<String>,
}

impl TryFrom<KnownRow> for Known {
    type Error = StoreError;

    fn try_from(row: KnownRow) -> Result<Self, StoreError> {
        let username = row.username.map(Username::try_from).transpose();
        Ok(Self {
            settings: row.settings.try_into()?,
            username: username.map_err(|error| StoreError::unreadable("user name", error))?,
        })
    }
}

/// Settings, and whose they are.
#[derive(sqlx::FromRow)]
struct NamedRow {
    id: String,
    #[sqlx(flatten)]
    settings: SettingsRow,
}

/// Reads a [`NamedRow`] for each account that fits a condition.
macro_rules! select_settings {
    ($condition:expr) => {
        concat!(
            "select id, time_zone, week_start, hour_format, theme, duration_format, day_start_hour
             from account where ",
            $condition
        )
    };
}

impl Store {
    /// The choices of all whose work an extent may hold. One statement.
    pub async fn settings_within(
        &self,
        extent: Extent,
    ) -> Result<HashMap<AccountId, Settings>, AppError> {
        let sql = match extent {
            Extent::Account(_) => select_settings!("id = $1"),
            Extent::Client(_) => select_settings!(
                "id in (select m.account_id from member m join project p on p.id = m.project_id
                        where p.client_id = $1)"
            ),
            Extent::Project(_) => {
                select_settings!("id in (select account_id from member where project_id = $1)")
            }
            Extent::Budgets(_) => select_settings!(concat!(
                "id in (select account_id from member where project_id in ",
                with_budget!(),
                ")"
            )),
        };
        let rows: Vec<NamedRow> = self.all(sqlx::query_as(sql).bind(extent.id())).await?;
        let read = rows.into_iter().map(|row| {
            let account = super::catalog::read(&row.id, "account id")?;
            Ok((account, row.settings.try_into()?))
        });
        let settings: Result<_, StoreError> = read.collect();
        settings.map_err(|error| self.explain(error))
    }

    /// The choices of an account; not found when there is no such account. No statement is sent
    /// for an account that was asked about before.
    pub async fn settings(&self, account: AccountId) -> Result<Settings, AppError> {
        Ok(self.known_account(account).await?.settings)
    }

    /// An account as others see it; as [`settings`](Self::settings).
    pub async fn person(&self, account: AccountId) -> Result<Person, AppError> {
        let known = self.known_account(account).await?;
        Ok(Person {
            id: account,
            username: known.username,
        })
    }

    async fn known_account(&self, account: AccountId) -> Result<Known, AppError> {
        let forgotten = match self.inner.settings.find(account) {
            Ok(known) => return Ok(known),
            Err(forgotten) => forgotten,
        };
        let query = sqlx::query_as::<_, KnownRow>(
            "select time_zone, week_start, hour_format, theme, duration_format, day_start_hour, username
             from account where id = $1",
        );
        let known = self.read_one(query.bind(account.to_string())).await?;
        let known: Known = known.ok_or(AppError::NotFound)?;
        self.inner.settings.keep(account, &known, forgotten);
        Ok(known)
    }

    /// Replaces the choices of an account.
    pub async fn save_settings(
        &self,
        asker: impl Into<Asker>,
        settings: &Settings,
    ) -> Result<(), AppError> {
        let asker = asker.into();
        let update = update_settings(asker.account, settings);
        self.change_settings(asker, update).await
    }

    /// Sets the zone of an account that has none yet.
    pub async fn guess_zone(
        &self,
        asker: impl Into<Asker>,
        zone: &ZoneName,
    ) -> Result<(), AppError> {
        let asker = asker.into();
        let query =
            sqlx::query("update account set time_zone = $2 where id = $1 and time_zone is null");
        let query = query
            .bind(asker.account.to_string())
            .bind(zone.as_str().to_owned());
        self.change_settings(asker, query).await
    }

    async fn change_settings(&self, asker: Asker, query: Query) -> Result<(), AppError> {
        let store = self.clone();
        let work = async move {
            let written = store.change(asker, async |write| write.execute(query).await.map(drop));
            written.await
        };
        self.change_account(asker.account, work).await
    }

    /// Does work that alters what is kept of an account, and forgets it then, whatever came of it. It
    /// goes on to its end when whoever asked gives up.
    pub(super) async fn change_account<T: Send + 'static>(
        &self,
        account: AccountId,
        work: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> Result<T, AppError> {
        let store = self.clone();
        to_its_end(async move {
            let done = work.await;
            store.inner.settings.forget(account);
            // A day may begin elsewhere.
            store.inner.pasts.forget(&[Altered::All]);
            done
        })
        .await
    }
}

type Query = sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// The choices of an account, inside a transaction.
pub async fn find_settings(
    write: &mut Write<'_>,
    account: AccountId,
) -> Result<Settings, StoreError> {
    let query = sqlx::query_as(select_settings!("id = $1"));
    let row: Option<NamedRow> = write.one(query.bind(account.to_string())).await?;
    row.ok_or(StoreError::NoAccount)?.settings.try_into()
}

/// Writes the choices of an account.
pub fn update_settings(account: AccountId, settings: &Settings) -> Query {
    let query = sqlx::query(
        "update account set time_zone = $2, week_start = $3, hour_format = $4, theme = $5,
                duration_format = $6, day_start_hour = $7
         where id = $1",
    );
    bind_settings(query.bind(account.to_string()), settings)
}

/// Binds six values: zone, start of the week, hours, theme, durations, start of the day.
pub fn bind_settings(query: Query, settings: &Settings) -> Query {
    query
        .bind(settings.zone.as_ref().map(|zone| zone.as_str().to_owned()))
        .bind(settings.week_start.to_string())
        .bind(settings.hour_format.as_str())
        .bind(settings.theme.as_str())
        .bind(settings.duration_format.as_str())
        .bind(i64::from(settings.day_start_hour))
}
