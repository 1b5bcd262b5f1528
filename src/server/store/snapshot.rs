//! Several reads of one moment.

use super::{
    Store,
    connection::{Meter, Row, Statement},
};
use crate::error::AppError;
use sqlx::{Sqlite, Transaction};

/// A transaction that only reads: whatever is asked of it stood in the database together, and nothing that
/// is written meanwhile shows.
pub struct Snapshot<'a> {
    store: &'a Store,
    transaction: Transaction<'static, Sqlite>,
}

impl Store {
    /// Begins one. Its moment is that of the first read.
    pub async fn snapshot(&self) -> Result<Snapshot<'_>, AppError> {
        self.meter().count();
        let transaction = self.inner.readers.begin().await;
        Ok(Snapshot {
            store: self,
            transaction: transaction.map_err(|error| self.explain(error.into()))?,
        })
    }

    fn meter(&self) -> &Meter {
        &self.inner.meter
    }
}

impl Snapshot<'_> {
    /// All rows of a read.
    pub async fn all<R: Row>(&mut self, query: Statement<'_, R>) -> Result<Vec<R>, AppError> {
        self.store.meter().count();
        query
            .fetch_all(&mut *self.transaction)
            .await
            .map_err(|error| self.store.explain(error.into()))
    }

    /// Gives the connection back, as dropping does, but at once.
    pub async fn end(self) -> Result<(), AppError> {
        self.store.meter().count();
        let ended = self.transaction.commit().await;
        ended.map_err(|error| self.store.explain(error.into()))
    }
}
