//! Commands that are only known for certain when it is their turn to write: which name projects and tags
//! for the first time, or go one step back or forth. What they name is made in their own transaction, so
//! what is refused leaves nothing behind; what is asked again is answered as before.

use super::{
    Store,
    asker::Asker,
    catalog::{load, load_then, make_missing},
    catalog_cache::Altered,
    command::{Carried, Order, carry_out, read_back},
    error::StoreError,
    history::stored_receipt,
    undo::{self, Direction},
    writer::Write,
};
use crate::{
    domain::{
        Action, Catalog, Command, CommandId, Instant, Receipt, Refusal, WorkRevision,
        naming::Naming,
    },
    error::AppError,
};

/// What is to be done, as far as whoever asks can tell.
#[derive(Clone, Debug)]
pub enum Asked {
    /// This.
    Action(Action),
    /// Something to sessions that belong to what is named.
    Named(Named),
    /// Whatever is next to be taken back, or to be done again.
    Step(Direction),
}

/// What is to be done, with what sessions shall belong to, by ids and beside them by names.
#[derive(Clone, Debug)]
pub struct Named {
    pub action: Action,
    pub naming: Naming,
    /// The field to tell of where a name cannot be used; that of the name itself, if there is none.
    pub field: Option<&'static str>,
    /// Whether names that nothing has are refused instead of made.
    pub is_known: bool,
}

impl From<Action> for Asked {
    fn from(action: Action) -> Self {
        Self::Action(action)
    }
}

impl From<Named> for Asked {
    fn from(named: Named) -> Self {
        if named.naming.is_none() {
            Self::Action(named.action)
        } else {
            Self::Named(named)
        }
    }
}

impl Store {
    /// Carries out what is asked for, whole or not at all, and once: the same command again gets the
    /// stored answer, also when nothing has the names it used any more. When this returns, the
    /// command is on disk. Refusals change nothing. Whoever was signed out before it was their turn
    /// is refused.
    pub async fn carry_out(
        &self,
        asker: impl Into<Asker>,
        (id, at): (CommandId, Instant),
        asked: impl Into<Asked>,
        now: Instant,
    ) -> Result<Carried, AppError> {
        let mut order = Order {
            asker: asker.into(),
            id,
            at,
            asked: asked.into(),
            known: None,
            now,
        };
        let account = order.asker.account;
        let store = self.clone();
        if let Asked::Named(named) = &order.asked {
            order.known = named.resolve(&*self.catalog(account).await?);
            if order.known.is_none() {
                let work = async move { store.work(order).await };
                return self.alter([Altered::Of(account)], work).await;
            }
        }
        store.work(order).await
    }

    async fn work(&self, order: Order) -> Result<Carried, AppError> {
        let carried = self.enqueue(order).await;
        carried.map_err(|error| self.explain(error))
    }
}

impl Order {
    /// Writes what is asked for. A [refusal](StoreError::is_refusal) has written nothing.
    pub async fn carry_out(&self, write: &mut Write<'_>) -> Result<Carried, StoreError> {
        match (&self.asked, &self.known) {
            (Asked::Action(action), _) => self.act(write, action).await,
            (Asked::Named(_), Some(action)) => match self.act(write, action).await {
                // The names may have stood for something else then.
                Err(StoreError::Refused(Refusal::Reused)) => {
                    let before = self.carried_before(write).await?;
                    before.ok_or(Refusal::Reused.into())
                }
                carried => carried,
            },
            (Asked::Named(named), None) => match self.carried_before(write).await? {
                Some(carried) => Ok(carried),
                None => self.name_and_act(write, named).await,
            },
            (Asked::Step(direction), _) => match self.carried_before(write).await? {
                Some(carried) => Ok(carried),
                None => self.step(write, *direction).await,
            },
        }
    }

    /// What came of it, if it was carried out before; refused if that was something else.
    async fn carried_before(&self, write: &mut Write<'_>) -> Result<Option<Carried>, StoreError> {
        self.asker.require(write).await?;
        let known = stored_receipt(write, self.asker.account, self.id).await?;
        let Some(receipt) = known else {
            return Ok(None);
        };
        if !self.has_become(write, &receipt).await? {
            return Err(Refusal::Reused.into());
        }
        let first = false;
        Ok(Some(Carried { receipt, first }))
    }

