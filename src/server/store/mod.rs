//! The database: one writer, several readers, one file.
//!
//! Nothing but SQL is awaited inside a transaction. Sessions are written by [`Store::run`] alone.

mod account;
mod asked;
mod asker;
mod backup;
mod batch;
mod catalog;
mod catalog_cache;
mod change;
mod check;
mod client;
mod columns;
mod command;
mod connection;
mod damage;
mod device;
mod enter;
mod error;
mod favourite;
mod history;
mod inherit;
mod inspect;
mod link;
mod login;
mod lookups;
mod make;
mod member;
mod merge;
mod migration;
mod names;
mod narrow;
mod open;
mod past;
mod presence;
mod profile;
mod project;
mod project_invitation;
mod queue;
mod rate;
mod rate_row;
mod received_invitation;
mod record;
mod refresh;
mod register;
mod restore;
mod revocation;
mod scope;
mod second_factor;
mod session;
mod settings;
mod snapshot;
mod suggest;
mod sum;
mod tag;
mod tariff;
mod team;
mod team_query;
mod terms;
mod throttle;
mod token;
mod tracked;
mod twins;
mod undo;
mod usable;
mod worked;
mod writer;

pub use account::Viewer;
pub use asked::{Asked, Named};
pub use asker::{Asker, Means};
pub use backup::{CopyError, backup};
pub use check::{Report, check};
pub use command::Carried;
pub use connection::log_statements;
pub use device::NewDevice;
pub use enter::{Entrance, Factor};
pub use login::Credentials;
pub use make::Made;
pub use narrow::{Narrowing, TeamNarrowing};
pub use open::OpenError;
pub use past::{KnownPasts, Past};
pub use presence::Presence;
pub use project_invitation::{Invitee, NewInvitation};
pub use received_invitation::Accepted;
pub use record::Wanted;
pub use refresh::Refreshed;
pub use register::Registration;
pub use restore::{Restored, restore};
pub use second_factor::SecondFactor;
pub use tariff::Extent;
pub use throttle::{Subject, Tried};
pub use token::Personal;
pub use tracked::Tracked;
pub use undo::Direction;
pub use worked::{Neighbour, Worked};

use crate::error::AppError;
use catalog_cache::CatalogCache;
use connection::{Meter, Row, Statement};
use error::StoreError;
use lookups::Lookups;
use names::NameCache;
use past::PastCache;
use queue::Queue;
use settings::SettingsCache;
use sqlx::SqlitePool;
use std::{fs::File, path::PathBuf, sync::Arc};
use writer::{Write, Writer};

/// Name of the database file inside the data folder.
pub const FILE: &str = "stint.db";

/// Stint's database. Clones are cheap and share the connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    readers: SqlitePool,
    writer: Writer,
    meter: Meter,
    queue: Queue,
    settings: SettingsCache,
    catalogs: CatalogCache,
    names: NameCache,
    pasts: PastCache,
    viewers: Lookups<Viewer>,
    personal: Lookups<Personal>,
    /// Keeps other processes out for as long as it is open; `None` beside one that has it.
    _lock: Option<File>,
}

impl Store {
    /// How many SQL statements were sent so far.
    pub fn queries(&self) -> u64 {
        self.inner.meter.total()
    }

    /// Whether the database can be read, and no damage was met.
    pub async fn ping(&self) -> Result<(), AppError> {
        if self.inner.writer.damage().is_met() {
            return Err(self.explain(StoreError::Damaged));
        }
        let any = "select count(*) from (select id from account limit 1)";
        self.one::<(i64,)>(sqlx::query_as(any)).await.map(drop)
    }

    /// Whether nobody has an account yet.
    pub async fn is_empty(&self) -> Result<bool, AppError> {
        let any = "select count(*) from (select id from account limit 1)";
        let accounts: Option<(i64,)> = self.one(sqlx::query_as(any)).await?;
        Ok(accounts == Some((0,)))
    }

    /// The database file.
    pub fn path(&self) -> PathBuf {
        self.inner.folder.join(FILE)
    }

    /// Ends well: waits for the write that is under way, takes the log into the database file and
    /// closes every connection. Whoever still holds a clone is refused from now on. The folder
    /// stays locked until the last clone is gone.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.readers.close().await;
    }

    /// All rows of a read.
    async fn all<R: Row>(&self, query: Statement<'_, R>) -> Result<Vec<R>, AppError> {
        self.inner.meter.count();
        query
            .fetch_all(&self.inner.readers)
            .await
            .map_err(|error| self.explain(error.into()))
    }

    /// The only row of a read, if there is one.
    async fn one<R: Row>(&self, query: Statement<'_, R>) -> Result<Option<R>, AppError> {
        self.inner.meter.count();
        query
            .fetch_optional(&self.inner.readers)
            .await
            .map_err(|error| self.explain(error.into()))
    }

    /// All rows of a read, as what they say.
    async fn read_all<R: Row, T: TryFrom<R, Error = StoreError>>(
        &self,
        query: Statement<'_, R>,
    ) -> Result<Vec<T>, AppError> {
        let rows = self.all(query).await?;
        let read = rows.into_iter().map(T::try_from).collect::<Result<_, _>>();
        read.map_err(|error| self.explain(error))
    }

    /// The only row of a read, if there is one, as what it says.
    async fn read_one<R: Row, T: TryFrom<R, Error = StoreError>>(
        &self,
        query: Statement<'_, R>,
    ) -> Result<Option<T>, AppError> {
        let row = self.one(query).await?;
        let read = row.map(T::try_from).transpose();
        read.map_err(|error| self.explain(error))
    }

    /// A transaction of what somebody asks for; sessions are for `run` to write. Whoever was signed out
    /// before it was their turn is refused, as [`Asker`] says. A refusal changes nothing.
    async fn change<T>(
        &self,
        asker: Asker,
        work: impl AsyncFnOnce(&mut Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, AppError> {
        self.change_unasked(async |write| {
            asker.require(write).await?;
            work(write).await
        })
        .await
    }

    /// A transaction for which nobody has to be signed in: of those who come in or go out, and of what
    /// the server notes for itself. Whoever presents a secret afterwards is looked up anew.
    async fn change_unasked<T>(
        &self,
        work: impl AsyncFnOnce(&mut Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, AppError> {
        let changed = async {
            let mut turn = self.inner.writer.turn().await;
            let mut write = turn.begin(&self.inner.meter).await?;
            match work(&mut write).await {
                Ok(done) => write.commit().await.map(|()| done),
                Err(error) if error.is_refusal() => {
                    write.abandon().await?;
                    Err(error)
                }
                // Dropped with its connection.
                Err(error) => Err(error),
            }
        };
        let changed = changed.await;
        self.inner.viewers.forget();
        self.inner.personal.forget();
        changed.map_err(|error| self.explain(error))
    }

    /// What a person is told about a failure; its cause goes to the log, here and nowhere else.
    fn explain(&self, error: StoreError) -> AppError {
        if let StoreError::Database(error) = &error {
            self.inner.writer.damage().note(error);
        }
        error.explain(&self.inner.folder)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("folder", &self.inner.folder)
            .finish_non_exhaustive()
    }
}
