//! What an account may give its sessions, read inside the transaction that gives it: whoever was
//! removed from a project a moment ago gives it no more time.

use super::{error::StoreError, writer::Write};
use crate::domain::{
    AccountId, Action, Change, End, Placement, ProjectId, Session, Span, TagId, Usable,
    UsableProject, Work,
};
use sqlx::AssertSqlSafe;

/// What `action` asks for, and what the sessions have or had that it copies, brings back or lets run,
/// as far as it may be given. An undo brings back what was there: that the project is archived since is no
/// reason to take a session out of it. No statement for sessions without project and tags.
pub async fn load(
    write: &mut Write<'_>,
    account: AccountId,
    action: &Action,
    sessions: &[Session],
    undoes: Option<&[Change]>,
) -> Result<Usable, StoreError> {
    let has = |session: &Session| session.work.project;
    let mut projects: Vec<ProjectId> = match action {
        Action::Continue { .. }
        | Action::Duplicate { .. }
        | Action::Revise {
            to: Some(End::Open),
            ..
        }
        | Action::Edit {
            span: Span::Running { .. },
            ..
        } => sessions.iter().filter_map(has).collect(),
        Action::Undo { .. } => {
            let changes = undoes.unwrap_or_default().iter();
            changes
                .filter_map(|change| has(change.before.as_ref()?))
                .collect()
        }
        _ => Vec::new(),
    };
    let work = action.work();
    if let Some(Placement::In(project)) = work.and_then(|work| work.project) {
        projects.push(project);
    }
    let asked: Vec<TagId> = work.map_or_else(Vec::new, |work| work.all_tags().copied().collect());
    let is_undo = matches!(action, Action::Undo { .. });
    Ok(Usable {
        projects: load_projects(write, account, &projects, is_undo).await?,
        tags: load_tags(write, account, &asked).await?,
    })
}

async fn load_projects(
    write: &mut Write<'_>,
    account: AccountId,
    asked: &[ProjectId],
    even_archived: bool,
) -> Result<Vec<UsableProject>, StoreError> {
    let mut usable = Vec::new();
    let mut asked = asked.to_vec();
    asked.sort_unstable();
    asked.dedup();
    for id in asked {
        let query = sqlx::query_as(
            "select p.billable from project p join member m on m.project_id = p.id
             where p.id = $2 and (p.archived_at is null or $3 = 1) and p.deleted_at is null
               and m.account_id = $1 and m.left_at is null",
        );
        let query = query.bind(account.to_string()).bind(id.to_string());
        let query = query.bind(i64::from(even_archived));
        let row: Option<(i64,)> = write.one(query).await?;
        usable.extend(row.map(|(billable,)| UsableProject {
            id,
            billable: billable != 0,
        }));
    }
    Ok(usable)
}

async fn load_tags(
    write: &mut Write<'_>,
    account: AccountId,
    asked: &[TagId],
) -> Result<Vec<TagId>, StoreError> {
    // More are refused.
    let asked = &asked[..asked.len().min(Work::MOST_TAGS + 1)];
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (0..asked.len())
        .map(|place| format!("${}", place + 2))
        .collect();
    // The text depends on nothing but the number of tags.
    let select = AssertSqlSafe(format!(
        "select id from tag
         where account_id = $1 and deleted_at is null and merged_into is null and id in ({})",
        places.join(", ")
    ));
    let mut query = sqlx::query_as(select).bind(account.to_string());
    for tag in asked {
        query = query.bind(tag.to_string());
    }
    let rows: Vec<(String,)> = write.all(query).await?;
    let read = |(id,): (String,)| {
        id.parse()
            .map_err(|error| StoreError::unreadable("tag id", error))
    };
    rows.into_iter().map(read).collect()
}
