//! The key that signs access tokens: given by whoever runs the server, or kept in the data folder.

use super::token::TokenKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Name of the file inside the data folder.
pub const FILE: &str = "token.key";

/// A key as it was given: 32 bytes as 43 characters of URL-safe base64. Read only when it is used,
/// so that no message about a mistake repeats it.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct GivenKey(String);

impl GivenKey {
    /// The key that was meant.
    pub fn key(&self) -> Result<TokenKey, KeyError> {
        read(&self.0)
            .map(|bits| TokenKey::new(&bits))
            .ok_or(KeyError::Malformed)
    }
}

impl From<String> for GivenKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for GivenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GivenKey(…)")
    }
}

fn read(text: &str) -> Option<[u8; 32]> {
    let text = text.trim().trim_end_matches('=');
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// Why there is no key to work with, in one line.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{}: the key of the access tokens cannot be read or written ({cause})", path.display())]
    Unusable { path: PathBuf, cause: io::Error },
    #[error("--token-key: give 32 random bytes in URL-safe base64 (43 characters)")]
    Malformed,
    #[error("{}: this is not a key. Remove the file to have another one made; API clients then refresh their access.", .0.display())]
    NotAKey(PathBuf),
    #[error("{}: others may read the key of the access tokens. Take that right away: chmod 600", .0.display())]
    Exposed(PathBuf),
}

/// The key in the data folder, made at the first start, for its owner's eyes only.
pub fn load(folder: &Path) -> Result<TokenKey, KeyError> {
    let path = folder.join(FILE);
    let unusable = |cause| KeyError::Unusable {
        path: path.clone(),
        cause,
    };
    match fs::read_to_string(&path) {
        Ok(text) => {
            let mode = fs::metadata(&path).map_err(unusable)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(KeyError::Exposed(path));
            }
            let bits = read(&text).ok_or(KeyError::NotAKey(path))?;
            Ok(TokenKey::new(&bits))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let bits: [u8; 32] = rand::random();
            write(&path, &URL_SAFE_NO_PAD.encode(bits)).map_err(unusable)?;
            Ok(TokenKey::new(&bits))
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyError::NotAKey(path)),
        Err(error) => Err(unusable(error)),
    }
}

/// Writes the whole file or none of it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let part = path.with_extension("key.new");
    let _ = fs::remove_file(&part);
    let mut file = fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, DeviceId, Instant, login::Scope};
    use crate::server::token::Access;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let access = Access {
            account: AccountId::new(Instant::UNIX_EPOCH),
            device: DeviceId::new(Instant::UNIX_EPOCH),
            scope: Scope::Write,
        };
        let token = load(folder.path())
            .unwrap()
            .sign(&access, Instant::UNIX_EPOCH)
            .unwrap();
        let path = folder.path().join(FILE);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let read = load(folder.path())
            .unwrap()
            .read(&token, Instant::UNIX_EPOCH);
        assert_eq!(read, Ok(access));

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(load(folder.path()), Err(KeyError::Exposed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        for broken in ["", "short", "\u{ff}"] {
            fs::write(&path, broken).unwrap();
            assert!(
                matches!(load(folder.path()), Err(KeyError::NotAKey(_))),
                "{broken}"
            );
        }
    }
}
