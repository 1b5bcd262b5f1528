//! `/project/ID/money`: the rates of a project, how it rounds, and how its budget stands.

use super::{
    At, Done, Told, Visit,
    budget::BudgetForm,
    fields::RateForm,
    list::{new_rate, rows},
    part,
    rounding::{self, RoundingForm},
    today, told, who,
};
use crate::{
    domain::{AccountId, Level, Member, Project, ProjectId, Rate, Role},
    error::AppError,
    server::budget::{self, Standing},
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;

/// What a page shows of a project's money: nothing that the account may not see.
pub struct Money {
    pub project: Project,
    /// Those that the account may see.
    rates: Vec<Rate>,
    members: Vec<Member>,
    standing: Option<Standing>,
    account: AccountId,
}

/// A form of this page, with what was typed.
#[derive(Clone, Copy)]
pub enum Typed<'a> {
    Rate(&'a RateForm),
    Rounding(&'a RoundingForm),
    Budget(&'a BudgetForm),
}

/// Which form is filled in already, and why it was refused, if it was.
pub type Filled<'a> = Option<(Typed<'a>, Option<&'a AppError>)>;

impl Money {
    /// Reads it for the account; not found for who is not in the project.
    pub async fn read(visit: &Visit, account: AccountId, id: ProjectId) -> Result<Self, AppError> {
        let store = &visit.app.store;
        let project = store.project(account, id).await?;
        let standing = budget::estimate(store, account, &project, visit.now()).await?;
        let mut rates = store.rates(account).await?;
        rates.retain(|rate| match rate.level {
            Level::Project(of) | Level::Member(of, _) => of == id,
            Level::Account(_) | Level::Client(_) => false,
        });
        Ok(Self {
            project,
            rates,
            members: store.members(account, id).await?,
            standing,
            account,
        })
    }
}

/// The page, with what is typed already.
pub async fn show(
    visit: Visit,
    At(id): At<ProjectId>,
    Query(Done { done }): Query<Done>,
    Query(rate): Query<RateForm>,
    Query(rounding): Query<RoundingForm>,
) -> Result<Response, Response> {
    let account = who(&visit)?;
    let money = Money::read(&visit, account, id).await;
    let money = money.map_err(|error| visit.refuse(&error))?;
    let filled = if !rate.level.is_empty() {
        Some((Typed::Rate(&rate), None))
    } else if !rounding.mode.is_empty() {
        Some((Typed::Rounding(&rounding), None))
    } else {
        None
    };
    let title = title(&money);
    Ok(visit.page(&title, page(&visit, &money, filled, told(&done))))
}

/// The page with what is wrong.
pub async fn refused(
    visit: &Visit,
    id: ProjectId,
    typed: Typed<'_>,
    error: &AppError,
) -> Result<Response, Response> {
    let account = who(visit)?;
    if error.fields().is_none() && *error != AppError::DateTaken {
        return Err(visit.refuse(error));
    }
    let money = Money::read(visit, account, id).await;
    let money = money.map_err(|error| visit.refuse(&error))?;
    let main = page(visit, &money, Some((typed, Some(error))), None);
    Ok(visit.refused(error, &title(&money), main))
}

fn title(money: &Money) -> String {
    format!("Money of {}", money.project.label.name)
}

fn page(
    visit: &Visit,
    money: &Money,
    filled: Filled<'_>,
    told: Option<&'static str>,
) -> impl IntoView + use<> {
    let address = format!("/project/{}", money.project.label.id);
    view! {
        <main class="sheet">
            <div class="project-head">
                <div class="project-title">
                    <p class="project-way"><a href=address><bdi>{money.project.label.path()}</bdi></a></p>
                    <h1>"Money"</h1>
                </div>
            </div>
            <Told message=told/>
            {sections(visit, money, filled)}
        </main>
    }
}

/// Budget, rounding and rates of a project, each a section: what the account may see and set of them.
pub fn sections(visit: &Visit, money: &Money, filled: Filled<'_>) -> AnyView {
    let is_owner = money.project.label.role == Some(Role::Owner);
    let format = visit.settings().duration_format;
    let standing = money.standing.as_ref();
    let budget = super::budget::section(&money.project, standing, format, is_owner, filled);
    let rounding = rounding::section(&money.project, is_owner, filled);
    view! {
        {budget}
        {rounding}
        {rates(visit, money, filled)}
    }
    .into_any()
}

fn rates(visit: &Visit, money: &Money, filled: Filled<'_>) -> AnyView {
    let manages = money.project.shows_money();
    if !manages && money.rates.is_empty() {
        return ().into_any();
    }
    let name = |rate: &Rate| match rate.level {
        Level::Member(_, own) if own == money.account => "Me".to_owned(),
        Level::Member(_, other) => {
            let member = money.members.iter().find(|it| it.account.id == other);
            member.map_or_else(
                || "(no longer a member)".to_owned(),
                |it| it.account.called(),
            )
        }
        _ => "All members".to_owned(),
    };
    let listed: Vec<&Rate> = money.rates.iter().collect();
    let list = rows(&listed, &name, manages);
    let about = if manages {
        "What an hour in this project costs. Without a rate, that of the client holds, or each member's own."
    } else {
        "What an hour of yours in this project costs."
    };
    let new = manages.then(|| {
        let id = money.project.label.id;
        let mut options = vec![(Level::Project(id), "All members".to_owned())];
        let members = money.members.iter().map(|member| {
            let name = match member.account.id {
                own if own == money.account => "Me".to_owned(),
                _ => member.account.called(),
            };
            (Level::Member(id, member.account.id), name)
        });
        options.extend(members);
        let currency = money.rates.first().map(|rate| rate.hourly.currency);
        let (form, error) = match filled {
            Some((Typed::Rate(form), error)) => (form.clone(), error),
            _ => (
                RateForm::new(Level::Project(id), currency, today(visit)),
                None,
            ),
        };
        new_rate(&form, options, error)
    });
    view! {
        {part("part-rates", "Rates", about, list)}
        {new}
    }
    .into_any()
}
