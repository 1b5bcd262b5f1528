//! The words that an account puts on its sessions.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part, made_status},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{AccountId, Tag, TagId, Title},
    error::AppError,
    server::{caller::Caller, store::Store},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// A word on sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagBody {
    #[schema(value_type = String, format = "uuid")]
    id: TagId,
    #[schema(value_type = String, example = "bug")]
    name: Title,
    /// How many sessions have it.
    #[schema(minimum = 0)]
    sessions: u64,
    created_at: Moment,
}

/// Tags as they are told.
pub async fn told(
    store: &Store,
    account: AccountId,
    tags: Vec<Tag>,
) -> Result<Vec<TagBody>, AppError> {
    let uses = store.tag_uses(account).await?;
    Ok(tags.into_iter().map(|tag| tell(tag, &uses)).collect())
}

fn tell(tag: Tag, uses: &HashMap<TagId, u64>) -> TagBody {
    TagBody {
        id: tag.id,
        name: tag.name,
        sessions: uses.get(&tag.id).copied().unwrap_or_default(),
        created_at: Moment(tag.created_at),
    }
}

async fn told_one(state: &WebState, caller: &Caller, tag: Tag) -> Result<Json<TagBody>, Problem> {
    let uses = state.app.store.tag_uses(caller.account).await?;
    Ok(Json(tell(tag, &uses)))
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
    let (store, account) = (&state.app.store, caller.account);
    let key = |tag: &Tag| (tag.name.key(), tag.id);
    let Listing { items, next_cursor } = part.of::<_, Tag, _>(store.tags(account).await?, key)?;
    let items = told(store, account, items).await?;
    Ok(Json(Listing { items, next_cursor }))
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
    let made = app.store.make_tag_as(&caller, new.id, new.name, now);
    let made = made.await?;
    let told = told_one(&state, &caller, made.it).await?;
    Ok((made_status(made.first), told))
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
    told_one(&state, &caller, tag).await
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
        Some(name) => store.rename_tag(&caller, id, name).await?,
        None => store.tag(caller.account, id).await?,
    };
    told_one(&state, &caller, tag).await
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
    app.store.delete_tag(&caller, id, now).await?;
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
    let tag = state.app.store.merge_tag(&caller, id, into).await?;
    told_one(&state, &caller, tag).await
}
