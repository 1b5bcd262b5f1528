//! What undo and redo take next.

use super::{error::StoreError, writer::Write};
use crate::domain::{AccountId, CommandId};

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Take back the account's latest command, or redo, that changed something and that nobody undid.
    Undo,
    /// Do again what was taken back last, unless another command has changed something since.
    Redo,
}

const UNDOABLE: &str = "select c.id from command c
     where c.account_id = $1 and c.undo_depth % 2 = 0
       and exists (select 1 from change h where h.account_id = $1 and h.command_id = c.id)
       and not exists (select 1 from command u where u.account_id = $1 and u.undoes = c.id)
     order by c.seq desc limit 1";

const REDOABLE: &str = "select c.id from command c
     where c.account_id = $1 and c.undo_depth % 2 = 1
       and not exists (select 1 from command u where u.account_id = $1 and u.undoes = c.id)
       and c.seq > coalesce((
             select d.seq from command d
             where d.account_id = $1 and d.undo_depth = 0
               and exists (select 1 from change h where h.account_id = $1 and h.command_id = d.id)
             order by d.seq desc limit 1), 0)
     order by c.seq desc limit 1";

/// The command that a step in this direction undoes; `None` at the end of the way.
pub async fn next(
    write: &mut Write<'_>,
    account: AccountId,
    direction: Direction,
) -> Result<Option<CommandId>, StoreError> {
    let sql = match direction {
        Direction::Undo => UNDOABLE,
        Direction::Redo => REDOABLE,
    };
    let query = sqlx::query_as(sql).bind(account.to_string());
    let row: Option<(String,)> = write.one(query).await?;
    let read = |(id,): (String,)| {
        id.parse()
            .map_err(|error| StoreError::unreadable("command id", error))
    };
    row.map(read).transpose()
}
