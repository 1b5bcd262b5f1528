//! What sessions come to: the closest rate on the date on which each began in its account's zone,
//! rounded as its project says.
//!
//! However many sessions are asked about, a fixed number of statements is sent; for one's own, none
//! at all as long as no rate holds for them.

use super::{
    store::{Extent, Neighbour, Store, Worked},
    zone,
};
use crate::{
    domain::{
        AccountId, Instant, MemberRecord, Money, ProjectId, Rounding, Seconds, Session, SessionId,
        Settings, Tariff, money::sums, rounding::Per, session::instant, tariff::Piece,
    },
    error::AppError,
};
use chrono::{NaiveDate, TimeDelta};
use std::collections::HashMap;

/// All the time there is.
pub const EVER: (Instant, Instant) = (Instant::UNIX_EPOCH, Instant::MAX_UTC);

/// What a session comes to, and how its time was rounded before that.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    pub amount: Money,
    pub rounding: Rounding,
}

/// What sessions of one account come to, as far as they come to anything.
#[derive(Clone, Debug, Default)]
pub struct Amounts(HashMap<SessionId, Paid>);

impl Amounts {
    /// What sessions of an account come to, for its own eyes.
    pub async fn own<'a>(
        store: &Store,
        account: AccountId,
        sessions: impl Iterator<Item = &'a Session> + Clone,
        now: Instant,
    ) -> Result<Self, AppError> {
        let tariff = store.tariff(account).await?;
        if tariff.is_empty() {
            return Ok(Self::default());
        }
        let sessions = sessions.map(|session| (account, session));
        let pricing = Pricing {
            store,
            tariff: &tariff,
            dates: Dates::own(store, account).await?,
            extent: Extent::Account(account),
            now,
        };
        let mut paid = pricing.amounts(sessions).await?;
        Ok(paid.0.remove(&account).unwrap_or_default())
    }

    /// What a session comes to; `None` if nothing is paid for it.
    pub fn of(&self, session: SessionId) -> Option<Paid> {
        self.0.get(&session).copied()
    }

    /// What they come to together, in each currency.
    pub fn sums(&self, sessions: impl Iterator<Item = SessionId>) -> Vec<Money> {
        sums(sessions.filter_map(|session| Some(self.of(session)?.amount)))
    }
}

/// The same for several accounts: the id of a session is no more than its account's own.
#[derive(Clone, Debug, Default)]
pub struct MemberAmounts(HashMap<AccountId, Amounts>);

impl MemberAmounts {
    /// What sessions of a project come to: of all of them for who manages it, of their own for others.
    pub async fn in_project(
        store: &Store,
        viewer: AccountId,
        project: ProjectId,
        records: &[MemberRecord],
        now: Instant,
    ) -> Result<Self, AppError> {
        let sessions = records
            .iter()
            .map(|record| (record.account.id, &record.record.session));
        if !store.catalog(viewer).await?.manages(project) {
            let own = sessions.filter(|(account, _)| *account == viewer);
            let own = own.map(|(_, session)| session);
            let amounts = Amounts::own(store, viewer, own, now).await?;
            return Ok(Self([(viewer, amounts)].into()));
        }
        let tariff = store.project_tariff(project).await?;
        if tariff.is_empty() {
            return Ok(Self::default());
        }
        let extent = Extent::Project(project);
        let pricing = Pricing {
            store,
            tariff: &tariff,
            dates: Dates::of(store, extent).await?,
            extent,
            now,
        };
        pricing.amounts(sessions).await
    }

    /// What a session of an account comes to; `None` if nothing is paid for it, or it is not to be seen.
    pub fn of(&self, account: AccountId, session: SessionId) -> Option<Paid> {
        self.0.get(&account)?.of(session)
    }
}

struct Pricing<'a> {
    store: &'a Store,
    tariff: &'a Tariff,
    dates: Dates,
    extent: Extent,
    now: Instant,
}

