//! Everything of an account in one file, to keep.

use super::{
    clients::ClientBody,
    extract::Reader,
    favourites::FavouriteBody,
    me::{self, Me},
    moment::Moment,
    problem::Problem,
    projects::ProjectBody,
    rates::RateBody,
    session_body::SessionBody,
    tags::{self, TagBody},
};
use crate::{
    domain::{AccountId, Catalog, Level, ProjectId, Role, Title},
    error::AppError,
    server::{
        amounts::{Amounts, EVER},
        state::AppState,
        store::{Narrowing, Wanted},
    },
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

/// Sessions that are read at a time.
const PART: u32 = 1000;

/// Everything of an account but its devices and tokens, and the histories of its sessions.
#[derive(Serialize, ToSchema)]
pub struct Export {
    exported_at: Moment,
    account: Me,
    clients: Vec<ClientBody>,
    /// Those it is in.
    projects: Vec<ProjectBody>,
    /// Those it has left, which its sessions may still name.
    left_projects: Vec<LeftProject>,
    tags: Vec<TagBody>,
    favourites: Vec<FavouriteBody>,
    /// Those of its own hours, and of its projects.
    rates: Vec<RateBody>,
    /// Newest first.
    sessions: Vec<SessionBody>,
}

/// A project, as whoever left it knows it.
#[derive(Serialize, ToSchema)]
pub struct LeftProject {
    #[schema(value_type = String, format = "uuid")]
    id: ProjectId,
    #[schema(value_type = String)]
    name: Title,
}

/// Everything of the account in one file: names, rates, what it prefers, and all sessions.
#[utoipa::path(
    get, path = "/export", tag = "Account",
    responses((status = 200, description = "All of it", body = Export))
)]
pub async fn show_export(
    State(state): State<WebState>,
    Reader(caller): Reader,
) -> Result<Json<Export>, Problem> {
    Ok(Json(read(&state.app, caller.account).await?))
}

/// Reads all of it.
pub async fn read(app: &AppState, account: AccountId) -> Result<Export, AppError> {
    let (store, now) = (&app.store, app.clock.now());
    let catalog = store.catalog(account).await?;
    let left = catalog.projects.iter().filter(|it| it.role.is_none());
    let left = left.map(|project| LeftProject {
        id: project.id,
        name: project.name.clone(),
    });
    let (favourites, _) = store.favourites(account, now).await?;
    let favourites = favourites
        .iter()
        .map(|favourite| FavouriteBody::of(favourite, &catalog));
    // What others are paid is theirs to keep.
    let rates = store.rates(account).await?.into_iter();
    let owns = |project| {
        let mut known = catalog.projects.iter();
        known.any(|it| it.id == project && it.role == Some(Role::Owner))
    };
    let rates = rates.filter(|rate| match rate.level {
        Level::Member(_, member) => member == account,
        Level::Project(project) => owns(project),
        Level::Account(_) | Level::Client(_) => true,
    });
    Ok(Export {
        exported_at: Moment(now),
        account: me::load(app, account).await?,
        clients: told(store.clients(account).await?),
        projects: told(store.projects(account).await?),
        left_projects: left.collect(),
        tags: tags::told(store, account, store.tags(account).await?).await?,
        favourites: favourites.collect(),
        rates: told(rates),
        sessions: sessions(app, account, &catalog).await?,
    })
}

fn told<B, I: Into<B>>(items: impl IntoIterator<Item = I>) -> Vec<B> {
    items.into_iter().map(Into::into).collect()
}

async fn sessions(
    app: &AppState,
    account: AccountId,
    catalog: &Catalog,
) -> Result<Vec<SessionBody>, AppError> {
    let (store, now) = (&app.store, app.clock.now());
    let (from, to) = EVER;
    let mut wanted = Wanted {
        from,
        to,
        now,
        containing: None,
        after: None,
        limit: PART,
    };
    let (all, mut sessions) = (Narrowing::default(), Vec::new());
    loop {
        let part = store.records(account, &all, &wanted);
        let (records, next) = part.await?;
        let read = records.iter().map(|record| &record.session);
        let amounts = Amounts::own(store, account, read, now).await?;
        let bodies = records.iter();
        sessions.extend(bodies.map(|record| SessionBody::of(record, catalog, &amounts, now)));
        if next.is_none() {
            return Ok(sessions);
        }
        wanted.after = next;
    }
}
