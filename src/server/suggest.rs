//! Help for whoever types what they are working on.

use super::{device::Viewer, entry, state::AppState};
use crate::{
    domain::{
        Catalog, Name, ProjectLabel, Session, Work,
        entry::{Choice, Entry, ProjectRef, Token, TokenKind, complete, token_at},
        history::{Help, Suggestion},
    },
    error::AppError,
};

/// How many lines are offered at most.
const MOST: usize = 8;

/// What can be meant by `line`, which is typed with the caret at `caret` (UTF-16 code units).
pub async fn help(
    state: &AppState,
    viewer: &Viewer,
    line: &str,
    caret: usize,
    is_running: bool,
) -> Result<Help, AppError> {
    let store = &state.store;
    let catalog = store.catalog(viewer.account).await?;
    let suggestions = match token_at(line, caret) {
        Some(token) => marks(&catalog, line, &token),
        None => {
            let sessions = store.suggest(viewer.account, line, MOST).await?;
            let lines = sessions.iter().map(|session| earlier(&catalog, session));
            lines.collect()
        }
    };
    let preview = entry::preview(line, &viewer.settings, is_running, state.clock.now());
    Ok(Help {
        suggestions,
        preview: preview.unwrap_or_default(),
    })
}

/// A session like an earlier one.
fn earlier(catalog: &Catalog, session: &Session) -> Suggestion {
    let project = usable_project(catalog, &session.work);
    let mut note: Vec<String> = project.map(ProjectLabel::path).into_iter().collect();
    let tags = catalog.tags_of(&session.work);
    note.extend(tags.map(|tag| format!("#{}", tag.name)));
    Suggestion {
        shown: session.name.as_str().to_owned(),
        note: note.join(" "),
        line: line(catalog, &session.name, &session.work),
    }
}

/// The line that starts a session with this name and work, as far as it can be given today.
pub fn line(catalog: &Catalog, name: &Name, work: &Work) -> String {
    let project = usable_project(catalog, work);
    let entry = Entry {
        name: name.clone(),
        project: project.map(written),
        tags: catalog.tags_of(work).map(|tag| tag.name.clone()).collect(),
        toggles_billable: work.billable != project.is_some_and(|project| project.billable),
        when: None,
    };
    entry.write()
}

fn usable_project<'c>(catalog: &'c Catalog, work: &Work) -> Option<&'c ProjectLabel> {
    let project = work.project.and_then(|id| catalog.project(id));
    project.filter(|project| project.is_usable())
}

fn written(project: &ProjectLabel) -> ProjectRef {
    ProjectRef {
        client: project.client.as_ref().map(|(_, name)| name.clone()),
        name: project.name.clone(),
    }
}

/// The projects or tags that can be meant, and at last the one that would be made.
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
                    let choice = Choice::Project(written(project));
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
