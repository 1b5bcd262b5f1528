//! Answering invitations: those an account was sent, and the one a link leads to.

use super::{
    At, Visit,
    form::message,
    part::{Chip, role_name},
};
use crate::{
    domain::{InvitationId, Project, ReceivedInvitation},
    error::AppError,
    server::{invitation, store::Accepted},
};
use axum::{
    extract::{Form, Query},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

const TITLE: &str = "Invitation";

/// What a link holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

/// Becomes a member by an invitation that the account was sent.
pub async fn accept(visit: Visit, At(id): At<InvitationId>) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let (store, now) = (&visit.app.store, visit.now());
    let accepted = store.accept_invitation(asker, Accepted::Id(id), now);
    let project = visit.expect(accepted.await)?;
    Ok(welcome(&visit, &project))
}

/// Turns such an invitation down.
pub async fn decline(visit: Visit, At(id): At<InvitationId>) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    visit.expect(visit.app.store.decline_invitation(asker, id).await)?;
    Ok(visit.redirect("/projects?done=declined"))
}

/// What a link leads to. Nothing is decided yet.
pub async fn show(visit: Visit, Query(form): Query<CodeForm>) -> Result<Response, Response> {
    match invitation::find_by_code(&visit.app, &form.code).await {
        Ok(invitation) => {
            let is_member = is_member(&visit, &invitation).await?;
            let main = page(&visit, &invitation, &form.code, is_member);
            Ok(visit.page(TITLE, main))
        }
        Err(error) => Ok(visit.refused(&error, TITLE, message(&error, true))),
    }
}

/// Becomes a member by a link. A browser without an account becomes a guest first, if the link is
/// good.
pub async fn accept_code(
    mut visit: Visit,
    Form(form): Form<CodeForm>,
) -> Result<Response, Response> {
    visit.anybody()?;
    visit.expect(invitation::find_by_code(&visit.app, &form.code).await)?;
    let asker = visit.asker_or_guest().await?;
    let accepted = invitation::accept_code(&visit.app, asker, &form.code);
    let project = visit.expect(accepted.await)?;
    Ok(welcome(&visit, &project))
}

/// Turns a link down, for everybody.
pub async fn decline_code(visit: Visit, Form(form): Form<CodeForm>) -> Result<Response, Response> {
    visit.expect(invitation::decline_code(&visit.app, visit.asker().ok(), &form.code).await)?;
    Ok(visit.redirect("/projects?done=declined"))
}

fn welcome(visit: &Visit, project: &Project) -> Response {
    visit.redirect(&format!("/project/{}?done=joined", project.label.id))
}

async fn is_member(visit: &Visit, invitation: &ReceivedInvitation) -> Result<bool, Response> {
    let Some(account) = visit.account() else {
        return Ok(false);
    };
    let project = visit.app.store.project(account, invitation.project.0);
    match project.await {
        Ok(_) => Ok(true),
        Err(AppError::NotFound) => Ok(false),
        Err(error) => Err(visit.refuse(&error)),
    }
}

/// The invitations that an account was sent, with their answers; nothing where there are none.
pub fn invitations(received: &[ReceivedInvitation]) -> Option<AnyView> {
    let rows = received.iter().map(|invitation| {
        let name = &invitation.project.1;
        let address = format!("/invitations/{}", invitation.id);
        view! {
            <li class="invitation">
                <p class="invitation-text"><b><bdi>{name.to_string()}</bdi></b><Chip text=role_name(invitation.role)/><span>{invited_by(invitation)}</span></p>
                <div class="ways">
                    <form method="post" action=format!("{address}/accept")><button class="primary">"Accept"<span class="visually-hidden">{format!(" {name}")}</span></button></form>
                    <form method="post" action=format!("{address}/decline")><button class="plain">"Decline"<span class="visually-hidden">{format!(" {name}")}</span></button></form>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!received.is_empty()).then(|| {
        view! {
            <section class="invitations" aria-labelledby="invitations">
                <h2 id="invitations">"Invitations"</h2>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn invited_by(invitation: &ReceivedInvitation) -> String {
    let by = invitation.invited_by.as_ref();
    by.map_or_else(
        || "You were invited".to_owned(),
        |person| format!("{} invites you", person.called()),
    )
}

fn page(visit: &Visit, invitation: &ReceivedInvitation, code: &str, is_member: bool) -> AnyView {
    let (project, name) = &invitation.project;
    let role = role_name(invitation.role).to_lowercase();
    let text = format!(
        "{} to this project, as a {role}. Members see each other's sessions in it, and nobody's elsewhere.",
        invited_by(invitation)
    );
    let ways = if is_member {
        view! {
            <p class="lead">"You are in this project already. The link is still good for somebody else."</p>
            <p><a class="primary" href=format!("/project/{project}")>"Open the project"</a></p>
        }
        .into_any()
    } else {
        let answer = |action: &'static str, class: &'static str, word: &'static str| {
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="code" value=code.to_owned()/>
                    <button class=class>{word}<span class="visually-hidden">{format!(" {name}")}</span></button>
                </form>
            }
        };
        let sign_in = visit.account().is_none().then(|| view! {
            <p class="aside">"You have an account? " <a href="/sign-in">"Sign in"</a> " first, then open this link again."</p>
        });
        view! {
            <p class="lead">{text}</p>
            <div class="ways invitation-ways">
                {answer("/invitation/accept", "primary", "Accept")}
                {answer("/invitation/decline", "plain", "Decline")}
            </div>
            {sign_in}
        }
        .into_any()
    };
    view! {
        <main class="sheet">
            <p class="project-way">"Invitation"</p>
            <h1><bdi>{name.to_string()}</bdi></h1>
            {ways}
        </main>
    }
    .into_any()
}
