//! How the client tells about sessions.

use super::answer::{Project, Session};
use crate::{
    domain::{HourFormat, Instant, Name, Seconds, ZoneName, date, local, local::Offsets},
    server::zone,
};

/// Text from the server without what would steer the terminal.
pub fn plain(text: &str) -> String {
    let harmless = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(harmless).collect()
}

/// A name in quotes.
pub fn quoted(name: &str) -> String {
    Name::new(&plain(name)).map_or_else(|_| format!("“{}”", plain(name)), |name| name.quoted())
}

/// What is written after `Started` and the like: nothing for a session without a name.
pub fn called(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" {}", quoted(name))
    }
}

/// ` (acme/web #bug, billable)`: what a session belongs to; nothing for one that belongs nowhere.
pub fn belonging(session: &Session, project: Option<Project>) -> String {
    let path = project.map(|Project { name, client }| match client {
        Some(client) => format!("{client}/{name}"),
        None => name,
    });
    let tags = session.tags.iter().map(|tag| format!("#{tag}"));
    let place: Vec<String> = path.into_iter().chain(tags).collect();
    let billable = session.billable.then(|| "billable".to_owned());
    let said = (!place.is_empty()).then(|| place.join(" "));
    let said: Vec<String> = said.into_iter().chain(billable).collect();
    if said.is_empty() {
        String::new()
    } else {
        format!(" ({})", plain(&said.join(", ")))
    }
}

/// `13:04` in the zone.
pub fn time(at: Instant, zone: &str) -> String {
    offsets(zone, at).time(at, HourFormat::TwentyFour)
}

/// `13:04`, or `Thu 19 Nov 13:04` if that is another day than that of `now`.
pub fn time_before(at: Instant, now: Instant, zone: &str) -> String {
    let local = offsets(zone, at).local(at);
    let time = local::time_of_day(local, HourFormat::TwentyFour);
    if local.date() == offsets(zone, now).local(now).date() {
        time
    } else {
        format!("{} {time}", date::short(local.date()))
    }
}

/// `from 13:04 to 14:10`, with the day of the begin unless that is today, and of the end unless it is the same.
pub fn times(from: Instant, to: Instant, now: Instant, zone: &str) -> String {
    let begin = time_before(from, now, zone);
    format!("from {begin} to {}", time_before(to, from, zone))
}

fn offsets(zone: &str, at: Instant) -> Offsets {
    let zone = ZoneName::try_from(zone.to_owned()).unwrap_or_else(|_| ZoneName::utc());
    zone::offsets(&zone, at, at)
}

/// `“fix login” runs for 0:12:05, since 13:04.`
pub fn running(session: &Session) -> String {
    let since = time_before(session.started_at, session.end(), &session.time_zone);
    let name = quoted(&session.name);
    format!(
        "{name} runs for {}, since {since}.\n",
        Seconds(session.seconds)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::session::instant;

    #[test]
    fn a_time_of_another_day_says_which() {
        let at = |seconds: i64| instant(1_795_219_200 + seconds).unwrap();
        let check = |from, zone, expected| {
            assert_eq!(
                time_before(at(from), at(0), zone),
                expected,
                "{from} {zone}"
            );
        };
        // Saturday 21 November 2026, 00:00 in UTC.
        check(0, "UTC", "00:00");
        check(-1, "UTC", "Fri 20 Nov 23:59");
        check(-1, "Europe/Berlin", "00:59");
        check(-3601, "Europe/Berlin", "Fri 20 Nov 23:59");
        check(-1, "Nowhere/AtAll", "Fri 20 Nov 23:59");
        for (from, to, expected) in [
            (60, 120, "from 00:01 to 00:02"),
            (-120, -60, "from Fri 20 Nov 23:58 to 23:59"),
            (-60, 60, "from Fri 20 Nov 23:59 to Sat 21 Nov 00:01"),
        ] {
            assert_eq!(times(at(from), at(to), at(3600), "UTC"), expected);
        }
    }

    #[test]
    fn names_do_not_steer_the_terminal() {
        assert_eq!(quoted("fix login"), "“fix login”");
        assert_eq!(quoted(""), "“(no name)”");
        assert_eq!(quoted("a\u{1b}[2Jb\nc"), "“a\u{fffd}[2Jb\u{fffd}c”");
        assert_eq!(quoted("\u{202e}x"), "“\u{2068}\u{202e}x\u{2069}”");
        assert_eq!(called(""), "");
        assert_eq!(called("a"), " “a”");
    }
}
