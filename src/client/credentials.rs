//! What the client remembers of where it is signed in: a file for its owner's eyes only, changed
//! by one command at a time.

use super::failure::{Exit, Failure};
use crate::domain::Instant;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::PathBuf,
};

/// Name of the file in the folder for the user's configuration.
const FILE: &str = "credentials.json";

/// Where the client is signed in.
#[derive(Default, Serialize, Deserialize)]
pub struct Credentials {
    /// The server signed in to last.
    pub current: Option<String>,
    pub servers: BTreeMap<String, Access>,
}

/// What opens a server.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Access {
    /// The tokens of a device.
    Device {
        access_token: String,
        /// Good once.
        refresh_token: String,
        /// When the access token expires.
        expires_at: Instant,
    },
    /// A personal token.
    Personal { token: String },
}

impl Credentials {
    /// Forgets a server.
    pub fn remove(&mut self, server: &str) {
        self.servers.remove(server);
        if self.current.as_deref() == Some(server) {
            self.current = None;
        }
    }
}

/// Keeps the credentials.
pub struct Keeper {
    folder: PathBuf,
}

impl Keeper {
    /// In the system's folder for the user's configuration.
    pub fn of_user() -> Result<Self, Failure> {
        let folders = directories::ProjectDirs::from("", "", "stint")
            .ok_or_else(|| Failure::here("no folder for configuration is known here; set HOME"))?;
        Ok(Self {
            folder: folders.config_dir().to_owned(),
        })
    }

    /// The credentials as they are now.
    pub fn load(&self) -> Result<Credentials, Failure> {
        let path = self.folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Credentials::default());
            }
            Err(error) => return Err(self.failed(&error)),
        };
        let metadata = fs::metadata(&path).map_err(|error| self.failed(&error))?;
        if metadata.permissions().mode() & 0o077 != 0 {
            let path = path.display();
            let told = format!(
                "{path}: others may read your credentials. Take that right away: chmod 600"
            );
            return Err(Failure::here(told));
        }
        serde_json::from_str(&text).map_err(|_| {
            let path = path.display();
            Failure::here(format!("{path} is damaged; remove it and sign in again"))
        })
    }

    /// Changes the credentials while no other command does. What `change` gives is given on after
    /// they are saved; if it fails, nothing is saved.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut Credentials) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let _lock = self.lock().map_err(|error| self.failed(&error))?;
        let mut credentials = self.load()?;
        let given = change(&mut credentials)?;
        self.save(&credentials)
            .map_err(|error| self.failed(&error))?;
        Ok(given)
    }

    /// Waits until no other command has the lock; given back when the file is dropped.
    fn lock(&self) -> io::Result<fs::File> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)?;
        let path = self.folder.join(FILE).with_extension("lock");
        let mut options = fs::File::options();
        let file = options.create(true).append(true).mode(0o600).open(path)?;
        file.lock()?;
        Ok(file)
    }

    /// Writes the whole file or none of it, so that it lasts.
    fn save(&self, credentials: &Credentials) -> io::Result<()> {
        let path = self.folder.join(FILE);
        let part = path.with_extension("json.new");
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = fs::File::options();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part)?;
        serde_json::to_writer_pretty(&mut file, credentials)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&part, &path)?;
        fs::File::open(&self.folder)?.sync_all()
    }

    fn failed(&self, error: &io::Error) -> Failure {
        let path = self.folder.join(FILE);
        let told = format!(
            "{}: the credentials cannot be kept ({error})",
            path.display()
        );
        Failure::new(Exit::Failed, told)
    }
}
