//! `/project/{id}`: one project, from its head to its settings; each part has a file of its own.

use super::{
    At, Done, Visit,
    fields::ProjectForm,
    hours::{self, Hours, Looked},
    invite,
    invite::InviteForm,
    members,
    part::{Chip, Told, role_name},
};
use crate::{
    components::swatch::{Swatch, hue_of},
    domain::{
        AccountId, Client, Instant, Member, Offsets, OpenInvitation, Project, ProjectId, Role,
        Settings,
    },
    error::AppError,
    server::{
        budget::{self, Standing},
        zone,
    },
    web::rate::budget::bar,
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;

/// What the page shows.
pub struct Shown {
    /// Who looks at it.
    pub account: AccountId,
    pub role: Role,
    pub project: Project,
    pub hours: Hours,
    /// How its budget stands, as far as that may be seen.
    pub standing: Option<Standing>,
    pub settings: Settings,
    pub members: Vec<Member>,
    /// For managers only.
    pub invitations: Vec<OpenInvitation>,
    /// The clients of who looks at it, for owners only.
    pub clients: Vec<Client>,
    /// In the zone of who looks at it.
    pub offsets: Offsets,
}

/// The part of the page whose form was refused, with what was typed.
pub enum Refused<'a> {
    Settings(&'a ProjectForm),
    Archive,
    Delete,
    Leave,
    Member(AccountId),
    Invite(&'a InviteForm),
}

/// Why, too.
pub type Why<'a> = Option<(&'a Refused<'a>, &'a AppError)>;

/// The page.
pub async fn show(
    visit: Visit,
    At(id): At<ProjectId>,
    Query(Done { done }): Query<Done>,
    Query(looked): Query<Looked>,
) -> Result<Response, Response> {
    let shown = visit.expect(read(&visit, visit.somebody()?.account, id, &looked).await)?;
    let main = page(&shown, told(&done), None);
    Ok(visit.page(shown.project.label.name.as_str(), main))
}

/// The page with what is wrong beside the form it was said of. What is not there for the account,
/// or not for it to do, is answered by a page of its own.
pub async fn refused(
    visit: &Visit,
    id: ProjectId,
    part: Refused<'_>,
    error: &AppError,
) -> Result<Response, Response> {
    if matches!(error, AppError::NotFound | AppError::NotAllowed) {
        return Err(visit.refuse(error));
    }
    let shown =
        visit.expect(read(visit, visit.somebody()?.account, id, &Looked::default()).await)?;
    let main = page(&shown, None, Some((&part, error)));
    Ok(visit.refused(error, shown.project.label.name.as_str(), main))
}

async fn read(
    visit: &Visit,
    account: AccountId,
    id: ProjectId,
    looked: &Looked,
) -> Result<Shown, AppError> {
    let (store, now) = (&visit.app.store, visit.now());
    let project = store.project(account, id).await?;
    let members = store.members(account, id).await?;
    let hours = hours::read(visit, account, id, looked).await?;
    let standing = budget::estimate(store, account, &project, now).await?;
    let role = project.label.role.unwrap_or(Role::Member);
    let invitations = match role {
        Role::Member => Vec::new(),
        Role::Manager | Role::Owner => store.open_invitations(account, id, now).await?,
    };
    let clients = match role {
        Role::Owner => store.clients(account).await?,
        Role::Member | Role::Manager => Vec::new(),
    };
    let dates = members.iter().map(|member| member.joined_at);
    let dates = dates.chain(invitations.iter().map(|invitation| invitation.expires_at));
    let (from, to) = dates.fold((now, now), |(from, to): (Instant, Instant), at| {
        (from.min(at), to.max(at))
    });
    let settings = visit.settings();
    let offsets = zone::offsets(&settings.zone(), from, to);
    Ok(Shown {
        account,
        role,
        project,
        hours,
        standing,
        settings,
        members,
        invitations,
        clients,
        offsets,
    })
}

fn told(done: &str) -> Option<&'static str> {
    match done {
        "made" => Some("The project is there. Write @ and its name where you start the timer."),
        "saved" => Some("The project was changed."),
        "archived" => Some("The project is archived."),
        "unarchived" => Some("The project takes time again."),
        "joined" => Some("You are in this project now."),
        "role" => Some("The role was changed."),
        "removed" => Some("The member was removed, and keeps their sessions."),
        "invited" => Some("The invitation waits for an answer."),
        "withdrawn" => Some("The invitation was withdrawn."),
        _ => None,
    }
}

/// What was worked comes first, then who is in the project, then what it is.
fn page(shown: &Shown, told: Option<&'static str>, why: Why<'_>) -> AnyView {
    let manages = shown.role >= Role::Manager;
    let owns = shown.role == Role::Owner;
    view! {
        <main class="sheet">
            {head(shown)}
            <Told message=told/>
            {hours::section(&shown.hours, shown.project.label.id)}
            {members::section(shown, why)}
            {manages.then(|| invite::section(shown, why))}
            {owns.then(|| super::settings::section(shown, why))}
            {owns.then(|| super::settings::ending(shown, why))}
        </main>
    }
    .into_any()
}

fn head(shown: &Shown) -> AnyView {
    let label = &shown.project.label;
    let client = label.client.as_ref();
    let client = client.map(|(_, name)| view! { <bdi>{name.to_string()}</bdi> });
    let words = [
        label.is_archived.then_some("Archived"),
        label.billable.then_some("Billable"),
        Some(role_name(shown.role)),
    ];
    let chips = words.into_iter().flatten();
    let chips = chips.map(|text| view! { <Chip text/> }).collect_view();
    let format = shown.settings.duration_format;
    let bar = shown
        .standing
        .as_ref()
        .map(|standing| bar(&shown.project, standing, format));
    view! {
        <div class="project-head">
            <div class="project-title">
                <p class="project-way"><a href="/projects">"Projects"</a></p>
                <h1><Swatch hue=hue_of(&label.colour)/><bdi>{label.name.to_string()}</bdi></h1>
                <p class="project-facts">{client}{chips}</p>
            </div>
            <nav class="ways-on" aria-label="More of this project">
                <a href=format!("/project/{}/money", label.id)>"Money"</a>
            </nav>
        </div>
        {bar}
    }
    .into_any()
}
