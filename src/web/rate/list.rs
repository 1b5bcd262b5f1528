//! `/rates`: what an hour of one's own costs, and one for each client.

use super::{
    Done, ListHead, Told, Visit,
    fields::{RateForm, SHOWN, choice, fields},
    form::{Alert, said_of_all},
    part, today, told, who,
    words::{self, long_date},
};
use crate::{
    domain::{AccountId, Level, Rate},
    error::AppError,
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;

const TITLE: &str = "Rates";
const ABOUT: &str = "What an hour of your time costs. A rate of a client comes before it, one of a project before \
                     that, and one of a member before all.";

/// The page, with what is typed already.
pub async fn show(
    visit: Visit,
    Query(Done { done }): Query<Done>,
    Query(form): Query<RateForm>,
) -> Result<Response, Response> {
    let form = Some(form).filter(|form| !form.level.is_empty());
    let main = page(&visit, form, None, told(&done)).await?;
    Ok(visit.page(TITLE, main))
}

/// The page with what is wrong.
pub async fn refused(
    visit: &Visit,
    form: &RateForm,
    error: &AppError,
) -> Result<Response, Response> {
    let main = page(visit, Some(form.clone()), Some(error), None).await?;
    Ok(visit.refused(error, TITLE, main))
}

async fn page(
    visit: &Visit,
    form: Option<RateForm>,
    error: Option<&AppError>,
    told: Option<&'static str>,
) -> Result<impl IntoView + use<>, Response> {
    let account = who(visit)?;
    let store = &visit.app.store;
    let read = async {
        Ok::<_, AppError>((
            store.rates(account).await?,
            store.clients(account).await?,
            store.catalog(account).await?,
        ))
    };
    let (rates, clients, catalog) = read.await.map_err(|error| visit.refuse(&error))?;
    let is_mine = |rate: &&Rate| matches!(rate.level, Level::Account(_) | Level::Client(_));
    let mine: Vec<&Rate> = rates.iter().filter(is_mine).collect();
    let paid: Vec<&Rate> = rates.iter().filter(|rate| is_paid(rate, account)).collect();
    let name = |rate: &Rate| words::level(rate.level, &catalog, &clients, &[]);
    let mut options = vec![(Level::Account(account), "All my time".to_owned())];
    let in_use = clients.iter().filter(|client| !client.is_archived);
    options.extend(in_use.map(|client| (Level::Client(client.id), client.name.to_string())));
    let currency = mine.last().map(|rate| rate.hourly.currency);
    let form =
        form.unwrap_or_else(|| RateForm::new(Level::Account(account), currency, today(visit)));
    let paid = (!paid.is_empty()).then(|| {
        let rows = rows(
            &paid,
            &|rate| {
                let project = match rate.level {
                    Level::Member(project, _) => catalog.project(project),
                    _ => None,
                };
                project.map_or_else(String::new, |project| project.name.to_string())
            },
            false,
        );
        let about = "What managers set for you in their projects.";
        part("part-paid", "In projects", about, rows)
    });
    Ok(view! {
        <main class="sheet">
            <ListHead title=TITLE/>
            <Told message=told/>
            {part("part-mine", "My rates", ABOUT, rows(&mine, &name, true))}
            {new_rate(&form, options, error)}
            {paid}
        </main>
    })
}

/// Whether somebody else says what the account is paid.
fn is_paid(rate: &Rate, account: AccountId) -> bool {
    matches!(rate.level, Level::Member(_, own) if own == account)
}

/// A list of rates, each with the way to change it.
pub fn rows(rates: &[&Rate], name: &dyn Fn(&Rate) -> String, can_change: bool) -> AnyView {
    if rates.is_empty() {
        return view! { <p>"None yet."</p> }.into_any();
    }
    let rows: Vec<_> = rates
        .iter()
        .map(|rate| {
            let name = name(rate);
            let amount = format!("{} an hour", rate.hourly.spelled());
            let from = format!("from {}", long_date(rate.from));
            let change = can_change.then(|| {
                let label = format!("Change {name}, {amount} {from}");
                let address = format!("/rates/{}", rate.id);
                view! { <a class="quiet" href=address aria-label=label>"Change"</a> }
            });
            view! {
                <li class="device rate">
                    <span><bdi>{name}</bdi><small>{from}</small></span>
                    <span class="rate-amount">{amount}</span>
                    {change}
                </li>
            }
        })
        .collect();
    view! { <ul class="devices rates" aria-label="Rates">{rows}</ul> }.into_any()
}

/// The form for another rate.
pub fn new_rate(
    form: &RateForm,
    options: Vec<(Level, String)>,
    error: Option<&AppError>,
) -> AnyView {
    let alert = said_of_all(error, &SHOWN);
    let body = view! {
        <form class="card-form" method="post" action="/rates/preview">
            <Alert message=alert/>
            {choice(form, options, error)}
            {fields(form, error)}
            <div class="edit-buttons"><button class="primary">"Preview"</button></div>
        </form>
    };
    let about = "What it changes is shown before it is saved.";
    part("part-new", "New rate", about, body)
}
