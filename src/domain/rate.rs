//! What an hour costs, and which of several rates holds.

use super::{
    id::{AccountId, ClientId, ProjectId, RateId},
    money::Money,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// An hourly rate; holds from a date until another one of the same level follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub id: RateId,
    pub level: Level,
    pub hourly: Money,
    /// The first date on which it holds.
    pub from: NaiveDate,
}

/// Whose time costs that; the later a variant, the closer it is to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// All that an account does.
    Account(AccountId),
    Client(ClientId),
    Project(ProjectId),
    /// What one account does in one project.
    Member(ProjectId, AccountId),
}

impl Level {
    fn covers(
        self,
        client: Option<ClientId>,
        project: Option<ProjectId>,
        member: AccountId,
    ) -> bool {
        match self {
            Self::Account(who) => member == who,
            Self::Client(own) => client == Some(own),
            Self::Project(own) => project == Some(own),
            Self::Member(own, who) => project == Some(own) && member == who,
        }
    }
}

/// A rate to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateDraft {
    pub level: Level,
    pub hourly: Money,
    pub from: NaiveDate,
}

/// What to change of a rate; what is not said stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateRevision {
    pub hourly: Option<Money>,
    pub from: Option<NaiveDate>,
}

/// The rates that can hold for some work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// The closest level first, and of a level the latest; of two from the same date the one that was
    /// made last.
    sorted: Vec<Rate>,
}

impl Rates {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// All of them, the closest level first, and of a level the latest.
    pub fn iter(&self) -> impl Iterator<Item = &Rate> {
        self.sorted.iter()
    }

    /// In any order.
    pub fn new(mut rates: Vec<Rate>) -> Self {
        rates.sort_by_key(|rate| Reverse((rate.level, rate.from, rate.id)));
        Self { sorted: rates }
    }

