//! The one connection that writes. Whoever writes has it to himself for one transaction.

use super::{
    connection::{Meter, Row, Statement, connect, writer_options},
    damage::Damage,
    error::StoreError,
};
use sqlx::{
    Connection, Sqlite, SqliteConnection,
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};
use std::path::{Path, PathBuf};
use tokio::sync::{Mutex, MutexGuard};

/// Hands out write transactions, one at a time, in the order they were asked for.
pub struct Writer {
    file: PathBuf,
    slot: Mutex<Slot>,
    damage: Damage,
}

/// A connection is in the slot only after a transaction that ended as it should. After an error, or
/// when whoever wrote was cancelled, it is dropped, which rolls back, and the next write opens
/// another: after a failed write or sync, SQLite's idea of the file is not to be trusted.
enum Slot {
    Empty,
    Ready(SqliteConnection),
    Closed,
}

/// The right to write, for as long as it is kept.
pub struct Turn<'a> {
    file: &'a Path,
    slot: MutexGuard<'a, Slot>,
    damage: &'a Damage,
}

/// A write transaction. Unless it is committed, nothing in it has happened.
pub struct Write<'a> {
    slot: &'a mut Slot,
    connection: SqliteConnection,
    meter: &'a Meter,
    damage: &'a Damage,
}

impl Writer {
    /// Writes to `file` through `connection`.
    pub fn new(file: &Path, connection: SqliteConnection) -> Self {
        Self {
            file: file.to_owned(),
            slot: Mutex::new(Slot::Ready(connection)),
            damage: Damage::default(),
        }
    }

    /// What was met of damage; once there is some, every turn to write is refused.
    pub fn damage(&self) -> &Damage {
        &self.damage
    }

    /// Waits until nobody else writes.
    pub async fn turn(&self) -> Turn<'_> {
        Turn {
            file: &self.file,
            slot: self.slot.lock().await,
            damage: &self.damage,
        }
    }

    /// Takes the log into the database file, unless that is damaged, and refuses whoever comes later.
    pub async fn close(&self) {
        let mut slot = self.slot.lock().await;
        let Slot::Ready(mut connection) = std::mem::replace(&mut *slot, Slot::Closed) else {
            return;
        };
        if self.damage.is_met() {
            // SQLite takes the log into the file when the last connection ends; this one ends with the process.
            return std::mem::forget(connection);
        }
        let checkpoint = sqlx::query("pragma wal_checkpoint(truncate)")
            .execute(&mut connection)
            .await;
        if let Err(error) = checkpoint.and(connection.close().await) {
            tracing::warn!(%error, "the database was not closed cleanly; nothing is lost");
        }
    }
}

impl Turn<'_> {
    /// Begins. The transaction holds the write lock from the first moment: one that reads first and
    /// upgrades later fails when another has written in between.
    pub async fn begin<'a>(&'a mut self, meter: &'a Meter) -> Result<Write<'a>, StoreError> {
        if self.damage.is_met() {
            return Err(StoreError::Damaged);
        }
        let slot = &mut *self.slot;
        let connection = match std::mem::replace(slot, Slot::Empty) {
            Slot::Ready(connection) => connection,
            Slot::Empty => connect(&writer_options(self.file)).await?,
            Slot::Closed => {
                *slot = Slot::Closed;
                return Err(StoreError::Closed);
            }
        };
        let mut write = Write {
            slot,
            connection,
            meter,
            damage: self.damage,
        };
        write.execute(sqlx::query("begin immediate")).await?;
        Ok(write)
    }
}

impl Write<'_> {
    /// Carries out a statement; the number of rows it changed.
    pub async fn execute(
        &mut self,
        query: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<u64, StoreError> {
        self.execute_many(query, 1).await
    }

    /// Carries out `count` statements that are one text; the number of rows that they changed.
    pub async fn execute_many(
        &mut self,
        query: Query<'_, Sqlite, SqliteArguments>,
        count: usize,
    ) -> Result<u64, StoreError> {
        self.count(count);
        let done = query.execute(&mut self.connection).await;
        Ok(self.noted(done)?.rows_affected())
    }

    /// All rows of a read inside the transaction.
    pub async fn all<R: Row>(&mut self, query: Statement<'_, R>) -> Result<Vec<R>, StoreError> {
        self.meter.count();
        let rows = query.fetch_all(&mut self.connection).await;
        self.noted(rows)
    }

    /// All rows of `count` reads that are one text, one after the other.
    pub async fn all_of(
        &mut self,
        query: Query<'_, Sqlite, SqliteArguments>,
        count: usize,
    ) -> Result<Vec<SqliteRow>, StoreError> {
        self.count(count);
        let rows = query.fetch_all(&mut self.connection).await;
        self.noted(rows)
    }

    /// The only row of a read inside the transaction, if there is one.
    pub async fn one<R: Row>(&mut self, query: Statement<'_, R>) -> Result<Option<R>, StoreError> {
        self.meter.count();
        let row = query.fetch_optional(&mut self.connection).await;
        self.noted(row)
    }

    /// Whoever tries again after an error must not do so on what was found damaged.
    fn noted<T>(&self, done: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        done.map_err(|error| {
            self.damage.note(&error);
            error.into()
        })
    }

    fn count(&self, statements: usize) {
        for _ in 0..statements {
            self.meter.count();
        }
    }

    /// Makes it durable: when this returns, a power cut cannot undo it.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.end(sqlx::query("commit")).await
    }

    /// Takes everything back, as dropping does, but keeps the connection: for refusals.
    pub async fn abandon(self) -> Result<(), StoreError> {
        self.end(sqlx::query("rollback")).await
    }

    async fn end(
        mut self,
        statement: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<(), StoreError> {
        self.execute(statement).await?;
        *self.slot = Slot::Ready(self.connection);
        Ok(())
    }
}
