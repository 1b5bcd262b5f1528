//! Starting, stopping, seeing what runs, undoing.

use super::{
    access::Connection,
    answer::{Change, Done, Project, Session, Snapshot},
    api::{Answer, Call},
    failure::{Exit, Failure},
    words,
};
use crate::domain::{Instant, Seconds};
use serde_json::json;

/// Starts what a line says, or saves it, where the line has a time that is over. The session's id is
/// made here, so that it is made once.
pub fn start(connection: &Connection, line: &str) -> Result<String, Failure> {
    let id = connection.new_id();
    let body = json!({ "id": id.to_string(), "entry": line });
    let answer = connection.call(&Call::post("/sessions", body).once(id))?;
    tell(connection, answer, |session: Session| {
        let (now, zone) = (connection.now(), &session.time_zone);
        let (name, begin) = (words::called(&session.name), session.started_at);
        let place = words::belonging(&session, project(connection, &session));
        match session.stopped_at {
            None => {
                let at = words::time_before(begin, now, zone);
                format!("Started{name}{place} at {at}.\n")
            }
            Some(end) => {
                let times = words::times(begin, end, now, zone);
                format!("Saved{name}{place} {times}.\n")
            }
        }
    })
}

/// The project of a session, where there is one; it was started, whether this can be told or not.
fn project(connection: &Connection, session: &Session) -> Option<Project> {
    let path = format!("/projects/{}", session.project_id.as_ref()?);
    let answer = connection.call(&Call::get(path)).ok()?;
    connection.read(&answer).ok()
}

/// Stops what runs.
pub fn stop(connection: &Connection) -> Result<String, Failure> {
    let running: Session = connection.read(&running(connection)?)?;
    let call = Call::post(format!("/sessions/{}/stop", running.id), json!({}));
    let answer = connection.call(&call.once(connection.new_id()))?;
    tell(connection, answer, |session: Session| {
        let at = words::time_before(session.end(), connection.now(), &session.time_zone);
        let length = Seconds(session.seconds);
        let name = words::called(&session.name);
        format!("Stopped{name} at {at} after {length}.\n")
    })
}

/// Tells what runs.
pub fn status(connection: &Connection) -> Result<String, Failure> {
    let answer = running(connection)?;
    tell(connection, answer, |session: Session| {
        words::running(&session)
    })
}

fn running(connection: &Connection) -> Result<Answer, Failure> {
    let answer = connection.call(&Call::get("/sessions/running"))?;
    if answer.status == 204 {
        return Err(Failure {
            answer: Some("null".to_owned()),
            ..Failure::new(Exit::NothingRuns, "nothing is running")
        });
    }
    Ok(answer)
}

/// Through what was done.
#[derive(Clone, Copy)]
pub enum Step {
    Undo,
    Redo,
}

/// Takes back what was done last, or does it again.
pub fn step(connection: &Connection, step: Step) -> Result<String, Failure> {
    let (path, told) = match step {
        Step::Undo => ("/undo", "Undone"),
        Step::Redo => ("/redo", "Done again"),
    };
    let call = Call::post(path, json!({})).once(connection.new_id());
    let answer = connection.call(&call)?;
    tell(connection, answer, |done: Done| {
        let now = connection.now();
        let changes = done.changes.iter();
        let changes: Vec<String> = changes.filter_map(|it| describe(it, now)).collect();
        match changes.is_empty() {
            true => format!("{told}.\n"),
            false => format!("{told}: {}.\n", changes.join("; ")),
        }
    })
}

/// What became of a session, in a few words.
fn describe(change: &Change, now: Instant) -> Option<String> {
    let (before, after) = match (&change.before, &change.after) {
        (Some(gone), None) => return Some(format!("{} is gone", words::quoted(&gone.name))),
        (None, Some(back)) => {
            return Some(format!(
                "{} is there, {}",
                words::quoted(&back.name),
                times(back, now)
            ));
        }
        (Some(before), Some(after)) => (before, after),
        (None, None) => return None,
    };
    let name = words::quoted(&after.name);
    if before.name != after.name {
        let was = words::quoted(&before.name);
        return Some(format!("{was} is called {name}"));
    }
    Some(format!("{name} is {}", times(after, now)))
}

/// `running since 13:04` or `from 13:04 to 14:10`.
fn times(session: &Snapshot, now: Instant) -> String {
    let (from, zone) = (session.started_at, &session.time_zone);
    match session.stopped_at {
        None => format!("running since {}", words::time_before(from, now, zone)),
        Some(to) => words::times(from, to, now, zone),
    }
}

/// The answer as it is, or in words.
fn tell<T: serde::de::DeserializeOwned>(
    connection: &Connection,
    answer: Answer,
    words: impl FnOnce(T) -> String,
) -> Result<String, Failure> {
    if connection.json {
        return Ok(answer.text + "\n");
    }
    connection.read(&answer).map(words)
}
