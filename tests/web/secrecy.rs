//! The tests of the router at trace level: what their requests carry and their answers hand out in secret is
//! looked for in the log, and in what is answered besides.

use super::Answer;
use axum::{
    body::{Body, HttpBody},
    http::{Request, header::SET_COOKIE},
};
use http_body_util::BodyExt;
use memchr::memmem::Finder;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io, mem,
    sync::{Mutex, MutexGuard, Once, PoisonError},
};
use stint::server::store::log_statements;
use uuid::Uuid;

/// The fields of bodies that hold what is good again and again.
pub const KEYS: [&str; 6] = [
    "access_token",
    "refresh_token",
    "token",
    "secret",
    "password",
    "new_password",
];

/// Those that hold what is good once. It may come back in the form where it was typed, to be corrected.
pub const CODES: [&str; 4] = ["code", "url", "recovery_codes", "recovery_code"];

/// Shorter ones are found by chance; codes of the second factor are among them.
const SHORTEST: usize = 8;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static NEVER_LOGGED: Mutex<Secrets> = Mutex::new(Secrets(BTreeMap::new()));
static NEVER_ANSWERED: Mutex<Secrets> = Mutex::new(Secrets(BTreeMap::new()));

/// What nobody may be told, and what finds it.
struct Secrets(BTreeMap<String, Finder<'static>>);

impl Secrets {
    fn note(&mut self, secret: &str) {
        // Whoever tries all there is for a secret tries ids, too.
        if secret.len() >= SHORTEST && Uuid::try_parse(secret).is_err() {
            let finder = || Finder::new(secret).into_owned();
            self.0.entry(secret.to_owned()).or_insert_with(finder);
        }
    }

    fn must_not_be_in(&self, text: &[u8]) {
        for (secret, finder) in &self.0 {
            let told = finder.find(text).is_some();
            assert!(!told, "{secret} in {}", String::from_utf8_lossy(text));
        }
    }
}

struct Log;

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        whole(&LOG).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs everything from here on, statements included: before a database is opened.
pub fn listen() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        log_statements();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Log)
            .init();
    });
}

/// The fields of a body.
type Fields = BTreeMap<String, Value>;

/// Notes what a request carries.
pub async fn note_sent(request: Request<Body>) -> Request<Body> {
    // What is not all there may never end.
    if request.body().size_hint().exact().is_none() {
        return request;
    }
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let of_form = |_| serde_urlencoded::from_bytes(&body);
    if let Ok(fields) = serde_json::from_slice(&body).or_else(of_form) {
        without_secrets(fields);
    }
    Request::from_parts(head, body.into())
}

/// Notes what an answer hands out. Neither the rest of it nor the log may tell any secret.
pub fn check(answer: &Answer) {
    for set in answer.headers.get_all(SET_COOKIE) {
        let cookie = set.to_str().unwrap().split(';').next().unwrap();
        let (_, key) = cookie.split_once('=').unwrap();
        note_key(key);
    }
    let rest = match serde_json::from_slice(&answer.body) {
        Ok(fields) => serde_json::to_string(&without_secrets(fields)).unwrap(),
        Err(_) => without_shown_once(&String::from_utf8_lossy(&answer.body)),
    };
    whole(&NEVER_ANSWERED).must_not_be_in(rest.as_bytes());
    let log = mem::take(&mut *whole(&LOG));
    whole(&NEVER_LOGGED).must_not_be_in(&log);
}

fn note_key(key: &str) {
    whole(&NEVER_LOGGED).note(key);
    whole(&NEVER_ANSWERED).note(key);
}

fn note_code(code: &str) {
    whole(&NEVER_LOGGED).note(code);
}

/// Notes the secrets among the fields of a body: the rest.
fn without_secrets(mut fields: Fields) -> Fields {
    let keys = KEYS.map(|name| (name, note_key as fn(&str)));
    let codes = CODES.map(|name| (name, note_code as fn(&str)));
    for (name, note) in keys.into_iter().chain(codes) {
        match fields.remove(name) {
            Some(Value::String(secret)) => note(&secret),
            Some(Value::Array(secrets)) => secrets.iter().filter_map(Value::as_str).for_each(note),
            _ => {}
        }
    }
    fields
}

/// Notes what a page shows once, in elements with a name of their own: the rest.
fn without_shown_once(page: &str) -> String {
    let mut parts = page.split("<code aria-label=");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, after) = part.split_once("</code>").unwrap();
        let (_, code) = code.split_once('>').unwrap();
        note_code(code);
        rest.push_str(after);
    }
    rest
}

/// The lock, even after a test has failed.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
