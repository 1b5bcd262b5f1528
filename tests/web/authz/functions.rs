//! Server functions and the forms beside them, and somebody who has something to send.

use super::{
    super::{Answer, Server, send},
    actors::{SECRET, fresh},
};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use stint::{domain::Settings, server::store::Viewer};

/// A server function, what is sent, and the statuses that nobody, a stranger and the owner get.
/// Whoever does something that needs an account becomes a guest.
pub type Row = (&'static str, fn(&Owner) -> Sent, [u16; 3]);

pub enum Sent {
    Json(Value),
    Form(String),
}
pub use Sent::{Form, Json};

/// Every server function, and every form of the pages beside.
pub const FUNCTIONS: &[Row] = &[
    (
        "/rpc/sheet",
        |_| Json(json!({"query": {}})),
        [200, 200, 200],
    ),
    (
        "/rpc/suggest",
        |_| Json(json!({"typed": "merger"})),
        [200, 200, 200],
    ),
    // In the order of `intent::ALL`: nobody has anything to stop, undo or redo; a stranger
    // undoes what is the stranger's own.
    ("/rpc/submit", |owner| owner.form("start"), [200, 200, 200]),
    ("/rpc/submit", |owner| owner.form("stop"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("rename"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("edit"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("add"), [200, 200, 200]),
    (
        "/rpc/submit",
        |owner| owner.form("continue"),
        [404, 404, 200],
    ),
    (
        "/rpc/submit",
        |owner| owner.form("duplicate"),
        [404, 404, 200],
    ),
    ("/rpc/submit", |owner| owner.form("delete"), [404, 404, 200]),
    ("/rpc/submit", |owner| owner.form("assign"), [404, 404, 200]),
    (
        "/rpc/submit",
        |owner| owner.form("delete-all"),
        [404, 404, 200],
    ),
    ("/rpc/submit", |owner| owner.form("trim"), [404, 404, 200]),
    (
        "/rpc/submit",
        |owner| owner.form("keep-overlap"),
        [404, 404, 200],
    ),
    ("/rpc/submit", |owner| owner.form("undo"), [409, 409, 200]),
    (
        "/rpc/submit",
        |owner| owner.form("undo-latest"),
        [409, 200, 200],
    ),
    (
        "/rpc/submit",
        |owner| owner.form("redo-latest"),
        [409, 409, 409],
    ),
    // Nobody waits for what comes of it.
    (
        "/rpc/submit-all",
        |owner| match owner.form("delete") {
            Form(form) => Form(form.replace("form[", "forms[0][")),
            json => json,
        },
        [200, 200, 200],
    ),
    (
        "/rpc/settings/save",
        |_| Form(SETTINGS.to_owned()),
        [200, 200, 200],
    ),
    (
        "/rpc/settings/guess-zone",
        |_| Json(json!({"zone": "Asia/Tokyo"})),
        [404, 200, 200],
    ),
    (
        "/favourites",
        |owner| Form(format!("pin={}", owner.session)),
        [404, 404, 303],
    ),
    (
        "/favourites",
        |owner| Form(format!("unpin={}", owner.favourite)),
        [404, 404, 303],
    ),
];

/// Those that change nothing, or tell nobody.
pub const READS: [&str; 3] = ["/rpc/sheet", "/rpc/submit-all", "/rpc/suggest"];

const SETTINGS: &str = "form[zone]=Asia/Kathmandu&form[week_start]=Sun&form[hour_format]=12\
    &form[theme]=dark&form[duration_format]=decimal&form[day_start_hour]=4";

/// A guest with a browser.
pub struct Owner {
    pub viewer: Viewer,
    pub cookie: String,
    pub session: String,
    favourite: String,
}

impl Owner {
    pub async fn new(server: &Server) -> Self {
        let now = server.clock.now();
        let made = server
            .store
            .create_guest(&Settings::default(), "", now)
            .await;
        let (viewer, secret) = made.unwrap();
        let mut owner = Self {
            viewer,
            cookie: format!("stint_device={}", secret.reveal()),
            session: fresh(),
            favourite: String::new(),
        };
        let start = format!(
            "form[command]={}&form[intent]=start&form[name]={SECRET}",
            owner.session
        );
        let started = owner
            .ask(server, "/rpc/submit", Form(start.replace(' ', "+")))
            .await;
        assert_eq!(started.status, 200);
        let session = owner.session.parse().unwrap();
        let pinned = server.store.pin(owner.viewer.account, session, now).await;
        owner.favourite = pinned.unwrap().0.id.to_string();
        owner
    }

    fn form(&self, intent: &str) -> Sent {
        let (command, session) = (fresh(), &self.session);
        // Asked for by its id, a command of somebody else's is undone no more than a session is stopped.
        let times = match intent {
            "edit" | "add" => "&form[start]=2026-11-19T09:00&form[stop]=2026-11-19T10:00",
            _ => "",
        };
        Form(format!(
            "form[command]={command}&form[intent]={intent}&form[session]={session}&form[name]=taken\
             &form[sessions][]={session}&form[billable]=yes&form[around]={session}\
             &form[undoes]={session}{times}"
        ))
    }

    pub async fn ask(&self, server: &Server, path: &str, sent: Sent) -> Answer {
        call(server, Some(("cookie", &self.cookie)), path, sent).await
    }

    pub async fn state(&self, server: &Server) -> String {
        let store = &server.store;
        let account = self.viewer.account;
        format!(
            "{:?} {:?} {:?}",
            store.running_record(account).await.unwrap(),
            store.settings(account).await.unwrap(),
            store.favourites(account, server.clock.now()).await.unwrap(),
        )
    }
}

/// As our own page sends it.
pub async fn call(server: &Server, header: Option<(&str, &str)>, path: &str, sent: Sent) -> Answer {
    let (kind, body) = match sent {
        Json(value) => ("application/json", value.to_string()),
        Form(form) => ("application/x-www-form-urlencoded", form),
    };
    let request = Request::post(path)
        .header("content-type", kind)
        .header("sec-fetch-site", "same-origin");
    let request = match header {
        Some((name, value)) => request.header(name, value),
        None => request,
    };
    send(&server.router, request.body(Body::from(body)).unwrap()).await
}
