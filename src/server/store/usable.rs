//! What an account may give its sessions, read inside the transaction that gives it: whoever was
//! removed from a project a moment ago gives it no more time.

use super::{catalog::read, error::StoreError, writer::Write};
use crate::domain::{
    AccountId, Action, Billing, Change, Placement, ProjectId, Session, TagId, Usable,
    UsableProject, Work,
};
use sqlx::AssertSqlSafe;

/// What `action` asks for, and what the sessions have or had that it copies, brings back, lets run, gives other
/// times or lets be paid for, as far as it may be given. An undo brings back what was there: that the project is archived since is no
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
        Action::Continue { .. } | Action::Duplicate { .. } => {
            sessions.iter().filter_map(has).collect()
        }
        Action::Revise { from, to, .. } if from.is_some() || to.is_some() => {
            sessions.iter().filter_map(has).collect()
        }
        Action::Edit { session, span, .. } => {
            let other = |known: &&Session| known.id == *session && known.span != *span;
            sessions.iter().filter(other).filter_map(has).collect()
        }
        Action::Undo { .. } => {
            let changes = undoes.unwrap_or_default().iter();
            changes
                .filter_map(|change| has(change.before.as_ref()?))
                .collect()
        }
        _ => Vec::new(),
    };
    let work = action.work();
    if let Some(Billing::Billable | Billing::Turned) = work.and_then(|work| work.billable) {
        let free = |session: &&Session| !session.work.billable;
        projects.extend(sessions.iter().filter(free).filter_map(has));
    }
    if let Some(Placement::In(project)) = work.and_then(|work| work.project) {
        projects.push(project);
    }
    let asked: Vec<TagId> = work.map_or_else(Vec::new, |work| work.all_tags().copied().collect());
    let known = load_projects(write, account, &projects).await?;
    // What was there may come back, though the project is archived since.
    let is_undo = matches!(action, Action::Undo { .. });
    let (usable, archived): (Vec<_>, Vec<_>) =
        (known.into_iter()).partition(|(_, is_archived)| is_undo || !is_archived);
    Ok(Usable {
        projects: usable.into_iter().map(|(project, _)| project).collect(),
        archived: archived.iter().map(|(project, _)| project.id).collect(),
        tags: load_tags(write, account, &asked).await?,
    })
}

/// Those of the projects that are still the account's, and whether they are archived.
async fn load_projects(
    write: &mut Write<'_>,
    account: AccountId,
    asked: &[ProjectId],
) -> Result<Vec<(UsableProject, bool)>, StoreError> {
    let mut asked = asked.to_vec();
    asked.sort_unstable();
    asked.dedup();
    let mut known = Vec::new();
    for part in asked.chunks(AT_ONCE) {
        // The text depends on nothing but the number of projects.
        let select = AssertSqlSafe(format!(
            "select p.id, p.billable, p.archived_at from project p join member m on m.project_id = p.id
             where m.account_id = $1 and m.left_at is null and p.deleted_at is null and p.id in ({})",
            places(part.len(), 2)
        ));
        let query = sqlx::query_as(select).bind(account.to_string());
        let query = part
            .iter()
            .fold(query, |query, id| query.bind(id.to_string()));
        let rows: Vec<(String, i64, Option<i64>)> = write.all(query).await?;
        for (id, billable, archived_at) in rows {
            let project = UsableProject {
                id: read(&id, "project id")?,
                billable: billable != 0,
            };
            known.push((project, archived_at.is_some()));
        }
    }
    Ok(known)
}

/// How many projects one statement asks for; an undo may name as many as sessions.
const AT_ONCE: usize = Action::MOST_SESSIONS;

/// `$3, $4, …`: so many, from the number `first` on.
fn places(count: usize, first: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    places.join(", ")
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
    // The text depends on nothing but the number of tags.
    let select = AssertSqlSafe(format!(
        "select id from tag
         where account_id = $1 and deleted_at is null and merged_into is null and id in ({})",
        places(asked.len(), 2)
    ));
    let mut query = sqlx::query_as(select).bind(account.to_string());
    for tag in asked {
        query = query.bind(tag.to_string());
    }
    let rows: Vec<(String,)> = write.all(query).await?;
    rows.into_iter().map(|(id,)| read(&id, "tag id")).collect()
}
