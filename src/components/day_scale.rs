//! Where the moments of a day are drawn, in hundredths of a percent of its length.

use super::swatch::hue;
use crate::domain::{Bucket, Catalog, HourFormat, Instant, Offsets, Session};
use chrono::{NaiveTime, TimeDelta, Timelike};

/// A whole day.
const WHOLE: i64 = 10_000;
/// The least a session is drawn with, so that a short one stays visible.
const LEAST: i64 = 30;
/// Hours between two labels.
const LABEL_HOURS: u32 = 3;
/// Most sessions drawn above each other; more of them share lanes.
const MOST_LANES: usize = 4;

/// A session as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) x: i64,
    pub(super) width: i64,
    pub(super) lane: i64,
    /// How many lanes the sessions that overlap here take.
    pub(super) lanes: i64,
    /// The class of its colour.
    pub(super) hue: &'static str,
    pub(super) name: String,
}

fn x_of(day: &Bucket, at: Instant) -> i64 {
    (at - day.from).num_seconds().clamp(0, day.length()) * WHOLE / day.length().max(1)
}

/// The sessions that have a moment in `day`, clipped to it, in lanes where they overlap.
pub(super) fn blocks(
    day: &Bucket,
    sessions: &[Session],
    catalog: &Catalog,
    now: Instant,
) -> Vec<Block> {
    let mut inside: Vec<&Session> = sessions
        .iter()
        .filter(|session| day.seconds(&session.span, now) > 0)
        .collect();
    inside.sort_by_key(|session| (session.span.from(), session.id));
    let mut drawn: Vec<Block> = Vec::with_capacity(inside.len());
    let mut lane_ends: Vec<Instant> = Vec::new();
    let mut group = 0;
    for session in inside {
        let (from, end) = (session.span.from(), session.span.end(now));
        if lane_ends.iter().all(|lane_end| *lane_end <= from) {
            lane_ends.clear();
            group = drawn.len();
        }
        let free = lane_ends.iter().position(|lane_end| *lane_end <= from);
        let lane = free.unwrap_or(lane_ends.len());
        lane_ends.resize(lane_ends.len().max(lane + 1), end);
        lane_ends[lane] = end;
        let end_x = x_of(day, end).max(LEAST);
        let x = x_of(day, from).min(end_x - LEAST);
        drawn.push(Block {
            x,
            width: end_x - x,
            lane: (lane % MOST_LANES) as i64,
            lanes: 1,
            hue: hue(session, catalog),
            name: session.name.shown().to_owned(),
        });
        let lanes = lane_ends.len().min(MOST_LANES) as i64;
        drawn[group..]
            .iter_mut()
            .for_each(|block| block.lanes = lanes);
    }
    drawn
}

/// Where the line of the present stands; `None` on other days.
pub(super) fn now_line(day: &Bucket, now: Instant) -> Option<i64> {
    (day.from <= now && now < day.to).then(|| x_of(day, now))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HourLabel {
    pub(super) x: i64,
    pub(super) text: String,
    /// Whether the label can be left out where there is little room.
    minor: bool,
}

impl HourLabel {
    pub(super) fn is_inside(&self) -> bool {
        0 < self.x && self.x < WHOLE
    }

    pub(super) fn anchor(&self) -> &'static str {
        match self.x {
            ..150 => "start",
            9850.. => "end",
            _ => "middle",
        }
    }

    pub(super) fn class(&self) -> &'static str {
        if self.minor {
            "strip-hour strip-hour-minor"
        } else {
            "strip-hour"
        }
    }
}

/// Every third hour that a wall clock shows during `day`, where it shows it.
pub(super) fn hour_labels(day: &Bucket, offsets: &Offsets, hours: HourFormat) -> Vec<HourLabel> {
    const QUARTER: i64 = 900;
    let mut labels: Vec<HourLabel> = Vec::new();
    let mut labelled_until = day.from;
    for quarter in 0..=day.length() / QUARTER {
        let at = day.from + TimeDelta::seconds(quarter * QUARTER);
        let time = offsets.local(at).time();
        // An hour that the clock shows twice is labelled once.
        if !time.hour().is_multiple_of(LABEL_HOURS) || time.minute() >= 15 || at < labelled_until {
            continue;
        }
        labelled_until = at + TimeDelta::hours(i64::from(LABEL_HOURS) - 1);
        let last = at == day.to;
        labels.push(HourLabel {
            x: x_of(day, at),
            text: hour_text(time, last, hours),
            minor: !time.hour().is_multiple_of(6),
        });
    }
    labels
}

/// `00`, `15`, and `24` for a midnight that ends the day; or `12 am`, `3 pm`.
fn hour_text(time: NaiveTime, last: bool, hours: HourFormat) -> String {
    match hours {
        HourFormat::TwentyFour if last && time.hour() == 0 => "24".to_owned(),
        HourFormat::TwentyFour => format!("{:02}", time.hour()),
        HourFormat::Twelve => {
            let (afternoon, hour) = time.hour12();
            format!("{hour} {}", if afternoon { "pm" } else { "am" })
        }
    }
}

