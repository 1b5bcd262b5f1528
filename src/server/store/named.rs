//! Commands that may name projects and tags for the first time. Those are made in the transaction of the
//! command: what is refused leaves nothing behind, and what is asked again makes nothing twice.

use super::{
    Store,
    asker::Asker,
    catalog::make_missing,
    catalog_cache::Altered,
    command::{Carried, Order, carry_out},
    error::StoreError,
    history::stored_receipt,
    writer::Write,
};
use crate::{
    domain::{
        AccountId, Action, Catalog, Command, CommandId, Instant, Refusal, WorkRevision,
        naming::Naming,
    },
    error::AppError,
};

/// What is to be done, with what sessions shall belong to, by ids and beside them by names.
#[derive(Clone, Debug)]
pub struct Asked {
    pub action: Action,
    pub naming: Naming,
    /// The field to tell of where a name cannot be used; that of the name itself, if there is none.
    pub field: Option<&'static str>,
}

impl From<Action> for Asked {
    fn from(action: Action) -> Self {
        Self {
            action,
            naming: Naming::default(),
            field: None,
        }
    }
}

impl Asked {
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
}

impl Store {
    /// Carries out a command as [`carry_out`](Self::carry_out) does, and makes what it names for the first
    /// time, all of it or nothing. Sent again it means what it meant, also when nothing has those names any more.
    pub async fn carry_out_asked(
        &self,
        asker: impl Into<Asker>,
        (id, at): (CommandId, Instant),
        asked: Asked,
        now: Instant,
    ) -> Result<Carried, AppError> {
        let asker = asker.into();
        let account = asker.account;
        let command = |action| Command { id, at, action };
        if asked.naming.is_none() {
            return self.carry_out(asker, &command(asked.action), now).await;
        }
        let catalog = self.catalog(account).await?;
        if let Some(action) = asked.resolve(&catalog) {
            return self.carry_out(asker, &command(action), now).await;
        }
        let order = Order {
            asker,
            command: command(asked.action.clone()),
            naming: Some(asked),
            now,
        };
        let store = self.clone();
        let work = async move {
            let carried = store.enqueue(order).await;
            carried.map_err(|error| store.explain(error))
        };
        self.alter([Altered::Of(account)], work).await
    }
}

/// Carries out a command that names what its account did not know. A refusal has written nothing.
pub async fn carry_out_naming(
    write: &mut Write<'_>,
    asker: &Asker,
    command: &Command,
    asked: &Asked,
    now: Instant,
) -> Result<Carried, StoreError> {
    if let Some(carried) = carried_before(write, asker.account, command, asked).await? {
        return Ok(carried);
    }
    write.execute(sqlx::query("savepoint naming")).await?;
    let carried = make_and_carry_out(write, asker, command, asked, now).await;
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

async fn make_and_carry_out(
    write: &mut Write<'_>,
    asker: &Asker,
    command: &Command,
    asked: &Asked,
    now: Instant,
) -> Result<Carried, StoreError> {
    let projects: Vec<_> = asked.naming.projects().cloned().collect();
    let tags: Vec<_> = asked.naming.all_tags().cloned().collect();
    let made = make_missing(write, asker.account, &projects, &tags, now).await;
    let catalog = made.map_err(|error| match asked.field {
        Some(field) => error.for_field(field),
        None => error,
    })?;
    let action = asked.resolve(&catalog).ok_or(StoreError::NOT_FOUND)?;
    let command = Command {
        action,
        ..command.clone()
    };
    carry_out(write, asker, &command, now).await
}

/// The first answer to the command, if it was carried out before. Its names may stand for something else by
/// now: all that is compared of them is whether there are some.
async fn carried_before(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    asked: &Asked,
) -> Result<Option<Carried>, StoreError> {
    let Some(receipt) = stored_receipt(write, account, command.id).await? else {
        return Ok(None);
    };
    let bare = |action: &Action| action.clone().with_work(WorkRevision::default());
    let said = |action: &Action| match action.work() {
        Some(work) => (
            work.project.is_some(),
            work.all_tags().next().is_some(),
            work.billable,
        ),
        None => (false, false, None),
    };
    let (placed, tagged, billable) = said(&command.action);
    let now = (
        placed || asked.naming.project.is_some(),
        tagged || asked.naming.all_tags().next().is_some(),
        asked.naming.billable.or(billable),
    );
    if bare(&receipt.action) != bare(&command.action) || said(&receipt.action) != now {
        return Err(Refusal::Reused.into());
    }
    Ok(Some(Carried {
        receipt,
        first: false,
    }))
}
