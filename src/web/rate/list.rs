//! `/rates`: what an hour of one's own costs, and one for each client.

use super::{
    Done, Visit,
    fields::{RateForm, SHOWN, choice, fields},
    form::{Alert, said_of_all},
    today, told, who,
    words::{self, long_date},
};
use crate::{
    domain::{AccountId, Level, Rate},
    error::AppError,
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;

const TITLE: &str = "Rates";

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
    let form = form.unwrap_or_else(|| RateForm::new(Level::Account(account), currency, today(visit)));
    let told = told.map(|told| view! { <p class="form-done" role="status">{told}</p> });
    let paid = (!paid.is_empty()).then(|| {
        let rows = rows(&paid, &|rate| {
            let project = match rate.level {
                Level::Member(project, _) => catalog.project(project),
                _ => None,
            };
            project.map_or_else(String::new, |project| project.name.to_string())
        }, false);
        view! {
            <section class="account-part" aria-labelledby="part-paid">
                <h2 id="part-paid">"Set for me in projects"</h2>
                {rows}
            </section>
        }
    });
    Ok(view! {
        <main class="sheet">
            <h1>{TITLE}</h1>
            {told}
            <p class="lead">"What an hour costs. The closest rate holds: of a member, else of the project, else of the client, else one's own."</p>
            <section class="account-part" aria-labelledby="part-mine">
                <h2 id="part-mine">"My rates"</h2>
                {rows(&mine, &name, true)}
            </section>
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
pub fn rows(
    rates: &[&Rate],
    name: &dyn Fn(&Rate) -> String,
    can_change: bool,
) -> AnyView {
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
) -> impl IntoView + use<> {
    let alert = said_of_all(error, &SHOWN);
    view! {
        <section class="account-part" aria-labelledby="part-new">
            <h2 id="part-new">"New rate"</h2>
            <form class="settings" method="post" action="/rates/preview">
                <Alert message=alert/>
                {choice(form, options, error)}
                {fields(form, error)}
                <div class="edit-buttons"><button class="primary">"Preview"</button></div>
            </form>
        </section>
    }
}
