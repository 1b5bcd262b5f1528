//! How the budget of a project stands.

use super::{
    extract::Reader,
    item::Item,
    money::{BudgetBody, MoneyBody, RoundingBody, bodies},
    problem::Problem,
};
use crate::{
    domain::{Budget, ProjectId, Rounding},
    server::budget::{self, Standing},
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

/// A budget and what of it is spent, in its unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Estimate)]
pub struct EstimateBody {
    budget: BudgetBody,
    spent: BudgetBody,
    /// Below zero where more was spent than there was.
    left: BudgetBody,
    /// Thousandths of the budget that are spent, rounded down.
    #[schema(example = 734)]
    share: i64,
    /// The date on which it runs out, at the pace of the last 28 days; null where nothing was spent in
    /// them, nothing is left, or it lasts longer than there are dates.
    #[schema(required, format = Date)]
    runs_out: Option<String>,
    /// What the work comes to in other currencies, which a budget of money does not count; not there where that is
    /// nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    not_counted: Vec<MoneyBody>,
    /// How time is rounded before it is paid for; of a budget of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rounding: Option<RoundingBody>,
}

impl EstimateBody {
    fn of(standing: Standing, rounding: Rounding) -> Self {
        let Standing {
            budget,
            estimate,
            beside,
        } = standing;
        let is_money = matches!(budget, Budget::Money(_));
        Self {
            budget: budget.into(),
            spent: BudgetBody::of(budget, estimate.spent),
            left: BudgetBody::of(budget, estimate.left),
            share: estimate.per_mille,
            runs_out: estimate.runs_out.map(|date| date.to_string()),
            not_counted: bodies(beside),
            rounding: is_money.then(|| rounding.into()),
        }
    }
}

/// How a project's budget stands, with what all its members did. One of money is there for managers
/// and owners only.
#[utoipa::path(
    get, path = "/projects/{id}/estimate", tag = "Rates", params(Item<ProjectId>),
    responses((status = 200, description = "The budget, and what is left of it", body = EstimateBody))
)]
pub async fn show_estimate(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
) -> Result<Json<EstimateBody>, Problem> {
    let (store, now) = (&state.app.store, state.app.clock.now());
    let project = store.project(caller.account, id).await?;
    let estimate = budget::estimate(store, caller.account, &project, now).await?;
    estimate
        .map(|estimate| Json(EstimateBody::of(estimate, project.rounding)))
        .ok_or_else(Problem::not_found)
}
