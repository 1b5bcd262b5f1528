//! The budget of a project and its bar.

use super::{
    At, Visit,
    form::{Alert, Input, said_of, said_of_all},
    part,
    project::{self, Filled, Typed},
    words::long_date,
};
use crate::{
    domain::{
        Budget, DurationFormat, FieldErrors, Money, Project, ProjectId, ProjectRevision, Seconds,
        money::spelled,
    },
    error::AppError,
    server::budget::Standing,
};
use axum::{
    extract::Form,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// A budget as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BudgetForm {
    /// `none`, `time` or `money`.
    kind: String,
    hours: String,
    amount: String,
    currency: String,
}

impl BudgetForm {
    fn of(budget: Option<Budget>) -> Self {
        let currency = "EUR".to_owned();
        match budget {
            None => Self {
                kind: "none".to_owned(),
                currency,
                ..Self::default()
            },
            Some(Budget::Time(seconds)) => Self {
                kind: "time".to_owned(),
                hours: seconds.to_string(),
                currency,
                ..Self::default()
            },
            Some(Budget::Money(money)) => Self {
                kind: "money".to_owned(),
                amount: money.written(),
                currency: money.currency.code().to_owned(),
                ..Self::default()
            },
        }
    }

    fn read(&self) -> Result<Option<Budget>, FieldErrors> {
        let more = |field| FieldErrors::one(field, "Write more than nothing.");
        match self.kind.as_str() {
            "none" => Ok(None),
            "time" => match self.hours.trim().parse::<u32>() {
                // A bare number is hours here, whatever it is elsewhere.
                Ok(0) => Err(more("hours")),
                Ok(hours) => Ok(Some(Budget::Time(Seconds(i64::from(hours) * 3600)))),
                Err(_) => match Seconds::read(&self.hours) {
                    Ok(seconds) if seconds.0 > 0 => Ok(Some(Budget::Time(seconds))),
                    Ok(_) => Err(more("hours")),
                    Err(errors) => Err(errors.for_field("hours")),
                },
            },
            "money" => {
                let money = Money::read(&self.amount, self.currency.parse()?)?;
                match money.minor {
                    0 => Err(more("amount")),
                    _ => Ok(Some(Budget::Money(money))),
                }
            }
            _ => Err(FieldErrors::one("kind", "Choose one of the options.")),
        }
    }
}

/// Changes the budget of a project; only its owners do.
pub async fn change(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<BudgetForm>,
) -> Result<Response, Response> {
    let asker = visit.signed_in()?;
    let changed = async {
        let revision = ProjectRevision {
            budget: Some(form.read()?),
            ..ProjectRevision::default()
        };
        let store = &visit.app.store;
        store.change_project(asker, id, revision, visit.now()).await
    };
    match changed.await {
        Ok(_) => {
            let place = format!("/project/{id}/money?done=budget");
            Ok(Redirect::to(&place).into_response())
        }
        Err(error) => project::refused(&visit, id, Typed::Budget(&form), &error).await,
    }
}

/// The bar, and for owners the form to change the budget. Nothing for who may not see it.
pub fn section(
    project: &Project,
    standing: Option<&Standing>,
    format: DurationFormat,
    is_owner: bool,
    filled: Filled<'_>,
) -> AnyView {
    if standing.is_none() && !is_owner {
        return ().into_any();
    }
    let stands = match standing {
        Some(standing) => bar(project, standing, format),
        None => view! { <p class="rate-fact">"None is set."</p> }.into_any(),
    };
    let form = is_owner.then(|| {
        let (form, error) = match filled {
            Some((Typed::Budget(form), error)) => (form.clone(), error),
            _ => (BudgetForm::of(project.budget), None),
        };
        editor(project.label.id, &form, error)
    });
    let about = "What the project may take, of the time of all its members.";
    let body = view! {
        {stands}
        {form}
    };
    part("part-budget", "Budget", about, body)
}

/// So much in the unit of a budget.
fn spell(budget: Budget, amount: i64, format: DurationFormat) -> String {
    match budget {
        Budget::Time(_) => Seconds(amount).written(format),
        Budget::Money(Money { currency, .. }) => {
            let minor = amount;
            Money { minor, currency }.spelled()
        }
    }
}

