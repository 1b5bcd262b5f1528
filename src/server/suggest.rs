//! Help for whoever types what they are working on.

use super::{entry, state::AppState};
use crate::{
    domain::{
        AccountId, Catalog, ProjectLabel, Session, Settings,
        entry::{Choice, Entry, Token, TokenKind, complete, token_at},
        history::{Help, Suggestion},
    },
    error::AppError,
};

/// How many lines are offered at most.
const MOST: usize = 8;

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
        Some(token) => marks(&catalog, line, &token),
        None => {
            let sessions = store.suggest(account, line, MOST).await?;
            let lines = sessions.iter().map(|session| earlier(&catalog, session));
            lines.collect()
        }
    };
    let preview = entry::preview(line, &catalog, settings, is_running, state.clock.now());
    Ok(Help {
        suggestions,
        preview: preview.unwrap_or_default(),
    })
}

/// A session like an earlier one.
fn earlier(catalog: &Catalog, session: &Session) -> Suggestion {
    let project = catalog.usable_project_of(&session.work);
    let mut note: Vec<String> = project.map(ProjectLabel::path).into_iter().collect();
    let tags = catalog.tags_of(&session.work);
    note.extend(tags.map(|tag| format!("#{}", tag.name)));
    Suggestion {
        shown: session.name.as_str().to_owned(),
        note: note.join(" "),
        line: Entry::again(&session.name, &session.work, catalog).write(),
    }
}

/// The projects or tags that can be meant. What would be made, the preview tells.
fn marks(catalog: &Catalog, line: &str, token: &Token<'_>) -> Vec<Suggestion> {
    let typed = token.typed.to_lowercase();
    let offer = |shown: String, note: &str, choice: &Choice| Suggestion {
        line: format!("{} ", complete(line, token, choice).0.trim_end()),
        shown,
        note: note.to_owned(),
    };
    match token.kind {
        TokenKind::Project => {
            let usable = catalog
                .projects
                .iter()
                .filter(|project| project.is_usable());
            usable
                .filter(|project| project.path().to_lowercase().contains(&typed))
                .take(MOST)
                .map(|project| {
                    let choice = Choice::Project(project.written());
                    offer(project.path(), "project", &choice)
                })
                .collect()
        }
        TokenKind::Tag => {
            let tags = catalog.tags.iter();
            tags.filter(|tag| tag.name.key().contains(&typed))
                .take(MOST)
                .map(|tag| {
                    let choice = Choice::Tag(tag.name.clone());
                    offer(format!("#{}", tag.name), "tag", &choice)
                })
                .collect()
        }
    }
}
