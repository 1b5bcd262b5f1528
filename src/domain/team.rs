//! What the members of a project see of each other's time.

use super::{
    id::AccountId,
    overview::Bucket,
    project::Person,
    record::{NoSuchPlace, Place, Record},
    session::Instant,
    session::Session,
};
use std::{collections::HashMap, fmt, str::FromStr};

/// A session of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRecord {
    pub record: Record,
    pub account: Person,
    /// The names of its tags, in alphabetical order.
    pub tags: Vec<String>,
}

impl MemberRecord {
    /// Where a list of sessions of several accounts goes on that ends with this one.
    pub fn place(&self) -> TeamPlace {
        TeamPlace {
            place: self.record.place(),
            account: self.account.id,
        }
    }
}

/// Where a session stands in a list of several accounts: ids of sessions are no more than their account's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamPlace {
    pub place: Place,
    pub account: AccountId,
}

impl fmt::Display for TeamPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.place, self.account)
    }
}

impl FromStr for TeamPlace {
    type Err = NoSuchPlace;

    fn from_str(text: &str) -> Result<Self, NoSuchPlace> {
        let (place, account) = text.rsplit_once('.').ok_or(NoSuchPlace)?;
        Ok(Self {
            place: place.parse()?,
            account: account.parse().map_err(|_| NoSuchPlace)?,
        })
    }
}

/// The time of a project in the days of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamTime {
    pub days: Vec<Bucket>,
    /// Whoever has time in it, the longest first.
    pub members: Vec<MemberTime>,
    /// Seconds under each tag, by its name, the longest first. Tags of several members that share a
    /// name, whatever its case, count together, as most of the time has it; a session with several
    /// tags counts for each.
    pub tags: Vec<(String, i64)>,
    /// Who works on it now, the longest first.
    pub running: Vec<MemberRecord>,
}

/// The time of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberTime {
    pub account: Person,
    /// Seconds of each day, up to now where a session runs.
    pub seconds: Vec<i64>,
}

impl MemberTime {
    /// None yet.
    pub fn none(account: Person, days: &[Bucket]) -> Self {
        Self {
            account,
            seconds: vec![0; days.len()],
        }
    }

    /// Counts what lies between two moments, in seconds since the epoch, in each of the days, which follow each other.
    pub fn add(&mut self, days: &[Bucket], (from, to): (i64, i64)) {
        let first = days.partition_point(|day| day.to.timestamp() <= from);
        for (sum, day) in self.seconds.iter_mut().zip(days).skip(first) {
            let (begins, ends) = (day.from.timestamp(), day.to.timestamp());
            if begins >= to {
                break;
            }
            *sum += to.min(ends) - from.max(begins);
        }
    }

    /// Seconds of all days.
    pub fn total(&self) -> i64 {
        self.seconds.iter().sum()
    }
}

impl TeamTime {
    /// What finished sessions sum to, and those that run up to `now`.
    pub fn new(
        days: Vec<Bucket>,
        finished: Vec<MemberTime>,
        mut tags: Vec<(String, i64)>,
        running: Vec<MemberRecord>,
        now: Instant,
    ) -> Self {
        let mut sums: HashMap<String, (String, i64)> = HashMap::new();
        let mut add_tag = |name: &str, seconds| {
            let sum = sums.entry(name.to_lowercase());
            sum.or_insert_with(|| (name.to_owned(), 0)).1 += seconds;
        };
        sort_tags(&mut tags);
        for (name, seconds) in tags {
            add_tag(&name, seconds);
        }
        let mut time = Self {
            days,
            members: finished,
            tags: Vec::new(),
            running,
        };
        for record in &time.running {
            let session = &record.record.session;
            let parts = seconds_by_day(&time.days, session, now);
            let seconds: i64 = parts.iter().sum();
            add_member(&mut time.members, &record.account, &parts);
            for tag in &record.tags {
                add_tag(tag, seconds);
            }
        }
        time.members.retain(|member| member.total() > 0);
        time.members
            .sort_by_key(|member| (std::cmp::Reverse(member.total()), member.account.id));
        let sums = sums.into_values();
        time.tags = sums.filter(|(_, seconds)| *seconds > 0).collect();
        sort_tags(&mut time.tags);
        time
    }

    /// Seconds of each day.
    pub fn by_day(&self) -> Vec<i64> {
        let of = |day: usize| self.members.iter().map(|member| member.seconds[day]).sum();
        (0..self.days.len()).map(of).collect()
    }

    /// Seconds of all: the sum of the days, and of the members.
    pub fn total(&self) -> i64 {
        self.members.iter().map(MemberTime::total).sum()
    }
}

fn seconds_by_day(days: &[Bucket], session: &Session, now: Instant) -> Vec<i64> {
    let seconds = |day: &Bucket| day.seconds(&session.span, now);
    days.iter().map(seconds).collect()
}

/// The longest first.
fn sort_tags(tags: &mut [(String, i64)]) {
    tags.sort_by(|(a, long), (b, short)| short.cmp(long).then_with(|| a.cmp(b)));
}

fn add_member(members: &mut Vec<MemberTime>, account: &Person, parts: &[i64]) {
    match members
        .iter_mut()
        .find(|known| known.account.id == account.id)
    {
        Some(known) => {
            for (sum, part) in known.seconds.iter_mut().zip(parts) {
                *sum += part;
            }
        }
        None => members.push(MemberTime {
            account: account.clone(),
            seconds: parts.to_vec(),
        }),
    }
}