    /// The rate for what `member` does on `date` for a project and its client: of the closest level
    /// that has one by then, the latest. The date of a session is the local one on which it began.
    pub fn at(
        &self,
        date: NaiveDate,
        client: Option<ClientId>,
        project: Option<ProjectId>,
        member: AccountId,
    ) -> Option<&Rate> {
        let holds = |rate: &&Rate| rate.from <= date && rate.level.covers(client, project, member);
        self.sorted.iter().find(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{at, cases};
    use proptest::prelude::*;
    use std::str::FromStr;

    fn id<T: FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
        format!("{number:032x}").parse().unwrap()
    }

    fn day(number: u64) -> NaiveDate {
        at(0).date_naive() + chrono::Days::new(number)
    }

    /// Clients, projects and members by their numbers.
    fn level(text: &str) -> Level {
        let numbers: Vec<u32> = text
            .split(' ')
            .skip(1)
            .map(|number| number.parse().unwrap())
            .collect();
        match (text.split(' ').next().unwrap(), &numbers[..]) {
            ("account", [member]) => Level::Account(id(*member)),
            ("client", [client]) => Level::Client(id(*client)),
            ("project", [project]) => Level::Project(id(*project)),
            ("member", [project, member]) => Level::Member(id(*project), id(*member)),
            _ => panic!("{text}"),
        }
    }

    fn rate(number: u32, from: u64, level: Level) -> Rate {
        Rate {
            id: id(number),
            level,
            hourly: Money {
                minor: i64::from(number) * 100,
                currency: "EUR".parse().unwrap(),
            },
            from: day(from),
        }
    }

    /// Clients and projects are none with 0.
    fn some<T: FromStr<Err: std::fmt::Debug>>(number: u32) -> Option<T> {
        (number > 0).then(|| id(number))
    }

    /// Which rate holds; rates are numbered from 1.
    fn check(
        rates: &[(u64, &str)],
        date: u64,
        (client, project, member): (u32, u32, u32),
        expected: u32,
    ) {
        let rates = (1..)
            .zip(rates)
            .map(|(number, (from, text))| rate(number, *from, level(text)))
            .collect();
        let rates = Rates::new(rates);
        let found = rates.at(day(date), some(client), some(project), id(member));
        assert_eq!(found.map(|rate| rate.id), some(expected));
    }

    #[test]
    fn the_closest_level_wins() {
        let all = [
            (0, "member 1 1"),
            (5, "account 1"),
            (0, "project 1"),
            (3, "client 1"),
            (0, "client 2"),
        ];
        check(&all, 9, (1, 1, 1), 1);
        check(&all, 9, (1, 1, 2), 3);
        check(&all, 9, (1, 2, 1), 4);
        check(&all, 9, (2, 2, 1), 5);
        check(&all, 9, (0, 0, 1), 2);
        check(&all, 4, (0, 0, 1), 0);
        check(&[], 9, (1, 1, 1), 0);
    }

    #[test]
    fn the_latest_that_has_begun_wins_within_a_level() {
        let all = [
            (2, "project 1"),
            (8, "project 1"),
            (5, "project 1"),
            (6, "account 1"),
            (0, "project 2"),
        ];
        check(&all, 1, (0, 1, 1), 0);
        check(&all, 2, (0, 1, 1), 1);
        check(&all, 5, (0, 1, 1), 3);
        check(&all, 7, (0, 1, 1), 3);
        check(&all, 8, (0, 1, 1), 2);
        check(&all, 99, (0, 3, 1), 4);
    }

    #[test]
    fn a_level_that_has_not_begun_leaves_it_to_the_next() {
        let all = [(5, "member 1 1"), (0, "account 1")];
        check(&all, 4, (0, 1, 1), 2);
        check(&all, 5, (0, 1, 1), 1);
        check(&all, 5, (0, 2, 1), 2);
    }

    #[test]
    fn of_one_date_the_rate_that_was_made_last_wins() {
        check(&[(0, "account 1"), (0, "account 1")], 0, (0, 0, 1), 2);
    }

    fn any_level() -> impl Strategy<Value = Level> {
        let number = || 1..3_u32;
        prop_oneof![
            number().prop_map(|member| Level::Account(id(member))),
            number().prop_map(|client| Level::Client(id(client))),
            number().prop_map(|project| Level::Project(id(project))),
            (number(), number())
                .prop_map(|(project, member)| Level::Member(id(project), id(member))),
        ]
    }

    proptest! {
        #![proptest_config(cases(512))]

        #[test]
        fn no_rate_that_holds_is_closer_or_later(
            levels in prop::collection::vec((0..6_u64, any_level()), 0..12),
            date in 0..6_u64,
            (client, project, member) in (0..3_u32, 0..3_u32, 1..3_u32),
        ) {
            let rates: Vec<Rate> = (1..).zip(levels).map(|(number, (from, level))| rate(number, from, level)).collect();
            let (client, project, member) = (some(client), some(project), id(member));
            let holds = |rate: &&Rate| rate.from <= day(date) && match rate.level {
                Level::Account(who) => who == member,
                Level::Client(own) => Some(own) == client,
                Level::Project(own) => Some(own) == project,
                Level::Member(own, who) => Some(own) == project && who == member,
            };
            let kind = |rate: &Rate| ["Account", "Client", "Project", "Member"].iter().position(|kind| format!("{:?}", rate.level).starts_with(kind));
            let found = Rates::new(rates.clone()).at(day(date), client, project, member).cloned();
            match &found {
                Some(found) => for other in rates.iter().filter(holds) {
                    prop_assert!((kind(other), other.from) <= (kind(found), found.from));
                },
                None => prop_assert_eq!(rates.iter().find(holds), None),
            }
            let mut reversed = rates;
            reversed.reverse();
            let reversed = Rates::new(reversed);
            prop_assert_eq!(reversed.at(day(date), client, project, member), found.as_ref());
        }
    }
}
