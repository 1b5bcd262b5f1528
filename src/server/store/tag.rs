//! The words that an account puts on its sessions.

use super::{error::StoreError, writer::Write};
use crate::domain::{AccountId, Instant, TagId, Title};

/// Makes a tag.
pub async fn insert_tag(
    write: &mut Write<'_>,
    account: AccountId,
    id: TagId,
    name: &Title,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into tag (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5)",
    );
    let query = query.bind(id.to_string()).bind(account.to_string());
    let query = query.bind(name.as_str().to_owned()).bind(name.key());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
