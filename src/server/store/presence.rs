//! When somebody is there, and when they left: for the question when a forgotten session ended.

use super::{Store, error::StoreError};
use crate::{
    domain::{DeviceId, Instant, session::instant},
    error::AppError,
};
use chrono::TimeDelta;

/// How stale `seen_at` may become before it is written again.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// An absence that a person may be asked about lasts as long, and is asked about for as long.
const ABSENCE: TimeDelta = TimeDelta::minutes(30);

/// When an account was in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// When this browser was last seen, give or take five minutes.
    pub seen_at: Instant,
    /// When any browser of the account was last seen, or its last command carried out.
    pub active_at: Instant,
    /// The last absence that was noted: when it began, and when somebody came back.
    pub away: Option<(Instant, Instant)>,
}

impl Presence {
    /// Of a browser that was never here before.
    pub fn new(now: Instant) -> Self {
        Self {
            seen_at: now,
            active_at: now,
            away: None,
        }
    }

    /// Whether the store has to be told that somebody is there.
    pub fn is_stale(&self, now: Instant) -> bool {
        now - self.seen_at >= SEEN_EVERY
    }

    /// When the absence began that ends `now` or ended a moment ago. `None` for who did not leave, or has
    /// been back for half an hour: what they did since is later.
    pub fn left_at(&self, now: Instant) -> Option<Instant> {
        if now - self.active_at >= ABSENCE {
            return Some(self.active_at);
        }
        let is_new = |(_, back): &(Instant, Instant)| now - *back < ABSENCE;
        self.away.filter(is_new).map(|(left, _)| left)
    }
}

/// The only reader of a stored presence.
#[derive(sqlx::FromRow)]
pub struct PresenceRow {
    seen_at: i64,
    active_at: i64,
    left_at: Option<i64>,
    back_at: Option<i64>,
}

impl TryFrom<PresenceRow> for Presence {
    type Error = StoreError;

    fn try_from(row: PresenceRow) -> Result<Self, StoreError> {
        let at = |seconds| instant(seconds).map_err(|error| StoreError::unreadable("time", error));
        let away = row.left_at.zip(row.back_at);
        let away = away.map(|(left, back)| Ok::<_, StoreError>((at(left)?, at(back)?)));
        Ok(Self {
            seen_at: at(row.seen_at)?,
            active_at: at(row.active_at)?,
            away: away.transpose()?,
        })
    }
}

/// When the account `a` was last in use before a moment: visits count for five minutes, commands to the second.
macro_rules! active_at {
    ($before:literal) => {
        concat!(
            "(select max(at) from (
                select max(v.seen_at) as at from device v where v.account_id = a.id and v.kind = 'browser'
                union all
                select * from (select c.recorded_at as at from command c
                    where c.account_id = a.id and c.recorded_at < ",
            $before,
            " order by c.seq desc limit 1) as last_command) as seen)"
        )
    };
}
pub(super) use active_at;

impl Store {
    /// Notes that a browser is in use. Writes every five minutes at most, and remembers since when nobody was
    /// there if that was half an hour or more.
    pub async fn touch(&self, device: DeviceId, now: Instant) -> Result<(), AppError> {
        let (id, now) = (device.to_string(), now.timestamp());
        // Whoever comes back may do so with a command, which does not count as having been there before.
        let note_return = concat!(
            "update account set left_at = found.active_at, back_at = $2
             from (select a.id, ",
            active_at!("$2"),
            " as active_at from account a join device d on d.account_id = a.id where d.id = $1) as found
             where account.id = found.id and found.active_at <= $3"
        );
        let note_return = sqlx::query(note_return)
            .bind(id.clone())
            .bind(now)
            .bind(now - ABSENCE.num_seconds());
        let see = sqlx::query("update device set seen_at = $2 where id = $1 and seen_at <= $3")
            .bind(id)
            .bind(now)
            .bind(now - SEEN_EVERY.num_seconds());
        self.change_unasked(async |write| {
            write.execute(note_return).await?;
            write.execute(see).await.map(drop)
        })
        .await
    }
}
