//! Amounts of money and budgets, as the API writes and reads them.

use super::problem::Problem;
use crate::domain::{
    Budget, Currency, Money, Rounding, Seconds,
    rounding::{Mode, Per, Step},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use utoipa::ToSchema;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyBody {
    /// Whole minor units of the currency: cents of the euro, yen.
    #[schema(minimum = 0, example = 8550)]
    minor: i64,
    /// Three letters of ISO 4217.
    #[schema(value_type = String, example = "EUR")]
    currency: Currency,
}

impl From<Money> for MoneyBody {
    fn from(Money { minor, currency }: Money) -> Self {
        Self { minor, currency }
    }
}

/// Amounts, as they are sent.
pub fn bodies(amounts: Vec<Money>) -> Vec<MoneyBody> {
    amounts.into_iter().map(MoneyBody::from).collect()
}

impl From<MoneyBody> for Money {
    fn from(MoneyBody { minor, currency }: MoneyBody) -> Self {
        Self { minor, currency }
    }
}

impl<'de> Deserialize<'de> for MoneyBody {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Sent {
            minor: i64,
            currency: Currency,
        }
        let Sent { minor, currency } = Sent::deserialize(input)?;
        let money = Money::new(minor, currency);
        money.map(Self::from).map_err(D::Error::custom)
    }
}

/// So much of a budget: `seconds`, or `minor` and `currency`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Budget)]
pub struct BudgetBody {
    /// Time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 36000)]
    seconds: Option<i64>,
    /// Money, in whole minor units of the currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    minor: Option<i64>,
    /// Three letters of ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    currency: Option<Currency>,
}

impl BudgetBody {
    /// So much in the unit of a budget.
    pub fn of(budget: Budget, amount: i64) -> Self {
        match budget {
            Budget::Time(_) => Self {
                seconds: Some(amount),
                minor: None,
                currency: None,
            },
            Budget::Money(money) => Self {
                seconds: None,
                minor: Some(amount),
                currency: Some(money.currency),
            },
        }
    }

    /// The budget that was sent: more than nothing, and either time or money.
    pub fn read(self) -> Result<Budget, Problem> {
        let fits = |amount: i64| (1..=Money::LARGEST).contains(&amount);
        match (self.seconds, self.minor, self.currency) {
            (Some(seconds), None, None) if fits(seconds) => Ok(Budget::Time(Seconds(seconds))),
            (None, Some(minor), Some(currency)) if fits(minor) => {
                Ok(Budget::Money(Money { minor, currency }))
            }
            _ => {
                let detail =
                    "Send {\"seconds\"}, {\"minor\", \"currency\"} or null, and more than 0.";
                Err(Problem::invalid("budget", detail))
            }
        }
    }
}

impl From<Budget> for BudgetBody {
    fn from(budget: Budget) -> Self {
        Self::of(budget, budget.amount())
    }
}

/// How time is rounded before it is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Rounding)]
pub struct RoundingBody {
    /// `none`, `up`, `down` or `nearest`.
    #[schema(value_type = String, example = "up")]
    mode: Mode,
    /// What is rounded as one: each `session`, or what a member did in the project on a `day`.
    #[schema(value_type = String, example = "session")]
    per: Per,
    /// To a multiple of so many.
    #[schema(value_type = u8, minimum = 1, maximum = 60, example = 15)]
    minutes: Step,
}

impl From<Rounding> for RoundingBody {
    fn from(Rounding { mode, per, step }: Rounding) -> Self {
        Self {
            mode,
            per,
            minutes: step,
        }
    }
}

impl From<RoundingBody> for Rounding {
    fn from(RoundingBody { mode, per, minutes }: RoundingBody) -> Self {
        Self {
            mode,
            per,
            step: minutes,
        }
    }
}
