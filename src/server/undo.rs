//! Taking back what was done last, and doing it again.

use super::{
    state::AppState,
    store::{Asker, Carried},
};
use crate::{
    domain::{Action, Command, CommandId, Instant, Refusal},
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
    let (store, account) = (&state.store, asker.account);
    if let Some(receipt) = store.receipt(account, id).await? {
        let same_way = match direction {
            Direction::Undo => receipt.is_undo(),
            Direction::Redo => receipt.redo,
        };
        return if same_way {
            let first = false;
            Ok(Carried { receipt, first })
        } else {
            Err(Refusal::Reused.into())
        };
    }
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
