//! Who is in a project: roles, and the ways out.

use super::{
    At, Visit,
    home::{self, Refused, Shown, Why},
    part::{Ask, Item, day_of, part, role_name, role_options},
};
use crate::{
    domain::{AccountId, Member, ProjectId, Role},
    error::AppError,
};
use axum::{extract::Form, response::Response};
use leptos::prelude::*;
use serde::Deserialize;

/// What a member is to be.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    role: String,
}

/// Gives a member another role.
pub async fn change_role(
    visit: Visit,
    At((id, other)): At<(ProjectId, AccountId)>,
    Form(form): Form<RoleForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let changed = match form.role.parse() {
        Ok(role) => {
            let store = &visit.app.store;
            let now = visit.app.clock.now();
            store.change_role(asker, id, other, role, now).await
        }
        // Nobody learns from what they mistype that there is a project.
        Err(errors) => visit
            .app
            .store
            .member(asker.account, id, other)
            .await
            .and(Err(AppError::from(errors))),
    };
    match changed {
        Ok(_) => Ok(visit.redirect(&format!("/project/{id}?done=role"))),
        Err(error) => home::refused(&visit, id, Refused::Member(other), &error).await,
    }
}

/// Ends the membership of somebody else.
pub async fn remove(
    visit: Visit,
    At((id, other)): At<(ProjectId, AccountId)>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    if asker.account == other {
        return leave(visit, At(id)).await;
    }
    match end(&visit, id, other).await {
        Ok(()) => Ok(visit.redirect(&format!("/project/{id}?done=removed"))),
        Err(error) => home::refused(&visit, id, Refused::Member(other), &error).await,
    }
}

/// Ends one's own membership.
pub async fn leave(visit: Visit, At(id): At<ProjectId>) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    match end(&visit, id, asker.account).await {
        Ok(()) => Ok(visit.redirect("/projects?done=left")),
        Err(error) => home::refused(&visit, id, Refused::Leave, &error).await,
    }
}

async fn end(visit: &Visit, id: ProjectId, other: AccountId) -> Result<(), AppError> {
    let asker = visit.asker()?;
    let store = &visit.app.store;
    store.end_membership(asker, id, other, visit.now()).await
}

/// The list, and the way out.
pub fn section(shown: &Shown, why: Why<'_>) -> AnyView {
    let rows = shown.members.iter().map(|member| row(shown, member, why));
    let error = match why {
        Some((Refused::Leave, error)) => Some(error.to_string()),
        _ => None,
    };
    let action = format!("/project/{}/leave", shown.project.label.id);
    let leaving = "You see the others' sessions no longer. Your own stay with you, under the name the project has now.";
    let body = view! {
        <ul class="items" aria-label="Members">{rows.collect_view()}</ul>
        <Ask summary="Leave…" about=leaving action=action button="Leave project" error=error/>
    };
    let about = "Members see each other's sessions in this project. Nobody changes another's.";
    part("members", "Members", about, body)
}

fn row(shown: &Shown, member: &Member, why: Why<'_>) -> AnyView {
    let name = member.account.called();
    let (is_self, is_owner) = (
        member.account.id == shown.account,
        shown.role == Role::Owner,
    );
    let is_below = shown.role == Role::Manager && member.role == Role::Member;
    let joined = day_of(&shown.offsets, member.joined_at);
    let error = match why {
        Some((Refused::Member(account), error)) if *account == member.account.id => {
            Some(error.to_string())
        }
        _ => None,
    };
    let item = Item {
        name: if is_self {
            format!("{name} (you)")
        } else {
            name.clone()
        },
        chip: Some(role_name(member.role)),
        facts: format!("since {joined}"),
        open: error.is_some(),
    };
    let (project, account) = (shown.project.label.id, member.account.id);
    let address = format!("/project/{project}/members/{account}");
    let owners = shown
        .members
        .iter()
        .filter(|member| member.role == Role::Owner);
    // The only owner stays one, so there is nothing to choose.
    let is_only_owner = is_self && is_owner && owners.count() == 1;
    let choices = [Role::Member, Role::Manager, Role::Owner].into_iter();
    let choices =
        choices.filter(|role| shown.role.may_change(member.role, *role) && !is_only_owner);
    let choices: Vec<Role> = choices.collect();
    let role = (!choices.is_empty()).then(|| role_form(&name, &address, member, &choices, error));
    let remove = (!is_self && (is_owner || is_below)).then(|| {
        let about =
            format!("{name} sees this project no longer, at once, and keeps their own sessions.");
        let (action, button) = (format!("{address}/remove"), format!("Remove {name}"));
        view! { <Ask summary="Remove…" about=about action=action button=button error=None/> }
    });
    let can = role.is_some() || remove.is_some();
    item.view(can.then(|| view! { {role} {remove} }.into_any()))
}

fn role_form(
    name: &str,
    address: &str,
    member: &Member,
    choices: &[Role],
    error: Option<String>,
) -> AnyView {
    let id = format!("role-{}", member.account.id);
    let error = error.map(|error| view! { <p class="field-error" role="alert">{error}</p> });
    view! {
        <form class="line-form" method="post" action=format!("{address}/role")>
            <div class="field">
                <label for=id.clone()>"Role"<span class="visually-hidden">{format!(" of {name}")}</span></label>
                <select id=id name="role">{role_options(choices, member.role)}</select>
            </div>
            <button class="plain">"Change role"</button>
            {error}
        </form>
    }
    .into_any()
}
