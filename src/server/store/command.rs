//! Carries out commands: the only writer of sessions, changes and commands.

use super::{
    Store,
    asker::Asker,
    batch::{Batch, text},
    change::{json, write_changes, write_longest, write_session},
    error::StoreError,
    history::{is_redo, read_action, stored_receipt},
    named::{Asked, carry_out_naming},
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
    /// Carries out a command, whole or not at all, and once: the same command again gets the stored
    /// answer. When this returns, the command is on disk. Refusals change nothing. Whoever was signed
    /// out before it was their turn is refused.
    pub async fn run(
        &self,
        asker: impl Into<Asker>,
        command: &Command,
        now: Instant,
    ) -> Result<Receipt, AppError> {
        let carried = self.carry_out(asker, command, now).await?;
        Ok(carried.receipt)
    }

    /// As [`run`](Self::run), and tells whether the command was new.
    pub async fn carry_out(
        &self,
        asker: impl Into<Asker>,
        command: &Command,
        now: Instant,
    ) -> Result<Carried, AppError> {
        let order = Order {
            asker: asker.into(),
            command: command.clone(),
            naming: None,
            now,
        };
        self.enqueue(order)
            .await
            .map_err(|error| self.explain(error))
    }
}

/// A command, whose it is, and when it is carried out.
#[derive(Clone, Debug)]
pub struct Order {
    pub asker: Asker,
    pub command: Command,
    /// What it names for the first time.
    pub naming: Option<Asked>,
    pub now: Instant,
}

impl Order {
    /// Writes what the command does. A [refusal](StoreError::is_refusal) has written nothing.
    pub async fn carry_out(&self, write: &mut Write<'_>) -> Result<Carried, StoreError> {
        // As it will be read back, in whole seconds, so that sent again it is known to be the same.
        // What could not be read back is for `apply` to refuse.
        let action = read_action(&json(&self.command.action)?);
        let action = action.unwrap_or_else(|_| self.command.action.clone());
        let command = Command {
            action,
            ..self.command.clone()
        };
        match &self.naming {
            None => carry_out(write, &self.asker, &command, self.now).await,
            Some(asked) => carry_out_naming(write, &self.asker, &command, asked, self.now).await,
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
    let asker = account.into();
    carry_out(write, &asker, command, now).await.map(drop)
}

/// Carries out a command, unless it was before.
pub async fn carry_out(
    write: &mut Write<'_>,
    asker: &Asker,
    command: &Command,
    now: Instant,
) -> Result<Carried, StoreError> {
    let account = asker.account;
    let (ledger, sessions) = scope::open(write, asker, command).await?;
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
    let Loaded { scope, undo_depth } = scope::load(write, account, command, sessions).await?;
    let changes = apply(&scope, command, now)?;
    let mut batch = Batch::default();
    for change in &changes {
        write_session(&mut batch, account, change, now);
    }
    write_longest(&mut batch, account, &changes, ledger.longest_seconds);
    let place = (ledger.last_seq + 1, undo_depth);
    write_command(&mut batch, account, command, now, place)?;
    write_changes(&mut batch, account, command, &changes)?;
    batch.send(write).await?;
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

fn write_command(
    batch: &mut Batch,
    account: AccountId,
    command: &Command,
    now: Instant,
    (seq, undo_depth): (i64, i64),
) -> Result<(), StoreError> {
    let undoes = match &command.action {
        Action::Undo { command } => Some(command.to_string()),
        _ => None,
    };
    batch.add(
        "insert into command (account_id, id, seq, acted_at, recorded_at, action, undo_depth, undoes)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            text(account),
            text(command.id),
            seq.into(),
            command.at.timestamp().into(),
            now.timestamp().into(),
            text(json(&command.action)?),
            undo_depth.into(),
            undoes.into(),
        ],
    );
    Ok(())
}
