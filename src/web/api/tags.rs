//! The words that an account puts on its sessions.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part, told_made},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{Tag, TagId, Title},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A word on sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagBody {
    #[schema(value_type = String, format = "uuid")]
    id: TagId,
    #[schema(value_type = String, example = "bug")]
    name: Title,
    created_at: Moment,
}

impl From<Tag> for TagBody {
    fn from(tag: Tag) -> Self {
        Self {
            id: tag.id,
            name: tag.name,
            created_at: Moment(tag.created_at),
        }
    }
}

/// The account's tags, by name.
#[utoipa::path(
    get, path = "/tags", tag = "Projects", params(Part),
    responses((status = 200, description = "Part of the list", body = Listing<TagBody>))
)]
pub async fn list_tags(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listing<TagBody>>, Problem> {
    let tags = state.app.store.tags(caller.account).await?;
    let key = |tag: &Tag| (tag.name.key(), tag.id);
    Ok(Json(part.of(tags, key)?))
}

/// What a tag is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    /// A UUID of your own making, best of version 7: however often the same is sent, there is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<TagId>,
    /// No other tag of the account has it, whatever the case.
    #[schema(value_type = String, min_length = 1, max_length = 100)]
    name: Title,
}

/// Makes a tag.
#[utoipa::path(
    post, path = "/tags", tag = "Projects",
    request_body = NewTag,
    responses(
        (status = 201, description = "The new tag", body = TagBody),
        (status = 200, description = "The tag that the same id made before", body = TagBody),
    )
)]
pub async fn make_tag(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewTag>,
) -> Result<(StatusCode, Json<TagBody>), Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let made = app.store.make_tag_as(caller.account, new.id, new.name, now);
    Ok(told_made(made.await?))
}

/// One tag.
#[utoipa::path(
    get, path = "/tags/{id}", tag = "Projects", params(Item<TagId>),
    responses((status = 200, description = "It", body = TagBody))
)]
pub async fn show_tag(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<TagId>,
) -> Result<Json<TagBody>, Problem> {
    let tag = state.app.store.tag(caller.account, id).await?;
    Ok(Json(tag.into()))
}

/// What to change; what is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPatch {
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    name: Option<Title>,
}

/// Renames a tag, on all its sessions.
#[utoipa::path(
    patch, path = "/tags/{id}", tag = "Projects", params(Item<TagId>),
    request_body(content = Option<TagPatch>),
    responses((status = 200, description = "The tag as it is now", body = TagBody))
)]
pub async fn change_tag(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<TagId>,
    Body(patch): Body<TagPatch>,
) -> Result<Json<TagBody>, Problem> {
    let store = &state.app.store;
    let tag = match patch.name {
        Some(name) => store.rename_tag(caller.account, id, name).await?,
        None => store.tag(caller.account, id).await?,
    };
    Ok(Json(tag.into()))
}

/// Deletes a tag: takes it off all its sessions.
#[utoipa::path(
    delete, path = "/tags/{id}", tag = "Projects", params(Item<TagId>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete_tag(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<TagId>,
) -> Result<StatusCode, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    app.store.delete_tag(caller.account, id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where a tag goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagMerge {
    /// Another tag of the account.
    #[schema(value_type = String, format = "uuid")]
    into: TagId,
}

/// Lets another tag take the place of this one, on all its sessions.
#[utoipa::path(
    post, path = "/tags/{id}/merge", tag = "Projects", params(Item<TagId>),
    request_body = TagMerge,
    responses((status = 200, description = "The tag that is left", body = TagBody))
)]
pub async fn merge_tag(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<TagId>,
    Body(TagMerge { into }): Body<TagMerge>,
) -> Result<Json<TagBody>, Problem> {
    let tag = state.app.store.merge_tag(caller.account, id, into).await?;
    Ok(Json(tag.into()))
}
