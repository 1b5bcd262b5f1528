//! What commands did: receipts, and the history of a session.

use super::{Store, error::StoreError, writer::Write};
use crate::{
    domain::{
        AccountId, Action, Change, CommandId, Receipt, Session, SessionId, history::HistoryEntry,
        session::instant,
    },
    error::AppError,
};

/// The only reader of stored commands: one row for each change, or one without.
#[derive(sqlx::FromRow)]
struct ReceiptRow {
    action: String,
    undo_depth: i64,
    position: Option<i64>,
    before: Option<String>,
    after: Option<String>,
}

const RECEIPT: &str = "select c.action, c.undo_depth, h.position, h.before, h.after
     from command c left join change h on h.account_id = c.account_id and h.command_id = c.id
     where c.account_id = $1 and c.id = $2
     order by h.position";

impl Store {
    /// What was told about a command when it was carried out; `None` for one that never was.
    pub async fn receipt(
        &self,
        account: AccountId,
        command: CommandId,
    ) -> Result<Option<Receipt>, AppError> {
        let query = sqlx::query_as(RECEIPT)
            .bind(account.to_string())
            .bind(command.to_string());
        read_receipt(command, self.all(query).await?).map_err(|error| self.explain(error))
    }

    /// Everything that happened to a session, newest first; empty for one that never was.
    pub async fn history(
        &self,
        account: AccountId,
        session: SessionId,
    ) -> Result<Vec<HistoryEntry>, AppError> {
        let query = sqlx::query_as(
            "select c.acted_at, c.action, h.before, h.after
             from change h join command c on c.account_id = h.account_id and c.id = h.command_id
             where h.account_id = $1 and h.session_id = $2
             order by c.seq desc, h.position desc",
        );
        let rows: Vec<(i64, String, Option<String>, Option<String>)> = self
            .all(query.bind(account.to_string()).bind(session.to_string()))
            .await?;
        rows.into_iter()
            .map(|(acted_at, action, before, after)| {
                Ok(HistoryEntry {
                    acted_at: instant(acted_at)
                        .map_err(|error| StoreError::unreadable("time", error))?,
                    action: read_action(&action)?,
                    change: read_change(before.as_deref(), after.as_deref())?,
                })
            })
            .collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))
    }
}

/// The receipt of a command, inside a transaction.
pub async fn stored_receipt(
    write: &mut Write<'_>,
    account: AccountId,
    command: CommandId,
) -> Result<Option<Receipt>, StoreError> {
    let query = sqlx::query_as(RECEIPT)
        .bind(account.to_string())
        .bind(command.to_string());
    read_receipt(command, write.all(query).await?)
}

fn read_receipt(command: CommandId, rows: Vec<ReceiptRow>) -> Result<Option<Receipt>, StoreError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (action, redo) = (read_action(&first.action)?, is_redo(first.undo_depth));
    let changes = rows.iter().filter(|row| row.position.is_some());
    let changes = changes.map(|row| read_change(row.before.as_deref(), row.after.as_deref()));
    Ok(Some(Receipt {
        command,
        action,
        changes: changes.collect::<Result<_, _>>()?,
        redo,
    }))
}

/// A command is at depth 0, its undo at 1, the redo at 2, and so on.
pub fn is_redo(undo_depth: i64) -> bool {
    undo_depth > 0 && undo_depth % 2 == 0
}

/// Reads a stored action.
pub fn read_action(json: &str) -> Result<Action, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::unreadable("action", error))
}

/// Reads both sides of a stored change.
pub fn read_change(before: Option<&str>, after: Option<&str>) -> Result<Change, StoreError> {
    let side = |json: Option<&str>| json.map(serde_json::from_str::<Session>).transpose();
    let read = |json| side(json).map_err(|error| StoreError::unreadable("change", error));
    Ok(Change {
        before: read(before)?,
        after: read(after)?,
    })
}
