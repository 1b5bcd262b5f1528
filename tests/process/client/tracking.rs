//! A day's work at the terminal.

use super::*;
use chrono::NaiveDate;
use stint::domain::date;

/// Where a session began or ended, on a clock in UTC.
fn clock(session: &Value, field: &str) -> String {
    text(session, field)[11..16].to_owned()
}

#[test]
fn a_session_is_started_seen_stopped_and_taken_back() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    assert_eq!(guest.fails(4, &["status"]), "stint: nothing is running\n");
    assert_eq!(guest.fails(4, &["stop"]), "stint: nothing is running\n");

    let started = guest.says(&["start", "fix", "login"]);
    let running = guest.json(&["status"]);
    let since = clock(&running, "started_at");
    assert_eq!(running["name"], "fix login");
    assert_eq!(started, format!("Started “fix login” at {since}.\n"));
    let status = guest.says(&["status"]);
    assert!(status.starts_with("“fix login” runs for 0:00:"), "{status}");
    assert!(status.ends_with(&format!(", since {since}.\n")), "{status}");

    let stopped = guest.says(&["stop"]);
    let session = guest.json(&["list"])["sessions"][0].clone();
    let (seconds, to) = (
        session["seconds"].as_i64().unwrap(),
        clock(&session, "stopped_at"),
    );
    assert!(seconds < 60, "{session}");
    assert_eq!(
        stopped,
        format!("Stopped “fix login” at {to} after 0:00:{seconds:02}.\n")
    );
    guest.fails(4, &["status"]);

    let undone = guest.says(&["undo"]);
    assert_eq!(
        undone,
        format!("Undone: “fix login” is running since {since}.\n")
    );
    guest.says(&["status"]);
    let again = guest.says(&["redo"]);
    assert_eq!(
        again,
        format!("Done again: “fix login” is from {since} to {to}.\n")
    );
    guest.says(&["undo"]);
    assert_eq!(guest.says(&["undo"]), "Undone: “fix login” is gone.\n");
    let none_left = guest.fails(1, &["undo"]);
    assert!(none_left.contains("undo"), "{none_left}");

    let unnamed = guest.says(&["start"]);
    assert!(unnamed.starts_with("Started at "), "{unnamed}");
}

#[test]
fn a_line_says_what_a_session_belongs_to_and_when_it_was() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let started = guest.says(&["start", "fix login @acme/web #bug !"]);
    let since = clock(&guest.json(&["status"]), "started_at");
    let place = "(acme/web #bug, billable)";
    assert_eq!(
        started,
        format!("Started “fix login” {place} at {since}.\n")
    );
    let saved = guest.says(&["start", "9:30-11", "design", "#ux", "yesterday"]);
    let day = guest.json(&["undo"])["changes"][0]["before"].clone();
    guest.says(&["redo"]);
    let date: NaiveDate = text(&day, "started_at")[..10].parse().unwrap();
    let date = date::short(date);
    let times = format!("from {date} 09:30 to 11:00");
    assert_eq!(saved, format!("Saved “design” (#ux) {times}.\n"));
    guest.says(&["undo"]);
    let again = guest.says(&["redo"]);
    assert_eq!(again, format!("Done again: “design” is there, {times}.\n"));
    let running = guest.json(&["status"]);
    assert_eq!(running["name"], "fix login");
}

#[tokio::test]
async fn a_list_adds_up() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let token = text(&guest.kept(), "access_token");
    for (name, from, to) in [
        ("late", "2026-11-19T23:00:00Z", "2026-11-20T01:30:00Z"),
        ("early", "2026-11-16T08:00:00Z", "2026-11-16T08:00:05Z"),
    ] {
        let body = json!({"name": name, "started_at": from, "stopped_at": to});
        let saved = http::call(server.addr, "POST", "/sessions", &token, &body).await;
        assert_eq!(saved.0, 201, "{}", saved.1);
    }
    let day = "\
Friday 20 November 2026            1:30:00
  00:00–01:30     1:30:00  late

Total                              1:30:00
";
    assert_eq!(guest.says(&["list", "day", "2026-11-20"]), day);
    let week = guest.says(&["list", "week", "2026-11-20"]);
    assert!(
        week.contains("Monday 16 November 2026            0:00:05"),
        "{week}"
    );
    assert!(
        week.contains("\n  23:00–00:00     1:00:00  late\n"),
        "{week}"
    );
    assert!(
        week.ends_with("\nTotal                              2:30:05\n"),
        "{week}"
    );
    let month = guest.json(&["list", "month", "2026-11-20"]);
    assert_eq!(month["total_seconds"], 9005);
    assert_eq!(month["days"].as_array().unwrap().len(), 30);
    guest.fails(2, &["list", "year"]);
    guest.fails(2, &["list", "day", "20.11.2026"]);
}

/// More than one answer of the API holds.
#[tokio::test]
async fn a_long_list_is_whole() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let token = text(&guest.kept(), "access_token");
    let id = |number: usize| format!("019e0f3a-7c00-7000-8000-{number:012}");
    for batch in 0..6 {
        let commands: Vec<Value> = (batch * 100..batch * 100 + 100)
            .map(|number| {
                let at = format!("2026-11-20T{:02}:{:02}:00Z", number / 60, number % 60);
                let end = format!("2026-11-20T{:02}:{:02}:01Z", number / 60, number % 60);
                let draft =
                    json!({"name": number.to_string(), "started_at": at, "stopped_at": end});
                json!({"id": id(number), "at": end, "action": {"create": draft}})
            })
            .collect();
        let answer = http::call(server.addr, "POST", "/commands", &token, &json!(commands)).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
    }
    let list = guest.says(&["list", "day", "2026-11-20"]);
    let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(rows.len(), 600);
    assert_eq!(rows[599], "  09:59–09:59     0:00:01  599");
    assert!(list.ends_with("Total                              0:10:00\n"));
}

#[test]
fn json_is_what_the_server_answers_also_when_it_refuses() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let started = guest.json(&["start", "Report"]);
    for field in ["id", "created_at", "version", "running"] {
        assert!(!started[field].is_null(), "no {field} in {started}");
    }
    assert_eq!(guest.json(&["stop"])["id"], started["id"]);
    assert_eq!(
        guest.json(&["undo"])["changes"][0]["after"]["stopped_at"],
        Value::Null
    );
    guest.json(&["stop"]);

    let long = "x".repeat(501);
    let refused = guest.fails(1, &["start", &long]);
    assert!(refused.contains("500"), "{refused}");
    let refused = run(&mut guest.command(&["start", &long, "--json"]));
    assert_eq!(refused.status.code(), Some(1));
    let problem: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(problem["type"], "/docs#problem-invalid");
    assert_eq!(problem["errors"][0]["field"], "entry");

    let none = run(&mut guest.command(&["status", "--json"]));
    assert_eq!(
        (none.status.code(), none.stdout.as_slice()),
        (Some(4), &b"null\n"[..])
    );
}

#[test]
fn completions_are_scripts_of_the_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = told(0, run(stint().args(["completions", shell])));
        for word in ["status", "backup", "completions"] {
            assert!(script.contains(word), "{shell}: no {word}");
        }
    }
    complaint(2, run(stint().args(["completions", "abacus"])));
}
