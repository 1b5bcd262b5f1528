//! As much of a browser as these tests need: one request on one connection, and a cookie.

use std::{fmt::Write, io, net::SocketAddr, time::Duration};
use stint::domain::{CommandId, Done, Instant, SessionId, form::intent};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Longer than anything the server allows itself.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn read(text: &str) -> io::Result<Self> {
        let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head
            .get(9..12)
            .and_then(|status| status.parse().ok())
            .ok_or_else(cut)?;
        let answer = Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        };
        match answer.header("content-length").map(str::parse) {
            Some(Ok(length)) if answer.body.len() < length => Err(cut()),
            _ => Ok(answer),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub async fn get(addr: SocketAddr, path: &str) -> io::Result<Answer> {
    exchange(
        addr,
        &format!("GET {path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\n\r\n"),
    )
    .await
}

/// Sends a whole request that closes its connection, and reads the answer to its end.
pub async fn exchange(addr: SocketAddr, request: &str) -> io::Result<Answer> {
    let talk = async {
        let mut stream = TcpStream::connect(addr).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Answer::read(&String::from_utf8_lossy(&answer))
    };
    tokio::time::timeout(PATIENCE, talk).await?
}

/// The status and the JSON of an answer of the API.
pub async fn call(
    addr: SocketAddr,
    method: &str,
    path: &str,
    token: &str,
    body: &serde_json::Value,
) -> (u16, serde_json::Value) {
    let body = body.to_string();
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\n\
         authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(addr, &request).await.unwrap();
    let body = serde_json::from_str(&answer.body).unwrap_or_default();
    (answer.status, body)
}

const REFUSABLE: [&str; 6] = [
    intent::RENAME,
    intent::EDIT,
    intent::TRIM,
    intent::DELETE,
    intent::UNDO_LATEST,
    intent::REDO_LATEST,
];

/// A browser with the cookie of its account.
#[derive(Clone)]
pub struct Browser {
    pub cookie: String,
}

impl Browser {
    /// Without a cookie.
    pub fn nobody() -> Self {
        Self {
            cookie: String::new(),
        }
    }

    /// Becomes a guest by starting the timer.
    pub async fn new_guest(addr: SocketAddr) -> Self {
        let answer = exchange(addr, &Self::nobody().request(&Form::new(intent::START)))
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        let (cookie, _) = answer
            .header("set-cookie")
            .unwrap()
            .split_once(';')
            .unwrap();
        Self {
            cookie: cookie.to_owned(),
        }
    }

    /// Sends a command that is carried out; `Ok` only with the server's answer in hand.
    pub async fn submit(&self, addr: SocketAddr, form: &Form) -> io::Result<Done> {
        let done = self.try_submit(addr, form).await?;
        Ok(done.unwrap_or_else(|| panic!("refused: {form:?}")))
    }

    /// Sends a command; `None` for one that is refused, which only happens to what is about sessions
    /// that another may have changed meanwhile.
    pub async fn try_submit(&self, addr: SocketAddr, form: &Form) -> io::Result<Option<Done>> {
        let answer = exchange(addr, &self.request(form)).await?;
        if REFUSABLE.contains(&form.intent) && [404, 409, 422].contains(&answer.status) {
            return Ok(None);
        }
        assert_eq!(answer.status, 200, "{form:?}: {}", answer.body);
        let done = serde_json::from_str(&answer.body).map_err(io::Error::other);
        done.map(Some)
    }

    /// The bytes of the request.
    pub fn request(&self, form: &Form) -> String {
        let body = form.encoded();
        let mut head =
            String::from("POST /rpc/submit HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\n");
        head += "origin: http://stint.test\r\naccept: application/json\r\n";
        head += "content-type: application/x-www-form-urlencoded\r\n";
        if !self.cookie.is_empty() {
            write!(head, "cookie: {}\r\n", self.cookie).unwrap();
        }
        write!(head, "content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        head
    }
}

/// A form about tracked time, with an id of its own.
#[derive(Clone, Debug)]
pub struct Form {
    pub command: CommandId,
    pub intent: &'static str,
    pub session: Option<SessionId>,
    pub name: String,
    /// Further fields, with values that need no encoding.
    more: Vec<(&'static str, String)>,
}

impl Form {
    pub fn new(intent: &'static str) -> Self {
        // When it was made does not matter, only that no two are the same.
        let command = CommandId::new(Instant::from_timestamp(1_795_000_000, 0).unwrap());
        Self {
            command,
            intent,
            session: None,
            name: String::new(),
            more: Vec::new(),
        }
    }

    pub fn about(self, session: SessionId) -> Self {
        Self {
            session: Some(session),
            ..self
        }
    }

    /// `name` needs no encoding.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self
        }
    }

    pub fn with(mut self, field: &'static str, value: impl ToString) -> Self {
        self.more.push((field, value.to_string()));
        self
    }

    fn encoded(&self) -> String {
        let Self {
            command,
            intent,
            name,
            more,
            ..
        } = self;
        let session = self.session.map(|id| id.to_string()).unwrap_or_default();
        let mut form = format!(
            "form[command]={command}&form[intent]={intent}&form[session]={session}&form[name]={name}"
        );
        for (field, value) in more {
            write!(form, "&form[{field}]={value}").unwrap();
        }
        form
    }
}
