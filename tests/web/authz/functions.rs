//! Server functions and the forms beside them, and somebody who has something to send.

use super::{
    super::{Answer, Form, Json, Sent, Server, by_script},
    actors::{SECRET, fresh},
};
use serde_json::json;
use stint::{
    domain::{
        Settings,
        form::{ADDRESS, intent},
    },
    server::store::Viewer,
};

/// A server function, what is sent, and the statuses that nobody, a stranger and the owner get.
/// Whoever does something that needs an account becomes a guest.
pub type Row = (&'static str, Box<dyn Fn(&Owner) -> Sent>, [u16; 3]);

/// Every server function, and every form of the pages beside.
pub fn functions() -> Vec<Row> {
    let row = |(path, sent, statuses): &OneRow| -> Row { (path, Box::new(*sent), *statuses) };
    let submitted = SUBMITTED.iter().map(|(intent, statuses)| -> Row {
        (ADDRESS, Box::new(|owner| owner.form(intent)), *statuses)
    });
    ONES.iter().map(row).chain(submitted).collect()
}

/// What a form about tracked time asks for, and the statuses: nobody has anything to stop, undo or redo; a
/// stranger undoes what is the stranger's own.
pub const SUBMITTED: [(&str, [u16; 3]); 15] = [
    (intent::START, [200, 200, 200]),
    (intent::STOP, [404, 404, 200]),
    (intent::RENAME, [404, 404, 200]),
    (intent::EDIT, [404, 404, 200]),
    (intent::ADD, [200, 200, 200]),
    (intent::CONTINUE, [404, 404, 200]),
    (intent::DUPLICATE, [404, 404, 200]),
    (intent::DELETE, [404, 404, 200]),
    (intent::ASSIGN, [404, 404, 200]),
    (intent::DELETE_ALL, [404, 404, 200]),
    (intent::TRIM, [404, 404, 200]),
    (intent::KEEP_OVERLAP, [404, 404, 200]),
    (intent::UNDO, [409, 409, 200]),
    (intent::UNDO_LATEST, [409, 200, 200]),
    (intent::REDO_LATEST, [409, 409, 409]),
];

type OneRow = (&'static str, fn(&Owner) -> Sent, [u16; 3]);

/// Those that do one thing.
const ONES: &[OneRow] = &[
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
        by_script(&server.router, &[("cookie", &self.cookie)], path, sent).await
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
