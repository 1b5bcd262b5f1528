//! How values cross the wire between the pages in a browser and the server.
//!
//! What a page asks for is said in JSON or as a form. What it reads comes as postcard, whose readers
//! are a fraction of JSON's in the wasm; whoever does not say that they read that, gets JSON.

use leptos::{
    prelude::use_context,
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

/// What server functions take: JSON in the body of a POST.
pub type Json = Post<TextJson>;

/// What server functions give.
pub type Wire = Post<Postcard>;

/// JSON as text.
pub struct TextJson;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
    }
}

/// In which form whoever asks wants the answer. The router provides it to server functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    Postcard,
    Json,
}

impl Spoken {
    /// The form that a request with this `Accept` header is answered in.
    pub fn accepted(accept: &str) -> Self {
        if accept.contains(Postcard::CONTENT_TYPE) {
            Self::Postcard
        } else {
            Self::Json
        }
    }

    /// What the form is called in a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Postcard => Postcard::CONTENT_TYPE,
            Self::Json => TextJson::CONTENT_TYPE,
        }
    }

    /// The value in this form.
    pub fn write(self, value: &impl Serialize) -> Result<Vec<u8>, Unwritable> {
        match self {
            Self::Postcard => postcard::to_allocvec(value).map_err(|_| Unwritable),
            Self::Json => serde_json::to_vec(value).map_err(|_| Unwritable),
        }
    }
}

/// Whether a browser asks for itself, and not a script for it.
#[cfg(feature = "ssr")]
pub fn is_plain_form() -> bool {
    let parts = use_context::<axum::http::request::Parts>();
    let accept = parts.and_then(|parts| parts.headers.get(axum::http::header::ACCEPT).cloned());
    accept.is_some_and(|accept| {
        accept
            .to_str()
            .is_ok_and(|accept| accept.contains("text/html"))
    })
}

/// A value that cannot be written: one that is not made for the wire.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("this cannot be written")]
pub struct Unwritable;

/// Postcard, for our own pages; JSON for whoever else calls a server function.
pub struct Postcard;

impl ContentType for Postcard {
    const CONTENT_TYPE: &'static str = "application/x-postcard";
}

impl FormatType for Postcard {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Postcard {
    type Error = Unwritable;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        let spoken = use_context().unwrap_or(Spoken::Json);
        spoken.write(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Postcard {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        postcard::from_bytes(&bytes)
    }
}

/// What a rendered page carries along is for our own pages only.
impl<T: Serialize> Encoder<T> for Postcard {
    type Error = Unwritable;
    type Encoded = Vec<u8>;

    fn encode(value: &T) -> Result<Vec<u8>, Unwritable> {
        Spoken::Postcard.write(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Postcard {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<T, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}
