//! Inviting people to projects.

use super::{
    secret,
    state::AppState,
    store::{Accepted, Asker, Invitee, NewInvitation},
};
use crate::{
    domain::{
        FieldErrors, OpenInvitation, Project, ProjectId, ReceivedInvitation, Role, Username,
        code::{Code, CodeKind},
    },
    error::AppError,
};
use chrono::TimeDelta;

/// How long an invitation can be answered.
const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Invites the account with this user name, if there is one; nothing tells whether there is.
pub async fn invite_by_name(
    app: &AppState,
    asker: impl Into<Asker>,
    project: ProjectId,
    username: Username,
    role: Role,
) -> Result<OpenInvitation, AppError> {
    invite(app, asker, project, Invitee::Named(username), role).await
}

/// Invites whoever is given the code, once; it is not to be had again.
pub async fn invite_by_link(
    app: &AppState,
    asker: impl Into<Asker>,
    project: ProjectId,
    role: Role,
) -> Result<(OpenInvitation, Code), AppError> {
    let code = secret::random_code(CodeKind::Invitation);
    let invitee = Invitee::Link(secret::hash(code.reveal()));
    let invitation = invite(app, asker, project, invitee, role).await?;
    Ok((invitation, code))
}

async fn invite(
    app: &AppState,
    asker: impl Into<Asker>,
    project: ProjectId,
    invitee: Invitee,
    role: Role,
) -> Result<OpenInvitation, AppError> {
    let now = app.clock.now();
    let new = NewInvitation {
        invitee,
        role,
        expires_at: now + GOOD_FOR,
    };
    app.store.invite(asker, project, &new, now).await
}

/// The invitation by link of a code that was typed in whatever case and however separated.
pub async fn find_by_code(app: &AppState, typed: &str) -> Result<ReceivedInvitation, AppError> {
    let hash = hash_typed(typed)?;
    app.store.invitation_by_code(&hash, app.clock.now()).await
}

/// Becomes a member by such a code, which is used up.
pub async fn accept_code(
    app: &AppState,
    asker: impl Into<Asker>,
    typed: &str,
) -> Result<Project, AppError> {
    let code = Accepted::Code(hash_typed(typed)?);
    app.store
        .accept_invitation(asker, code, app.clock.now())
        .await
}

/// Turns the invitation of such a code down; nobody can use it then. Whoever has the code may, also
/// without an account.
pub async fn decline_code(
    app: &AppState,
    asker: Option<Asker>,
    typed: &str,
) -> Result<(), AppError> {
    app.store.decline_code(asker, &hash_typed(typed)?).await
}

fn hash_typed(typed: &str) -> Result<String, FieldErrors> {
    let code = Code::read(CodeKind::Invitation, typed);
    let wrong = || FieldErrors::one("code", "This is not a code of an invitation.");
    Ok(secret::hash(code.ok_or_else(wrong)?.reveal()))
}
