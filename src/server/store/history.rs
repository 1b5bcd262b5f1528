//! What commands did: receipts, and the history of a session.

use super::{Store, error::StoreError, writer::Write};
use crate::{
    domain::{
        AccountId, Action, Change, CommandId, Instant, Receipt, Session, SessionId,
        history::HistoryEntry, session::instant,
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

    /// When the person acted that gave this command; `None` for one that never was carried out.
    pub async fn acted_at(
        &self,
        account: AccountId,
        command: CommandId,
    ) -> Result<Option<Instant>, AppError> {
        let query =
            sqlx::query_as("select acted_at from command where account_id = $1 and id = $2");
        let query = query.bind(account.to_string()).bind(command.to_string());
        let row: Option<(i64,)> = self.one(query).await?;
        row.map(|(at,)| instant(at))
            .transpose()
            .map_err(|error| self.explain(StoreError::unreadable("time", error)))
    }

    /// Everything that happened to a session, newest first; empty for one that never was.
    pub async fn history(
        &self,
        account: AccountId,
        session: SessionId,
    ) -> Result<Vec<HistoryEntry>, AppError> {
        let (entries, _) = self
            .history_part(account, session, None, u16::MAX.into())
            .await?;
        Ok(entries)
    }

    /// At most `limit` commands of it that came before the one with the number `before`, and the
    /// number to go on with, if there are more.
    pub async fn history_part(
        &self,
        account: AccountId,
        session: SessionId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<HistoryEntry>, Option<i64>), AppError> {
        let query = sqlx::query_as(
            "select c.seq, c.id as command, c.acted_at, c.action, c.undo_depth, h.before, h.after
             from change h join command c on c.account_id = h.account_id and c.id = h.command_id
             where h.account_id = $1 and h.session_id = $2 and c.seq < $3
             order by c.seq desc, h.position desc limit $4",
        );
        let query = query.bind(account.to_string()).bind(session.to_string());
        let query = query.bind(before.unwrap_or(i64::MAX));
        let mut rows: Vec<EntryRow> = self.all(query.bind(i64::from(limit) + 1)).await?;
        let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| row.seq);
        let read = rows.into_iter().map(HistoryEntry::try_from);
        let entries = read
            .collect::<Result<_, _>>()
            .map_err(|error| self.explain(error))?;
        Ok((entries, next))
    }
}

/// The only reader of the history. No command changes a session twice.
#[derive(sqlx::FromRow)]
struct EntryRow {
    seq: i64,
    command: String,
    acted_at: i64,
    action: String,
    undo_depth: i64,
    before: Option<String>,
    after: Option<String>,
}

impl TryFrom<EntryRow> for HistoryEntry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Self, StoreError> {
        let command = row.command.parse();
        Ok(Self {
            command: command.map_err(|error| StoreError::unreadable("command id", error))?,
            acted_at: instant(row.acted_at)
                .map_err(|error| StoreError::unreadable("time", error))?,
            action: read_action(&row.action)?,
            redo: is_redo(row.undo_depth),
            change: read_change(row.before.as_deref(), row.after.as_deref())?,
        })
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
