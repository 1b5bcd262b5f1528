//! How much of a project's budget is spent, and when it runs out.

use super::{duration::Seconds, money::Money};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a project may take. Something else than nothing is up to whoever sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    Time(Seconds),
    Money(Money),
}

impl Budget {
    /// In the unit in which its estimate counts: seconds, or minor units of its currency.
    pub fn amount(self) -> i64 {
        match self {
            Self::Time(seconds) => seconds.0,
            Self::Money(money) => money.minor,
        }
    }
}

/// What was spent of a budget, in its unit. Money of another currency is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    pub total: i64,
    /// What of it was spent from [`recent_from`] to today.
    pub recent: i64,
    /// When the first of it was spent.
    pub first: Option<NaiveDate>,
}

/// The calendar days that the present pace is taken from, today included.
pub const RECENT_DAYS: u16 = 28;

/// The first of the recent days.
pub fn recent_from(today: NaiveDate) -> NaiveDate {
    let back = Days::new(u64::from(RECENT_DAYS) - 1);
    today.checked_sub_days(back).unwrap_or(today)
}

impl Spent {
    /// Sums up what was spent on each day; days may come in any order, and more than once. Where it is tomorrow
    /// already, it counts as today.
    pub fn on_days(days: impl IntoIterator<Item = (NaiveDate, i64)>, today: NaiveDate) -> Self {
        let mut spent = Self::default();
        for (date, amount) in days.into_iter().filter(|(_, amount)| *amount != 0) {
            let date = date.min(today);
            spent.total = spent.total.saturating_add(amount);
            if date >= recent_from(today) {
                spent.recent = spent.recent.saturating_add(amount);
            }
            spent.first = Some(spent.first.map_or(date, |first| first.min(date)));
        }
        spent
    }
}

/// How a budget stands, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    pub spent: i64,
    /// Below zero where more was spent than there was.
    pub left: i64,
    /// Thousandths of the budget that are spent, rounded down: 1000 only if all of it is. Of a budget
    /// of nothing, 1000.
    pub per_mille: i64,
    /// The date on which the rest will be used up at the present pace: the mean of the last 28 calendar
    /// days, or of the days since the first on which something was spent. `None` without a pace, where
    /// nothing is left, and beyond the year 2099.
    pub runs_out: Option<NaiveDate>,
}

impl Estimate {
    /// How the budget stands on `today`, with all of today that is spent so far.
    pub fn of(budget: Budget, spent: Spent, today: NaiveDate) -> Self {
        let amount = budget.amount();
        let left = amount.saturating_sub(spent.total);
        let thousandths = i128::from(spent.total) * 1000;
        let per_mille = match amount {
            ..=0 => 1000,
            amount => clamped(thousandths.div_euclid(i128::from(amount))),
        };
        Self {
            spent: spent.total,
            left,
            per_mille,
            runs_out: runs_out(left, spent, today),
        }
    }
}

fn runs_out(left: i64, spent: Spent, today: NaiveDate) -> Option<NaiveDate> {
    if left <= 0 || spent.recent <= 0 {
        return None;
    }
    let days_since = (today - spent.first?).num_days().saturating_add(1);
    let days = days_since.clamp(1, i64::from(RECENT_DAYS));
    // From tomorrow on, so many days at `recent / days` each, rounded up.
    let needed = (i128::from(left) * i128::from(days) - 1) / i128::from(spent.recent) + 1;
    let last = NaiveDate::from_ymd_opt(2099, 12, 31)?;
    let date = today.checked_add_days(Days::new(u64::try_from(needed).ok()?))?;
    (date <= last).then_some(date)
}

