//! The whole life of an account, with everything logged that can be; then all that was handed out or typed in
//! secret is looked for where it must not be.

use super::{
    Server,
    cli::text as output,
    http::{Answer, call, exchange, get},
    run, stint,
};
use serde_json::{Value, json};
use std::{fs, net::SocketAddr, time::Duration};

/// What was handed out and typed, and what was answered besides.
#[derive(Default)]
struct Life {
    secrets: Vec<String>,
    shown: Vec<String>,
}

/// The fields of answers that hold secrets.
const HANDED_OUT: [&str; 7] = [
    "access_token",
    "refresh_token",
    "token",
    "code",
    "secret",
    "url",
    "recovery_codes",
];

impl Life {
    fn keep(&mut self, secret: &str) {
        assert!(secret.len() >= 6, "{secret}");
        self.secrets.push(secret.to_owned());
    }

    /// Takes the secrets out of an answer, and keeps the rest to look through.
    fn hear(&mut self, mut answer: Value) -> Value {
        let told = answer.clone();
        if let Some(fields) = answer.as_object_mut() {
            for name in HANDED_OUT {
                match fields.remove(name) {
                    Some(Value::String(secret)) => self.keep(&secret),
                    Some(Value::Array(secrets)) => {
                        let secrets = secrets.iter().map(|secret| secret.as_str().unwrap());
                        secrets.for_each(|secret| self.keep(secret));
                    }
                    _ => {}
                }
            }
        }
        self.shown.push(answer.to_string());
        told
    }

    async fn ask(&mut self, addr: SocketAddr, call_: &str, token: &str, body: Value) -> Value {
        let (method, path) = call_.split_once(' ').unwrap();
        let (_, answer) = call(addr, method, path, token, &body).await;
        self.hear(answer)
    }

    /// Sends a form as a browser; its cookie from then on.
    async fn send(
        &mut self,
        addr: SocketAddr,
        path: &str,
        cookie: &str,
        form: &[(&str, &str)],
    ) -> (String, Answer) {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\norigin: http://stint.test\r\n\
             accept: text/html\r\ncookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = exchange(addr, &request).await.unwrap();
        let cookie = match answer.header("set-cookie") {
            Some(set) => set.split(';').next().unwrap().to_owned(),
            None => cookie.to_owned(),
        };
        if let Some((_, secret)) = cookie.split_once('=') {
            self.keep(secret);
        }
        // What is shown once stands in such an element.
        for part in answer.body.split("<code").skip(1) {
            let text = part.split('>').nth(1).unwrap().split('<').next().unwrap();
            if text.len() >= 9 && !text.contains(' ') {
                self.keep(text);
            }
        }
        (cookie, answer)
    }

    async fn look(&mut self, addr: SocketAddr, path: &str, cookie: &str) {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\naccept: text/html\r\n\
             cookie: {cookie}\r\n\r\n"
        );
        let answer = exchange(addr, &request).await.unwrap();
        self.shown.push(answer.body);
    }
}

/// What an authenticator app with this secret shows now.
pub fn code_of(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    app.generate_current().to_string()
}

fn field<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {answer}"))
}

#[tokio::test]
async fn no_secret_is_told_again() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    let log = root.path().join("log");
    let mut command = stint();
    command.arg("serve").arg("--data").arg(&data);
    command.env("STINT_LOG_SQL", "1");
    let file = fs::File::create(&log).unwrap();
    let mut server = Server::start_logging(&mut command, "trace", file);
    let addr = server.addr;
    let mut life = Life::default();
    by_program(&mut life, addr).await;
    in_browsers(&mut life, addr).await;

    let mut command = stint();
    command.args(["reset-password", "anna", "--without-code"]);
    let told = output(&run(command.env("STINT_DATA", &data)));
    life.keep(told.lines().next().unwrap().rsplit(' ').next().unwrap());
    let mut command = stint();
    let told = output(&run(command.arg("invite").env("STINT_DATA", &data)));
    life.keep(told.trim().rsplit(' ').next().unwrap());
    life.keep(fs::read_to_string(data.join("token.key")).unwrap().trim());

    let numbers = get(addr, "/metrics").await.unwrap();
    assert_eq!(numbers.status, 200);
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();
    let log = fs::read_to_string(log).unwrap();
    assert!(
        log.contains("insert into device"),
        "statements are not logged"
    );
    let Life { secrets, shown } = life;
    assert!(secrets.len() > 50, "{}", secrets.len());
    for secret in &secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!numbers.body.contains(secret), "{secret} is in the metrics");
        for text in &shown {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
}