    /// Whether a command that was carried out before was asked for like this.
    async fn has_become(
        &self,
        write: &mut Write<'_>,
        receipt: &Receipt,
    ) -> Result<bool, StoreError> {
        Ok(match &self.asked {
            Asked::Action(action) => read_back(action)? == receipt.action,
            Asked::Named(named) => {
                let then = load_then(write, self.asker.account, self.id).await?;
                named.may_have_become(&read_back(&named.action)?, &receipt.action, &then)
            }
            Asked::Step(Direction::Undo) => receipt.is_undo(),
            Asked::Step(Direction::Redo) => receipt.redo,
        })
    }

    async fn step(
        &self,
        write: &mut Write<'_>,
        direction: Direction,
    ) -> Result<Carried, StoreError> {
        let command = undo::next(write, self.asker.account, direction).await?;
        let command = command.ok_or(match direction {
            Direction::Undo => Refusal::NothingToUndo,
            Direction::Redo => Refusal::NothingToRedo,
        })?;
        self.act(write, &Action::Undo { command }).await
    }

    async fn act(&self, write: &mut Write<'_>, action: &Action) -> Result<Carried, StoreError> {
        let command = Command {
            id: self.id,
            at: self.at,
            action: read_back(action)?,
        };
        carry_out(write, &self.asker, &command, self.now).await
    }

    async fn name_and_act(
        &self,
        write: &mut Write<'_>,
        named: &Named,
    ) -> Result<Carried, StoreError> {
        write.execute(sqlx::query("savepoint naming")).await?;
        let carried = match self.name(write, named).await {
            Ok(action) => self.act(write, &action).await,
            Err(error) => Err(error),
        };
        match &carried {
            Err(error) if error.is_refusal() => {
                let back = sqlx::query("rollback to naming; release naming");
                write.execute_many(back, 2).await?;
            }
            // All is taken back.
            Err(_) => {}
            Ok(_) => {
                write.execute(sqlx::query("release naming")).await?;
            }
        }
        carried
    }

    /// The action, after what it names has been made.
    async fn name(&self, write: &mut Write<'_>, named: &Named) -> Result<Action, StoreError> {
        if named.is_known {
            let catalog = load(write, self.asker.account).await?;
            return named.resolve(&catalog).ok_or_else(gone);
        }
        let projects: Vec<_> = named.naming.projects().cloned().collect();
        let tags: Vec<_> = named.naming.all_tags().cloned().collect();
        let made = make_missing(write, self.asker.account, &projects, &tags, self.now).await;
        let catalog = made.map_err(|error| match named.field {
            Some(field) => error.for_field(field),
            None => error,
        })?;
        named.resolve(&catalog).ok_or(StoreError::NOT_FOUND)
    }
}

fn gone() -> StoreError {
    let message = "A project or tag of this is gone, or has another name now. What is below is up to date: press again.";
    StoreError::invalid("name", message)
}

impl Asked {
    /// The action, as far as it is known.
    pub fn action(&self) -> Option<&Action> {
        match self {
            Self::Action(action) => Some(action),
            Self::Named(named) => Some(&named.action),
            Self::Step(_) => None,
        }
    }
}

impl Named {
    /// The action with what the names stand for; `None` if the catalogue does not know one.
    fn resolve(&self, catalog: &Catalog) -> Option<Action> {
        let said = self.naming.resolve(catalog)?;
        let beside = self.action.work().cloned().unwrap_or_default();
        let tags = match (said.tags, beside.tags) {
            (Some(named), Some(given)) => {
                let mut both = [named, given].concat();
                both.sort_unstable();
                both.dedup();
                Some(both)
            }
            (named, given) => named.or(given),
        };
        let work = WorkRevision {
            project: said.project.or(beside.project),
            tags,
            more_tags: [beside.more_tags, said.more_tags].concat(),
            billable: said.billable.or(beside.billable),
        };
        Some(self.action.clone().with_work(work))
    }

    /// Whether `bare`, this action as it is stored, may have been carried out as `action`, with what could be named
    /// `then`.
    fn may_have_become(&self, bare: &Action, action: &Action, then: &Catalog) -> bool {
        let unplaced = |action: &Action| action.clone().with_work(WorkRevision::default());
        let said = |action: &Action| action.work().cloned().unwrap_or_default();
        unplaced(bare) == unplaced(action) && self.naming.may_mean(&said(bare), &said(action), then)
    }
}
