//! Databases with years of sessions, written with SQL, because a million commands would take minutes.

use crate::{DAY, api, commands, names, team};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::path::Path;

/// Seconds from one start to the next: 27 sessions a day, 820 a month, 100,000 in ten years.
pub const EVERY: i64 = 3153;

/// A guest with 50 sessions today.
pub const GUEST: u32 = 1;
pub const SMALL: u32 = 2;
pub const LARGE: u32 = 3;
/// The first of the accounts that only fill the database.
const OTHERS: u32 = 1000;

/// An account to be made.
#[derive(Clone, Copy)]
pub struct Seed {
    /// Tells accounts apart; the cookie follows from it.
    pub number: u32,
    pub sessions: i64,
    /// Seconds from one start to the next; a session lasts half of it.
    pub every: i64,
    /// When the last session began.
    pub last: i64,
}

/// One account with 10,000 sessions, and nobody else.
pub fn small(now: i64) -> Vec<Seed> {
    vec![years(SMALL, 10_000, now)]
}

/// A million sessions: the guest, an account with 100,000, one with 10,000, and many with 1,000.
pub fn large(now: i64) -> Vec<Seed> {
    let today = now - now % DAY;
    let every = ((now - today) / 50).max(2);
    let guest = Seed {
        number: GUEST,
        sessions: 50,
        every,
        last: today + 49 * every,
    };
    let mut seeds = vec![guest, years(SMALL, 10_000, now), years(LARGE, 100_000, now)];
    seeds.extend((OTHERS..OTHERS + 890).map(|number| years(number, 1_000, now)));
    seeds.extend(commands::seeds(now));
    seeds.extend(api::seeds(now));
    seeds.extend(team::seeds(now));
    seeds.push(names::seed(now));
    seeds
}

fn years(number: u32, sessions: i64, now: i64) -> Seed {
    Seed {
        number,
        sessions,
        every: EVERY,
        last: now - EVERY,
    }
}

/// What the browser of an account sends.
pub fn cookie(number: u32) -> String {
    format!("stint_device={}", secret(number))
}

/// What a token of the account holds after its prefix, too.
pub fn secret(number: u32) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(number.to_be_bytes()))
}

/// Opens the file for reading and writing, durable or not.
pub async fn open(file: &Path, durable: bool) -> Result<SqliteConnection, sqlx::Error> {
    let synchronous = if durable {
        SqliteSynchronous::Full
    } else {
        SqliteSynchronous::Off
    };
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .disable_statement_logging()
        .connect()
        .await
}

/// Fills a database that the server has made; all in one transaction.
pub async fn fill(file: &Path, seeds: &[Seed], now: i64) -> Result<(), sqlx::Error> {
    let mut connection = open(file, false).await?;
    let mut write = connection.begin().await?;
    for seed in seeds {
        let account = id(seed.number, 0);
        sqlx::query(
            "insert into account (id, time_zone, week_start, hour_format, theme, duration_format,
                                  day_start_hour, longest_seconds, created_at)
             values ($1, 'UTC', 'Mon', '24', 'system', 'h:mm:ss', 0, $2, $3)",
        )
        .bind(&account)
        .bind(seed.every / 2)
        .bind(now)
        .execute(&mut *write)
        .await?;
        sqlx::query(
            "insert into device (id, account_id, secret_hash, created_at, seen_at) values ($1, $2, $3, $4, $4)",
        )
        .bind(id(seed.number, 1))
        .bind(&account)
        .bind(URL_SAFE_NO_PAD.encode(Sha256::digest(secret(seed.number))))
        .bind(now)
        .execute(&mut *write)
        .await?;
        sqlx::query(
            "insert into token (id, account_id, name, scope, secret_hash, created_at)
             values ($1, $2, 'load', 'write', $3, $4)",
        )
        .bind(id(seed.number, 2))
        .bind(&account)
        .bind(URL_SAFE_NO_PAD.encode(Sha256::digest(secret(seed.number))))
        .bind(now)
        .execute(&mut *write)
        .await?;
        sqlx::query(
            "with recursive back (n) as (select 0 where $2 > 0 union all select n + 1 from back where n + 1 < $2)
             insert into session (account_id, id, name, started_at, stopped_at, time_zone, version, created_at, updated_at)
             select $1, printf('%08x-%04x-7000-8000-%012x', $5, n >> 32, n),
                    'Client ' || (n % 12) || ': ' || case n % 4 when 0 then 'review of the design' when 1 then 'call'
                        when 2 then 'write the monthly report' else 'fix what the tests found' end,
                    $3 - n * $4, $3 - n * $4 + $4 / 2, 'UTC', 1, $3, $3
             from back",
        )
        .bind(&account)
        .bind(seed.sessions)
        .bind(seed.last)
        .bind(seed.every)
        .bind(i64::from(seed.number))
        .execute(&mut *write)
        .await?;
    }
    write.commit().await?;
    sqlx::query("pragma wal_checkpoint(truncate)")
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// An id in the shape of a UUID that no other noun of this database has.
pub fn id(number: u32, noun: u32) -> String {
    format!("{number:08x}-{noun:04x}-7000-8000-000000000000")
}
