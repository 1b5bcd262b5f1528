//! What a form about tracked time says, as typed. The same form is posted by a plain browser and
//! by the hydrated page.

use super::{
    command::Action,
    entry::Entry,
    field::FieldErrors,
    id::{CommandId, SessionId},
    naming::Naming,
    session::{Instant, Name, ZoneName, instant},
    work::WorkRevision,
};

mod again;
mod crossing;
pub mod details;
pub mod intent;
mod origin;
mod selection;

pub use origin::{Origin, said};

/// The fields of every such form; what a form does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandForm {
    /// The command's id, made when the form was.
    pub command: String,
    /// Seconds since the epoch of the click; empty means when the server hears of it.
    pub at: String,
    /// Which action, one of [`intent`].
    pub intent: String,
    /// The button pressed in a list: an intent and the session (or the command to undo) it is
    /// about, `delete/ID`. Stands for `intent` and `session`.
    pub press: String,
    pub session: String,
    /// The selected sessions, with commas between them.
    pub sessions: String,
    /// The session to trim around.
    pub around: String,
    /// The command to undo.
    pub undoes: String,
    pub version: String,
    /// The line that says what is worked on, see [`entry`](super::entry).
    pub name: String,
    /// What `name` was filled in with where the form is about what runs: left alone, it says nothing.
    pub name_was: String,
    /// Not empty where the form shows project, tags and billable.
    pub detailed: String,
    /// `Client/Project`, or empty.
    pub project: String,
    /// With commas between them.
    pub tags: String,
    /// Not empty where it is ticked; for selected sessions `yes`, `no`, or empty to leave them be.
    pub billable: String,
    /// What `project`, `tags` and `billable` were filled in with: see [`details`].
    pub project_was: String,
    pub tags_was: String,
    pub billable_was: String,
    /// Not empty where the form has a name field although its action could do without.
    pub named: String,
    /// Local date and time, `2026-11-20T09:00` with or without seconds.
    pub start: String,
    pub stop: String,
    /// Which of two moments is meant where the clock was changed: `earlier` or `later`.
    pub start_pick: String,
    pub stop_pick: String,
    /// The moments that `start` and `stop` were filled in from, so that fields left alone keep
    /// their second even where a local time exists twice.
    pub start_was: String,
    pub stop_was: String,
    /// An exact stop, seconds since the epoch.
    pub stop_at: String,
    pub duration: String,
    /// The browser's zone, for the first command of a new guest.
    pub zone: String,
    /// The local address to return to without JavaScript.
    pub back: String,
    /// Whose page it was on; empty on one that was nobody's yet.
    pub account: String,
    /// Not empty where `name` was written by the page: what it names is there, and not to be made.
    pub again: String,
}

/// Where one of these forms is posted to.
pub const ADDRESS: &str = "/rpc/submit";
/// Where those are that waited together.
pub const ADDRESS_OF_MANY: &str = "/rpc/submit-all";

/// How many can be posted together: more than anybody presses while one is on its way.
pub const MOST_FORMS: usize = 500;

/// The id of the form about selected sessions.
pub const SELECTION: &str = "select";
/// The name of the boxes that select them.
pub const SELECTED: &str = "form[sessions][]";

