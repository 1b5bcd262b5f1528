//! `/clients`: whom an account works for.

use super::{
    ArchiveForm, At, Done, NameForm, SureForm, Visit,
    form::said_of,
    named::Named,
    part::{Ask, Item, count},
};
use crate::{
    domain::{Client, ClientId, Title},
    error::AppError,
    server::rate::{Regrouping, preview_regrouping},
    web::rate::words::unless_sure,
};
use axum::{
    extract::{Form, Query},
    response::Response,
};
use leptos::prelude::*;
use std::collections::HashMap;

const CLIENTS: Named = Named {
    title: "Clients",
    address: "/clients",
    one: "client",
};

/// What is said beside the button that deletes, where a form of a client is refused.
const DELETE: &str = "delete";

/// A form that was refused: of which client, if not of a new one; the name that was typed; why.
type Refused<'a> = Option<(Option<ClientId>, &'a str, &'a AppError)>;

/// The page. A browser without an account has nothing yet, and may begin.
pub async fn show(visit: Visit, Query(Done { done }): Query<Done>) -> Result<Response, Response> {
    visit.anybody()?;
    let main = page(&visit, told(&done), None).await?;
    Ok(visit.page(CLIENTS.title, main))
}

/// Makes a client.
pub async fn make(mut visit: Visit, Form(form): Form<NameForm>) -> Result<Response, Response> {
    visit.anybody()?;
    let made = match Title::new(&form.name) {
        Ok(name) => {
            let asker = visit.asker_or_guest().await?;
            let made = visit.app.store.make_client(asker, name, visit.now());
            made.await
        }
        Err(errors) => Err(errors.into()),
    };
    answer(&visit, made, "made", (None, &form.name)).await
}

/// Gives a client another name.
pub async fn rename(
    visit: Visit,
    At(id): At<ClientId>,
    Form(form): Form<NameForm>,
) -> Result<Response, Response> {
    let changed = match Title::new(&form.name) {
        Ok(name) => change(&visit, id, (Some(name), None)).await,
        Err(errors) => Err(errors.into()),
    };
    answer(&visit, changed, "renamed", (Some(id), &form.name)).await
}

/// Puts a client out of use, or back into it.
pub async fn archive(
    visit: Visit,
    At(id): At<ClientId>,
    Form(form): Form<ArchiveForm>,
) -> Result<Response, Response> {
    let archived = form.is_archived();
    let done = if archived { "archived" } else { "unarchived" };
    let changed = change(&visit, id, (None, Some(archived))).await;
    answer(&visit, changed, done, (Some(id), "")).await
}

/// Deletes a client. Its projects stay; what that does to amounts is told before.
pub async fn delete(
    visit: Visit,
    At(id): At<ClientId>,
    Form(form): Form<SureForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let (store, now) = (&visit.app.store, visit.now());
    let deleted = async {
        if form.sure.is_empty() {
            let change = Regrouping::DeleteClient(id);
            let touched = preview_regrouping(store, asker.account, change, now).await?;
            unless_sure(&touched, DELETE)?;
        }
        store.delete_client(asker, id, now).await
    };
    answer(&visit, deleted.await, "deleted", (Some(id), "")).await
}

async fn change(
    visit: &Visit,
    id: ClientId,
    patch: (Option<Title>, Option<bool>),
) -> Result<Client, AppError> {
    let asker = visit.asker()?;
    let store = &visit.app.store;
    store.change_client(asker, id, patch, visit.now()).await
}

/// The way back to the list, or the list with what is wrong.
async fn answer<T>(
    visit: &Visit,
    done: Result<T, AppError>,
    word: &str,
    (of, typed): (Option<ClientId>, &str),
) -> Result<Response, Response> {
    match done {
        Ok(_) => Ok(visit.redirect(&format!("/clients?done={word}"))),
        Err(error) => {
            let main = page(visit, None, Some((of, typed, &error))).await?;
            Ok(visit.refused(&error, CLIENTS.title, main))
        }
    }
}

fn told(done: &str) -> Option<&'static str> {
    match done {
        "made" => Some("The client is there."),
        "renamed" => Some("The client was renamed."),
        "archived" => Some("The client is archived."),
        "unarchived" => Some("The client is back in use."),
        "deleted" => Some("The client was deleted. Its projects stay."),
        _ => None,
    }
}

async fn page(
    visit: &Visit,
    told: Option<&'static str>,
    refused: Refused<'_>,
) -> Result<AnyView, Response> {
    let (mut clients, mut projects) = (Vec::new(), HashMap::new());
    if let Some(account) = visit.account() {
        let store = &visit.app.store;
        clients = visit.expect(store.clients(account).await)?;
        for project in visit.expect(store.projects(account).await)? {
            if let Some((id, _)) = project.label.client {
                *projects.entry(id).or_default() += 1;
            }
        }
    }
    // What is said of a client that is not here is said of nothing.
    if let Some((Some(id), ..)) = refused
        && !clients.iter().any(|client| client.id == id)
    {
        return Err(visit.refuse(&AppError::NotFound));
    }
    clients.sort_by_key(|client| client.is_archived);
    let rows = clients.iter().map(|client| {
        let projects = projects.get(&client.id).copied().unwrap_or_default();
        row(client, projects, refused)
    });
    let new = match refused {
        Some((None, typed, error)) => (typed.to_owned(), Some(error)),
        _ => (String::new(), None),
    };
    let empty = CLIENTS.empty(
        "A client is whom projects are for. Write one before the project where you start the timer, and both are made:",
        "Fix the login @Acme/Website",
    );
    Ok(CLIENTS.page(told, rows.collect(), empty, new, None))
}

fn row(client: &Client, projects: u64, refused: Refused<'_>) -> AnyView {
    let name = client.name.to_string();
    let address = format!("/clients/{}", client.id);
    let typed = match refused {
        Some((Some(id), typed, error)) if id == client.id => (typed.to_owned(), Some(error)),
        _ => (name.clone(), None),
    };
    let (archived, button) = if client.is_archived {
        ("no", "Take back into use")
    } else {
        ("yes", "Archive")
    };
    let delete = match projects {
        0 => "It has no projects. Rates that were set for it go with it.".to_owned(),
        _ => format!(
            "What belongs to it stays: {}, without a client from then on. Rates that were set for it go with it: \
             what they paid, also in the past, is worth what the other rates say.",
            count(projects, "project")
        ),
    };
    let asked = said_of(typed.1, DELETE);
    let typed = match &asked {
        Some(_) => (name.clone(), None),
        None => typed,
    };
    let item = Item {
        name: name.clone(),
        chip: client.is_archived.then_some("Archived"),
        facts: count(projects, "project"),
        open: typed.1.is_some() || asked.is_some(),
    };
    let body = view! {
        {CLIENTS.rename_form(&client.id.to_string(), typed)}
        <div class="item-more">
            <form method="post" action=format!("{address}/archive")>
                <input type="hidden" name="archived" value=archived/>
                <button class="plain">{button}</button>
            </form>
            <Ask summary="Delete…" about=delete action=format!("{address}/delete") button=format!("Delete {name}") is_told=asked.is_some() error=asked/>
        </div>
    };
    item.view(Some(body.into_any()))
}
