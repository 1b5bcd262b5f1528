//! What a project says of money: how amounts are rounded, and its budget.

use super::{catalog::read, error::StoreError, writer::Write};
use crate::domain::{
    Budget, Money, Project, Rounding, Seconds,
    rounding::{Mode, Per, Step},
};

/// The only reader of rounding rules.
#[derive(sqlx::FromRow)]
pub struct RoundingRow {
    rounding: String,
    rounding_per: String,
    rounding_minutes: i64,
}

impl TryFrom<RoundingRow> for Rounding {
    type Error = StoreError;

    fn try_from(row: RoundingRow) -> Result<Self, StoreError> {
        let unreadable = |error| StoreError::unreadable("step", error);
        let minutes = u8::try_from(row.rounding_minutes).unwrap_or_default();
        Ok(Self {
            mode: read::<Mode>(&row.rounding, "rounding")?,
            per: read::<Per>(&row.rounding_per, "rounding")?,
            step: Step::new(minutes).map_err(unreadable)?,
        })
    }
}

/// The only reader of budgets.
#[derive(sqlx::FromRow)]
pub struct BudgetRow {
    budget_seconds: Option<i64>,
    budget_minor: Option<i64>,
    budget_currency: Option<String>,
}

impl TryFrom<BudgetRow> for Option<Budget> {
    type Error = StoreError;

    fn try_from(row: BudgetRow) -> Result<Self, StoreError> {
        if let Some(seconds) = row.budget_seconds {
            return Ok(Some(Budget::Time(Seconds(seconds))));
        }
        let money = row.budget_minor.zip(row.budget_currency);
        let money = money.map(|(minor, currency)| {
            let currency = read(&currency, "currency")?;
            Ok(Budget::Money(Money { minor, currency }))
        });
        money.transpose()
    }
}

/// Writes rounding rule and budget of a project.
pub async fn write_terms(write: &mut Write<'_>, project: &Project) -> Result<(), StoreError> {
    let query = sqlx::query(
        "update project set rounding = $2, rounding_per = $3, rounding_minutes = $4,
                budget_seconds = $5, budget_minor = $6, budget_currency = $7
         where id = $1",
    );
    let (seconds, money) = match project.budget {
        Some(Budget::Time(seconds)) => (Some(seconds.0), None),
        Some(Budget::Money(money)) => (None, Some(money)),
        None => (None, None),
    };
    let rounding = project.rounding;
    let query = query
        .bind(project.label.id.to_string())
        .bind(rounding.mode.as_str())
        .bind(rounding.per.as_str())
        .bind(i64::from(rounding.step.minutes()))
        .bind(seconds)
        .bind(money.map(|money| money.minor))
        .bind(money.map(|money| money.currency.code()));
    write.execute(query).await.map(drop)
}
