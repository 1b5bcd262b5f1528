//! Carries out commands: the only writer of sessions, changes and commands.

use super::{
    Store,
    change::{json, write_change, write_longest, write_session},
    error::StoreError,
    history::{is_redo, read_action, stored_receipt},
    scope::{self, Loaded},
    writer::Write,
};
use crate::{
    domain::{AccountId, Action, Command, Instant, Receipt, Refusal, apply},
    error::AppError,
};

/// A command that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub receipt: Receipt,
    /// Whether it was this time; else the receipt is the one of the first time.
    pub first: bool,
}

impl Store {
    /// Carries out a command in one transaction, once: the same command again gets the stored
    /// answer. When this returns, the command is on disk. Refusals change nothing.
    pub async fn run(
        &self,
        account: AccountId,
        command: &Command,
        now: Instant,
    ) -> Result<Receipt, AppError> {
        let carried = self.carry_out(account, command, now).await?;
        Ok(carried.receipt)
    }

    /// As [`run`](Self::run), and tells whether the command was new.
    pub async fn carry_out(
        &self,
        account: AccountId,
        command: &Command,
        now: Instant,
    ) -> Result<Carried, AppError> {
        self.run_once(account, command, now)
            .await
            .map_err(|error| self.explain(error))
    }

    async fn run_once(
        &self,
        account: AccountId,
        command: &Command,
        now: Instant,
    ) -> Result<Carried, StoreError> {
        // As it will be read back, in whole seconds, so that sent again it is known to be the same.
        // What could not be read back is for `apply` to refuse.
        let action = read_action(&json(&command.action)?);
        let action = action.unwrap_or_else(|_| command.action.clone());
        let command = Command {
            action,
            ..command.clone()
        };
        let mut write = self.inner.writer.begin(&self.inner.meter).await?;
        match carry_out(&mut write, account, &command, now).await {
            Ok(carried) if carried.first => write.commit().await.map(|()| carried),
            Ok(carried) => write.abandon().await.map(|()| carried),
            Err(error @ (StoreError::Refused(_) | StoreError::NoAccount)) => {
                write.abandon().await?;
                Err(error)
            }
            // Dropped with its connection.
            Err(error) => Err(error),
        }
    }
}

/// Carries out a new command inside a transaction that does more.
pub async fn carry_out_one(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    now: Instant,
) -> Result<(), StoreError> {
    carry_out(write, account, command, now).await.map(drop)
}

/// What the account is about to write on.
#[derive(sqlx::FromRow)]
struct Ledger {
    longest_seconds: i64,
    last_seq: i64,
    /// The action stored under the command's id, if it was carried out before.
    known: Option<String>,
}

async fn carry_out(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    now: Instant,
) -> Result<Carried, StoreError> {
    let ledger = load_ledger(write, account, command)
        .await?
        .ok_or(StoreError::NoAccount)?;
    if let Some(known) = &ledger.known {
        if read_action(known)? != command.action {
            return Err(Refusal::Reused.into());
        }
        let receipt = stored_receipt(write, account, command.id).await?;
        let receipt = receipt.ok_or_else(|| StoreError::unreadable("command", command.id))?;
        return Ok(Carried {
            receipt,
            first: false,
        });
    }
    let Loaded { scope, undo_depth } = scope::load(write, account, command).await?;
    let changes = apply(&scope, command, now)?;
    for change in &changes {
        write_session(write, account, change, now).await?;
    }
    write_longest(write, account, &changes, ledger.longest_seconds).await?;
    write_command(
        write,
        account,
        command,
        now,
        (ledger.last_seq + 1, undo_depth),
    )
    .await?;
    for (position, change) in (0_i64..).zip(&changes) {
        write_change(write, account, command, position, change).await?;
    }
    let receipt = Receipt {
        command: command.id,
        action: command.action.clone(),
        changes,
        redo: is_redo(undo_depth),
    };
    Ok(Carried {
        receipt,
        first: true,
    })
}

async fn load_ledger(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
) -> Result<Option<Ledger>, StoreError> {
    let query = sqlx::query_as(
        "select a.longest_seconds, c.action as known,
                coalesce((select max(seq) from command where account_id = $1), 0) as last_seq
         from account a left join command c on c.account_id = a.id and c.id = $2
         where a.id = $1",
    );
    write
        .one(query.bind(account.to_string()).bind(command.id.to_string()))
        .await
}

async fn write_command(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    now: Instant,
    (seq, undo_depth): (i64, i64),
) -> Result<(), StoreError> {
    let undoes = match &command.action {
        Action::Undo { command } => Some(command.to_string()),
        _ => None,
    };
    let query = sqlx::query(
        "insert into command (account_id, id, seq, acted_at, recorded_at, action, undo_depth, undoes)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let query = query
        .bind(account.to_string())
        .bind(command.id.to_string())
        .bind(seq);
    let query = query
        .bind(command.at.timestamp())
        .bind(now.timestamp())
        .bind(json(&command.action)?);
    write.execute(query.bind(undo_depth).bind(undoes)).await?;
    Ok(())
}
