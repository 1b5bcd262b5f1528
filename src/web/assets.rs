//! The site beside the pages (script, wasm, style sheet, icons), carried inside the program.
//! Debug builds read it from `target/site` at each request, so that `cargo leptos watch` works.

use super::documents_css;
use crate::server::site::PkgNames;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::{
    borrow::Cow,
    future::{Ready, ready},
    io::{self, Cursor, SeekFrom},
    marker::PhantomData,
    path::{Path, PathBuf},
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll},
    time::{Duration, SystemTime},
};
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::{
    ServeDir,
    fs::{Backend, DefaultServeDirFallback, File, Metadata},
};

/// What `cargo leptos` made.
#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
pub struct Site;

/// Serves the files of a site by their path, compressed where the build left a compressed sibling.
pub fn service<E: RustEmbed + 'static>() -> ServeDir<DefaultServeDirFallback, Embedded<E>> {
    ServeDir::with_backend("", Embedded(PhantomData))
        .append_index_html_on_directories(false)
        .redirect_to_trailing_slash(false)
        .ignore_multi_range_requests(true)
        .call_fallback_on_method_not_allowed(true)
        .precompressed_br()
        .precompressed_gzip()
}

/// The names of the files that pages load; looked up anew each time in debug builds only.
pub fn pkg_names() -> PkgNames {
    static NAMES: LazyLock<PkgNames> = LazyLock::new(find_pkg_names);
    if cfg!(debug_assertions) {
        find_pkg_names()
    } else {
        NAMES.clone()
    }
}

fn find_pkg_names() -> PkgNames {
    let files: Vec<Cow<str>> = Site::iter().collect();
    let mut names = PkgNames::among(files.iter().map(AsRef::as_ref));
    if let Some(file) = Site::get("sheet.js") {
        let hash = file.metadata.sha256_hash();
        let digits: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        names.script = format!("{}?{digits}", names.script);
    }
    names
}

/// Says how long a file may be kept: for ever when its name holds a hash of its contents.
pub async fn cache_for_long(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri());
    let mut response = next.run(request).await;
    let served = [
        StatusCode::OK,
        StatusCode::PARTIAL_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    if served.contains(&response.status())
        && !response.headers().contains_key(header::CACHE_CONTROL)
    {
        let value = if hashed {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // `ETag` says more.
        headers.remove(header::LAST_MODIFIED);
    }
    response
}

/// Whether an address is like `/pkg/stint.5nsXtkVVUrsS_cFzEs8XFw.js`, or that of the script with its hash.
fn is_hashed(address: &Uri) -> bool {
    if address.query().is_some() {
        return *address == *pkg_names().script || *address == *documents_css::address();
    }
    let name = address
        .path()
        .strip_prefix("/pkg/")
        .map(|name| name.split('.').collect::<Vec<_>>());
    matches!(name.as_deref(), Some([_, hash, _]) if hash.len() >= 16)
}

/// The files of a site as a file system for [`ServeDir`].
pub struct Embedded<E>(PhantomData<fn() -> E>);

impl<E> Clone for Embedded<E> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<E: RustEmbed + 'static> Backend for Embedded<E> {
    type File = OpenFile;
    type Metadata = FileFacts;
    type OpenFuture = Ready<io::Result<OpenFile>>;
    type MetadataFuture = Ready<io::Result<FileFacts>>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        ready(find::<E>(&path).map(|file| OpenFile {
            facts: FileFacts::of(&file),
            bytes: Cursor::new(file.data),
        }))
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        ready(find::<E>(&path).map(|file| FileFacts::of(&file)))
    }
}

fn find<E: RustEmbed>(path: &Path) -> io::Result<EmbeddedFile> {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.to_str()
        .and_then(E::get)
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Size and age of an embedded file; from these follows `ETag`.
#[derive(Clone, Copy, Debug)]
pub struct FileFacts {
    bytes: u64,
    modified: Option<u64>,
}

impl FileFacts {
    fn of(file: &EmbeddedFile) -> Self {
        Self {
            bytes: file.data.len() as u64,
            modified: file.metadata.last_modified(),
        }
    }
}

impl Metadata for FileFacts {
    fn is_dir(&self) -> bool {
        false
    }

    fn modified(&self) -> io::Result<SystemTime> {
        let seconds = self.modified.ok_or(io::ErrorKind::Unsupported)?;
        Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }

    fn len(&self) -> u64 {
        self.bytes
    }
}

/// An embedded file while it is being sent.
#[derive(Debug)]
pub struct OpenFile {
    facts: FileFacts,
    bytes: Cursor<Cow<'static, [u8]>>,
}

impl File for OpenFile {
    type Metadata = FileFacts;
    type MetadataFuture<'a> = Ready<io::Result<FileFacts>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        ready(Ok(self.facts))
    }
}

impl AsyncRead for OpenFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_read(cx, buf)
    }
}

impl AsyncSeek for OpenFile {
    fn start_seek(mut self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.bytes).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.bytes).poll_complete(cx)
    }
}
