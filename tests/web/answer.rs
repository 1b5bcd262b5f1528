//! What comes back, and how it is asked for.

use super::secrecy;
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode, request},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// What stands in the page's main part. Around it, each answer has a nonce and a command's id of its own.
    pub fn main(&self) -> &str {
        let (_, after) = self.text().split_once("<main").unwrap();
        after.split_once("</main>").unwrap().0
    }

    /// The text of the page without its elements.
    pub fn words(&self) -> String {
        texts(self.text()).collect()
    }

    /// The nonce that the content security policy names.
    pub fn nonce(&self) -> &str {
        let (_, rest) = self
            .header("content-security-policy")
            .split_once("'nonce-")
            .unwrap();
        rest.split_once('\'').unwrap().0
    }
}

/// What stands between the elements of a piece of a page.
pub fn texts(piece: &str) -> impl Iterator<Item = &str> {
    let parts = piece.split('<');
    parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text))
}

pub async fn ask(router: &Router, request: request::Builder) -> Answer {
    send(router, request.body(Body::empty()).unwrap()).await
}

pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let request = secrecy::note_sent(request).await;
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let answer = Answer {
        status,
        headers,
        body: response.into_body().collect().await.unwrap().to_bytes(),
    };
    secrecy::check(&answer);
    answer
}

pub fn get_page(path: &str) -> request::Builder {
    Request::get(path).header("accept", "text/html")
}

/// What a script of our own pages sends.
pub enum Sent {
    Json(Value),
    Form(String),
}
pub use Sent::{Form, Json};

/// As a script of our own pages sends it, with further headers.
pub async fn by_script(
    router: &Router,
    headers: &[(&str, &str)],
    path: &str,
    sent: Sent,
) -> Answer {
    let (kind, body) = match sent {
        Json(value) => ("application/json", value.to_string()),
        Form(form) => ("application/x-www-form-urlencoded", form),
    };
    let request = Request::post(path)
        .header("content-type", kind)
        .header("sec-fetch-site", "same-origin");
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    send(router, request.body(Body::from(body)).unwrap()).await
}
