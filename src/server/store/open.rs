//! Opens the data folder, or says in one line why not. A start that is refused changes nothing.

use super::{
    FILE, Inner, Store,
    catalog_cache::CatalogCache,
    connection::{BUSY_TIMEOUT, Meter, connect, reader_options, verify, writer_options},
    damage::is_damage,
    error::StoreError,
    inspect::{self, Found},
    lookups::Lookups,
    migration,
    names::NameCache,
    past::PastCache,
    queue::Queue,
    settings::SettingsCache,
    writer::Writer,
};
use sqlx::{migrate::Migrator, sqlite::SqlitePoolOptions};
use std::{
    fs::{DirBuilder, File, TryLockError},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Name of the file whose lock keeps a second process out.
pub const LOCK: &str = "stint.lock";

/// Why the database was not opened: one line that names the file, the cause, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{}: another Stint is using this data folder. Stop it, or choose another folder with --data.", .0.display())]
    InUse(PathBuf),
    #[error("{}: there is no database here.", .0.display())]
    Nothing(PathBuf),
    #[error("{}: cannot be opened for writing ({cause}). Check who owns it and whether the disk is read-only.", path.display())]
    Unwritable { path: PathBuf, cause: io::Error },
    #[error("{}: the file is empty, so it is not a Stint database. Restore a backup with `stint restore`, or move the file away to begin anew.", .0.display())]
    Empty(PathBuf),
    #[error("{}: this is not a Stint database, or its beginning is damaged. Choose another folder with --data, or restore a backup with `stint restore`.", .0.display())]
    Foreign(PathBuf),
    #[error("{}: the database is damaged ({cause}). Restore a backup with `stint restore`.", path.display())]
    Damaged { path: PathBuf, cause: String },
    #[error("{}: the database file is missing, but its log {FILE}-wal is there. Put the file back, or move the log away.", .0.display())]
    OnlyLog(PathBuf),
    #[error("{}: the database was made by a newer Stint (schema {found}, this one knows {known}). Install the newer version.", path.display())]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("{}: step {step} of the database's schema is not the one this Stint knows. Use the version that made it.", path.display())]
    Altered { path: PathBuf, step: i64 },
    #[error("{}: the database could not be brought to the schema of this version ({cause}). It is as before; use the version that made it.", path.display())]
    Migration { path: PathBuf, cause: String },
    #[error("{}: a new database could not be made ({cause}).", path.display())]
    Create { path: PathBuf, cause: String },
    #[error("{}: the copy to keep before the upgrade could not be made ({cause}). The database is as before.", path.display())]
    Copy { path: PathBuf, cause: String },
    #[error("{}: the database cannot be opened ({cause}).", path.display())]
    Database { path: PathBuf, cause: String },
}

impl OpenError {
    pub(super) fn of(path: &Path, error: &sqlx::Error) -> Self {
        let (path, cause) = (path.to_owned(), error.to_string());
        if is_damage(error) {
            Self::Damaged { path, cause }
        } else {
            Self::Database { path, cause }
        }
    }

    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Unwritable {
            path: path.to_owned(),
            cause,
        }
    }
}

impl Store {
    /// Opens the database in `folder`; makes both if there is nothing yet, and brings an older
    /// database to the schema of this version, after making a copy of it.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, &migration::MIGRATIONS).await
    }

    /// Opens with another list of migrations than this version's, to test upgrades with.
    pub async fn open_with(folder: &Path, migrations: &Migrator) -> Result<Self, OpenError> {
        let lock = lock(folder)?;
        let file = folder.join(FILE);
        match inspect::header(&file)? {
            Found::Nothing => migration::create(&file, migrations).await?,
            Found::Database => {
                File::options()
                    .read(true)
                    .write(true)
                    .open(&file)
                    .map_err(OpenError::unwritable(&file))?;
                if inspect::contents(&file, migrations).await?.is_behind() {
                    migration::upgrade(&file, migrations).await?;
                }
            }
        }
        Self::connect(folder, Some(lock)).await
    }

    /// Opens the database for a short piece of work, also while a server uses it: writers wait for
    /// each other. It must exist and have the schema of this version then.
    pub async fn open_beside(folder: &Path) -> Result<Self, OpenError> {
        inspect::existing(&folder.join(FILE))?;
        match lock(folder) {
            Ok(free) => {
                drop(free);
                Self::open(folder).await
            }
            Err(OpenError::InUse(_)) => {
                let file = folder.join(FILE);
                let contents = inspect::contents(&file, &migration::MIGRATIONS).await?;
                if contents.is_behind() {
                    return Err(OpenError::InUse(folder.to_owned()));
                }
                Self::connect(folder, None).await
            }
            Err(error) => Err(error),
        }
    }

    async fn connect(folder: &Path, lock: Option<File>) -> Result<Self, OpenError> {
        let file = folder.join(FILE);
        let failed = |error| OpenError::Database {
            path: file.clone(),
            cause: StoreError::to_string(&error),
        };
        let connection = connect(&writer_options(&file)).await.map_err(failed)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(readers())
            .acquire_timeout(BUSY_TIMEOUT)
            // A dead thread shows itself in the query; asking first would cost a round trip.
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async {
                    verify(connection)
                        .await
                        .map_err(|error| sqlx::Error::Protocol(error.to_string()))
                })
            })
            .connect_lazy_with(reader_options(&file));
        let writer = Writer::new(&file, connection);
        let (folder, meter) = (folder.to_owned(), Meter::default());
        Ok(Self {
            inner: Arc::new(Inner {
                folder,
                readers,
                writer,
                meter,
                queue: Queue::default(),
                settings: SettingsCache::default(),
                catalogs: CatalogCache::default(),
                names: NameCache::default(),
                pasts: PastCache::default(),
                viewers: Lookups::default(),
                personal: Lookups::default(),
                _lock: lock,
            }),
        })
    }
}

/// Reading is work for a core: twice as many connections as there are keeps them busy.
fn readers() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    u32::try_from(cores * 2).unwrap_or(u32::MAX).clamp(2, 16)
}

/// Keeps other processes out of the folder. If there is none it is made for its owner alone: the
/// database holds what authenticator apps share with the server.
pub fn lock(folder: &Path) -> Result<File, OpenError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(OpenError::unwritable(folder))?;
    let path = folder.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = file.map_err(OpenError::unwritable(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.to_owned())),
        Err(TryLockError::Error(cause)) => Err(OpenError::Unwritable { path, cause }),
    }
}
