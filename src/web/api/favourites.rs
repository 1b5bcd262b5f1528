//! What an account starts again and again.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Item, Part, made_status},
    moment::Moment,
    page::Listing,
    problem::Problem,
    session_body::{project_id, tag_names},
};
use crate::{
    domain::{Catalog, Favourite, FavouriteId, Habit, SessionId},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Details of sessions that stay until they are taken off. To start it, create a session with them.
#[derive(Serialize, ToSchema)]
#[schema(as = Favourite)]
pub struct FavouriteBody {
    #[schema(format = "uuid")]
    id: String,
    #[schema(example = "Mail and planning")]
    name: String,
    /// Null where there is none, or none any more.
    #[schema(required, format = "uuid")]
    project_id: Option<String>,
    /// The names of its tags, in alphabetical order.
    #[schema(example = json!(["bug"]))]
    tags: Vec<String>,
    billable: bool,
    created_at: Moment,
}

impl FavouriteBody {
    pub fn of(favourite: &Favourite, catalog: &Catalog) -> Self {
        Self {
            id: favourite.id.to_string(),
            name: favourite.name.as_str().to_owned(),
            project_id: project_id(&favourite.work, catalog),
            tags: tag_names(&favourite.work, catalog),
            billable: favourite.work.billable,
            created_at: Moment(favourite.created_at),
        }
    }
}

/// Details that at least three sessions of the last four weeks share, and that are not pinned.
#[derive(Serialize, ToSchema)]
#[schema(as = Habit)]
pub struct HabitBody {
    /// The newest of these sessions: continue it to start, or pin it.
    #[schema(format = "uuid")]
    session_id: String,
    name: String,
    /// Null where there is none, or none any more.
    #[schema(required, format = "uuid")]
    project_id: Option<String>,
    /// The names of its tags, in alphabetical order.
    tags: Vec<String>,
    billable: bool,
    /// How many sessions these are.
    #[schema(minimum = 3)]
    sessions: usize,
}

impl HabitBody {
    fn of(habit: &Habit, catalog: &Catalog) -> Self {
        Self {
            session_id: habit.session.to_string(),
            name: habit.name.as_str().to_owned(),
            project_id: project_id(&habit.work, catalog),
            tags: tag_names(&habit.work, catalog),
            billable: habit.work.billable,
            sessions: habit.sessions,
        }
    }
}

/// What is one click away.
#[derive(Serialize, ToSchema)]
pub struct Favourites {
    /// What is pinned, oldest first: part of the list.
    items: Vec<FavouriteBody>,
    /// Send it as `cursor` for the next part; null at the end.
    next_cursor: Option<String>,
    /// What was often started besides, most often first; six at most.
    often: Vec<HabitBody>,
}

/// What is pinned, and what was often started.
#[utoipa::path(
    get, path = "/favourites", tag = "Sessions", params(Part),
    responses((status = 200, description = "Both", body = Favourites))
)]
pub async fn list_favourites(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Favourites>, Problem> {
    let (store, now) = (&state.app.store, state.app.clock.now());
    let (pinned, habits) = store.favourites(caller.account, now).await?;
    let catalog = store.catalog(caller.account).await?;
    let key = |pin: &Favourite| (pin.created_at.timestamp(), pin.id);
    let Listing { items, next_cursor } = part.of::<_, Favourite, _>(pinned, key)?;
    let items = items.iter().map(|pin| FavouriteBody::of(pin, &catalog));
    let often = habits.iter().map(|habit| HabitBody::of(habit, &catalog));
    Ok(Json(Favourites {
        items: items.collect(),
        next_cursor,
        often: often.collect(),
    }))
}

/// What to pin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFavourite {
    /// The session whose details are pinned; it may be deleted later.
    #[schema(value_type = String, format = "uuid")]
    session_id: SessionId,
}

/// Pins the name, project and tags of a session, and whether it is billable.
#[utoipa::path(
    post, path = "/favourites", tag = "Sessions",
    request_body = NewFavourite,
    responses(
        (status = 201, description = "The new favourite", body = FavouriteBody),
        (status = 200, description = "The one that is pinned already", body = FavouriteBody)
    )
)]
pub async fn pin_session(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewFavourite>,
) -> Result<(StatusCode, Json<FavouriteBody>), Problem> {
    let (store, now) = (&state.app.store, state.app.clock.now());
    let (favourite, is_new) = store.pin(&caller, new.session_id, now).await?;
    let catalog = store.catalog(caller.account).await?;
    let told = FavouriteBody::of(&favourite, &catalog);
    Ok((made_status(is_new), Json(told)))
}

/// Takes a favourite off. Sessions are not touched.
#[utoipa::path(
    delete, path = "/favourites/{id}", tag = "Sessions", params(Item<FavouriteId>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn unpin(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<FavouriteId>,
) -> Result<StatusCode, Problem> {
    state.app.store.unpin(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
