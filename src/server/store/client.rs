//! Whom accounts work for.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant, read_title, refuse_more},
    catalog_cache::Altered,
    error::StoreError,
    writer::Write,
};
use crate::{
    domain::{AccountId, Client, ClientId, Instant, Title, session::whole_second},
    error::AppError,
};

/// The only reader of clients.
#[derive(sqlx::FromRow)]
struct ClientRow {
    id: String,
    name: String,
    archived_at: Option<i64>,
    created_at: i64,
}

impl TryFrom<ClientRow> for Client {
    type Error = StoreError;

    fn try_from(row: ClientRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: read(&row.id, "client id")?,
            name: read_title(row.name)?,
            is_archived: row.archived_at.is_some(),
            created_at: read_instant(row.created_at)?,
        })
    }
}

/// Reads clients of the account $1; to be followed by more of the condition.
macro_rules! select_clients {
    ($more:literal) => {
        concat!(
            "select id, name, archived_at, created_at from client
             where account_id = $1 and deleted_at is null ",
            $more
        )
    };
}

const ONE: &str = select_clients!("and id = $2");
const NAMED: &str = select_clients!("and name_key = $2");

impl Store {
    /// The clients of an account by name, archived ones too.
    pub async fn clients(&self, account: AccountId) -> Result<Vec<Client>, AppError> {
        let query = sqlx::query_as::<_, ClientRow>(select_clients!("order by name_key"));
        self.read_all(query.bind(account.to_string())).await
    }

    /// One client of the account.
    pub async fn client(&self, account: AccountId, id: ClientId) -> Result<Client, AppError> {
        let query = sqlx::query_as::<_, ClientRow>(ONE)
            .bind(account.to_string())
            .bind(id.to_string());
        self.read_one(query).await?.ok_or(AppError::NotFound)
    }

    /// Renames a client, archives it or takes it back into use.
    pub async fn change_client(
        &self,
        asker: impl Into<Asker>,
        id: ClientId,
        (name, archived): (Option<Title>, Option<bool>),
        now: Instant,
    ) -> Result<Client, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let mut client = find(write, account, id).await?;
                if let Some(name) = name {
                    refuse_taken(write, account, &name, Some(id)).await?;
                    client.name = name;
                }
                client.is_archived = archived.unwrap_or(client.is_archived);
                update(write, &client, now).await.map(|()| client)
            });
            change.await
        };
        self.alter([Altered::Client(id)], work).await
    }

    /// Deletes a client. Its projects stay, and have none then.
    pub async fn delete_client(
        &self,
        asker: impl Into<Asker>,
        id: ClientId,
        now: Instant,
    ) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let query = sqlx::query(
                    "update client set deleted_at = $3
                     where account_id = $1 and id = $2 and deleted_at is null",
                );
                let query = query.bind(account.to_string()).bind(id.to_string());
                match write.execute(query.bind(now.timestamp())).await? {
                    1 => Ok(()),
                    _ => Err(StoreError::NOT_FOUND),
                }
            });
            change.await
        };
        self.alter([Altered::Client(id)], work).await
    }
}

/// One client of the account, inside a transaction.
pub async fn find(
    write: &mut Write<'_>,
    account: AccountId,
    id: ClientId,
) -> Result<Client, StoreError> {
    let query = sqlx::query_as(ONE)
        .bind(account.to_string())
        .bind(id.to_string());
    let row: Option<ClientRow> = write.one(query).await?;
    row.ok_or(StoreError::NOT_FOUND)?.try_into()
}

/// The client of this name, made if there is none.
pub async fn find_or_insert_client(
    write: &mut Write<'_>,
    account: AccountId,
    name: &Title,
    now: Instant,
) -> Result<Client, StoreError> {
    match find_named(write, account, name).await? {
        Some(client) => Ok(client),
        None => {
            refuse_more(count(write, account).await?)?;
            insert_client(write, account, ClientId::new(now), name.clone(), now).await
        }
    }
}

async fn find_named(
    write: &mut Write<'_>,
    account: AccountId,
    name: &Title,
) -> Result<Option<Client>, StoreError> {
    let query = sqlx::query_as(NAMED)
        .bind(account.to_string())
        .bind(name.key());
    let row: Option<ClientRow> = write.one(query).await?;
    row.map(Client::try_from).transpose()
}

/// Refuses a name that another client of the account has. Archived ones have theirs still.
pub async fn refuse_taken(
    write: &mut Write<'_>,
    account: AccountId,
    name: &Title,
    except: Option<ClientId>,
) -> Result<(), StoreError> {
    match find_named(write, account, name).await? {
        Some(known) if Some(known.id) != except => {
            Err(StoreError::taken("There is a client of this name already."))
        }
        _ => Ok(()),
    }
}

/// How many clients the account has.
pub async fn count(write: &mut Write<'_>, account: AccountId) -> Result<usize, StoreError> {
    let query =
        sqlx::query_as("select count(*) from client where account_id = $1 and deleted_at is null");
    let row: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
    Ok(row.map_or(0, |(count,)| usize::try_from(count).unwrap_or_default()))
}

/// Makes a client.
pub async fn insert_client(
    write: &mut Write<'_>,
    account: AccountId,
    id: ClientId,
    name: Title,
    now: Instant,
) -> Result<Client, StoreError> {
    let client = Client {
        id,
        name,
        is_archived: false,
        created_at: whole_second(now),
    };
    let query = sqlx::query(
        "insert into client (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5)",
    );
    let query = query
        .bind(client.id.to_string())
        .bind(account.to_string())
        .bind(client.name.as_str().to_owned())
        .bind(client.name.key())
        .bind(now.timestamp());
    write.execute(query).await.map(|_| client)
}

/// Writes name and use of a client; the time at which it was archived stays.
async fn update(write: &mut Write<'_>, client: &Client, now: Instant) -> Result<(), StoreError> {
    let query = sqlx::query(
        "update client set name = $2, name_key = $3, archived_at = case when $4 = 1 then coalesce(archived_at, $5) end
         where id = $1",
    );
    let query = query
        .bind(client.id.to_string())
        .bind(client.name.as_str().to_owned())
        .bind(client.name.key())
        .bind(i64::from(client.is_archived))
        .bind(now.timestamp());
    write.execute(query).await.map(drop)
}