impl Pricing<'_> {
    async fn amounts<'a>(
        mut self,
        sessions: impl Iterator<Item = (AccountId, &'a Session)>,
    ) -> Result<MemberAmounts, AppError> {
        let mut asked: Vec<(SessionId, Piece)> = Vec::new();
        for (account, session) in sessions.filter(|(_, session)| session.work.billable) {
            let length = Seconds(session.span.seconds(self.now));
            let from = session.span.from();
            let piece = self
                .dates
                .piece(account, session.work.project, from, length);
            asked.push((session.id, piece));
        }
        let (shared, mut pieces): (Vec<_>, Vec<_>) =
            asked.iter().copied().partition(|(_, piece)| {
                self.tariff.rounding(piece.project).per == Per::DayAndProject
                    && self.tariff.hourly(piece).is_some()
            });
        pieces.extend(self.whole_days(&shared).await?);
        let (ids, pieces): (Vec<_>, Vec<Piece>) = pieces.into_iter().unzip();
        let owned = ids.into_iter().zip(&pieces);
        let owned = owned.map(|(id, piece)| (piece.member, id));
        let amounts = self.tariff.amounts(&pieces).into_iter();
        let amounts: HashMap<_, _> = owned.zip(amounts).collect();
        let mut paid = MemberAmounts::default();
        for (session, piece) in asked {
            let Some(Some(amount)) = amounts.get(&(piece.member, session)).copied() else {
                continue;
            };
            let rounding = self.tariff.rounding(piece.project);
            let of_account = paid.0.entry(piece.member).or_default();
            of_account.0.insert(session, Paid { amount, rounding });
        }
        Ok(paid)
    }

    /// All sessions of the days that these are in: each is paid a part of its day.
    async fn whole_days(
        &mut self,
        shared: &[(SessionId, Piece)],
    ) -> Result<Vec<(SessionId, Piece)>, AppError> {
        let dates = shared.iter().map(|(_, piece)| piece.date);
        let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else {
            return Ok(Vec::new());
        };
        let range = around(midnight(first), midnight(last));
        let near = self.store.billable_within(self.extent, range, self.now);
        let mut pieces = Vec::new();
        for near in near.await? {
            let (project, from) = (Some(near.project), at(near.started_at));
            let piece = self.dates.piece(near.account, project, from, near.length);
            if self.tariff.rounding(project).per == Per::DayAndProject {
                pieces.push((near.session, piece));
            }
        }
        Ok(pieces)
    }
}

/// Finds the dates on which sessions began, each in the zone of its account.
#[derive(Debug)]
pub struct Dates {
    settings: HashMap<AccountId, Settings>,
    /// The day that was found last: most sessions begin on the day of the one before.
    last: Option<(AccountId, NaiveDate, Instant, Instant)>,
}

impl Dates {
    /// For all whose work an extent may hold. One statement.
    pub async fn of(store: &Store, extent: Extent) -> Result<Self, AppError> {
        Ok(Self {
            settings: store.settings_within(extent).await?,
            last: None,
        })
    }

    /// For the work of one account. No statement, where its settings are known.
    pub async fn own(store: &Store, account: AccountId) -> Result<Self, AppError> {
        Ok(Self {
            settings: HashMap::from([(account, store.settings(account).await?)]),
            last: None,
        })
    }

    /// The date; in UTC for an account that is not known.
    pub fn date(&mut self, account: AccountId, from: Instant) -> NaiveDate {
        match self.last {
            Some((who, date, begins, ends)) if who == account && (begins..ends).contains(&from) => {
                date
            }
            _ => {
                let utc = Settings::default();
                let settings = self.settings.get(&account).unwrap_or(&utc);
                let (date, begins, ends) = zone::day_around(settings, from);
                self.last = Some((account, date, begins, ends));
                date
            }
        }
    }

    /// A billable session.
    fn piece(
        &mut self,
        member: AccountId,
        project: Option<ProjectId>,
        from: Instant,
        length: Seconds,
    ) -> Piece {
        Piece {
            member,
            project,
            date: self.date(member, from),
            length,
            billable: true,
        }
    }

    /// The pieces of billable sessions, each with whether it `counts`: what is rounded by the day needs the others.
    pub fn neighbours(
        mut self,
        near: &[Neighbour],
        counts: impl Fn(&Neighbour) -> bool,
    ) -> (Vec<bool>, Vec<Piece>) {
        let pieces = near.iter().map(|near| {
            let (project, from) = (Some(near.project), at(near.started_at));
            let piece = self.piece(near.account, project, from, near.length);
            (counts(near), piece)
        });
        pieces.unzip()
    }

    /// The pieces of what was worked, each with its start in seconds since the epoch.
    pub fn pieces(mut self, worked: &[Worked]) -> Vec<(i64, Piece)> {
        let mut pieces = Vec::new();
        for part in worked {
            for (from, length) in &part.sessions {
                let piece = self.piece(part.account, part.project, at(*from), *length);
                let billable = part.billable;
                pieces.push((*from, Piece { billable, ..piece }));
            }
        }
        pieces
    }
}

fn at(seconds: i64) -> Instant {
    instant(seconds).unwrap_or_default()
}

/// Enough before and after to hold whole days, wherever on earth they begin.
pub fn around(from: Instant, to: Instant) -> (Instant, Instant) {
    (from - TimeDelta::days(3), to + TimeDelta::days(3))
}

/// The beginning of a date in UTC.
pub fn midnight(date: NaiveDate) -> Instant {
    date.and_time(chrono::NaiveTime::MIN).and_utc()
}