fn clamped(number: i128) -> i64 {
    let limit = if number < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(number).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::cases;
    use proptest::prelude::*;

    const HOUR: i64 = 3600;

    /// Days are counted from today, 20 November 2026.
    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap() + chrono::TimeDelta::days(number)
    }

    fn estimate(hours: i64, days: &[(i64, i64)]) -> Estimate {
        let days = days.iter().map(|(number, amount)| (day(*number), *amount));
        Estimate::of(
            Budget::Time(Seconds(hours * HOUR)),
            Spent::on_days(days, day(0)),
            day(0),
        )
    }

    /// Budget and days in hours; spent and left in hours, share in thousandths.
    fn check(hours: i64, days: &[(i64, i64)], expected: (i64, i64, i64), runs_out: Option<i64>) {
        let days: Vec<_> = days
            .iter()
            .map(|(number, hours)| (*number, hours * HOUR))
            .collect();
        let found = estimate(hours, &days);
        assert_eq!(
            (found.spent / HOUR, found.left / HOUR, found.per_mille),
            expected,
            "{days:?}"
        );
        assert_eq!(found.runs_out, runs_out.map(day), "{days:?}");
    }

    #[test]
    fn the_pace_is_the_mean_of_the_last_28_days() {
        check(
            100,
            &[(-100, 10), (-27, 14), (0, 14)],
            (38, 62, 380),
            Some(62),
        );
        check(
            100,
            &[(-100, 10), (-27, 28), (-3, 28)],
            (66, 34, 660),
            Some(17),
        );
        check(
            100,
            &[(-100, 72), (-28, 1), (-27, 7)],
            (80, 20, 800),
            Some(80),
        );
        check(39, &[(-100, 10), (0, 28)], (38, 1, 974), Some(1));
    }

    #[test]
    fn a_young_project_has_a_pace_from_its_first_day() {
        check(10, &[(0, 4)], (4, 6, 400), Some(2));
        check(10, &[(-1, 4)], (4, 6, 400), Some(3));
        check(10, &[(-3, 2), (-1, 2)], (4, 6, 400), Some(6));
        check(30, &[(-27, 28)], (28, 2, 933), Some(2));
    }

    #[test]
    fn without_a_pace_or_a_rest_there_is_no_date() {
        check(10, &[], (0, 10, 0), None);
        check(10, &[(-28, 4)], (4, 6, 400), None);
        check(10, &[(-1, 10)], (10, 0, 1000), None);
        check(10, &[(-1, 15)], (15, -5, 1500), None);
        check(0, &[(-1, 1)], (1, -1, 1000), None);
        check(0, &[], (0, 0, 1000), None);
    }

    #[test]
    fn what_is_spent_where_it_is_tomorrow_counts_as_today() {
        check(10, &[(1, 5)], (5, 5, 500), Some(1));
        check(10, &[(-1, 2), (1, 2)], (4, 6, 400), Some(3));
    }

    #[test]
    fn a_date_beyond_2099_is_none() {
        let check = |left: i64, expected: Option<&str>| {
            let spent = Spent {
                total: 1,
                recent: 1,
                first: Some(day(0)),
            };
            let found = Estimate::of(Budget::Time(Seconds(left + 1)), spent, day(0)).runs_out;
            assert_eq!(found.map(|date| date.to_string()).as_deref(), expected);
        };
        check(26_704, Some("2099-12-31"));
        check(26_705, None);
        check(i64::MAX - 1, None);
    }

    #[test]
    fn money_counts_in_minor_units() {
        let budget = Money {
            minor: 100_000,
            currency: "EUR".parse().unwrap(),
        };
        let spent = Spent::on_days([(day(-1), 33_333), (day(0), 33_333)], day(0));
        let expected = Estimate {
            spent: 66_666,
            left: 33_334,
            per_mille: 666,
            runs_out: Some(day(2)),
        };
        assert_eq!(Estimate::of(Budget::Money(budget), spent, day(0)), expected);
    }

    proptest! {
        #![proptest_config(cases(1024))]

        #[test]
        fn spending_at_the_pace_uses_it_up_on_that_date_and_not_before(
            hours in 1..500_i64,
            days in prop::collection::vec((-60..=0_i64, 0..40_000_i64), 0..20),
        ) {
            let found = estimate(hours, &days);
            prop_assert_eq!(found.spent + found.left, hours * HOUR);
            prop_assert_eq!(found.per_mille >= 1000, found.left <= 0);
            let Some(date) = found.runs_out else {
                let recent: i64 = days.iter().filter(|(day, _)| *day > -28).map(|(_, amount)| amount).sum();
                prop_assert!(found.left <= 0 || recent == 0 || found.left / recent > 900);
                return Ok(());
            };
            let spent_days = days.iter().filter(|(_, amount)| *amount > 0).map(|(day, _)| *day);
            let of = (1 - spent_days.min().unwrap()).min(28);
            let recent: i64 = days.iter().filter(|(day, _)| *day > -28).map(|(_, amount)| amount).sum();
            let ahead = (date - day(0)).num_days();
            prop_assert!(ahead * recent >= found.left * of);
            prop_assert!((ahead - 1) * recent < found.left * of);
        }

        #[test]
        fn nothing_overflows(budget in any::<i64>(), total in any::<i64>(), recent in any::<i64>(), first in -400_000..400_000_i64) {
            let spent = Spent { total, recent, first: Some(day(first)) };
            let found = Estimate::of(Budget::Time(Seconds(budget)), spent, day(0));
            prop_assert!(found.runs_out.is_none_or(|date| date > day(0)));
            Spent::on_days([(day(first), total), (NaiveDate::MIN, recent), (NaiveDate::MIN, budget)], NaiveDate::MIN);
        }
    }
}
