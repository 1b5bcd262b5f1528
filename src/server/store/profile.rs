//! What an account is called and what it prefers, changed together.

use super::{
    Store,
    asker::Asker,
    error::StoreError,
    register::refuse_taken,
    settings::{find_settings, update_settings},
    writer::Write,
};
use crate::{
    domain::{AccountId, Settings, Username},
    error::AppError,
};

impl Store {
    /// Gives an account another user name, if one is said, and makes something else of its choices: both,
    /// or neither. What is changed at once is not lost. A guest has no name that could be changed.
    pub async fn revise_profile(
        &self,
        asker: impl Into<Asker>,
        username: Option<&Username>,
        revise: impl FnOnce(Settings) -> Settings + Send + 'static,
    ) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let (account, username) = (asker.account, username.cloned());
        let work = async move {
            let revised = store.change(asker, async |write| {
                if let Some(username) = &username {
                    rename(write, account, username).await?;
                }
                let was = find_settings(write, account).await?;
                let settings = revise(was.clone());
                if settings == was {
                    return Ok(());
                }
                let update = update_settings(account, &settings);
                write.execute(update).await.map(drop)
            });
            revised.await
        };
        self.change_account(account, work).await
    }
}

async fn rename(
    write: &mut Write<'_>,
    account: AccountId,
    username: &Username,
) -> Result<(), StoreError> {
    let query = sqlx::query_as::<_, (i64,)>(
        "select 1 from account where id = $1 and username_key is not null",
    );
    if write.one(query.bind(account.to_string())).await?.is_none() {
        let message = "There is no user name to change yet. Register first, to choose one.";
        return Err(StoreError::invalid("username", message));
    }
    refuse_taken(write, username, account).await?;
    let query = sqlx::query("update account set username = $2, username_key = $3 where id = $1");
    let query = query
        .bind(account.to_string())
        .bind(username.as_str().to_owned())
        .bind(username.key());
    write.execute(query).await.map(drop)
}
