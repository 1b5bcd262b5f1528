//! The part of an account that a command can touch, read inside its transaction.

use super::{error::StoreError, history::read_change, session::SessionRow, writer::Write};
use crate::domain::{AccountId, Action, Change, Command, CommandId, Scope, Session, SessionId};

/// What a command is applied to.
pub struct Loaded {
    pub scope: Scope,
    /// How many times over the command undoes: 0 for anything but an undo, 2 for a redo.
    pub undo_depth: i64,
}

/// Reads the running session, those the command names, and for an undo what it would take back.
pub async fn load(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
) -> Result<Loaded, StoreError> {
    let mut undo_depth = 0;
    let mut undoes = None;
    let mut named: Vec<SessionId> = command.action.session().into_iter().collect();
    match &command.action {
        Action::Undo { command: target } => {
            if let Some((depth, changes)) = load_undoable(write, account, *target).await? {
                named.extend(changes.iter().filter_map(Change::session));
                undo_depth = depth + 1;
                undoes = Some(changes);
            }
        }
        Action::Trim { around, .. } => named.push(*around),
        _ => {}
    }
    let sessions = load_sessions(write, account, &named).await?;
    Ok(Loaded {
        scope: Scope { sessions, undoes },
        undo_depth,
    })
}

/// The depth and changes of a command that changed something and that nobody undid.
async fn load_undoable(
    write: &mut Write<'_>,
    account: AccountId,
    target: CommandId,
) -> Result<Option<(i64, Vec<Change>)>, StoreError> {
    let query = sqlx::query_as(
        "select c.undo_depth, h.before, h.after
         from command c join change h on h.account_id = c.account_id and h.command_id = c.id
         where c.account_id = $1 and c.id = $2
           and not exists (select 1 from command u where u.account_id = $1 and u.undoes = $2)
         order by h.position",
    );
    let query = query.bind(account.to_string()).bind(target.to_string());
    let rows: Vec<(i64, Option<String>, Option<String>)> = write.all(query).await?;
    let Some((depth, ..)) = rows.first() else {
        return Ok(None);
    };
    let changes = rows
        .iter()
        .map(|(_, before, after)| read_change(before.as_deref(), after.as_deref()));
    Ok(Some((*depth, changes.collect::<Result<_, _>>()?)))
}

/// The running session and those named, each once. Two at a time: no command names more today.
async fn load_sessions(
    write: &mut Write<'_>,
    account: AccountId,
    named: &[SessionId],
) -> Result<Vec<Session>, StoreError> {
    let mut sessions: Vec<Session> = Vec::new();
    let mut rest = named;
    loop {
        let (pair, later) = rest.split_at(rest.len().min(2));
        // `union` rather than `or`, so that either half is a look-up in an index.
        let query = sqlx::query_as(
            "select id, name, started_at, stopped_at, time_zone, overlap_kept_at, version from session
             where account_id = $1 and stopped_at is null
             union
             select id, name, started_at, stopped_at, time_zone, overlap_kept_at, version from session
             where account_id = $1 and id in ($2, $3)",
        );
        let id = |index: usize| pair.get(index).map(ToString::to_string);
        let rows: Vec<SessionRow> = write
            .all(query.bind(account.to_string()).bind(id(0)).bind(id(1)))
            .await?;
        for row in rows {
            let session = Session::try_from(row)?;
            if sessions.iter().all(|known| known.id != session.id) {
                sessions.push(session);
            }
        }
        if later.is_empty() {
            return Ok(sessions);
        }
        rest = later;
    }
}
