//! What undo and redo would take next.

use super::{Store, error::StoreError};
use crate::{
    domain::{AccountId, CommandId},
    error::AppError,
};

impl Store {
    /// The latest command, or redo, that changed something and that nobody undid.
    pub async fn undoable(&self, account: AccountId) -> Result<Option<CommandId>, AppError> {
        self.latest_command(
            account,
            "select c.id from command c
             where c.account_id = $1 and c.undo_depth % 2 = 0
               and exists (select 1 from change h where h.account_id = $1 and h.command_id = c.id)
               and not exists (select 1 from command u where u.account_id = $1 and u.undoes = c.id)
             order by c.seq desc limit 1",
        )
        .await
    }

    /// The latest undo that nobody undid; none once another command has changed something since.
    pub async fn redoable(&self, account: AccountId) -> Result<Option<CommandId>, AppError> {
        self.latest_command(
            account,
            "select c.id from command c
             where c.account_id = $1 and c.undo_depth % 2 = 1
               and not exists (select 1 from command u where u.account_id = $1 and u.undoes = c.id)
               and c.seq > coalesce((
                     select d.seq from command d
                     where d.account_id = $1 and d.undo_depth = 0
                       and exists (select 1 from change h where h.account_id = $1 and h.command_id = d.id)
                     order by d.seq desc limit 1), 0)
             order by c.seq desc limit 1",
        )
        .await
    }

    async fn latest_command(
        &self,
        account: AccountId,
        sql: &'static str,
    ) -> Result<Option<CommandId>, AppError> {
        let row: Option<(String,)> = self
            .one(sqlx::query_as(sql).bind(account.to_string()))
            .await?;
        let read = |(id,): (String,)| {
            id.parse()
                .map_err(|error| StoreError::unreadable("command id", error))
        };
        row.map(read)
            .transpose()
            .map_err(|error| self.explain(error))
    }
}
