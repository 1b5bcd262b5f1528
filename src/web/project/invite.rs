//! Inviting people to a project, by user name or by a link.

use super::{
    At, Visit,
    form::{Alert, Input, said_of, said_of_all},
    home::{self, Refused, Shown, Why},
    part::{day_of, part, role_name, role_options},
};
use crate::{
    domain::{AccountId, FieldErrors, InvitationId, OpenInvitation, ProjectId, Role, Username},
    error::AppError,
    server::invitation,
};
use axum::{extract::Form, response::Response};
use leptos::prelude::*;
use serde::Deserialize;

const ROLES: [Role; 2] = [Role::Member, Role::Manager];

/// Whom to invite, and as what.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    username: String,
    role: String,
}

impl InviteForm {
    fn role(&self) -> Result<Role, FieldErrors> {
        self.role.parse()
    }
}

/// Invites the account of this user name. The answer is the same whether or not there is one.
pub async fn by_name(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<InviteForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let invited = async {
        may_invite(&visit, asker.account, id).await?;
        let username: Username = form.username.parse()?;
        invitation::invite_by_name(&visit.app, asker, id, username, form.role()?).await
    };
    match invited.await {
        Ok(_) => Ok(visit.redirect(&format!("/project/{id}?done=invited"))),
        Err(error) => home::refused(&visit, id, Refused::Invite(&form), &error).await,
    }
}

/// Makes a link, and shows it this once.
pub async fn by_link(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<InviteForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let made = async {
        may_invite(&visit, asker.account, id).await?;
        invitation::invite_by_link(&visit.app, asker, id, form.role()?).await
    };
    match made.await {
        Ok((about, code)) => {
            let link = format!("{}/invitation?code={code}", visit.origin);
            let role = role_name(about.role).to_lowercase();
            let main = view! {
                <main class="sheet">
                    <h1>"Invitation link"</h1>
                    <p class="lead">{format!("Whoever opens it can join as a {role}, once. Copy it now; it is shown only this once, and good for two weeks.")}</p>
                    <p class="link-code link-code--long"><code aria-label="Invitation link">{link}</code></p>
                    <p><a class="primary" href=format!("/project/{id}")>"Back to the project"</a></p>
                </main>
            };
            Ok(visit.page("Invitation link", main))
        }
        Err(error) => home::refused(&visit, id, Refused::Invite(&form), &error).await,
    }
}

/// Takes an invitation back.
pub async fn withdraw(
    visit: Visit,
    At((id, invitation)): At<(ProjectId, InvitationId)>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let store = &visit.app.store;
    visit.expect(store.withdraw_invitation(asker, id, invitation).await)?;
    Ok(visit.redirect(&format!("/project/{id}?done=withdrawn")))
}

/// Asked before anything is said of what was typed.
async fn may_invite(visit: &Visit, account: AccountId, id: ProjectId) -> Result<(), AppError> {
    match visit.app.store.member(account, id, account).await?.role {
        Role::Member => Err(AppError::NotAllowed),
        Role::Manager | Role::Owner => Ok(()),
    }
}

/// What waits for an answer, and the form.
pub fn section(shown: &Shown, why: Why<'_>) -> AnyView {
    let (username, role, error) = match why {
        Some((Refused::Invite(form), error)) => (form.username.clone(), form.role(), Some(error)),
        _ => (String::new(), Ok(Role::Member), None),
    };
    let role = role.unwrap_or(Role::Member);
    let address = format!("/project/{}", shown.project.label.id);
    let waiting = shown
        .invitations
        .iter()
        .map(|invitation| row(shown, invitation))
        .collect_view();
    let waiting = (!shown.invitations.is_empty())
        .then(|| view! { <ul class="items" aria-label="Open invitations">{waiting}</ul> });
    let body = view! {
        {waiting}
        <form class="invite-form" method="post" action=format!("{address}/invitations")>
            <Alert message=said_of_all(error, &["username"])/>
            <div class="line-form">
                <Input label="User name" name="username" of="invite-" value=username error=said_of(error, "username")/>
                <div class="field">
                    <label for="invite-role">"Role"</label>
                    <select id="invite-role" name="role">{role_options(&ROLES, role)}</select>
                </div>
                <button class="plain">"Invite"</button>
            </div>
            <p class="invite-link">
                <span>"Or send a link to somebody who has no user name yet."</span>
                <button class="quiet" formaction=format!("{address}/invitation-link") formnovalidate=true>"Make invitation link"</button>
            </p>
        </form>
    };
    let about = "A manager also invites and removes members, and sees rates.";
    part("invite", "Invite", about, body)
}

fn row(shown: &Shown, invitation: &OpenInvitation) -> AnyView {
    let name = match &invitation.username {
        Some(username) => username.to_string(),
        None => "Link".to_owned(),
    };
    let until = day_of(&shown.offsets, invitation.expires_at);
    let by = invitation.invited_by.as_ref();
    let by = by.map(|person| format!("by {}, ", person.called()));
    let facts = format!("{}until {until}", by.unwrap_or_default());
    let action = format!(
        "/project/{}/invitations/{}/withdraw",
        shown.project.label.id, invitation.id
    );
    view! {
        <li class="item">
            <form class="item-row" method="post" action=action>
                <span class="item-name"><bdi>{name.clone()}</bdi><span class="chip">{role_name(invitation.role)}</span></span>
                <span class="item-facts">{facts}</span>
                <button class="quiet">"Withdraw"<span class="visually-hidden">{format!(" {name}")}</span></button>
            </form>
        </li>
    }
    .into_any()
}
