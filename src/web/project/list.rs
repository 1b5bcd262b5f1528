//! `/projects`: what somebody works on, who invites them to more, and how to begin another.

use super::{
    Visit,
    answer::invitations,
    fields::{ProjectForm, SHOWN, fields},
    form::{Alert, said_of_all},
    part::{Chip, ListHead, Told, card, count, role_name},
};
use crate::{
    components::{
        drawing::EmptyDrawing,
        swatch::{Swatch, hue_of},
    },
    domain::{AccountId, Client, Project, ProjectId, ReceivedInvitation, Role, Settings},
    error::AppError,
    server::budget::{self, Standing},
    web::rate::budget::line,
};
use axum::{
    extract::{Form, Query},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

const TITLE: &str = "Projects";

/// What is to be shown beside the projects that take time.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// Anything for archived projects, too.
    archived: String,
    /// What was done just now.
    done: String,
}

/// What an account has to show here.
#[derive(Default)]
struct Known {
    projects: Vec<Project>,
    /// How those budgets stand that may be seen.
    standings: HashMap<ProjectId, Standing>,
    settings: Settings,
    clients: Vec<Client>,
    received: Vec<ReceivedInvitation>,
}

/// The page. A browser without an account has nothing yet, and may begin.
pub async fn show(visit: Visit, Query(shown): Query<Shown>) -> Result<Response, Response> {
    let account = visit.anybody()?;
    let known = visit.expect(read(&visit, account).await)?;
    let form = ProjectForm::new(known.projects.len());
    Ok(visit.page(TITLE, page(&known, &shown, &form, None)))
}

/// Makes a project, and shows it.
pub async fn make(mut visit: Visit, Form(form): Form<ProjectForm>) -> Result<Response, Response> {
    visit.anybody()?;
    let made = match form.draft() {
        Ok(draft) => {
            let asker = visit.asker_or_guest().await?;
            let made = visit.app.store.make_project(asker, draft, visit.now());
            made.await
        }
        Err(errors) => Err(errors.into()),
    };
    match made {
        Ok(project) => Ok(visit.redirect(&format!("/project/{}?done=made", project.label.id))),
        Err(error) => {
            let known = visit.expect(read(&visit, visit.account()).await)?;
            let main = page(&known, &Shown::default(), &form, Some(&error));
            Ok(visit.refused(&error, TITLE, main))
        }
    }
}

async fn read(visit: &Visit, account: Option<AccountId>) -> Result<Known, AppError> {
    let Some(account) = account else {
        return Ok(Known::default());
    };
    let store = &visit.app.store;
    let projects = store.projects(account).await?;
    Ok(Known {
        standings: budget::estimates(store, account, &projects, visit.now()).await?,
        settings: visit.settings(),
        projects,
        clients: store.clients(account).await?,
        received: store.received_invitations(account, visit.now()).await?,
    })
}

fn told(done: &str) -> Option<&'static str> {
    match done {
        "left" => Some("You left the project. Your sessions stay with you."),
        "deleted" => Some("The project was deleted. All sessions stay."),
        "declined" => Some("The invitation was declined."),
        _ => None,
    }
}

fn page(known: &Known, shown: &Shown, form: &ProjectForm, error: Option<&AppError>) -> AnyView {
    let (archived, used): (Vec<_>, Vec<_>) = known
        .projects
        .iter()
        .partition(|project| project.label.is_archived);
    let list = if known.projects.is_empty() {
        empty().into_any()
    } else {
        groups(known, &used)
    };
    let new = view! {
        <form class="card-form" method="post" action="/projects">
            <Alert message=said_of_all(error, &SHOWN)/>
            {fields(form, &known.clients, error)}
            <button class="primary">"Create project"</button>
        </form>
    };
    view! {
        <main class="sheet">
            <ListHead title=TITLE/>
            <Told message=told(&shown.done)/>
            {invitations(&known.received)}
            <div class="columns">
                <div class="column-main">
                    {list}
                    {archive(known, &archived, !shown.archived.is_empty())}
                </div>
                <div class="side">
                    {card("new-project", "New project", new)}
                </div>
            </div>
        </main>
    }
    .into_any()
}

fn empty() -> impl IntoView {
    view! {
        <div class="empty">
            <EmptyDrawing/>
            <p class="empty-title">"No projects yet"</p>
            <p>"A project gathers sessions, under a client if there is one. Create the first here, or write it where you start the timer:"</p>
            <p><code class="example">"Fix the login @Acme/Website #bug"</code></p>
            <p>"The client, the project and the tag are made as you go."</p>
        </div>
    }
}

/// The projects of each client; those without one come last.
fn groups(known: &Known, projects: &[&Project]) -> AnyView {
    let mut groups: BTreeMap<(bool, String), (String, Vec<&Project>)> = BTreeMap::new();
    for project in projects {
        let client = project.label.client.as_ref().map(|(_, name)| name);
        let key = (
            client.is_none(),
            client.map(|name| name.key()).unwrap_or_default(),
        );
        let name = client.map_or_else(|| "No client".to_owned(), ToString::to_string);
        groups
            .entry(key)
            .or_insert((name, Vec::new()))
            .1
            .push(project);
    }
    let groups = groups
        .into_values()
        .enumerate()
        .map(|(place, (name, projects))| group(known, format!("group-{place}"), name, &projects));
    groups.collect_view().into_any()
}

fn group(known: &Known, id: String, name: String, projects: &[&Project]) -> AnyView {
    let rows = projects.iter().map(|project| row(known, project));
    let labelled = id.clone();
    view! {
        <section class="project-group" aria-labelledby=labelled>
            <h2 id=id><bdi>{name}</bdi></h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn row(known: &Known, project: &Project) -> AnyView {
    let label = &project.label;
    let role = label
        .role
        .filter(|role| *role != Role::Owner)
        .map(role_name);
    let standing = known.standings.get(&label.id);
    let budget = standing.map(|standing| line(project, standing, known.settings.duration_format));
    let billable = label.billable.then_some("Billable");
    let chips = role
        .into_iter()
        .chain(billable)
        .map(|text| view! { <Chip text/> });
    view! {
        <li class="project-row">
            <a href=format!("/project/{}", label.id)><Swatch hue=hue_of(&label.colour)/><bdi>{label.name.to_string()}</bdi></a>
            {budget}
            <span class="project-chips">{chips.collect_view()}</span>
        </li>
    }
    .into_any()
}

/// Archived projects, or the way to see them.
fn archive(known: &Known, projects: &[&Project], is_shown: bool) -> Option<AnyView> {
    if projects.is_empty() {
        return None;
    }
    Some(if is_shown {
        view! {
            {group(known, "archived".to_owned(), "Archived".to_owned(), projects)}
            <p class="archive-way"><a class="quiet" href="/projects">"Hide what is archived"</a></p>
        }
        .into_any()
    } else {
        let archived = count(projects.len() as u64, "archived project");
        view! { <p class="archive-way"><a class="quiet" href="/projects?archived=1">{archived}</a></p> }
            .into_any()
    })
}
