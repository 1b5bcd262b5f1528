//! Signing in and out.

use super::{
    access::{Connection, access},
    answer::{Grant, Me, Problem},
    api::{Answer, Api, Call},
    ask,
    command_line::{Hidden, Login, Remote},
    credentials::{Access, Keeper},
    failure::{Exit, Failure},
};
use crate::server::{clock::Clock, zone};
use serde_json::{Value, json};

/// Gets in, and remembers how.
pub fn login(form: &Login, clock: &Clock) -> Result<String, Failure> {
    let keeper = Keeper::of_user()?;
    let known = keeper.load()?;
    let server = form.url.as_ref().map(ToString::to_string);
    let server = server.or(known.current).ok_or_else(|| {
        let told = "which server? say: stint login URL, such as https://time.example.com";
        Failure::new(Exit::Usage, told)
    })?;
    let held = known.servers.get(&server);
    let is_device = matches!(held, Some(Access::Device { .. }));
    if is_device && (form.guest || form.token.is_some()) {
        let told = format!("you are signed in to {server}; first say: stint logout");
        return Err(Failure::here(told));
    }
    let api = Api::new(&server);
    let mut left = None;
    let new = match &form.token {
        Some(token) => {
            let token = personal(token)?.token()?;
            let answer = api.send(&Call::get("/me"), Some(&token))?;
            if answer.is_denied() {
                let told = format!("{server} does not know this token");
                return Err(Failure::new(Exit::NotSignedIn, told));
            }
            answer.checked(&server)?;
            Access::Personal { token }
        }
        None => {
            // Says which device this is.
            let token = match is_device {
                true => Connection::kept(&server, false, clock)?.token(None),
                false => Err(Failure::not_signed_in(&server)),
            };
            let token = match token {
                Ok(token) => Some(token),
                Err(failure) if failure.exit == Exit::NotSignedIn => None,
                Err(failure) => return Err(failure),
            };
            let answer = enter(form, &api, token.as_deref())?;
            left = token;
            access(answer.read::<Grant>(&server)?, clock)
        }
    };
    keeper.change(|known| {
        known.current = Some(server.clone());
        known.servers.insert(server.clone(), new);
        Ok(())
    })?;
    if let Some(token) = left {
        // Nobody has its tokens any more, and what becomes of a guest's sessions was said. That it
        // stays in the list of devices does no harm.
        let _ = api.send(&sign_out(true), Some(&token));
    }
    let connection = Connection::kept(&server, form.json, clock)?;
    let answer = connection.call(&Call::get("/me"))?;
    if form.json {
        return Ok(answer.text + "\n");
    }
    let who = match connection.read::<Me>(&answer)?.username {
        Some(username) => username,
        None => "a guest".to_owned(),
    };
    Ok(format!("Signed in to {server} as {who}.\n"))
}

/// The personal token that was given, or that the input holds.
fn personal(given: &Hidden) -> Result<Hidden, Failure> {
    match given.0.as_str() {
        "-" if ask::is_possible() => ask::hidden("Token", "--token").map(Hidden),
        "-" => ask::first_line().map(Hidden),
        _ => Ok(given.clone()),
    }
}

/// Gets tokens, asking for what was not given.
fn enter(form: &Login, api: &Api, token: Option<&str>) -> Result<Answer, Failure> {
    if form.guest {
        // Times that are typed are those of the clock on the wall.
        let guest = match zone::of_system() {
            Some(zone) => json!({ "time_zone": zone }),
            None => json!({}),
        };
        let answer = api.send(&Call::post("/guests", guest), None)?;
        return answer.checked(&api.server);
    }
    let (path, code_field, mut body) = match &form.link_code {
        Some(code) => ("/link", "second_code", json!({ "code": code.0 })),
        None => {
            let username = match &form.username {
                Some(username) => username.clone(),
                None => ask::open("User name", "--username")?,
            };
            let password = match &form.password {
                _ if form.password_stdin => ask::first_line()?,
                Some(password) => password.0.clone(),
                None => ask::hidden("Password", "STINT_PASSWORD or --password-stdin")?,
            };
            let body = json!({ "username": username, "password": password });
            ("/login", "code", body)
        }
    };
    if form.bring || form.leave {
        body["guest"] = json!(if form.bring { "bring" } else { "leave" });
    }
    if let Some(code) = &form.code {
        body[code_field] = json!(code.0);
    }
    let send = |body: &Value| api.send(&Call::post(path, body.clone()), token);
    let mut answer = send(&body)?;
    let needs = |answer: &Answer, word: &str| {
        answer
            .problem()
            .is_some_and(|problem| problem.word() == word)
    };
    if needs(&answer, "code-needed") && ask::is_possible() {
        body[code_field] = json!(ask::open("Code of your authenticator app", "--code")?);
        answer = send(&body)?;
    }
    let hint = match answer.problem() {
        Some(problem) if problem.word() == "code-needed" => " Give --code.",
        Some(problem) if problem.is_about("guest") => " Give --bring or --leave.",
        _ => "",
    };
    answer.checked(&api.server).map_err(|failure| Failure {
        told: failure.told + hint,
        ..failure
    })
}

/// Ends this device, and forgets its tokens. A personal token is forgotten only.
pub fn logout(force: bool, remote: &Remote, clock: &Clock) -> Result<String, Failure> {
    if remote.token.is_some() {
        let told = "a token that is given with each command is not remembered; there is nothing to sign out of";
        return Err(Failure::new(Exit::Usage, told));
    }
    let connection = Connection::open(remote, clock)?;
    let server = connection.server().to_owned();
    let keeper = Keeper::of_user()?;
    if let Some(Access::Device { .. }) = keeper.load()?.servers.get(&server) {
        match end(&connection, force) {
            // Ended already.
            Err(failure) if failure.exit == Exit::NotSignedIn => {}
            Err(failure) if failure.exit == Exit::Unreachable && force => {}
            ended => ended?,
        }
    }
    keeper.change(|known| {
        known.remove(&server);
        Ok(())
    })?;
    if remote.json {
        return Ok("null\n".to_owned());
    }
    Ok(format!("Signed out of {server}.\n"))
}

fn end(connection: &Connection, force: bool) -> Result<(), Failure> {
    let ended = connection.call(&sign_out(force));
    ended.map(drop).map_err(|failure| {
        let problem = failure.answer.as_deref().map(serde_json::from_str);
        match problem {
            Some(Ok::<Problem, _>(problem)) if problem.is_about("abandon") => {
                let told = "you are a guest: once signed out, nobody gets at your sessions again. \
                            Sign in with --bring to keep them, or say: stint logout --force";
                Failure {
                    told: told.to_owned(),
                    ..failure
                }
            }
            _ => failure,
        }
    })
}

/// Ends this device; also the only one of a guest, if its sessions are to be abandoned.
fn sign_out(abandon: bool) -> Call {
    Call::post("/logout", json!({ "abandon": abandon }))
}
