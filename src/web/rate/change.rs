//! Setting, changing and deleting a rate: what it would touch is shown before it is done.

use super::{
    At, Visit,
    confirm::{confirm, named, said},
    fields::{RateForm, SHOWN, fields, hidden},
    form::{Alert, said_of_all},
    list, project, who,
};
use crate::{
    domain::{AccountId, Level, RateId},
    error::AppError,
    server::rate::{RateChange, preview},
};
use axum::{
    extract::{Form, Query},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;

/// Shows what a new rate would touch.
pub async fn preview_new(visit: Visit, Form(form): Form<RateForm>) -> Result<Response, Response> {
    let account = who(&visit)?;
    let read = async {
        let draft = form.draft(account)?;
        let change = RateChange::Make(draft);
        let touched = preview(&visit.app.store, account, change, visit.now()).await?;
        Ok((draft, touched))
    };
    match read.await {
        Ok((draft, touched)) => {
            let what = said(&visit, account, draft.level, draft.hourly, draft.from).await?;
            let back = with_typed(&home(draft.level), &form);
            Ok(confirm(
                &visit,
                "New rate",
                what,
                &touched,
                "/rates",
                "Save",
                hidden(&form),
                back,
            ))
        }
        Err(error) => refused_new(&visit, account, &form, &error).await,
    }
}

/// Sets a rate.
pub async fn make(visit: Visit, Form(form): Form<RateForm>) -> Result<Response, Response> {
    let account = who(&visit)?;
    let made = async {
        let draft = form.draft(account)?;
        let store = &visit.app.store;
        store.make_rate(visit.asker()?, draft, visit.now()).await
    };
    match made.await {
        Ok(rate) => Ok(back_to(rate.level, "made")),
        Err(error) => refused_new(&visit, account, &form, &error).await,
    }
}

/// The form of one rate, with what is typed already.
pub async fn edit(
    visit: Visit,
    At(id): At<RateId>,
    Query(typed): Query<RateForm>,
) -> Result<Response, Response> {
    let account = who(&visit)?;
    let rate = visit.app.store.rate(account, id).await;
    let rate = rate.map_err(|error| visit.refuse(&error))?;
    let form = match typed.from.as_str() {
        "" => RateForm::of(&rate),
        _ => typed,
    };
    let name = visit.expect(named(&visit, account, rate.level).await)?;
    let main = edit_page(id, &form, rate.level, name, None);
    Ok(visit.page("Change a rate", main))
}

/// Shows what a change would touch.
pub async fn preview_change(
    visit: Visit,
    At(id): At<RateId>,
    Form(form): Form<RateForm>,
) -> Result<Response, Response> {
    let account = who(&visit)?;
    let read = async {
        let rate = visit.app.store.rate(account, id).await?;
        let revision = form.revision()?;
        let change = RateChange::Change(id, revision);
        let touched = preview(&visit.app.store, account, change, visit.now()).await?;
        Ok((rate, revision, touched))
    };
    match read.await {
        Ok((rate, revision, touched)) => {
            let hourly = revision.hourly.unwrap_or(rate.hourly);
            let from = revision.from.unwrap_or(rate.from);
            let what = said(&visit, account, rate.level, hourly, from).await?;
            let action = format!("/rates/{id}");
            let back = with_typed(&action, &form);
            Ok(confirm(
                &visit,
                "Change a rate",
                what,
                &touched,
                &action,
                "Save",
                hidden(&form),
                back,
            ))
        }
        Err(error) => refused_change(&visit, account, id, &form, &error).await,
    }
}

/// Changes a rate.
pub async fn save(
    visit: Visit,
    At(id): At<RateId>,
    Form(form): Form<RateForm>,
) -> Result<Response, Response> {
    let account = who(&visit)?;
    let changed = async {
        let revision = form.revision()?;
        let store = &visit.app.store;
        store.change_rate(visit.asker()?, id, revision).await
    };
    match changed.await {
        Ok(rate) => Ok(back_to(rate.level, "changed")),
        Err(error) => refused_change(&visit, account, id, &form, &error).await,
    }
}

/// Shows what deleting a rate would touch.
pub async fn preview_delete(visit: Visit, At(id): At<RateId>) -> Result<Response, Response> {
    let account = who(&visit)?;
    let store = &visit.app.store;
    let read = async {
        let rate = store.rate(account, id).await?;
        let change = RateChange::Delete(id);
        Ok((rate, preview(store, account, change, visit.now()).await?))
    };
    let (rate, touched) = read.await.map_err(|error| visit.refuse(&error))?;
    let what = said(&visit, account, rate.level, rate.hourly, rate.from).await?;
    let (action, back) = (format!("/rates/{id}/delete"), format!("/rates/{id}"));
    let form = RateForm::of(&rate);
    Ok(confirm(
        &visit,
        "Delete a rate",
        what,
        &touched,
        &action,
        "Delete",
        hidden(&form),
        back,
    ))
}

/// Deletes a rate.
pub async fn delete(visit: Visit, At(id): At<RateId>) -> Result<Response, Response> {
    let account = who(&visit)?;
    let store = &visit.app.store;
    let deleted = async {
        let rate = store.rate(account, id).await?;
        let deleted = store.delete_rate(visit.asker()?, id).await;
        deleted.map(|()| rate.level)
    };
    let level = deleted.await.map_err(|error| visit.refuse(&error))?;
    Ok(back_to(level, "deleted"))
}

/// The page that a rate is listed on.
fn home(level: Level) -> String {
    match level {
        Level::Account(_) | Level::Client(_) => "/rates".to_owned(),
        Level::Project(project) | Level::Member(project, _) => format!("/project/{project}/money"),
    }
}

/// The address of a form that shows what was typed.
fn with_typed(address: &str, form: &RateForm) -> String {
    let typed = [
        ("for", &form.level),
        ("amount", &form.amount),
        ("currency", &form.currency),
        ("from", &form.from),
    ];
    let typed = serde_urlencoded::to_string(typed).unwrap_or_default();
    format!("{address}?{typed}")
}

fn back_to(level: Level, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", home(level))).into_response()
}

async fn refused_new(
    visit: &Visit,
    account: AccountId,
    form: &RateForm,
    error: &AppError,
) -> Result<Response, Response> {
    if error.fields().is_none() && *error != AppError::DateTaken {
        return Err(visit.refuse(error));
    }
    // Whatever is wrong elsewhere, whose it is may be right.
    let readable = RateForm {
        amount: "0".to_owned(),
        currency: "EUR".to_owned(),
        from: "2026-01-01".to_owned(),
        ..form.clone()
    };
    match readable.draft(account).map(|draft| draft.level) {
        Ok(Level::Project(project) | Level::Member(project, _)) => {
            project::refused(visit, project, project::Typed::Rate(form), error).await
        }
        _ => list::refused(visit, form, error).await,
    }
}

async fn refused_change(
    visit: &Visit,
    account: AccountId,
    id: RateId,
    form: &RateForm,
    error: &AppError,
) -> Result<Response, Response> {
    let rate = visit.app.store.rate(account, id).await;
    let rate = rate.map_err(|error| visit.refuse(&error))?;
    let name = visit.expect(named(visit, account, rate.level).await)?;
    let main = edit_page(id, form, rate.level, name, Some(error));
    Ok(visit.refused(error, "Change a rate", main))
}

fn edit_page(
    id: RateId,
    form: &RateForm,
    level: Level,
    name: String,
    error: Option<&AppError>,
) -> impl IntoView + use<> {
    let alert = said_of_all(error, &SHOWN);
    view! {
        <main class="sheet">
            <h1>"Change a rate"</h1>
            <p class="lead"><bdi>{name}</bdi></p>
            <form class="settings" method="post" action=format!("/rates/{id}/preview")>
                <Alert message=alert/>
                {fields(form, error)}
                <div class="edit-buttons">
                    <button class="primary">"Preview"</button>
                    <button class="plain danger" formaction=format!("/rates/{id}/preview-delete") formnovalidate=true>"Delete"</button>
                    <a class="quiet" href=home(level)>"Back"</a>
                </div>
            </form>
        </main>
    }
}
