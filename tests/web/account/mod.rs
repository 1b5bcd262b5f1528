//! The pages to register, sign in, link devices and look after an account, as a browser without
//! JavaScript uses them.

mod entering;
mod keeping;
mod table;

use super::{Answer, Server, ask, get_page, send};
use axum::{body::Body, http::Request};

pub const PASSWORD: &str = "correct horse battery";

/// A browser with its cookie.
pub struct Browser<'a> {
    server: &'a Server,
    pub cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub fn new(server: &'a Server) -> Self {
        Self {
            server,
            cookie: None,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = get_page(path);
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        ask(&self.server.router, request).await
    }

    /// Sends a form as our own page does, and keeps the cookie of the answer.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("user-agent", "Mozilla/5.0 (X11; Linux) Firefox/145.0")
            .header("sec-fetch-site", "same-origin");
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let answer = send(&self.server.router, request.body(Body::from(body)).unwrap()).await;
        let cookie = answer.header("set-cookie");
        if !cookie.is_empty() {
            assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Starts a session as a guest, or as whoever is signed in.
    pub async fn start(&mut self, name: &str) {
        let command = uuid::Uuid::now_v7().to_string();
        let form = [
            ("form[command]", command.as_str()),
            ("form[intent]", "start"),
            ("form[name]", name),
        ];
        let answer = self.post("/rpc/submit", &form).await;
        assert_eq!(answer.status, 302, "{answer:?}");
    }

    pub async fn register(&mut self, username: &str) -> Answer {
        let form = [("username", username), ("password", PASSWORD)];
        self.post("/register", &form).await
    }

    pub async fn sign_in(&mut self, username: &str, more: &[(&str, &str)]) -> Answer {
        let mut form = vec![("username", username), ("password", PASSWORD)];
        form.extend(more);
        self.post("/sign-in", &form).await
    }
}

/// The text of the first element `<code aria-label="LABEL">`.
pub fn code(answer: &Answer, label: &str) -> String {
    let text = answer.text();
    let mark = format!("<code aria-label=\"{label}\">");
    let (_, after) = text
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {label}: {text}"));
    after.split('<').next().unwrap().to_owned()
}
