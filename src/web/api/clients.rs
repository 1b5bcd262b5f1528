//! Whom an account works for.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Filed, Item, told_made},
    moment::Moment,
    page::Listing,
    problem::Problem,
};
use crate::{
    domain::{Client, ClientId, Title},
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody whom projects are for.
#[derive(Serialize, ToSchema)]
#[schema(as = Client)]
pub struct ClientBody {
    #[schema(value_type = String, format = "uuid")]
    id: ClientId,
    #[schema(value_type = String, example = "Acme")]
    name: Title,
    archived: bool,
    created_at: Moment,
}

impl From<Client> for ClientBody {
    fn from(client: Client) -> Self {
        Self {
            id: client.id,
            name: client.name,
            archived: client.is_archived,
            created_at: Moment(client.created_at),
        }
    }
}

/// The account's clients, by name.
#[utoipa::path(
    get, path = "/clients", tag = "Projects", params(Filed),
    responses((status = 200, description = "Part of the list", body = Listing<ClientBody>))
)]
pub async fn list_clients(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(filed): Query<Filed>,
) -> Result<Json<Listing<ClientBody>>, Problem> {
    let clients = state.app.store.clients(caller.account).await?;
    let clients = filed.of(
        clients,
        |client| client.is_archived,
        |client: &Client| (client.name.key(), client.id),
    );
    Ok(Json(clients?))
}

/// A client to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// A UUID of your own making, best of version 7: however often the same is sent, there is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<ClientId>,
    /// No other client of the account has it, whatever the case.
    #[schema(value_type = String, min_length = 1, max_length = 100)]
    name: Title,
}

/// Makes a client.
#[utoipa::path(
    post, path = "/clients", tag = "Projects",
    request_body = NewClient,
    responses(
        (status = 201, description = "The new client", body = ClientBody),
        (status = 200, description = "The client that the same id made before", body = ClientBody),
    )
)]
pub async fn make_client(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewClient>,
) -> Result<(StatusCode, Json<ClientBody>), Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let made = app.store.make_client_as(&caller, new.id, new.name, now);
    Ok(told_made(made.await?))
}

/// One client.
#[utoipa::path(
    get, path = "/clients/{id}", tag = "Projects", params(Item<ClientId>),
    responses((status = 200, description = "It", body = ClientBody))
)]
pub async fn show_client(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ClientId>,
) -> Result<Json<ClientBody>, Problem> {
    let client = state.app.store.client(caller.account, id).await?;
    Ok(Json(client.into()))
}

/// What to change; what is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientPatch {
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    name: Option<Title>,
    /// Whether it is out of use.
    archived: Option<bool>,
}

/// Renames a client, archives it, or takes it back into use.
#[utoipa::path(
    patch, path = "/clients/{id}", tag = "Projects", params(Item<ClientId>),
    request_body(content = Option<ClientPatch>),
    responses((status = 200, description = "The client as it is now", body = ClientBody))
)]
pub async fn change_client(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<ClientId>,
    Body(patch): Body<ClientPatch>,
) -> Result<Json<ClientBody>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let patch = (patch.name, patch.archived);
    let changed = app.store.change_client(&caller, id, patch, now);
    Ok(Json(changed.await?.into()))
}

/// Deletes a client. Its projects stay, without a client.
#[utoipa::path(
    delete, path = "/clients/{id}", tag = "Projects", params(Item<ClientId>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete_client(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<ClientId>,
) -> Result<StatusCode, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    app.store.delete_client(&caller, id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
