//! The part of an account that a command can touch, read inside its transaction.

use super::{
    error::StoreError,
    history::read_change,
    session::{SessionRow, select_sessions},
    usable,
    writer::Write,
};
use crate::domain::{AccountId, Action, Change, Command, CommandId, Scope, Session, SessionId};
use sqlx::AssertSqlSafe;

/// What a command is applied to.
pub struct Loaded {
    pub scope: Scope,
    /// How many times over the command undoes: 0 for anything but an undo, 2 for a redo.
    pub undo_depth: i64,
}

/// Reads the running session, those the command names, what may be given to them, and for an undo
/// what it would take back.
pub async fn load(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
) -> Result<Loaded, StoreError> {
    let mut undo_depth = 0;
    let mut undoes = None;
    let mut named: Vec<SessionId> = command.action.sessions();
    if let Action::Undo { command: target } = &command.action
        && let Some((depth, changes)) = load_undoable(write, account, *target).await?
    {
        named.extend(changes.iter().filter_map(Change::session));
        undo_depth = depth + 1;
        undoes = Some(changes);
    }
    let sessions = load_sessions(write, account, &named).await?;
    let usable = usable::load(write, account, &command.action, &sessions).await?;
    let scope = Scope {
        sessions,
        usable,
        undoes,
    };
    Ok(Loaded { scope, undo_depth })
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

/// How many sessions one statement asks for. Few, since most commands name one or two.
const AT_ONCE: usize = 4;
/// The same for commands about many.
const MANY_AT_ONCE: usize = 100;

/// The running session and those named, each once.
async fn load_sessions(
    write: &mut Write<'_>,
    account: AccountId,
    named: &[SessionId],
) -> Result<Vec<Session>, StoreError> {
    let mut sessions: Vec<Session> = Vec::new();
    let at_once = if named.len() > AT_ONCE {
        MANY_AT_ONCE
    } else {
        AT_ONCE
    };
    let mut rest = named;
    loop {
        let (part, later) = rest.split_at(rest.len().min(at_once));
        // The text depends on nothing but how many are asked for at once.
        let places: Vec<String> = (0..at_once)
            .map(|place| format!("${}", place + 2))
            .collect();
        // `union` rather than `or`, so that either half is a look-up in an index.
        let select = format!(
            "{} stopped_at is null union {} id in ({})",
            select_sessions!(),
            select_sessions!(),
            places.join(", ")
        );
        let mut query = sqlx::query_as(AssertSqlSafe(select)).bind(account.to_string());
        for place in 0..at_once {
            query = query.bind(part.get(place).map(ToString::to_string));
        }
        let rows: Vec<SessionRow> = write.all(query).await?;
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
