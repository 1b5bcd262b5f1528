//! What it would do to prices to change what work belongs to: rates come and go with clients and projects.

use super::{Preview, compare};
use crate::{
    domain::{
        AccountId, ClientChoice, ClientId, FieldErrors, Instant, Level, Project, ProjectId, Rate,
        Rates, Role, Tariff,
    },
    error::AppError,
    server::store::{Extent, Store},
};

/// A change of what work belongs to that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regrouping {
    /// A client is deleted, and its rates with it.
    DeleteClient(ClientId),
    /// A project is deleted, and its rates and its rounding with it.
    DeleteProject(ProjectId),
    /// A project gets another client, or none, and that one's rates hold.
    ChooseClient(ProjectId, Option<ClientChoice>),
}

/// What a change would touch of what the account may see. Nothing is changed; what may not be done is refused as
/// doing it would be.
pub async fn preview_regrouping(
    store: &Store,
    account: AccountId,
    change: Regrouping,
    now: Instant,
) -> Result<Preview, AppError> {
    let (extent, before, after) = match change {
        Regrouping::DeleteClient(id) => {
            store.client(account, id).await?;
            let extent = Extent::Client(id);
            let before = store.tariff_of(extent).await?;
            let after = without_client(&before, id);
            (extent, before, after)
        }
        Regrouping::DeleteProject(id) => {
            owned(store, account, id).await?;
            let extent = Extent::Project(id);
            let before = store.tariff_of(extent).await?;
            let after = without_project(&before, id);
            (extent, before, after)
        }
        Regrouping::ChooseClient(id, choice) => {
            let label = owned(store, account, id).await?.label;
            let is_same = match (&choice, &label.client) {
                (Some(choice), Some(had)) => choice.is(had),
                (choice, had) => choice.is_none() && had.is_none(),
            };
            if is_same {
                return Ok(Preview::default());
            }
            let client = match choice {
                Some(choice) => chosen(store, account, choice).await?,
                None => None,
            };
            let extent = Extent::Project(id);
            let before = store.tariff_of(extent).await?;
            let rates = store.rates(account).await?;
            let after = with_client(&before, id, client, rates);
            (extent, before, after)
        }
    };
    if before.is_empty() && after.is_empty() {
        return Ok(Preview::default());
    }
    compare(store, account, extent, (&before, &after), now).await
}

/// A project, for its owners.
pub(super) async fn owned(
    store: &Store,
    account: AccountId,
    id: ProjectId,
) -> Result<Project, AppError> {
    let project = store.project(account, id).await?;
    match project.label.role {
        Some(Role::Owner) => Ok(project),
        _ => Err(AppError::NotAllowed),
    }
}

/// The client that is meant; `None` for one that would be made, and has no rates.
async fn chosen(
    store: &Store,
    account: AccountId,
    choice: ClientChoice,
) -> Result<Option<ClientId>, AppError> {
    match choice {
        ClientChoice::Known(id) => match store.client(account, id).await {
            Ok(client) => Ok(Some(client.id)),
            Err(AppError::NotFound) => {
                Err(FieldErrors::one("client_id", "You have no such client.").into())
            }
            Err(error) => Err(error),
        },
        ClientChoice::Named(name) => {
            let clients = store.clients(account).await?;
            let found = clients.iter().find(|it| it.name.key() == name.key());
            Ok(found.map(|client| client.id))
        }
    }
}

fn without_client(tariff: &Tariff, client: ClientId) -> Tariff {
    kept(tariff, |rate| rate.level != Level::Client(client))
}

/// Who has left charges nothing for what they did there: what they charge now is nobody's business.
fn without_project(tariff: &Tariff, project: ProjectId) -> Tariff {
    let goes = |rate: &Rate| match rate.level {
        Level::Project(id) | Level::Member(id, _) => id == project,
        Level::Account(id) => tariff.parting.contains_key(&(project, id)),
        Level::Client(_) => false,
    };
    let mut changed = kept(tariff, |rate| !goes(rate));
    changed.projects.remove(&project);
    changed
}

/// `rates` are those that the account sees.
fn with_client(
    tariff: &Tariff,
    project: ProjectId,
    client: Option<ClientId>,
    mut rates: Vec<Rate>,
) -> Tariff {
    rates.retain(|rate| client.map(Level::Client) == Some(rate.level));
    let others = tariff.rates.iter();
    let others = others.filter(|rate| !matches!(rate.level, Level::Client(_)));
    rates.extend(others.cloned());
    let mut changed = Tariff {
        rates: Rates::new(rates),
        ..tariff.clone()
    };
    if let Some(terms) = changed.projects.get_mut(&project) {
        terms.client = client;
    }
    changed
}

/// The tariff with those of its rates that stay.
fn kept(tariff: &Tariff, stays: impl Fn(&Rate) -> bool) -> Tariff {
    let rates = tariff.rates.iter().filter(|rate| stays(rate)).cloned();
    Tariff {
        rates: Rates::new(rates.collect()),
        ..tariff.clone()
    }
}
