//! Copies of a database that can be relied on: complete, checked, and on disk.

use super::{
    FILE, Store,
    check::{Report, check},
    connection::reader_options,
    damage::is_damage,
    inspect::{self, beside},
    open::{LOCK, OpenError},
};
use sqlx::{ConnectOptions, Connection};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Why a copy was not made or not put back: one line that names the file, the cause, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{}: this is the database itself. Choose another file for the copy.", .0.display())]
    Itself(PathBuf),
    #[error("{}: this is the database of a data folder. Choose another file for the copy, or use `stint restore`.", .0.display())]
    InService(PathBuf),
    #[error("{}: a file that is not a Stint database is in the way. Move it away, or choose another name.", .0.display())]
    InTheWay(PathBuf),
    #[error("{}: a database is here already. Choose another folder, or replace it with --force.", .0.display())]
    Exists(PathBuf),
    #[error("{}: the copy could not be written ({cause}).", path.display())]
    Io { path: PathBuf, cause: io::Error },
    #[error("{}: the copy could not be made ({cause}).", path.display())]
    Database { path: PathBuf, cause: String },
    #[error("{}: the copy is not sound ({problem}) and was not kept.", path.display())]
    Unsound { path: PathBuf, problem: String },
    #[error("{}: this is not a Stint database.", .0.display())]
    Foreign(PathBuf),
    #[error("{}: the copy is damaged ({problem}). Choose another one.", path.display())]
    Damaged { path: PathBuf, problem: String },
}

impl CopyError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io {
            path: path.to_owned(),
            cause,
        }
    }
}

impl Store {
    /// Copies this database while it is in use; see [`backup`].
    pub async fn backup(&self, to: &Path) -> Result<Report, CopyError> {
        backup(&self.path(), to).await
    }
}

/// Copies the database `file` to `to`, also while another process uses it. The copy holds all that
/// was acknowledged before, is checked, and is on disk when this returns; until then nothing
/// stands under its name but what stood there before.
pub async fn backup(file: &Path, to: &Path) -> Result<Report, CopyError> {
    if let (Ok(file), Ok(to)) = (file.canonicalize(), to.canonicalize())
        && file == to
    {
        return Err(CopyError::Itself(to));
    }
    if is_in_service(to) {
        return Err(CopyError::InService(to.to_owned()));
    }
    if to.exists() && inspect::header(to).is_err() {
        return Err(CopyError::InTheWay(to.to_owned()));
    }
    copy(file, to).await
}

/// Whether a server may live on the database in `file`: it has a log, or its folder is a data folder.
fn is_in_service(file: &Path) -> bool {
    let is_named_so = file.file_name() == Some(FILE.as_ref());
    beside(file, "-wal").exists() || is_named_so && file.with_file_name(LOCK).exists()
}

/// Copies `file` to `to` and replaces what is there.
pub async fn copy(file: &Path, to: &Path) -> Result<Report, CopyError> {
    inspect::existing(file)?;
    let part = beside(to, ".part");
    let unsound = |problem: String| CopyError::Unsound {
        path: to.to_owned(),
        problem,
    };
    let copied = async {
        // Empties what an attempt that was interrupted left; SQLite takes an empty file for none.
        File::create(&part).map_err(CopyError::io(to))?;
        vacuum_into(file, &part, to).await?;
        let checked = check(&part).await;
        let report = checked.map_err(|error| unsound(error.to_string()))?;
        if let Some(problem) = report.problems.first() {
            return Err(unsound(problem.clone()));
        }
        put_in_place(&part, to).map_err(CopyError::io(to))?;
        Ok(Report {
            path: to.to_owned(),
            ..report
        })
    };
    let copied = copied.await;
    if copied.is_err() {
        // The error to report is the first one.
        let _ = fs::remove_file(&part);
    }
    copied
}

/// Copies `file` to `part`, which gets the name `to`, under which it is spoken of, when it is good.
async fn vacuum_into(file: &Path, part: &Path, to: &Path) -> Result<(), CopyError> {
    let failed = |cause: &dyn ToString| CopyError::Database {
        path: to.to_owned(),
        cause: cause.to_string(),
    };
    let target = part
        .to_str()
        .ok_or_else(|| failed(&"its name is not UTF-8"))?;
    let mut connection = reader_options(file)
        .connect()
        .await
        .map_err(|error| OpenError::of(file, &error))?;
    sqlx::query("vacuum into $1")
        .bind(target)
        .execute(&mut connection)
        .await
        .map_err(|error| match is_damage(&error) {
            true => OpenError::of(file, &error).into(),
            false => failed(&error),
        })?;
    connection.close().await.map_err(|error| failed(&error))
}

/// Gives a finished file its name, in such a way that a power cut leaves all of it or nothing:
/// SQLite syncs neither what `vacuum into` writes nor the folder.
pub fn put_in_place(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    sync_folder_of(to)
}

/// Makes names in the folder of `file` durable.
pub fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
