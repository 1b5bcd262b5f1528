//! Carries out commands: the only writer of sessions, changes and commands.

use super::{
    Store,
    asked::Asked,
    asker::Asker,
    batch::{Batch, text},
    change::{json, write_changes, write_longest, write_sessions},
    error::StoreError,
    history::{is_redo, read_action, stored_receipt},
    scope::{self, Loaded},
    writer::Write,
};
use crate::{
    domain::{AccountId, Action, Command, CommandId, Instant, Receipt, Refusal, apply},
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
    /// Carries out a command that is known for certain, as [`carry_out`](Self::carry_out) does.
    pub async fn run(
        &self,
        asker: impl Into<Asker>,
        command: &Command,
        now: Instant,
    ) -> Result<Receipt, AppError> {
        let given = (command.id, command.at);
        let carried = self.carry_out(asker, given, command.action.clone(), now);
        Ok(carried.await?.receipt)
    }
}

/// A command, whose it is, and when it is carried out.
#[derive(Clone, Debug)]
pub struct Order {
    pub asker: Asker,
    pub id: CommandId,
    /// When it was given.
    pub at: Instant,
    pub asked: Asked,
    /// What that comes to where all its names are known before it is its turn.
    pub known: Option<Action>,
    pub now: Instant,
}

/// An action as it will be read back, in whole seconds, so that sent again it is known to be the same.
/// What could not be read back is for `apply` to refuse.
pub fn read_back(action: &Action) -> Result<Action, StoreError> {
    let back = read_action(&json(action)?);
    Ok(back.unwrap_or_else(|_| action.clone()))
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

/// Carries out a command, unless it was before. It is the same one if it has the same id and action, whenever it
/// is given: a form without a script has no instant of its own.
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
    write_sessions(&mut batch, account, &changes, now);
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