/// An account of a program, from guest to end of a device, with what is typed wrong on the way.
async fn by_program(life: &mut Life, addr: SocketAddr) {
    let (password, wrong, new) = (
        "correct horse battery",
        "wrong horse battery",
        "staple correct",
    );
    for typed in [password, wrong, new] {
        life.keep(typed);
    }
    let guest = life.ask(addr, "POST /guests", "", json!({})).await;
    let guest = field(&guest, "access_token");
    life.ask(addr, "POST /sessions", guest, json!({"name": "tea"}))
        .await;
    let register = json!({"username": "anna", "password": password});
    let grant = life
        .ask(addr, "POST /register", guest, register.clone())
        .await;
    let token = field(&grant, "access_token").to_owned();
    let (codes, refresh) = (&grant["recovery_codes"], field(&grant, "refresh_token"));
    // Refused: taken, unknown, wrong, in the wrong field.
    life.ask(addr, "POST /register", "", register).await;
    for body in [
        json!({"username": "anna", "password": wrong}),
        json!({"username": wrong, "password": password}),
        json!({"username": "anna", "password": password, "guest": new}),
        json!({"username": "anna", "password": [password]}),
        json!({"username": "anna", "pasword": password}),
    ] {
        life.ask(addr, "POST /login", "", body).await;
    }
    let next = life
        .ask(addr, "POST /refresh", "", json!({"refresh_token": refresh}))
        .await;
    let token_of_device = field(&next, "access_token").to_owned();
    let made = json!({"name": "script", "scope": "write"});
    let script = life.ask(addr, "POST /tokens", &token, made).await;
    life.ask(addr, "GET /me", field(&script, "token"), Value::Null)
        .await;
    let linked = life
        .ask(addr, "POST /link-codes", &token, Value::Null)
        .await;
    let code = json!({"code": field(&linked, "code")});
    life.ask(addr, "POST /link", "", code.clone()).await;
    life.ask(addr, "POST /link", "", code).await;
    let project = life
        .ask(addr, "POST /projects", &token, json!({"name": "web"}))
        .await;
    let invitations = format!("POST /projects/{}/invitations", field(&project, "id"));
    let invited = life.ask(addr, &invitations, &token, json!({})).await;
    let code = json!({"code": field(&invited, "code")});
    life.ask(addr, "POST /invitations/preview", &token, code.clone())
        .await;
    life.ask(addr, "POST /invitations/accept", &token, code)
        .await;
    let asked = json!({"password": password});
    let offer = life
        .ask(addr, "POST /me/second-factor", &token, asked)
        .await;
    let first = code_of(field(&offer, "secret"));
    let confirm = "POST /me/second-factor/confirm";
    life.ask(addr, confirm, &token, json!({"code": first}))
        .await;
    let with_code = json!({"username": "anna", "password": password, "code": first});
    life.ask(addr, "POST /login", "", with_code).await;
    let with_recovery = json!({"username": "anna", "password": password, "code": codes[0]});
    life.ask(addr, "POST /login", "", with_recovery).await;
    let lost = json!({"username": "anna", "recovery_code": codes[1], "new_password": new, "code": codes[2]});
    let back = life.ask(addr, "POST /recover", "", lost).await;
    let token = field(&back, "access_token").to_owned();
    for (call, token) in [
        ("GET /me", &token),
        ("GET /devices", &token),
        ("GET /tokens", &token),
        ("GET /export", &token),
        ("GET /me", &token_of_device),
    ] {
        life.ask(addr, call, token, Value::Null).await;
    }
    // One that was traded before.
    life.ask(addr, "POST /refresh", "", json!({"refresh_token": refresh}))
        .await;
}

/// The same on the pages.
async fn in_browsers(life: &mut Life, addr: SocketAddr) {
    let (password, new) = ("bright saddle paper", "another good saddle");
    for typed in [password, new] {
        life.keep(typed);
    }
    let form = [("username", "bert"), ("password", password)];
    let (cookie, _) = life.send(addr, "/register", "", &form).await;
    let (_, refused) = life.send(addr, "/register", "", &form).await;
    life.shown.push(refused.body);
    let wrong = [("username", "bert"), ("password", new)];
    let (_, refused) = life.send(addr, "/sign-in", "", &wrong).await;
    life.shown.push(refused.body);
    let (other, _) = life.send(addr, "/sign-in", "", &form).await;
    life.send(addr, "/account/link-code", &cookie, &[]).await;
    let token = [("name", "script"), ("scope", "read"), ("days", "")];
    life.send(addr, "/account/tokens", &cookie, &token).await;
    let typed = [("password", password)];
    life.send(addr, "/account/second-factor", &cookie, &typed)
        .await;
    life.send(addr, "/account/recovery-codes", &cookie, &typed)
        .await;
    let change = [("password", new), ("new_password", password)];
    let (_, refused) = life.send(addr, "/account/password", &cookie, &change).await;
    life.shown.push(refused.body);
    let change = [("password", password), ("new_password", new)];
    life.send(addr, "/account/password", &cookie, &change).await;
    for page in [
        "/",
        "/settings",
        "/account",
        "/link",
        "/docs",
        "/projects",
        "/nothing",
    ] {
        life.look(addr, page, &cookie).await;
        life.look(addr, page, &other).await;
    }
}
