//! A program that uses the API.

use super::{Answer, Server, send};
use axum::{
    Router,
    body::Body,
    http::{Method, Request},
};
use serde_json::{Value, json};

/// Where the calls lie.
pub const ROOT: &str = "/api/v1";

/// Friday 20 November 2026, 09:00 in UTC.
pub const FRIDAY: &str = "2026-11-20T09:00:00Z";

/// A program with a token, or without.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub token: Option<String>,
    refresh: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    pub fn anonymous(server: &Server) -> Self {
        Self {
            router: server.router.clone(),
            token: None,
            refresh: None,
            headers: Vec::new(),
        }
    }

    pub fn with_token(server: &Server, token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..Self::anonymous(server)
        }
    }

    /// A new guest that may write.
    pub async fn guest(server: &Server) -> Self {
        let nobody = Self::anonymous(server);
        let grant = nobody.post("/guests", None).await.made();
        nobody.granted(&grant)
    }

    /// The same with the tokens of an answer.
    pub fn granted(&self, grant: &Value) -> Self {
        let token = |name: &str| grant[name].as_str().map(str::to_owned);
        Self {
            token: token("access_token"),
            refresh: token("refresh_token"),
            ..self.clone()
        }
    }

    /// The same with a fresh token, after time has passed.
    pub async fn renewed(&self) -> Self {
        let body = json!({"refresh_token": self.refresh});
        let nobody = Self {
            token: None,
            ..self.clone()
        };
        self.granted(&nobody.post("/refresh", body).await.ok())
    }

    /// The same with another header.
    pub fn header(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.headers.push((name, value.into()));
        client
    }

    /// The same with a key for what it asks.
    pub fn key(&self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: impl Into<Option<Value>>) -> Reply {
        self.send(Method::POST, path, body.into()).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send_bytes(method, path, body).await
    }

    /// Sends bytes of some type.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{ROOT}{path}"));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = body.map_or_else(Body::empty, |(kind, bytes)| {
            let headers = request.headers_mut().unwrap();
            headers.insert("content-type", kind.parse().unwrap());
            Body::from(bytes)
        });
        Reply(send(&self.router, request.body(body).unwrap()).await)
    }
}

/// What the API answered.
#[derive(Debug)]
pub struct Reply(pub Answer);

impl Reply {
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.0.body).unwrap_or(Value::Null)
    }

    /// The body of a 200.
    pub fn ok(self) -> Value {
        self.with_status(200)
    }

    /// The body of a 201.
    pub fn made(self) -> Value {
        self.with_status(201)
    }

    fn with_status(self, status: u16) -> Value {
        assert_eq!(self.status(), status, "{}", self.0.text());
        assert_eq!(self.0.header("content-type"), "application/json");
        self.json()
    }

    /// The body of a problem of that status and kind.
    pub fn problem(self, status: u16, kind: &str) -> Value {
        let told = self.0.text().to_owned();
        assert_eq!(self.status(), status, "{told}");
        assert_eq!(
            self.0.header("content-type"),
            "application/problem+json",
            "{told}"
        );
        let problem = self.json();
        assert_eq!(problem["type"], format!("/docs#problem-{kind}"), "{told}");
        assert_eq!(problem["status"], status, "{told}");
        for text in ["title", "detail"] {
            assert!(problem[text].as_str().is_some_and(|text| !text.is_empty()));
        }
        problem
    }

    /// The field that is wrong, of a 422.
    pub fn wrong(self) -> String {
        let problem = self.problem(422, "invalid");
        problem["errors"][0]["field"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// The id of a session.
pub fn id(session: &Value) -> &str {
    session["id"].as_str().unwrap()
}

/// Where a session lies.
pub fn at(session: &Value) -> String {
    format!("/sessions/{}", id(session))
}

/// The names in a list.
pub fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}