/// `1234` as `12.34%`.
pub(super) fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, SessionId, Span, Work, ZoneName};

    fn at(text: &str) -> Instant {
        format!("{text}:00Z").parse().unwrap()
    }

    fn day(from: &str, to: &str) -> Bucket {
        let (from, to) = (at(from), at(to));
        Bucket {
            date: from.date_naive(),
            from,
            to,
        }
    }

    fn session(name: &str, from: &str, to: Option<&str>) -> Session {
        let span = match to {
            Some(to) => Span::done(at(from), at(to)).unwrap(),
            None => Span::Running { since: at(from) },
        };
        let id = SessionId::new(at(from));
        Session {
            id,
            name: Name::new(name).unwrap(),
            span,
            zone: ZoneName::utc(),
            overlap_kept_at: None,
            reached_at: None,
            version: 1,
            work: Work::default(),
        }
    }

    fn check_blocks(sessions: &[Session], now: &str, expected: &[(i64, i64, i64, i64)]) {
        let day = day("2026-11-20T00:00", "2026-11-21T00:00");
        let drawn: Vec<_> = blocks(&day, sessions, &Catalog::default(), at(now))
            .iter()
            .map(|b| (b.x, b.width, b.lane, b.lanes))
            .collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn sessions_are_drawn_to_scale_and_clipped_to_the_day() {
        let night = session("night", "2026-11-19T22:00", Some("2026-11-20T06:00"));
        let noon = session("noon", "2026-11-20T12:00", None);
        let other_day = session("other", "2026-11-18T12:00", Some("2026-11-18T13:00"));
        check_blocks(
            &[noon, night, other_day],
            "2026-11-20T18:00",
            &[(0, 2500, 0, 1), (5000, 2500, 0, 1)],
        );
    }

    #[test]
    fn a_short_session_stays_visible_and_inside() {
        check_blocks(
            &[session(
                "late",
                "2026-11-20T23:59",
                Some("2026-11-21T00:00"),
            )],
            "2026-11-21T12:00",
            &[(WHOLE - LEAST, LEAST, 0, 1)],
        );
    }

    #[test]
    fn overlapping_sessions_get_lanes_and_the_next_ones_the_full_height() {
        let sessions = [
            session("a", "2026-11-20T00:00", Some("2026-11-20T06:00")),
            session("b", "2026-11-20T03:00", Some("2026-11-20T09:00")),
            session("c", "2026-11-20T06:00", Some("2026-11-20T07:12")),
            session("d", "2026-11-20T09:00", Some("2026-11-20T12:00")),
        ];
        check_blocks(
            &sessions,
            "2026-11-20T18:00",
            &[
                (0, 2500, 0, 2),
                (1250, 2500, 1, 2),
                (2500, 500, 0, 2),
                (3750, 1250, 0, 1),
            ],
        );
    }

    fn check_labels(day: Bucket, offsets: &Offsets, hours: HourFormat, expected: &str) {
        let labels = hour_labels(&day, offsets, hours);
        let written: Vec<String> = labels
            .iter()
            .map(|label| format!("{}@{}", label.text, label.x))
            .collect();
        assert_eq!(written.join(" "), expected);
    }

    #[test]
    fn labels_stand_where_a_wall_clock_shows_them() {
        let plain = day("2026-11-20T00:00", "2026-11-21T00:00");
        check_labels(
            plain,
            &Offsets::utc(),
            HourFormat::TwentyFour,
            "00@0 03@1250 06@2500 09@3750 12@5000 15@6250 18@7500 21@8750 24@10000",
        );
        check_labels(
            plain,
            &Offsets::utc(),
            HourFormat::Twelve,
            "12 am@0 3 am@1250 6 am@2500 9 am@3750 12 pm@5000 3 pm@6250 6 pm@7500 9 pm@8750 12 am@10000",
        );
    }

    #[test]
    fn labels_follow_the_changes_of_summer_time() {
        // Berlin: 2026-03-29 has 23 hours, 2026-10-25 has 25.
        let spring = Offsets::new(3600, [(at("2026-03-29T01:00").timestamp(), 7200)]);
        check_labels(
            day("2026-03-28T23:00", "2026-03-29T22:00"),
            &spring,
            HourFormat::TwentyFour,
            "00@0 03@869 06@2173 09@3478 12@4782 15@6086 18@7391 21@8695 24@10000",
        );
        let autumn = Offsets::new(7200, [(at("2026-10-25T01:00").timestamp(), 3600)]);
        check_labels(
            day("2026-10-24T22:00", "2026-10-25T23:00"),
            &autumn,
            HourFormat::TwentyFour,
            "00@0 03@1600 06@2800 09@4000 12@5200 15@6400 18@7600 21@8800 24@10000",
        );
    }

    #[test]
    fn a_day_that_begins_at_four_is_labelled_from_six() {
        check_labels(
            day("2026-11-20T04:00", "2026-11-21T04:00"),
            &Offsets::utc(),
            HourFormat::TwentyFour,
            "06@833 09@2083 12@3333 15@4583 18@5833 21@7083 00@8333 03@9583",
        );
    }
}
