//! Help for whoever types what they are working on.

use super::{
    amounts::EVER,
    entry,
    state::AppState,
    store::{Narrowing, Store, Wanted},
};
use crate::{
    domain::{
        AccountId, Catalog, Client, Instant, ProjectLabel, Record, Session, Settings, TagLabel,
        Work,
        entry::{Choice, Entry, Token, TokenKind, complete, token_at},
        form::details::picked,
        history::{Help, Suggestion},
    },
    error::AppError,
};

/// How many lines are offered at most.
const MOST: usize = 8;

/// How many sessions tell what was used of late.
const RECENT: u32 = 100;

/// What can be meant by `line`, which an account of these settings types with the caret at `caret` (UTF-16 code units).
pub async fn help(
    state: &AppState,
    (account, settings): (AccountId, &Settings),
    line: &str,
    caret: usize,
    is_running: bool,
) -> Result<Help, AppError> {
    let store = &state.store;
    let catalog = store.catalog(account).await?;
    let suggestions = match token_at(line, caret) {
        Some(token) => {
            let known = Known {
                catalog: &catalog,
                clients: &match token.kind {
                    TokenKind::Project => store.clients(account).await?,
                    TokenKind::Tag => Vec::new(),
                },
                recent: &recent(store, account, state.clock.now()).await?,
            };
            known.marks(line, &token)
        }
        None => {
            let sessions = store.suggest(account, line, MOST).await?;
            let lines = (sessions.iter()).map(|session| earlier(&catalog, session, is_running));
            lines.collect()
        }
    };
    let preview = entry::preview(line, &catalog, settings, is_running, state.clock.now());
    Ok(Help {
        suggestions,
        preview: preview.unwrap_or_default(),
    })
}

/// The sessions that began last. One statement.
async fn recent(store: &Store, account: AccountId, now: Instant) -> Result<Vec<Record>, AppError> {
    let wanted = Wanted {
        from: EVER.0,
        to: EVER.1,
        now,
        containing: None,
        after: None,
        limit: RECENT,
    };
    let all = Narrowing::default();
    Ok(store.records(account, &all, &wanted).await?.0)
}

/// A session like an earlier one; or, where there is one already, its name, project and tags: there, a line only says
/// that what is billable is turned, and not what it shall be.
fn earlier(catalog: &Catalog, session: &Session, is_running: bool) -> Suggestion {
    let mut entry = Entry::again(&session.name, &session.work, catalog);
    entry.toggles_billable &= !is_running;
    let project = catalog.usable_project_of(&session.work);
    let mut note: Vec<String> = project.map(ProjectLabel::path).into_iter().collect();
    let tags = catalog.tags_of(&session.work);
    note.extend(tags.map(|tag| format!("#{}", tag.name)));
    offer(
        session.name.as_str().to_owned(),
        note.join(" "),
        entry.write(),
    )
}

fn offer(shown: String, note: String, line: String) -> Suggestion {
    let [name, project, tags] = picked(&line);
    Suggestion {
        shown,
        note,
        line,
        name,
        project,
        tags,
    }
}

/// What can be named at a token, and what of it was used last.
struct Known<'a> {
    catalog: &'a Catalog,
    clients: &'a [Client],
    /// The newest first.
    recent: &'a [Record],
}

impl Known<'_> {
    /// The projects, clients or tags that can be meant. What would be made, the preview tells.
    fn marks(&self, line: &str, token: &Token<'_>) -> Vec<Suggestion> {
        let typed = token.typed.to_lowercase();
        let offer = |shown: String, note: &str, choice: &Choice| {
            let line = match complete(line, token, choice).0 {
                begun if matches!(choice, Choice::Client(_)) => begun,
                whole => format!("{} ", whole.trim_end()),
            };
            offer(shown, note.to_owned(), line)
        };
        let last_use = |is_on: &dyn Fn(&Work) -> bool| {
            let mut recent = self.recent.iter();
            recent.position(|record| is_on(&record.session.work))
        };
        match token.kind {
            TokenKind::Project => {
                let usable = (self.catalog.projects.iter()).filter(|project| project.is_usable());
                let used = |project: &&ProjectLabel| {
                    last_use(&|work: &Work| work.project == Some(project.id))
                };
                let keys = |project: &&ProjectLabel| {
                    vec![project.path().to_lowercase(), project.name.key()]
                };
                let projects = best(usable, &typed, keys, used).into_iter().map(|project| {
                    let choice = Choice::Project(project.written());
                    offer(project.path(), "project", &choice)
                });
                // Behind a client stands a project: what follows in the line would be taken for it.
                let is_last = line[token.range.end..].trim().is_empty();
                let clients = self
                    .clients
                    .iter()
                    .filter(|client| is_last && !client.is_archived);
                let keys = |client: &&Client| vec![client.name.key()];
                let clients = best(clients, &typed, keys, |_| None)
                    .into_iter()
                    .map(|client| {
                        let choice = Choice::Client(client.name.clone());
                        offer(format!("{}/", client.name), "client", &choice)
                    });
                projects.chain(clients).take(MOST).collect()
            }
            TokenKind::Tag => {
                let tags = self.catalog.tags.iter();
                let used = |tag: &&TagLabel| last_use(&|work: &Work| tag.is_on(work));
                let tags = best(tags, &typed, |tag| vec![tag.name.key()], used);
                let tags = tags.into_iter().map(|tag| {
                    let choice = Choice::Tag(tag.name.clone());
                    offer(format!("#{}", tag.name), "tag", &choice)
                });
                tags.collect()
            }
        }
    }
}

/// Those of `all` with a key that contains what was typed: those that begin with it first, of them what was used
/// last, and what was not used of late in the order given.
fn best<'a, T>(
    all: impl Iterator<Item = &'a T>,
    typed: &str,
    keys: impl Fn(&&'a T) -> Vec<String>,
    used: impl Fn(&&'a T) -> Option<usize>,
) -> Vec<&'a T> {
    let ranked = all.filter_map(|one| {
        let keys = keys(&one);
        let begins = keys.iter().any(|key| key.starts_with(typed));
        let fits = begins || keys.iter().any(|key| key.contains(typed));
        fits.then(|| ((!begins, used(&one).unwrap_or(usize::MAX)), one))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(MOST).map(|(_, one)| one).collect()
}