impl CommandForm {
    /// All fields by name, to be filled in.
    pub fn fields(&mut self) -> [(&'static str, &mut String); 31] {
        [
            ("command", &mut self.command),
            ("at", &mut self.at),
            ("intent", &mut self.intent),
            ("press", &mut self.press),
            ("session", &mut self.session),
            ("sessions", &mut self.sessions),
            ("around", &mut self.around),
            ("undoes", &mut self.undoes),
            ("version", &mut self.version),
            ("name", &mut self.name),
            ("name_was", &mut self.name_was),
            ("detailed", &mut self.detailed),
            ("project", &mut self.project),
            ("tags", &mut self.tags),
            ("billable", &mut self.billable),
            ("project_was", &mut self.project_was),
            ("tags_was", &mut self.tags_was),
            ("billable_was", &mut self.billable_was),
            ("named", &mut self.named),
            ("start", &mut self.start),
            ("stop", &mut self.stop),
            ("start_pick", &mut self.start_pick),
            ("stop_pick", &mut self.stop_pick),
            ("start_was", &mut self.start_was),
            ("stop_was", &mut self.stop_was),
            ("stop_at", &mut self.stop_at),
            ("duration", &mut self.duration),
            ("zone", &mut self.zone),
            ("back", &mut self.back),
            ("account", &mut self.account),
            ("again", &mut self.again),
        ]
    }

    /// Spells out `press` in the fields it stands for.
    pub fn spelled_out(mut self) -> Self {
        let mut press = self.press.split('/').map(str::to_owned);
        if let (Some(intent), Some(target)) = (
            press.next().filter(|intent| !intent.is_empty()),
            press.next(),
        ) {
            if intent == intent::UNDO {
                self.undoes = target;
            } else {
                self.session = target;
            }
            self.around = press.next().unwrap_or_default();
            self.intent = intent;
            self.press.clear();
        }
        self
    }

    /// The command's id.
    pub fn id(&self) -> Result<CommandId, FieldErrors> {
        self.command.parse().map_err(|_| incomplete())
    }

    /// When the person acted; `now` if the form does not say.
    pub fn at(&self, now: Instant) -> Result<Instant, FieldErrors> {
        Ok(seconds(&self.at)?.unwrap_or(now))
    }

    /// What the name field says. Only what starts a session has a time there.
    pub fn entry(&self) -> Result<Entry, FieldErrors> {
        if self.intent == intent::START && self.start.is_empty() {
            Entry::read(&self.name)
        } else {
            Entry::read_untimed(&self.name)
        }
    }

    /// What the session shall belong to, as far as the form says.
    pub fn naming(&self) -> Result<Naming, FieldErrors> {
        if self.intent == intent::ASSIGN {
            return self.naming_of_selected();
        }
        let details = if self.detailed.is_empty() {
            Naming::default()
        } else {
            self.naming_of_details()?
        };
        let says_name = [intent::START, intent::RENAME, intent::ADD, intent::EDIT];
        if says_name.contains(&self.intent.as_str()) || self.is_named() {
            Ok(details.and(&self.entry()?))
        } else {
            Ok(details)
        }
    }

    /// The action without what [`naming`](Self::naming) says, where it can be told without a zone
    /// database; `None` where local times have to be resolved first (add, edit, and a start or stop
    /// at a typed time).
    pub fn action(&self, zone: &ZoneName) -> Result<Option<Action>, FieldErrors> {
        let zone = zone.clone();
        Ok(Some(match self.intent.as_str() {
            intent::START if self.start.is_empty() && self.entry()?.when.is_none() => {
                Action::Start {
                    name: self.entry()?.name,
                    zone,
                    from: None,
                    work: WorkRevision::default(),
                }
            }
            intent::STOP if self.stop.is_empty() || !self.stop_at.is_empty() => Action::Stop {
                session: self.optional_session()?,
                to: seconds(&self.stop_at)?,
                name: self.shown_name()?,
                work: WorkRevision::default(),
            },
            intent::RENAME => Action::Rename {
                session: self.session()?,
                name: self.entry()?.name,
                work: WorkRevision::default(),
            },
            intent::CONTINUE => Action::Continue {
                session: self.session()?,
                zone,
            },
            intent::DUPLICATE => Action::Duplicate {
                session: self.session()?,
            },
            intent::DELETE => Action::Delete {
                session: self.session()?,
            },
            intent::ASSIGN => Action::Assign {
                sessions: self.selected()?,
                work: WorkRevision::default(),
            },
            intent::DELETE_ALL => Action::DeleteAll {
                sessions: self.selected()?,
            },
            intent::TRIM => {
                let around = self.around.parse().map_err(|_| incomplete())?;
                Action::Trim {
                    session: self.session()?,
                    around,
                }
            }
            intent::KEEP_OVERLAP => Action::KeepOverlap {
                session: self.session()?,
            },
            intent::UNDO => Action::Undo {
                command: self.undoes.parse().map_err(|_| incomplete())?,
            },
            intent::START | intent::STOP | intent::ADD | intent::EDIT => return Ok(None),
            _ => return Err(incomplete()),
        }))
    }

    /// The name, from a form that shows one, if somebody typed another.
    pub fn shown_name(&self) -> Result<Option<Name>, FieldErrors> {
        if self.is_named() {
            self.entry().map(|entry| Some(entry.name))
        } else {
            Ok(None)
        }
    }

    fn is_named(&self) -> bool {
        !self.named.is_empty() && self.name.trim() != self.name_was
    }

    /// The session the form is about.
    pub fn session(&self) -> Result<SessionId, FieldErrors> {
        self.session.parse().map_err(|_| incomplete())
    }

    /// The session the form is about, if it names one.
    pub fn optional_session(&self) -> Result<Option<SessionId>, FieldErrors> {
        if self.session.is_empty() {
            Ok(None)
        } else {
            self.session().map(Some)
        }
    }
}

/// Seconds since the epoch; `None` for an empty field.
pub fn seconds(text: &str) -> Result<Option<Instant>, FieldErrors> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map_err(|_| incomplete())
        .and_then(instant)
        .map(Some)
}

/// A form that no page of ours sends.
fn incomplete() -> FieldErrors {
    FieldErrors::one(
        "form",
        "This form is incomplete. Reload the page and try again.",
    )
}

#[cfg(test)]
mod tests;
