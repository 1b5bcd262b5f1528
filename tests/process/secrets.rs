//! The whole life of an account through the program itself, with everything logged that can be; then all that
//! was handed out or typed in secret is looked for where it must not be. All tests of the router are
//! searched in the same way, by `tests/web/secrecy.rs`.

use super::{
    Server,
    cli::text as output,
    http::{Answer, call, exchange, get},
    run, stint,
};
use crate::web::secrecy::{CODES, KEYS};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, net::SocketAddr, time::Duration};

/// What was handed out and typed, and what was answered besides.
struct Life {
    addr: SocketAddr,
    secrets: BTreeSet<String>,
    shown: Vec<String>,
}

impl Life {
    fn keep(&mut self, secret: &str) {
        assert!(secret.len() >= 6, "{secret}");
        self.secrets.insert(secret.to_owned());
    }

    /// Takes the secrets out of an answer, and keeps the rest to look through.
    fn hear(&mut self, mut answer: Value) -> Value {
        let told = answer.clone();
        if let Some(fields) = answer.as_object_mut() {
            for name in KEYS.into_iter().chain(CODES) {
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

    async fn ask(&mut self, call_: &str, token: &str, body: Value, expected: u16) -> Value {
        let (method, path) = call_.split_once(' ').unwrap();
        let (status, answer) = call(self.addr, method, path, token, &body).await;
        assert_eq!(status, expected, "{call_}: {body}: {answer}");
        self.hear(answer)
    }

    /// Sends a form as a browser; its cookie from then on.
    async fn send(
        &mut self,
        path: &str,
        cookie: &str,
        form: &[(&str, &str)],
        expected: u16,
    ) -> (String, Answer) {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\norigin: http://stint.test\r\n\
             accept: text/html\r\ncookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = exchange(self.addr, &request).await.unwrap();
        assert_eq!(answer.status, expected, "{path}: {}", answer.body);
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

    async fn look(&mut self, path: &str, cookie: &str, expected: u16) {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: stint.test\r\nconnection: close\r\naccept: text/html\r\n\
             cookie: {cookie}\r\n\r\n"
        );
        let answer = exchange(self.addr, &request).await.unwrap();
        assert_eq!(answer.status, expected, "{path}: {}", answer.body);
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
    let mut life = Life {
        addr: server.addr,
        secrets: BTreeSet::new(),
        shown: Vec::new(),
    };
    by_program(&mut life).await;
    in_browsers(&mut life).await;

    let mut command = stint();
    command.args(["reset-password", "anna", "--without-code"]);
    let told = output(&run(command.env("STINT_DATA", &data)));
    life.keep(told.lines().next().unwrap().rsplit(' ').next().unwrap());
    let mut command = stint();
    let told = output(&run(command.arg("invite").env("STINT_DATA", &data)));
    life.keep(told.trim().rsplit(' ').next().unwrap());
    life.keep(fs::read_to_string(data.join("token.key")).unwrap().trim());

    let numbers = get(life.addr, "/metrics").await.unwrap();
    assert_eq!(numbers.status, 200);
    server.signal("TERM");
    server.ended_within(Duration::from_secs(10)).await.unwrap();
    let log = fs::read_to_string(log).unwrap();
    assert!(
        log.contains("insert into device"),
        "statements are not logged"
    );
    let Life { secrets, shown, .. } = life;
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
async fn by_program(life: &mut Life) {
    let (password, wrong, new) = (
        "correct horse battery",
        "wrong horse battery",
        "staple correct",
    );
    for typed in [password, wrong, new] {
        life.keep(typed);
    }
    let guest = life.ask("POST /guests", "", json!({}), 201).await;
    let guest = field(&guest, "access_token");
    life.ask("POST /sessions", guest, json!({"name": "tea"}), 201)
        .await;
    let register = json!({"username": "anna", "password": password});
    let grant = life
        .ask("POST /register", guest, register.clone(), 201)
        .await;
    let token = field(&grant, "access_token").to_owned();
    let (codes, refresh) = (&grant["recovery_codes"], field(&grant, "refresh_token"));
    // Refused: taken, unknown, wrong, in the wrong field.
    life.ask("POST /register", "", register, 422).await;
    for (body, status) in [
        (json!({"username": "anna", "password": wrong}), 401),
        (json!({"username": wrong, "password": password}), 401),
        (
            json!({"username": "anna", "password": password, "guest": new}),
            422,
        ),
        (json!({"username": "anna", "password": [password]}), 422),
        (json!({"username": "anna", "pasword": password}), 422),
    ] {
        life.ask("POST /login", "", body, status).await;
    }
    let traded = json!({"refresh_token": refresh});
    let next = life.ask("POST /refresh", "", traded.clone(), 200).await;
    let token_of_device = field(&next, "access_token").to_owned();
    let made = json!({"name": "script", "scope": "write"});
    let script = life.ask("POST /tokens", &token, made, 201).await;
    let script = field(&script, "token");
    life.ask("GET /me", script, Value::Null, 200).await;
    let linked = life.ask("POST /link-codes", &token, Value::Null, 201);
    let code = json!({"code": field(&linked.await, "code")});
    life.ask("POST /link", "", code.clone(), 200).await;
    for spent_or_wrong in [code, json!({"code": "CDFH-JKMP"})] {
        life.ask("POST /link", "", spent_or_wrong, 422).await;
    }
    let web = json!({"name": "web"});
    let project = life.ask("POST /projects", &token, web, 201).await;
    let invitations = format!("POST /projects/{}/invitations", field(&project, "id"));
    let invited = life.ask(&invitations, &token, json!({}), 201).await;
    let code = json!({"code": field(&invited, "code")});
    life.ask("POST /invitations/preview", &token, code.clone(), 200)
        .await;
    // Its own owner is in already.
    for own_or_wrong in [code, json!({"code": "CDFH-JKMP-QRTV"})] {
        life.ask("POST /invitations/accept", &token, own_or_wrong, 422)
            .await;
    }
    // What a token may not: it asks for the password, and for a device.
    let asked = json!({"password": password});
    life.ask("POST /me/second-factor", script, asked, 403).await;
    let asked = json!({"password": password});
    let offer = life.ask("POST /me/second-factor", &token, asked, 200).await;
    let first = json!({"code": code_of(field(&offer, "secret"))});
    life.ask("POST /me/second-factor/confirm", &token, first.clone(), 204)
        .await;
    // A code is good once.
    let login = |code: &Value| json!({"username": "anna", "password": password, "code": code});
    life.ask("POST /login", "", login(&first["code"]), 401)
        .await;
    life.ask("POST /login", "", login(&codes[0]), 200).await;
    let lost = json!({"username": "anna", "recovery_code": codes[1], "new_password": new, "code": codes[2]});
    let back = life.ask("POST /recover", "", lost, 200).await;
    let token = field(&back, "access_token").to_owned();
    for (call, token, status) in [
        ("GET /me", &token, 200),
        ("GET /devices", &token, 200),
        ("GET /tokens", &token, 200),
        ("GET /export", &token, 200),
        // Recovering ends every other device.
        ("GET /me", &token_of_device, 401),
    ] {
        life.ask(call, token, Value::Null, status).await;
    }
    // One that was traded before.
    life.ask("POST /refresh", "", traded, 401).await;
}

/// The same on the pages.
async fn in_browsers(life: &mut Life) {
    let (password, new) = ("bright saddle paper", "another good saddle");
    for typed in [password, new] {
        life.keep(typed);
    }
    let form = [("username", "bert"), ("password", password)];
    let (cookie, _) = life.send("/register", "", &form, 200).await;
    let (_, refused) = life.send("/register", "", &form, 422).await;
    life.shown.push(refused.body);
    let wrong = [("username", "bert"), ("password", new)];
    let (_, refused) = life.send("/sign-in", "", &wrong, 401).await;
    life.shown.push(refused.body);
    let (other, _) = life.send("/sign-in", "", &form, 303).await;
    life.send("/account/link-code", &cookie, &[], 200).await;
    let token = [("name", "script"), ("scope", "read"), ("days", "")];
    life.send("/account/tokens", &cookie, &token, 200).await;
    let typed = [("password", password)];
    for path in ["/account/second-factor", "/account/recovery-codes"] {
        life.send(path, &cookie, &typed, 200).await;
    }
    let change = [("password", new), ("new_password", password)];
    let (_, refused) = life.send("/account/password", &cookie, &change, 422).await;
    life.shown.push(refused.body);
    let change = [("password", password), ("new_password", new)];
    life.send("/account/password", &cookie, &change, 303).await;
    // Which ended every other browser.
    for (page, status, of_other) in [
        ("/", 200, 200),
        ("/settings", 200, 200),
        ("/account", 200, 303),
        ("/link", 200, 200),
        ("/docs", 200, 200),
        ("/projects", 200, 200),
        ("/nothing", 404, 404),
    ] {
        life.look(page, &cookie, status).await;
        life.look(page, &other, of_other).await;
    }
}
