//! Taking back what was done last, and doing it again.

use super::{
    state::AppState,
    store::{Asker, Carried},
};
use crate::{
    domain::{AccountId, Action, Command, CommandId, Instant, Refusal},
    error::AppError,
};

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Take back the account's latest command.
    Undo,
    /// Do again what was taken back last.
    Redo,
}

/// Goes one step, as the command `id` that was given at `at`; sent again, it is the same step.
pub async fn step(
    state: &AppState,
    asker: Asker,
    direction: Direction,
    id: CommandId,
    at: Instant,
) -> Result<Carried, AppError> {
    let account = asker.account;
    if let Some(first) = repeated(state, account, direction, id).await? {
        return Ok(first);
    }
    let stepped = take(state, asker, direction, id, at).await;
    // Of two at once, the later one finds nothing left to do, or something else.
    if stepped.is_err()
        && let Some(first) = repeated(state, account, direction, id).await?
    {
        return Ok(first);
    }
    stepped
}

/// What the step did when it was taken first, if it was.
async fn repeated(
    state: &AppState,
    account: AccountId,
    direction: Direction,
    id: CommandId,
) -> Result<Option<Carried>, AppError> {
    let Some(receipt) = state.store.receipt(account, id).await? else {
        return Ok(None);
    };
    let same_way = match direction {
        Direction::Undo => receipt.is_undo(),
        Direction::Redo => receipt.redo,
    };
    if !same_way {
        return Err(Refusal::Reused.into());
    }
    let first = false;
    Ok(Some(Carried { receipt, first }))
}

async fn take(
    state: &AppState,
    asker: Asker,
    direction: Direction,
    id: CommandId,
    at: Instant,
) -> Result<Carried, AppError> {
    let (store, account) = (&state.store, asker.account);
    let target = match direction {
        Direction::Undo => store.undoable(account).await?,
        Direction::Redo => store.redoable(account).await?,
    };
    let action = Action::Undo {
        command: target.ok_or(Refusal::NothingToUndo)?,
    };
    let command = Command { id, at, action };
    store.carry_out(asker, &command, state.clock.now()).await
}
