//! What work costs: rates together with what the projects say of clients and rounding.

use super::{
    duration::Seconds,
    id::{AccountId, ClientId, ProjectId},
    money::Money,
    rate::{Level, Rate, Rates},
    rounding::{Per, Rounding},
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Everything that decides what some work costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tariff {
    pub rates: Rates,
    pub projects: HashMap<ProjectId, Terms>,
    /// What accounts that have left a project charged by themselves then. What they charge now is not for what
    /// they did there.
    pub parting: HashMap<(ProjectId, AccountId), Rates>,
}

/// What a project says of the work in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub client: Option<ClientId>,
    pub rounding: Rounding,
    /// Whether whoever asks has left it: what is paid there is not for his eyes any more.
    pub is_left: bool,
}

/// One session, as far as its price is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Who did it.
    pub member: AccountId,
    pub project: Option<ProjectId>,
    /// The local date on which it began: the rate of that date holds for all of it.
    pub date: NaiveDate,
    pub length: Seconds,
    pub billable: bool,
}

impl Tariff {
    /// Whether nothing can cost anything.
    pub fn is_empty(&self) -> bool {
        self.rates.is_empty() && self.parting.values().all(Rates::is_empty)
    }

    /// What an hour of it costs. A project that is not known counts as none.
    pub fn hourly(&self, piece: &Piece) -> Option<Money> {
        let terms = piece.project.and_then(|id| self.projects.get(&id));
        if !piece.billable || terms.is_some_and(|terms| terms.is_left) {
            return None;
        }
        let project = piece.project.filter(|_| terms.is_some());
        let client = terms.and_then(|terms| terms.client);
        let rates = |rates| Rates::at(rates, piece.date, client, project, piece.member);
        let parting = project.and_then(|project| self.parting.get(&(project, piece.member)));
        let rate = match (rates(&self.rates), parting) {
            (
                None
                | Some(Rate {
                    level: Level::Account(_),
                    ..
                }),
                Some(parting),
            ) => rates(parting),
            (rate, _) => rate,
        };
        rate.map(|rate| rate.hourly)
    }

    /// How the time of a piece is rounded; not at all outside of projects.
    pub fn rounding(&self, project: Option<ProjectId>) -> Rounding {
        let terms = project.and_then(|id| self.projects.get(&id));
        terms.map(|terms| terms.rounding).unwrap_or_default()
    }

    /// What each piece comes to, in the order given; `None` where nothing is paid.
    ///
    /// Where a project rounds the time of a day as one, its amount is divided among the pieces of that
    /// day, member and rate, so that the parts sum to it. All pieces of a day must then be given, by
    /// their starts.
    pub fn amounts(&self, pieces: &[Piece]) -> Vec<Option<Money>> {
        let mut amounts = vec![None; pieces.len()];
        let mut days: HashMap<_, Vec<usize>> = HashMap::new();
        for (place, piece) in pieces.iter().enumerate() {
            let Some(hourly) = self.hourly(piece) else {
                continue;
            };
            let rounding = self.rounding(piece.project);
            match rounding.per {
                Per::Session => {
                    amounts[place] = Some(hourly.for_time(rounding.round(piece.length)))
                }
                Per::DayAndProject => {
                    let day = (piece.project, piece.date, piece.member, hourly);
                    days.entry(day).or_default().push(place);
                }
            }
        }
        for ((project, _, _, hourly), places) in days {
            let lengths: Vec<i64> = places
                .iter()
                .map(|place| pieces[*place].length.0.max(0))
                .collect();
            let whole = Seconds(lengths.iter().sum());
            let whole = hourly.for_time(self.rounding(project).round(whole));
            for (place, minor) in places.into_iter().zip(divide(whole.minor, &lengths)) {
                amounts[place] = Some(Money { minor, ..whole });
            }
        }
        amounts
    }
}

/// Parts of `whole` in proportion to weights that are not below zero; they sum to it, unless all
/// weights are nothing.
fn divide(whole: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().copied().map(i128::from).sum();
    let (mut passed, mut given) = (0, 0);
    let part = |weight: &i64| {
        passed += i128::from(*weight);
        let up_to_here = i128::from(whole) * passed / total.max(1);
        let part = up_to_here - given;
        given = up_to_here;
        i64::try_from(part).unwrap_or_default()
    };
    weights.iter().map(part).collect()
}

#[cfg(test)]
mod tests;
