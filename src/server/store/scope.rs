//! The part of an account that a command can touch, read inside its transaction.

use super::{
    asker::{Asker, is_good},
    error::StoreError,
    history::{read_action, read_change},
    session::{SessionRow, select_sessions},
    usable,
    writer::Write,
};
use crate::domain::{
    AccountId, Action, Change, Command, CommandId, Scope, Session, SessionId, history,
};
use sqlx::{
    AssertSqlSafe, FromRow, Sqlite,
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};

/// What a command is applied to.
pub struct Loaded {
    pub scope: Scope,
    /// How many times over the command undoes: 0 for anything but an undo, 2 for a redo.
    pub undo_depth: i64,
}

/// What an account is about to write on.
#[derive(sqlx::FromRow)]
pub struct Ledger {
    pub longest_seconds: i64,
    pub last_seq: i64,
    /// Whether who asks is still signed in.
    pub is_asker_good: i64,
    /// The action stored under the command's id, if it was carried out before.
    pub known: Option<String>,
}

const LEDGER: &str = concat!(
    "select a.longest_seconds, c.action as known,
        coalesce((select max(seq) from command where account_id = $1), 0) as last_seq, ",
    is_good!("$1", "$3"),
    " as is_asker_good
     from account a left join command c on c.account_id = a.id and c.id = $2
     where a.id = $1"
);

/// Reads the ledger, the running session, and those that the command names. Refuses whoever was
/// signed out while the command waited.
pub async fn open(
    write: &mut Write<'_>,
    asker: &Asker,
    command: &Command,
) -> Result<(Ledger, Vec<Session>), StoreError> {
    let named = command.action.sessions();
    let (first, rest) = named.split_at(named.len().min(AT_ONCE));
    let both = format!("{LEDGER}; {}", select_named(AT_ONCE));
    let query = sqlx::query(AssertSqlSafe(both))
        .bind(asker.account.to_string())
        .bind(command.id.to_string())
        .bind(asker.key());
    let rows = write.all_of(bind_named(query, first, AT_ONCE), 2).await?;
    let (ledger, rows) = rows.split_first().ok_or(StoreError::NoAccount)?;
    let ledger = Ledger::from_row(ledger)?;
    if ledger.is_asker_good == 0 {
        return Err(asker.turned_away());
    }
    let mut sessions = Vec::with_capacity(rows.len());
    read_sessions(&mut sessions, rows)?;
    load_sessions(write, asker.account, rest, &mut sessions).await?;
    Ok((ledger, sessions))
}

/// Adds to the `sessions` of a command what may be given to them, and for an undo what it would take
/// back.
pub async fn load(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    mut sessions: Vec<Session>,
) -> Result<Loaded, StoreError> {
    let mut undo_depth = 0;
    let mut undoes = None;
    if let Action::Undo { command: target } = &command.action
        && let Some((depth, changes)) = load_undoable(write, account, *target).await?
    {
        let changed: Vec<SessionId> = changes.iter().filter_map(Change::session).collect();
        load_sessions(write, account, &changed, &mut sessions).await?;
        undo_depth = depth + 1;
        undoes = Some(changes);
    }
    let usable = usable::load(
        write,
        account,
        &command.action,
        &sessions,
        undoes.as_deref(),
    )
    .await?;
    let scope = Scope {
        is_cut_short: is_cut_short(write, account, command, &sessions).await?,
        sessions,
        usable,
        undoes,
    };
    Ok(Loaded { scope, undo_depth })
}

/// Whether a command stops a session that is over by then, and what set its end was the start of another
/// one. Looked up only where the stop lies before that end.
async fn is_cut_short(
    write: &mut Write<'_>,
    account: AccountId,
    command: &Command,
    sessions: &[Session],
) -> Result<bool, StoreError> {
    let Action::Stop {
        session: Some(stopped),
        to: None,
        ..
    } = command.action
    else {
        return Ok(false);
    };
    let is_late = |session: &Session| {
        session.id == stopped && session.span.to().is_some_and(|end| command.at < end)
    };
    if !sessions.iter().any(is_late) {
        return Ok(false);
    }
    let query = sqlx::query_as(
        "select c.action, h.before, h.after
         from change h join command c on c.account_id = h.account_id and c.id = h.command_id
         where h.account_id = $1 and h.session_id = $2
         order by c.seq desc",
    );
    let query = query.bind(account.to_string()).bind(stopped.to_string());
    let rows: Vec<(String, Option<String>, Option<String>)> = write.all(query).await?;
    let read = |(action, before, after): &(String, Option<String>, Option<String>)| {
        let change = read_change(before.as_deref(), after.as_deref())?;
        Ok((read_action(action)?, change))
    };
    let history: Result<Vec<_>, StoreError> = rows.iter().map(read).collect();
    Ok(history::is_cut_short(history?))
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
/// The same for commands about many: as many as one may name.
const MANY_AT_ONCE: usize = Action::MOST_SESSIONS;

/// Adds those of the `named` sessions that are there.
async fn load_sessions(
    write: &mut Write<'_>,
    account: AccountId,
    named: &[SessionId],
    sessions: &mut Vec<Session>,
) -> Result<(), StoreError> {
    let at_once = if named.len() > AT_ONCE {
        MANY_AT_ONCE
    } else {
        AT_ONCE
    };
    for part in named.chunks(at_once) {
        let query = sqlx::query(AssertSqlSafe(select_named(at_once)))
            .bind(account.to_string())
            .bind(None::<String>)
            .bind(None::<String>);
        let rows = write.all_of(bind_named(query, part, at_once), 1).await?;
        read_sessions(sessions, &rows)?;
    }
    Ok(())
}

/// Selects the running session of the account $1 and `count` named ones, $4 and on. The text depends
/// on nothing but the number.
fn select_named(count: usize) -> String {
    let places: Vec<String> = (0..count).map(|place| format!("${}", place + 4)).collect();
    // `union` rather than `or`, so that either half is a look-up in an index.
    format!(
        "{} stopped_at is null union {} id in ({})",
        select_sessions!(),
        select_sessions!(),
        places.join(", ")
    )
}

type Select = Query<'static, Sqlite, SqliteArguments>;

fn bind_named(query: Select, named: &[SessionId], count: usize) -> Select {
    (0..count).fold(query, |query, place| {
        query.bind(named.get(place).map(ToString::to_string))
    })
}

/// Adds sessions that are not there yet.
fn read_sessions(sessions: &mut Vec<Session>, rows: &[SqliteRow]) -> Result<(), StoreError> {
    for row in rows {
        let session = Session::try_from(SessionRow::from_row(row)?)?;
        if sessions.iter().all(|known| known.id != session.id) {
            sessions.push(session);
        }
    }
    Ok(())
}
