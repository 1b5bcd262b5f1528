//! Everything one page shows, and how it changes with a command before the server has answered.

use super::{
    account::{HourFormat, Settings},
    apply::Scope,
    catalog::Catalog,
    command::Change,
    date,
    favourite::Shortcut,
    field::FieldErrors,
    form::CommandForm,
    id::{AccountId, CommandId, SessionId},
    local::Offsets,
    overview::{Overview, Tally},
    parts::Parts,
    receipt::Receipt,
    session::{Instant, Session},
};
use chrono::{
    NaiveDate,
    serde::{ts_milliseconds, ts_seconds_option},
};
use serde::{Deserialize, Serialize};

/// A page of tracked time: today with the timer, or the overview of a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The server's clock when the sheet was made.
    #[serde(with = "ts_milliseconds")]
    pub now: Instant,
    #[serde(with = "date")]
    pub today: NaiveDate,
    pub settings: Settings,
    /// Whose it is; `None` for a browser that belongs to no account yet.
    pub account: Option<AccountId>,
    /// The running session, also where the period does not hold it.
    pub running: Option<Session>,
    pub overview: Overview,
    /// What the account's work in the period comes to; `None` where nothing is paid.
    pub worth: Option<Worth>,
    /// What the sessions of the page may belong to.
    pub catalog: Catalog,
    /// What can be started again, on the timer page only.
    pub shortcuts: Vec<Shortcut>,
    /// Sums of this week and this month, on the timer page only.
    pub week: Option<Tally>,
    pub month: Option<Tally>,
    /// When the person was last there, if they have just come back from a longer absence.
    #[serde(default, with = "ts_seconds_option")]
    pub left_at: Option<Instant>,
    /// The id for the command that a form on this page may send without JavaScript.
    pub command: CommandId,
    /// What the last form did, where it was sent without JavaScript.
    pub notice: Option<Notice>,
    /// The last form, where it was refused and sent without JavaScript.
    pub refused: Option<Refused>,
}

impl Sheet {
    /// The part of the account this page knows, for `apply`.
    pub fn scope(&self) -> Scope {
        let mut sessions = self.overview.sessions.clone();
        if let Some(running) = &self.running
            && !sessions.iter().any(|session| session.id == running.id)
        {
            sessions.push(running.clone());
        }
        Scope {
            usable: self.catalog.usable(),
            ..Scope::of(sessions)
        }
    }

    /// How the time that counts in the period divides into projects and tags.
    pub fn parts(&self, now: Instant) -> Parts<'_> {
        let timed = self.overview.timed(now);
        let timed = timed.map(|(session, seconds)| (&session.work, seconds));
        Parts::of(timed, &self.catalog)
    }

    /// Takes over what a command did.
    pub fn take(&mut self, changes: &[Change], now: Instant) {
        for change in changes {
            if self.running.as_ref().map(|running| running.id) == change.session() {
                self.running = None;
            }
            if let Some(after) = change.after.as_ref().filter(|after| after.is_running()) {
                self.running = Some(after.clone());
            }
        }
        self.overview.take(changes, now);
        for tally in [&mut self.week, &mut self.month].into_iter().flatten() {
            tally.take(changes);
        }
    }
}

/// What sessions that began in a period come to, in words: whoever shows it computes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// One for each currency: `425.00 EUR and 20.00 USD`.
    pub amounts: String,
    /// How time was rounded for them.
    pub rounding: String,
}

/// Which sheet a page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetQuery {
    /// The address of a period, `week/2026-W47`; empty for the timer page.
    pub period: String,
    /// The command that a form without JavaScript has just sent.
    pub done: String,
    /// The command of a form that was refused.
    pub refused: String,
}

/// What a command did, as the page that asked for it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub changes: Vec<Change>,
    pub notice: Notice,
}

impl Done {
    /// Whether it tells of a session that this form made, so that the form is known to have arrived.
    pub fn is_about(&self, form: &CommandForm) -> bool {
        let mut sessions = self.changes.iter().filter_map(Change::session);
        sessions.any(|session| session.to_string() == form.command)
    }
}

/// A message, and the command it offers to take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub text: String,
    pub undo: Option<CommandId>,
    /// The session that is no more; no row leads to its history.
    pub deleted: Option<SessionId>,
    /// Taking back an undo is offered as "Redo".
    pub is_undo: bool,
    pub is_error: bool,
}

impl Notice {
    /// What to tell about a command, with the offsets that hold at the times it is about.
    pub fn of(receipt: &Receipt, offsets: &Offsets, hours: HourFormat) -> Self {
        Self {
            text: receipt.message(offsets, hours),
            undo: (!receipt.changes.is_empty()).then_some(receipt.command),
            deleted: receipt.deleted(),
            is_undo: receipt.is_undo(),
            is_error: false,
        }
    }

    /// What is only to be known, with nothing to undo.
    pub fn told(text: impl ToString) -> Self {
        Self {
            text: text.to_string(),
            undo: None,
            deleted: None,
            is_undo: false,
            is_error: false,
        }
    }

    /// What went wrong, with nothing to undo.
    pub fn error(text: impl ToString) -> Self {
        Self {
            is_error: true,
            ..Self::told(text)
        }
    }
}

/// A form that was refused, with what was typed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub form: CommandForm,
    pub message: String,
    pub fields: FieldErrors,
}
