//! The sessions of a period, day by day.

use super::{
    access::Connection,
    answer::{Day, Listing, Overview, Session},
    api::Call,
    command_line::Span,
    failure::Failure,
    words,
};
use crate::domain::{Seconds, date};
use chrono::{NaiveDate, SecondsFormat};
use std::fmt::Write;

/// Lists a period: the one around `date`, or around today.
pub fn list(
    connection: &Connection,
    span: Span,
    date: Option<NaiveDate>,
) -> Result<String, Failure> {
    let date = date.map(|date| format!("&date={date}")).unwrap_or_default();
    let path = format!("/overview?period={}{date}", span.word());
    let answer = connection.call(&Call::get(path))?;
    if connection.json {
        return Ok(answer.text + "\n");
    }
    let mut overview: Overview = connection.read(&answer)?;
    while let Some(cursor) = overview.next_cursor.take() {
        let at = |moment: crate::domain::Instant| moment.to_rfc3339_opts(SecondsFormat::Secs, true);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("from", &at(overview.from))
            .append_pair("to", &at(overview.to))
            .append_pair("limit", "500")
            .append_pair("cursor", &cursor)
            .finish();
        let answer = connection.call(&Call::get(format!("/sessions?{query}")))?;
        let part: Listing = connection.read(&answer)?;
        overview.sessions.extend(part.items);
        overview.next_cursor = part.next_cursor;
    }
    Ok(written(&overview))
}

/// Each day with what lies in it, so that the rows add up to the day and the days to the total.
fn written(overview: &Overview) -> String {
    let mut text = String::new();
    for day in &overview.days {
        let rows: Vec<_> = overview
            .sessions
            .iter()
            .rev()
            .filter_map(|session| row(session, day, &overview.time_zone))
            .collect();
        if !rows.is_empty() {
            let total = Seconds(day.seconds).to_string();
            let _ = writeln!(text, "{:<32}{total:>10}", date::long(day.date));
            text.extend(rows);
            text.push('\n');
        }
    }
    let total = Seconds(overview.total_seconds);
    let _ = writeln!(text, "{:<32}{:>10}", "Total", total.to_string());
    text
}

/// What lies in the day of a session, if anything does.
fn row(session: &Session, day: &Day, zone: &str) -> Option<String> {
    let (start, end) = (session.started_at, session.end());
    let touches = start < day.to && (end > day.from || start >= day.from);
    if !touches {
        return None;
    }
    let (from, to) = (start.max(day.from), end.min(day.to));
    let begin = words::time(from, zone);
    let end = match session.stopped_at {
        None if end <= day.to => "     ".to_owned(),
        _ => words::time(to, zone),
    };
    let length = Seconds((to - from).num_seconds()).to_string();
    let name = match session.name.as_str() {
        "" => "(no name)".to_owned(),
        name => words::plain(name),
    };
    Some(format!("  {begin}–{end}  {length:>10}  {name}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn session(name: &str, from: &str, to: Option<&str>, seconds: i64) -> serde_json::Value {
        json!({
            "id": "1", "name": name, "started_at": from, "stopped_at": to, "seconds": seconds,
            "time_zone": "UTC",
        })
    }

    #[test]
    fn rows_add_up_to_their_day_and_days_to_the_total() {
        let overview = json!({
            "from": "2026-11-18T23:00:00Z", "to": "2026-11-21T23:00:00Z", "time_zone": "Europe/Berlin",
            "total_seconds": 11_105, "next_cursor": null,
            "days": [
                {"date": "2026-11-19", "from": "2026-11-18T23:00:00Z", "to": "2026-11-19T23:00:00Z", "seconds": 3600},
                {"date": "2026-11-20", "from": "2026-11-19T23:00:00Z", "to": "2026-11-20T23:00:00Z", "seconds": 7505},
                {"date": "2026-11-21", "from": "2026-11-20T23:00:00Z", "to": "2026-11-21T23:00:00Z", "seconds": 0},
            ],
            "sessions": [
                session("", "2026-11-20T12:04:00Z", None, 305),
                session("late", "2026-11-19T22:00:00Z", Some("2026-11-20T01:00:00Z"), 10_800),
            ],
        });
        let overview: Overview = serde_json::from_value(overview).unwrap();
        let expected = "\
Thursday 19 November 2026          1:00:00
  23:00–00:00     1:00:00  late

Friday 20 November 2026            2:05:05
  00:00–02:00     2:00:00  late
  13:04–          0:05:05  (no name)

Total                              3:05:05
";
        assert_eq!(written(&overview), expected);
    }

    #[test]
    fn nothing_is_nothing() {
        let overview = json!({
            "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z", "time_zone": "UTC",
            "total_seconds": 0, "next_cursor": null, "sessions": [],
            "days": [{"date": "2026-11-20", "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z", "seconds": 0}],
        });
        let overview: Overview = serde_json::from_value(overview).unwrap();
        assert_eq!(
            written(&overview),
            "Total                              0:00:00\n"
        );
    }
}
