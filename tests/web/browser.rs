//! A browser without JavaScript: it sends forms, and keeps its cookie.

use super::{
    Answer, Sent, Server,
    api_second_factor::App as Authenticator,
    ask, by_script, get_page,
    person::{PASSWORD, register},
    send,
};
use axum::{body::Body, http::Request};

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

    /// One that goes on with a cookie.
    pub fn with_cookie(server: &'a Server, cookie: &str) -> Self {
        Self {
            server,
            cookie: Some(cookie.to_owned()),
        }
    }

    /// One of somebody who showed the password of an account and not the code of its second factor, with whatever they
    /// were given.
    pub async fn pending(server: &'a Server) -> Self {
        let (careful, _) = register(server, "careful").await;
        Authenticator::of(server, &careful).await;
        let mut browser = Self::new(server);
        assert_eq!(browser.sign_in("careful", &[]).await.status, 401);
        browser
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

    /// Sends a form about tracked time, as a command of its own: which, and what came back.
    pub async fn submit(&mut self, fields: &[(&str, &str)]) -> (String, Answer) {
        let command = uuid::Uuid::now_v7().to_string();
        let mut form = vec![("form[command]", command.as_str())];
        form.extend(fields);
        let answer = self.post("/rpc/submit", &form).await;
        (command, answer)
    }

    /// Starts a session as a guest, or as whoever is signed in. The command is the session, too.
    pub async fn start(&mut self, line: &str) -> String {
        let form = [("form[intent]", "start"), ("form[name]", line)];
        let (session, answer) = self.submit(&form).await;
        assert_eq!(answer.status, 302, "{line}: {answer:?}");
        assert!(
            answer.header("location").contains("done="),
            "{line}: {answer:?}"
        );
        session
    }

    /// Sends something as a script of the page does.
    pub async fn by_script(&self, path: &str, sent: Sent) -> Answer {
        let cookie = self.cookie.as_deref().map(|cookie| ("cookie", cookie));
        by_script(&self.server.router, cookie.as_slice(), path, sent).await
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
