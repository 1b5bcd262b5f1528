//! A day drawn to scale: its hours, its sessions, and the moment it is now.

use super::day_scale::{Block, HourLabel, blocks, hour_labels, now_line, percent};
use crate::domain::{Bucket, Catalog, HourFormat, Instant, Offsets, Seconds, Session, date};
use leptos::prelude::*;
use maud::{Markup, html};

/// Heights in pixels: the band, the margin of the sessions in it, and all with the labels below.
const BAND: i64 = 56;
const MARGIN: i64 = 8;
const HEIGHT: i64 = 80;

/// The sessions of `day` on a strip as long as the day, be it of 23, 24 or 25 hours.
///
/// Read aloud it is one sentence; the list beside it has the details.
#[component]
pub fn DayStrip(
    day: Bucket,
    #[prop(into)] sessions: Signal<Vec<Session>>,
    #[prop(into)] catalog: Signal<Catalog>,
    #[prop(into)] now: Signal<Instant>,
    offsets: Offsets,
    hours: HourFormat,
) -> impl IntoView {
    let labels = hour_labels(&day, &offsets, hours);
    let text = Memo::new(move |_| sessions.with(|sessions| spoken(&day, sessions, now.get())));
    let blocks = Memo::new(move |_| {
        let now = now.get();
        sessions.with(|sessions| catalog.with(|catalog| blocks(&day, sessions, catalog, now)))
    });
    let now_at = Memo::new(move |_| now_line(&day, now.get()));
    let drawing = move || drawing(&labels, &blocks.get(), now_at.get()).into_string();
    view! {
        <svg class="day-strip" role="img" aria-label=text width="100%" height=HEIGHT inner_html=drawing></svg>
    }
    .into_any()
}

/// What is in the picture; drawn as text, since nothing in it listens.
fn drawing(labels: &[HourLabel], blocks: &[Block], now_at: Option<i64>) -> Markup {
    html! {
        rect.strip-band width="100%" height=(BAND) rx="8" {}
        @for x in labels.iter().filter(|label| label.is_inside()).map(|label| percent(label.x)) {
            line.strip-tick x1=(x) x2=(x) y1="0" y2=(BAND) {}
        }
        @for block in blocks {
            @let lane_height = (BAND - 2 * MARGIN) / block.lanes;
            rect.{ "strip-session " (block.hue) } x=(percent(block.x)) y=(MARGIN + block.lane * lane_height)
                width=(percent(block.width)) height=(lane_height) rx="4" {
                title { (block.name) }
            }
        }
        @if let Some(x) = now_at.map(percent) {
            line.strip-now x1=(x) x2=(x) y1="0" y2=(BAND) {}
        }
        @for label in labels {
            text.(label.class()) x=(percent(label.x)) y=(HEIGHT - MARGIN / 2) text-anchor=(label.anchor()) { (label.text) }
        }
    }
}

/// `Friday 20 November: 5 h 46 min in 4 sessions`.
fn spoken(day: &Bucket, sessions: &[Session], now: Instant) -> String {
    let date = date::day_and_month(day.date);
    let parts: Vec<i64> = sessions
        .iter()
        .map(|session| day.seconds(&session.span, now))
        .filter(|part| *part > 0)
        .collect();
    let total = Seconds(parts.iter().sum()).spoken();
    match parts.len() {
        0 => format!("{date}: nothing tracked"),
        1 => format!("{date}: {total} in 1 session"),
        count => format!("{date}: {total} in {count} sessions"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, SessionId, Span, Work, ZoneName};

    #[test]
    fn the_sentence_counts_what_lies_in_the_day() {
        let at = |text: &str| format!("2026-11-{text}:00Z").parse::<Instant>().unwrap();
        let day = Bucket {
            date: at("20T00:00").date_naive(),
            from: at("20T00:00"),
            to: at("21T00:00"),
        };
        let session = Session {
            id: SessionId::new(at("20T08:00")),
            name: Name::default(),
            span: Span::done(at("20T23:00"), at("21T09:30")).unwrap(),
            zone: ZoneName::utc(),
            overlap_kept_at: None,
            reached_at: None,
            version: 1,
            work: Work::default(),
        };
        let now = at("21T12:00");
        assert_eq!(
            spoken(&day, &[session], now),
            "Friday 20 November: 1 h in 1 session"
        );
        assert_eq!(
            spoken(&day, &[], now),
            "Friday 20 November: nothing tracked"
        );
    }
}
