//! Invitations to projects, as those see them who invite.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part, Within},
    members::PersonBody,
    moment::Moment,
    page::Listing,
    problem::Problem,
    projects::RoleWord,
};
use crate::{
    domain::{InvitationId, OpenInvitation, ProjectId, Role, Username},
    server::invitation,
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::{IntoParams, ToSchema};

/// An invitation to a project that nobody answered yet.
#[derive(Serialize, ToSchema)]
pub struct OpenInvitationBody {
    #[schema(value_type = String, format = "uuid")]
    id: InvitationId,
    /// As it was written; null for an invitation by link.
    #[schema(value_type = Option<String>)]
    username: Option<Username>,
    role: RoleWord,
    /// Null if the account is gone.
    invited_by: Option<PersonBody>,
    created_at: Moment,
    expires_at: Moment,
}

impl From<OpenInvitation> for OpenInvitationBody {
    fn from(invitation: OpenInvitation) -> Self {
        Self {
            id: invitation.id,
            username: invitation.username,
            role: invitation.role.into(),
            invited_by: invitation.invited_by.map(PersonBody::from),
            created_at: Moment(invitation.created_at),
            expires_at: Moment(invitation.expires_at),
        }
    }
}

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// If it is not said, the answer holds a code for whoever is given it.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9][A-Za-z0-9._+@-]{0,63}$")]
    username: Option<Username>,
    /// Manager or member; member, if it is not said.
    role: Option<RoleWord>,
}

/// A new invitation.
#[derive(Serialize, ToSchema)]
pub struct NewInvitationBody {
    #[serde(flatten)]
    about: OpenInvitationBody,
    /// Of an invitation by link: good once. It is not shown again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    code: Option<String>,
}

/// Invites somebody to a project, by user name or by link; owners and managers do. The answer is
/// the same whether or not anybody has the user name. One that was invited before is invited anew.
#[utoipa::path(
    post, path = "/projects/{id}/invitations", tag = "Members", params(Item<ProjectId>),
    request_body(content = Option<NewInvitation>),
    responses((status = 201, description = "The invitation", body = NewInvitationBody))
)]
pub async fn invite(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<ProjectId>,
    Body(new): Body<NewInvitation>,
) -> Result<(StatusCode, Json<NewInvitationBody>), Problem> {
    let app = &state.app;
    let role = new.role.map_or(Role::Member, Role::from);
    let (about, code) = match new.username {
        Some(username) => {
            let invited = invitation::invite_by_name(app, &caller, id, username, role);
            (invited.await?, None)
        }
        None => {
            let (invited, code) = invitation::invite_by_link(app, &caller, id, role).await?;
            (invited, Some(code.to_string()))
        }
    };
    let about = about.into();
    Ok((StatusCode::CREATED, Json(NewInvitationBody { about, code })))
}

/// The invitations to a project that nobody answered yet, newest first; owners and managers see them.
#[utoipa::path(
    get, path = "/projects/{id}/invitations", tag = "Members", params(Item<ProjectId>, Part),
    responses((status = 200, description = "Part of the list", body = Listing<OpenInvitationBody>))
)]
pub async fn list_open_invitations(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Query(part): Query<Part>,
) -> Result<Json<Listing<OpenInvitationBody>>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let open = app.store.open_invitations(caller.account, id, now).await?;
    let key = |it: &OpenInvitation| Reverse((it.created_at.timestamp(), it.id));
    Ok(Json(part.of(open, key)?))
}

/// An invitation to a project.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct InvitationPlace {
    /// The project.
    #[param(value_type = String, format = "uuid")]
    id: ProjectId,
    #[param(value_type = String, format = "uuid")]
    invitation: InvitationId,
}

/// Takes an invitation back.
#[utoipa::path(
    delete, path = "/projects/{id}/invitations/{invitation}", tag = "Members", params(InvitationPlace),
    responses((status = 204, description = "It is good no longer"))
)]
pub async fn withdraw_invitation(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Within(place): Within<InvitationPlace>,
) -> Result<StatusCode, Problem> {
    let store = &state.app.store;
    store
        .withdraw_invitation(&caller, place.id, place.invitation)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
