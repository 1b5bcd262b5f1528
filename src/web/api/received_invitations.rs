//! Invitations to projects, as those see them who are invited.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part},
    members::PersonBody,
    moment::Moment,
    page::Listing,
    problem::Problem,
    projects::{ProjectBody, RoleWord},
    session::Nothing,
};
use crate::{
    domain::{InvitationId, ProjectId, ReceivedInvitation, Title},
    server::{invitation, store::Accepted},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::ToSchema;

/// An invitation that waits for the account's answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationBody {
    #[schema(value_type = String, format = "uuid")]
    id: InvitationId,
    project: InvitedTo,
    role: RoleWord,
    /// Null if the account is gone.
    invited_by: Option<PersonBody>,
    created_at: Moment,
    expires_at: Moment,
}

/// The project of an invitation.
#[derive(Serialize, ToSchema)]
pub struct InvitedTo {
    #[schema(value_type = String, format = "uuid")]
    id: ProjectId,
    #[schema(value_type = String)]
    name: Title,
}

impl From<ReceivedInvitation> for InvitationBody {
    fn from(invitation: ReceivedInvitation) -> Self {
        let (id, name) = invitation.project;
        Self {
            id: invitation.id,
            project: InvitedTo { id, name },
            role: invitation.role.into(),
            invited_by: invitation.invited_by.map(PersonBody::from),
            created_at: Moment(invitation.created_at),
            expires_at: Moment(invitation.expires_at),
        }
    }
}

/// The invitations that wait for the account's answer, newest first.
#[utoipa::path(
    get, path = "/invitations", tag = "Members", params(Part),
    responses((status = 200, description = "Part of the list", body = Listing<InvitationBody>))
)]
pub async fn list_invitations(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listing<InvitationBody>>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let received = app.store.received_invitations(caller.account, now).await?;
    let key = |it: &ReceivedInvitation| Reverse((it.created_at.timestamp(), it.id));
    Ok(Json(part.of(received, key)?))
}

/// Becomes a member of the project.
#[utoipa::path(
    post, path = "/invitations/{id}/accept", tag = "Members", params(Item<InvitationId>),
    request_body(content = Option<Nothing>),
    responses((status = 200, description = "The project", body = ProjectBody))
)]
pub async fn accept_invitation(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<InvitationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<ProjectBody>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let accepted = Accepted::Id(id);
    let project = app.store.accept_invitation(&caller, accepted, now).await?;
    Ok(Json(project.into()))
}

/// Turns an invitation down.
#[utoipa::path(
    post, path = "/invitations/{id}/decline", tag = "Members", params(Item<InvitationId>),
    request_body(content = Option<Nothing>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn decline_invitation(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<InvitationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Problem> {
    let store = &state.app.store;
    store.decline_invitation(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an invitation by link holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationCode {
    /// In whatever case, with or without hyphens.
    #[schema(example = "CDFH-JKMP-QRTV-WXY2-3467")]
    code: String,
}

/// Becomes a member of a project with the code of an invitation by link, which is used up.
#[utoipa::path(
    post, path = "/invitations/accept", tag = "Members",
    request_body = InvitationCode,
    responses((status = 200, description = "The project", body = ProjectBody))
)]
pub async fn accept_code(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(InvitationCode { code }): Body<InvitationCode>,
) -> Result<Json<ProjectBody>, Problem> {
    let project = invitation::accept_code(&state.app, &caller, &code).await?;
    Ok(Json(project.into()))
}

/// Tells what the code of an invitation by link leads to. It stays good.
#[utoipa::path(
    post, path = "/invitations/preview", tag = "Members",
    request_body = InvitationCode,
    responses((status = 200, description = "The invitation", body = InvitationBody))
)]
pub async fn show_code(
    State(state): State<WebState>,
    Reader(_caller): Reader,
    Body(InvitationCode { code }): Body<InvitationCode>,
) -> Result<Json<InvitationBody>, Problem> {
    let invitation = invitation::find_by_code(&state.app, &code).await?;
    Ok(Json(invitation.into()))
}

/// Turns an invitation by link down, for everybody: its code is good no longer.
#[utoipa::path(
    post, path = "/invitations/decline", tag = "Members",
    request_body = InvitationCode,
    responses((status = 204, description = "It is gone"))
)]
pub async fn decline_code(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(InvitationCode { code }): Body<InvitationCode>,
) -> Result<StatusCode, Problem> {
    invitation::decline_code(&state.app, Some((&caller).into()), &code).await?;
    Ok(StatusCode::NO_CONTENT)
}
