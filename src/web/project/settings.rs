//! What a project is, and its end; for its owners.

use super::{
    ArchiveForm, At, SureForm, Visit,
    fields::{ProjectForm, SHOWN, fields},
    form::{Alert, said_of, said_of_all},
    home::{self, Refused, Shown, Why},
    part::{Ask, part},
};
use crate::{
    domain::{ProjectId, ProjectRevision},
    error::AppError,
    server::rate::{Regrouping, preview_regrouping},
    web::rate::words::unless_sure,
};
use axum::{extract::Form, response::Response};
use leptos::prelude::*;

/// Changes name, client, colour, and whether somebody pays. What another client does to amounts is told before.
pub async fn change(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(mut form): Form<ProjectForm>,
) -> Result<Response, Response> {
    let changed = match form.revision() {
        Ok(revision) if form.is_sure() => revise(&visit, id, revision).await,
        Ok(revision) => {
            let client = revision.client.clone().flatten();
            match told(&visit, Regrouping::ChooseClient(id, client), "client").await {
                Ok(()) => revise(&visit, id, revision).await,
                Err(error) => {
                    if said_of(Some(&error), "client").is_some() {
                        form.be_sure();
                    }
                    Err(error)
                }
            }
        }
        // Nobody learns from what they mistype that there is a project, or whose it is.
        Err(errors) => match revise(&visit, id, ProjectRevision::default()).await {
            Ok(()) => Err(errors.into()),
            Err(error) => Err(error),
        },
    };
    match changed {
        Ok(()) => Ok(visit.redirect(&format!("/project/{id}?done=saved"))),
        Err(error) => home::refused(&visit, id, Refused::Settings(&form), &error).await,
    }
}

/// Puts a project out of use, or back into it.
pub async fn archive(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<ArchiveForm>,
) -> Result<Response, Response> {
    let archived = form.is_archived();
    let revision = ProjectRevision {
        archived: Some(archived),
        ..ProjectRevision::default()
    };
    let done = if archived { "archived" } else { "unarchived" };
    match revise(&visit, id, revision).await {
        Ok(()) => Ok(visit.redirect(&format!("/project/{id}?done={done}"))),
        Err(error) => home::refused(&visit, id, Refused::Archive, &error).await,
    }
}

/// Deletes a project. All sessions stay; what that does to amounts is told before.
pub async fn delete(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<SureForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let (store, now) = (&visit.app.store, visit.now());
    let deleted = async {
        if form.sure.is_empty() {
            told(&visit, Regrouping::DeleteProject(id), "delete").await?;
        }
        store.delete_project(asker, id, now).await
    };
    match deleted.await {
        Ok(()) => Ok(visit.redirect("/projects?done=deleted")),
        Err(error) => home::refused(&visit, id, Refused::Delete, &error).await,
    }
}

/// Refuses, beside `field`, a change that would touch amounts.
async fn told(visit: &Visit, change: Regrouping, field: &str) -> Result<(), AppError> {
    let (store, account) = (&visit.app.store, visit.asker()?.account);
    let touched = preview_regrouping(store, account, change, visit.now());
    unless_sure(&touched.await?, field)
}

async fn revise(visit: &Visit, id: ProjectId, revision: ProjectRevision) -> Result<(), AppError> {
    let asker = visit.asker()?;
    let store = &visit.app.store;
    let changed = store.change_project(asker, id, revision, visit.now());
    changed.await.map(drop)
}

/// The form with what the project is.
pub fn section(shown: &Shown, why: Why<'_>) -> AnyView {
    let now = ProjectForm::of(&shown.project);
    let (form, error) = match why {
        Some((Refused::Settings(form), error)) => (*form, Some(error)),
        _ => (&now, None),
    };
    let body = view! {
        <form class="card-form" method="post" action=format!("/project/{}/settings", shown.project.label.id)>
            <Alert message=said_of_all(error, &SHOWN)/>
            {fields(form, &shown.clients, error)}
            <div class="edit-buttons"><button class="primary">"Save project"</button></div>
        </form>
    };
    let about = "What new sessions take from the project. Those that are there stay as they are; but what they come to goes by the rates of the client that stands here.";
    part("settings", "Settings", about, body)
}

/// Archiving, taking back, and deleting.
pub fn ending(shown: &Shown, why: Why<'_>) -> AnyView {
    let label = &shown.project.label;
    let address = format!("/project/{}", label.id);
    let (about, archived, button) = if label.is_archived {
        (
            "This project is archived: it takes no more time.",
            "no",
            "Take back into use",
        )
    } else {
        (
            "An archived project takes no more time and is out of the lists. What runs in it goes on.",
            "yes",
            "Archive project",
        )
    };
    let said = |of_delete: bool| match why {
        Some((Refused::Archive, error)) if !of_delete => Some(error.to_string()),
        Some((Refused::Delete, error)) if of_delete => Some(error.to_string()),
        _ => None,
    };
    let is_told = why.is_some_and(|(_, error)| said_of(Some(error), "delete").is_some());
    let delete = "It is gone for every member, for good. No session is lost: each stays with whoever tracked it, in no project. Its rates and its rounding go with it: what its sessions come to goes by the other rates.";
    let action = format!("{address}/delete");
    let confirm = format!("Delete {}", label.name);
    let body = view! {
        <form method="post" action=format!("{address}/archive")>
            <Alert message=said(false)/>
            <input type="hidden" name="archived" value=archived/>
            <button class="plain">{button}</button>
        </form>
        <Ask summary="Delete…" about=delete action=action button=confirm error=said(true) is_told/>
    };
    part("ending", "Archive or delete", about, body)
}
