//! Who is in a project, and as what.

use super::{error::StoreError, writer::Write};
use crate::domain::{AccountId, Instant, ProjectId};

/// Makes an account the first owner of a project.
pub async fn insert_owner(
    write: &mut Write<'_>,
    project: ProjectId,
    account: AccountId,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into member (project_id, account_id, role, joined_at) values ($1, $2, 'owner', $3)",
    );
    let query = query.bind(project.to_string()).bind(account.to_string());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