/// The bar alone, with what is spent of how much as its text.
fn progress(standing: &Standing, format: DurationFormat) -> impl IntoView + use<> {
    let Standing {
        budget, estimate, ..
    } = standing;
    let of = format!("Spent of {}", spell(*budget, budget.amount(), format));
    let value = estimate.per_mille.clamp(0, 1000).to_string();
    let share = format!("{} %", estimate.per_mille / 10);
    view! { <progress class="budget-bar" max="1000" value=value aria-label=of>{share}</progress> }
}

/// How time is rounded before it is paid for, where the budget is one of money.
fn rule(project: &Project, standing: &Standing) -> Option<String> {
    matches!(standing.budget, Budget::Money(_)).then(|| project.rounding.told())
}

/// In a list: the bar, and what is spent.
pub fn line(project: &Project, standing: &Standing, format: DurationFormat) -> AnyView {
    let Standing {
        budget, estimate, ..
    } = standing;
    let (spent, all) = (
        spell(*budget, estimate.spent, format),
        spell(*budget, budget.amount(), format),
    );
    let class = class(standing);
    let rule = rule(project, standing).map(|rule| view! { <small>{rule}</small> });
    view! {
        <span class=format!("{class} budget-line")>
            {progress(standing, format)}
            <span>{format!("{spent} of {all}")}</span>
            {rule}
        </span>
    }
    .into_any()
}

fn class(standing: &Standing) -> &'static str {
    if standing.estimate.left < 0 {
        "budget budget--over"
    } else {
        "budget"
    }
}

/// Spent, left, and when it runs out.
pub fn bar(project: &Project, standing: &Standing, format: DurationFormat) -> AnyView {
    let Standing {
        budget,
        estimate,
        beside,
    } = standing;
    let spell = |amount: i64| spell(*budget, amount, format);
    let is_over = estimate.left < 0;
    let left = if is_over {
        format!("{} over", spell(estimate.left.saturating_neg()))
    } else {
        format!("{} left", spell(estimate.left))
    };
    let ends = match (estimate.runs_out, estimate.left) {
        (Some(date), _) => format!(
            "At the pace of the last 28 days it runs out on {}.",
            long_date(date)
        ),
        (None, ..=0) => "It is used up.".to_owned(),
        (None, _) => "At the pace of the last 28 days it does not run out.".to_owned(),
    };
    let beside = (!beside.is_empty()).then(|| {
        let more = spelled(beside);
        view! { <p class="budget-end">{format!("{more} beside that is not counted: the budget is in another currency.")}</p> }
    });
    view! {
        <div class=class(standing)>
            <p class="budget-figures">
                <span><strong>{spell(estimate.spent)}</strong>" spent of "{spell(budget.amount())}</span>
                <span>{left}</span>
            </p>
            {progress(standing, format)}
            <p class="budget-end">{ends}</p>
            {rule(project, standing).map(|rule| view! { <p class="budget-end">{rule}</p> })}
            {beside}
        </div>
    }
    .into_any()
}

fn editor(id: ProjectId, form: &BudgetForm, error: Option<&AppError>) -> impl IntoView + use<> {
    let alert = said_of_all(error, &["hours", "amount", "currency"]);
    let kind = |value: &'static str, label: &'static str| {
        let checked = form.kind == value;
        view! { <label class="check"><input type="radio" name="kind" value=value checked=checked/>{label}</label> }
    };
    view! {
        <form class="card-form budget-form" method="post" action=format!("/project/{id}/budget")>
            <Alert message=alert/>
            <fieldset class="budget-kind">
                <legend>"What the project may take"</legend>
                {kind("none", "No budget")}
                {kind("time", "Time")}
                {kind("money", "Money")}
            </fieldset>
            <div class="budget-hours">
                <Input label="Hours" name="hours" optional=true value=form.hours.clone() error=said_of(error, "hours")
                    hint="40, or 37:30."/>
            </div>
            <div class="money-fields">
                <Input label="Amount" name="amount" of="budget-" optional=true value=form.amount.clone() error=said_of(error, "amount")
                    hint="Managers and owners see it."/>
                <Input label="Currency" name="currency" of="budget-" optional=true value=form.currency.clone() error=said_of(error, "currency")/>
            </div>
            <div class="edit-buttons"><button class="plain">"Save budget"</button></div>
        </form>
    }
}
