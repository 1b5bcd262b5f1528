//! What happened, and taking it back.

use super::{
    carrier::Carrier,
    change_body::{Done, HistoryItem},
    extract::{Body, CommandKey, Query, Reader, Writer},
    item::Item,
    page::{Cursor, Limit, Listing},
    problem::Problem,
    session::Nothing,
};
use crate::{
    domain::{Action, CommandId, Refusal, SessionId},
    server::store::{Asked, Direction},
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which part of a history.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Most items in this part of the list; 100, if it is not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    limit: Option<Limit>,
    /// `next_cursor` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor<i64>>,
}

/// Everything that happened to a session, newest first, also to one that was deleted.
#[utoipa::path(
    get, path = "/sessions/{id}/history", tag = "History", params(Item<SessionId>, Part),
    responses((status = 200, description = "Part of the list", body = Listing<HistoryItem>))
)]
pub async fn show_history(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<SessionId>,
    Query(part): Query<Part>,
) -> Result<Json<Listing<HistoryItem>>, Problem> {
    let before = part.cursor.map(|Cursor(seq)| seq);
    let limit = part.limit.unwrap_or_default().0.into();
    let store = &state.app.store;
    let (entries, next) = store
        .history_part(caller.account, id, before, limit)
        .await?;
    if entries.is_empty() && before.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let catalog = store.catalog(caller.account).await?;
    let items = entries.iter().map(|entry| HistoryItem::of(entry, &catalog));
    Ok(Json(Listing::new(items, next)))
}

/// What to take back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoBody {
    /// The id of a command; the account's latest, if it is not said.
    #[schema(value_type = Option<String>, format = "uuid")]
    command: Option<CommandId>,
}

/// Takes back the account's latest command, or the one that is named.
#[utoipa::path(
    post, path = "/undo", tag = "History", params(CommandKey),
    request_body(content = Option<UndoBody>),
    responses((status = 200, description = "What was taken back", body = Done))
)]
pub async fn undo(
    State(state): State<WebState>,
    Writer(caller): Writer,
    CommandKey(key): CommandKey,
    Body(body): Body<UndoBody>,
) -> Result<Json<Done>, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let carried = match body.command {
        Some(command) => carrier.run(key, Action::Undo { command }).await?,
        None => carrier.run(key, Asked::Step(Direction::Undo)).await?,
    };
    carrier.tell(&carried).await.map(Json)
}

/// Does again what was taken back last.
#[utoipa::path(
    post, path = "/redo", tag = "History", params(CommandKey),
    request_body(content = Option<Nothing>),
    responses((status = 200, description = "What was done again", body = Done))
)]
pub async fn redo(
    State(state): State<WebState>,
    Writer(caller): Writer,
    CommandKey(key): CommandKey,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<Done>, Problem> {
    let carrier = Carrier::new(&state.app, &caller);
    let carried = carrier.run(key, Asked::Step(Direction::Redo)).await?;
    carrier.tell(&carried).await.map(Json)
}
