//! Who is in a project.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part, Within},
    moment::Moment,
    page::Listing,
    problem::Problem,
    projects::RoleWord,
};
use crate::{
    domain::{AccountId, Member, Person, ProjectId, Role, Username},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Somebody who is in a project.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberBody {
    account: PersonBody,
    role: RoleWord,
    joined_at: Moment,
}

/// An account, as others see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonBody {
    #[schema(value_type = String, format = "uuid")]
    id: AccountId,
    /// Null for a guest.
    #[schema(value_type = Option<String>)]
    username: Option<Username>,
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            username: person.username,
        }
    }
}

impl From<Member> for MemberBody {
    fn from(member: Member) -> Self {
        Self {
            account: member.account.into(),
            role: member.role.into(),
            joined_at: Moment(member.joined_at),
        }
    }
}

/// The members of a project, in the order in which they came.
#[utoipa::path(
    get, path = "/projects/{id}/members", tag = "Members", params(Item<ProjectId>, Part),
    responses((status = 200, description = "Part of the list", body = Listing<MemberBody>))
)]
pub async fn list_members(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
    Query(part): Query<Part>,
) -> Result<Json<Listing<MemberBody>>, Problem> {
    let members = state.app.store.members(caller.account, id).await?;
    let key = |member: &Member| (member.joined_at.timestamp(), member.account.id);
    Ok(Json(part.of(members, key)?))
}

/// A member of a project.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MemberPlace {
    /// The project.
    #[param(value_type = String, format = "uuid")]
    id: ProjectId,
    #[param(value_type = String, format = "uuid")]
    account: AccountId,
}

/// One member.
#[utoipa::path(
    get, path = "/projects/{id}/members/{account}", tag = "Members", params(MemberPlace),
    responses((status = 200, description = "The member", body = MemberBody))
)]
pub async fn show_member(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Within(place): Within<MemberPlace>,
) -> Result<Json<MemberBody>, Problem> {
    let store = &state.app.store;
    let member = store
        .member(caller.account, place.id, place.account)
        .await?;
    Ok(Json(member.into()))
}

/// What a member is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    role: RoleWord,
}

/// Gives a member another role: owners any, managers that of a manager to who is neither. To hand a project over, make somebody else an
/// owner; only a device that is signed in can, no personal token. The last owner stays one.
#[utoipa::path(
    patch, path = "/projects/{id}/members/{account}", tag = "Members", params(MemberPlace),
    request_body = MemberPatch,
    responses((status = 200, description = "The member as it is now", body = MemberBody))
)]
pub async fn change_member(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Within(place): Within<MemberPlace>,
    Body(MemberPatch { role }): Body<MemberPatch>,
) -> Result<Json<MemberBody>, Problem> {
    let store = &state.app.store;
    let (role, now) = (role.into(), state.app.clock.now());
    if role == Role::Owner {
        caller.require_device()?;
    }
    let changed = store.change_role(&caller, place.id, place.account, role, now);
    Ok(Json(changed.await?.into()))
}

/// Leaves a project, or removes somebody: owners anybody, managers those who are neither. Sessions
/// stay with whoever tracked them. The last owner cannot leave.
#[utoipa::path(
    delete, path = "/projects/{id}/members/{account}", tag = "Members", params(MemberPlace),
    responses((status = 204, description = "No longer a member"))
)]
pub async fn end_membership(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Within(place): Within<MemberPlace>,
) -> Result<StatusCode, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    app.store
        .end_membership(&caller, place.id, place.account, now)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
