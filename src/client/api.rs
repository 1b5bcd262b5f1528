//! One call of the API over HTTP.

use super::{
    answer::Problem,
    failure::{Exit, Failure},
    words,
};
use crate::domain::CommandId;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{io, time::Duration};
use ureq::{
    Agent, Error,
    http::{Method, Request, header},
    tls::{RootCerts, TlsConfig},
};

/// How long to wait for a connection, and for a whole answer.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(30));

/// The API of one server.
pub struct Api {
    agent: Agent,
    /// Scheme, host and port.
    pub server: String,
}

/// What to ask.
pub struct Call {
    pub method: Method,
    /// Below the API's root, with the query.
    pub path: String,
    /// Makes it safe to ask twice.
    pub key: Option<CommandId>,
    pub body: Option<Value>,
}

impl Call {
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            key: None,
            body: None,
        }
    }

    pub fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::POST,
            body: Some(body),
            ..Self::get(path)
        }
    }

    /// The same call, done once however often it is sent.
    pub fn once(self, key: CommandId) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    fn may_be_repeated(&self) -> bool {
        self.key.is_some() || self.method == Method::GET
    }
}

/// What the server answered.
pub struct Answer {
    pub status: u16,
    pub text: String,
}

impl Api {
    pub fn new(server: impl Into<String>) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("stint/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // Where another address is given, tokens and passwords are not taken along.
            .max_redirects(0)
            .timeout_connect(Some(PATIENCE.0))
            .timeout_global(Some(PATIENCE.1));
        Self {
            agent: config.build().new_agent(),
            server: server.into(),
        }
    }

    /// Asks, and once more if the answer was lost on its way and asking twice does no harm.
    pub fn send(&self, call: &Call, token: Option<&str>) -> Result<Answer, Failure> {
        match self.send_once(call, token) {
            Err(error) if call.may_be_repeated() && was_lost(&error) => self.send_once(call, token),
            answer => answer,
        }
        .map_err(|error| Failure::unreachable(&self.server, words::plain(&error.to_string())))
    }

    fn send_once(&self, call: &Call, token: Option<&str>) -> Result<Answer, Error> {
        let mut request = Request::builder()
            .method(&call.method)
            .uri(format!("{}/api/v1{}", self.server, call.path))
            .header(header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(key) = &call.key {
            request = request.header("Idempotency-Key", key.to_string());
        }
        let mut response = match &call.body {
            Some(body) => {
                let request = request.header(header::CONTENT_TYPE, "application/json");
                self.agent.run(request.body(body.to_string())?)?
            }
            None => self.agent.run(request.body(())?)?,
        };
        Ok(Answer {
            status: response.status().as_u16(),
            text: response.body_mut().read_to_string()?,
        })
    }
}

/// Whether the server may have done what was asked although there is no answer.
fn was_lost(error: &Error) -> bool {
    match error {
        Error::Io(error) => error.kind() != io::ErrorKind::ConnectionRefused,
        Error::Timeout(_) | Error::Protocol(_) | Error::BodyStalled => true,
        _ => false,
    }
}

impl Answer {
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What is wrong, if the API says that something is.
    pub fn problem(&self) -> Option<Problem> {
        if self.is_good() {
            return None;
        }
        serde_json::from_str(&self.text).ok()
    }

    /// Whether the token was not accepted.
    pub fn is_denied(&self) -> bool {
        self.problem().is_some_and(|problem| problem.is_denied())
    }

    /// This, if it is good; else why not, in words.
    pub fn checked(self, server: &str) -> Result<Self, Failure> {
        if self.is_good() {
            return Ok(self);
        }
        let Some(problem) = self.problem() else {
            let why = format!("what answers there is not Stint (status {})", self.status);
            return Err(Failure::unreachable(server, why));
        };
        let failure = if problem.is_denied() {
            Failure::not_signed_in(server)
        } else {
            Failure::new(Exit::Failed, words::plain(&problem.detail))
        };
        Err(Failure {
            answer: Some(self.text),
            ..failure
        })
    }

    /// Reads a good answer.
    pub fn read<T: DeserializeOwned>(&self, server: &str) -> Result<T, Failure> {
        serde_json::from_str(&self.text).map_err(|_| {
            Failure::unreachable(server, "what answers there does not speak as Stint does")
        })
    }
}
