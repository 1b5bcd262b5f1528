//! Projects.

use super::{error::StoreError, member::insert_owner, writer::Write};
use crate::domain::{AccountId, ClientId, Colour, Instant, ProjectId, Title};

/// A project to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProject {
    pub id: ProjectId,
    pub name: Title,
    pub client: Option<ClientId>,
    pub colour: Colour,
    pub billable: bool,
}

/// Makes a project; the account owns it.
pub async fn insert_project(
    write: &mut Write<'_>,
    account: AccountId,
    new: &NewProject,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into project (id, client_id, name, name_key, colour, billable, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    let query = query
        .bind(new.id.to_string())
        .bind(new.client.map(|client| client.to_string()))
        .bind(new.name.as_str().to_owned())
        .bind(new.name.key())
        .bind(new.colour.as_str().to_owned())
        .bind(i64::from(new.billable));
    write.execute(query.bind(now.timestamp())).await?;
    insert_owner(write, new.id, account, now).await
}
