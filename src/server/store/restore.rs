//! Puts a copy of a database back.

use super::{
    FILE,
    backup::{CopyError, copy, put_in_place, sync_folder_of},
    check::Report,
    inspect::{self, beside},
    migration::MIGRATIONS,
    open::{OpenError, lock},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub report: Report,
    /// Where the database that was replaced is kept.
    pub kept: Option<PathBuf>,
}

/// Makes the copy `from` the database of `folder`, if that is not in use. Replaces a database that
/// is there only if told to by `force`, and keeps it beside the new one.
pub async fn restore(from: &Path, folder: &Path, force: bool) -> Result<Restored, CopyError> {
    let _lock = lock(folder)?;
    let (file, log) = (folder.join(FILE), folder.join(format!("{FILE}-wal")));
    if !force && (file.exists() || log.exists()) {
        return Err(CopyError::Exists(file));
    }
    let part = beside(&file, ".restored");
    let copied = copy_usable(from, &part).await;
    let report = copied.map_err(|error| about(from, error))?;
    let replaced = replace(&file, &log, &part);
    if replaced.is_err() {
        // The error to report is the first one.
        let _ = fs::remove_file(&part);
    }
    Ok(Restored {
        kept: replaced.map_err(CopyError::io(&file))?,
        report: Report {
            path: file,
            ..report
        },
    })
}

/// Copies `from`, unless this version cannot open it.
async fn copy_usable(from: &Path, part: &Path) -> Result<Report, CopyError> {
    inspect::existing(from)?;
    inspect::contents(from, &MIGRATIONS).await?;
    copy(from, part).await
}

/// What is wrong with the copy `from`, without advice that is for a database in use.
fn about(from: &Path, error: CopyError) -> CopyError {
    let path = from.to_owned();
    match error {
        CopyError::Open(OpenError::Foreign(_) | OpenError::Empty(_)) => CopyError::Foreign(path),
        CopyError::Open(OpenError::Damaged { cause: problem, .. })
        | CopyError::Unsound { problem, .. } => CopyError::Damaged { path, problem },
        error => error,
    }
}

/// Puts `part` in the place of the database; tells where that is kept, if there was one.
fn replace(file: &Path, log: &Path, part: &Path) -> io::Result<Option<PathBuf>> {
    let kept = move_away(file, log)?;
    if let Err(error) = put_in_place(part, file) {
        if let Some(kept) = &kept {
            // Without a database, the next start would make an empty one.
            move_back(kept, file)?;
        }
        return Err(error);
    }
    Ok(kept)
}

/// Moves a database away with its log, which holds its latest commits and must never meet another
/// file. If this is interrupted, the next start finds a log without a file and says so.
fn move_away(file: &Path, log: &Path) -> io::Result<Option<PathBuf>> {
    let kept = free_name(file)?;
    let moved = rename(file, &kept)?;
    rename(log, &beside(&kept, "-wal"))?;
    remove(&beside(file, "-shm"))?;
    sync_folder_of(file)?;
    Ok(moved.then_some(kept))
}

/// Undoes [`move_away`].
fn move_back(kept: &Path, file: &Path) -> io::Result<()> {
    rename(&beside(kept, "-wal"), &beside(file, "-wal"))?;
    rename(kept, file)?;
    sync_folder_of(file)
}

/// A name beside the database under which nothing is kept yet.
fn free_name(file: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let name = match number {
            1 => "stint-replaced.db".to_owned(),
            _ => format!("stint-replaced-{number}.db"),
        };
        let kept = file.with_file_name(name);
        if !kept.try_exists()? && !beside(&kept, "-wal").try_exists()? {
            return Ok(kept);
        }
        number += 1;
    }
}

fn rename(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        renamed => renamed.map(|()| true),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
