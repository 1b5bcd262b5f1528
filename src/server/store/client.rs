//! Whom an account works for.

use super::{
    catalog::{read, read_title},
    error::StoreError,
    writer::Write,
};
use crate::domain::{AccountId, ClientId, Instant, Title};

/// The client of this name, made if there is none.
pub async fn find_or_insert_client(
    write: &mut Write<'_>,
    account: AccountId,
    name: &Title,
    now: Instant,
) -> Result<(ClientId, Title), StoreError> {
    let query = sqlx::query_as(
        "select id, name from client where account_id = $1 and name_key = $2 and deleted_at is null",
    );
    let query = query.bind(account.to_string()).bind(name.key());
    let known: Option<(String, String)> = write.one(query).await?;
    match known {
        Some((id, name)) => Ok((read(&id, "client id")?, read_title(name)?)),
        None => {
            let id = ClientId::new(now);
            insert_client(write, account, id, name, now).await?;
            Ok((id, name.clone()))
        }
    }
}

/// Makes a client.
pub async fn insert_client(
    write: &mut Write<'_>,
    account: AccountId,
    id: ClientId,
    name: &Title,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into client (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5)",
    );
    let query = query.bind(id.to_string()).bind(account.to_string());
    let query = query.bind(name.as_str().to_owned()).bind(name.key());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}
