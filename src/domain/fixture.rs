//! What the tests of this folder share: a short notation, and an account in memory.

use super::{
    Action, Change, Command, CommandId, Instant, Name, ProjectId, Refusal, Scope, Session,
    SessionId, Span, TagId, Usable, UsableProject, Work, ZoneName, apply, history::is_cut_short,
};
use proptest::test_runner::{Config, RngSeed};
use std::hash::{BuildHasher, RandomState};

/// `seconds` after Friday 20 November 2026, 00:00 UTC.
pub fn at(seconds: i64) -> Instant {
    Instant::from_timestamp(1_795_132_800 + seconds, 0).unwrap()
}

/// The command with this number. The session that it makes has the same number.
pub fn command_id(number: u32) -> CommandId {
    format!("{number:032x}").parse().unwrap()
}

pub fn session_id(number: u32) -> SessionId {
    command_id(number).into()
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn zone() -> ZoneName {
    "Europe/Berlin".parse().unwrap()
}

pub fn project_id(number: u32) -> ProjectId {
    command_id(number).to_string().parse().unwrap()
}

pub fn tag_id(number: u32) -> TagId {
    command_id(number).to_string().parse().unwrap()
}

/// Projects 1, which is billable, and 2; tags 1 to 3.
pub fn usable() -> Usable {
    let project = |number| UsableProject {
        id: project_id(number),
        billable: number == 1,
    };
    Usable {
        projects: vec![project(1), project(2)],
        archived: Vec::new(),
        tags: (1..4).map(tag_id).collect(),
    }
}

/// Unlike [`Span::done`], takes an end before the beginning.
pub fn span(from: i64, to: i64) -> Span {
    Span::Done {
        from: at(from),
        to: at(to),
    }
}

pub fn done(number: u32, from: i64, to: i64) -> Session {
    let id = session_id(number);
    Session {
        id,
        name: name("A"),
        span: span(from, to),
        zone: zone(),
        overlap_kept_at: None,
        reached_at: None,
        version: 1,
        work: Work::default(),
    }
}

pub fn running(number: u32, since: i64) -> Session {
    Session {
        span: Span::Running { since: at(since) },
        ..done(number, 0, 0)
    }
}

/// Sessions in short: `1:0-50 A, 2:50- B kept`.
pub fn written(sessions: &[Session]) -> String {
    let second = |instant: Instant| (instant - at(0)).num_seconds();
    let one = |session: &Session| {
        let id = session.id.to_string().replace('-', "");
        let number = u128::from_str_radix(&id, 16).unwrap();
        let to = session
            .span
            .to()
            .map_or_else(String::new, |to| second(to).to_string());
        let kept = if session.overlap_kept_at.is_some() {
            " kept"
        } else {
            ""
        };
        format!(
            "{number}:{}-{to} {}{kept}",
            second(session.span.from()),
            session.name.shown()
        )
    };
    let mut sorted: Vec<&Session> = sessions.iter().collect();
    sorted.sort_by_key(|session| (session.span.from(), session.id));
    sorted.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

/// An account in memory: what the store does, without the store.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub sessions: Vec<Session>,
    pub log: Vec<(Command, Vec<Change>)>,
    /// Whether projects take no more time.
    pub closed: bool,
}

impl Ledger {
    /// Carries a command out once, however often it is given, and whenever.
    pub fn run(&mut self, command: &Command, now: Instant) -> Result<Vec<Change>, Refusal> {
        if let Some((first, changes)) = self.log.iter().find(|(first, _)| first.id == command.id) {
            return if first.action == command.action {
                Ok(changes.clone())
            } else {
                Err(Refusal::Reused)
            };
        }
        let changes = apply(&self.scope(&command.action), command, now)?;
        changes.iter().for_each(|change| self.write(change));
        self.log.push((command.clone(), changes.clone()));
        Ok(changes)
    }

    /// Only what a command may look at, so that a rule which needs more shows.
    pub fn scope(&self, action: &Action) -> Scope {
        let undoes = match *action {
            Action::Undo { command } => self.effect(command),
            _ => None,
        };
        let named: Vec<SessionId> = undoes
            .iter()
            .flatten()
            .filter_map(Change::session)
            .chain(action.sessions())
            .collect();
        let needed = |session: &&Session| session.is_running() || named.contains(&session.id);
        Scope {
            sessions: self.sessions.iter().filter(needed).cloned().collect(),
            usable: Usable {
                projects: if self.closed {
                    Vec::new()
                } else {
                    usable().projects
                },
                ..usable()
            },
            undoes,
            is_cut_short: match action {
                Action::Stop {
                    session: Some(id), ..
                } => is_cut_short(self.history(*id)),
                _ => false,
            },
        }
    }

    /// What happened to a session, newest first.
    fn history(&self, id: SessionId) -> impl Iterator<Item = (Action, Change)> {
        self.log.iter().rev().flat_map(move |(command, changes)| {
            let changes = changes
                .iter()
                .filter(move |change| change.session() == Some(id));
            changes.map(|change| (command.action.clone(), change.clone()))
        })
    }

    /// The sessions without their versions, which undo does not take back.
    pub fn content(&self) -> Vec<Session> {
        let mut sessions: Vec<_> = self
            .sessions
            .iter()
            .map(|session| Session {
                version: 0,
                ..session.clone()
            })
            .collect();
        sessions.sort_by_key(|session| session.id);
        sessions
    }

    fn effect(&self, command: CommandId) -> Option<Vec<Change>> {
        let undone = self
            .log
            .iter()
            .any(|(later, _)| later.action == Action::Undo { command });
        let found = self.log.iter().find(|(earlier, _)| earlier.id == command);
        found
            .filter(|_| !undone)
            .map(|(_, changes)| changes.clone())
    }

    /// Writes one change, as strictly as a database would: never two that run, not even between
    /// the changes of one command.
    fn write(&mut self, change: &Change) {
        let id = change.session().expect("a change has a side");
        let stored = self.sessions.iter().position(|session| session.id == id);
        let before = stored.map(|index| self.sessions.remove(index));
        assert_eq!(before, change.before, "a change tells what was stored");
        self.sessions.extend(change.after.clone());
        let running = self
            .sessions
            .iter()
            .filter(|session| session.is_running())
            .count();
        assert!(running <= 1, "{running} sessions run");
    }
}

/// How many cases a property is tried with. The seed appears with a failure, and
/// `PROPTEST_RNG_SEED` in the environment repeats it.
pub fn cases(cases: u32) -> Config {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().hash_one(0),
    };
    println!("PROPTEST_RNG_SEED={seed}");
    Config {
        rng_seed: RngSeed::Fixed(seed),
        ..config
    }
}
