//! Days as bars, side by side: a week, or a rolling window.

use super::day_scale::percent;
use crate::domain::{Bucket, DurationFormat, Period, Seconds, date};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use maud::html;

/// A bar as high as the plot, in hundredths of a percent.
const FULL: i64 = 10_000;
/// Days of less than this do not fill the plot even when they are the longest: four hours.
const LEAST_SCALE: i64 = 4 * 3600;
/// Up to as many days are labelled by weekday and have their durations written above.
const FEW: usize = 10;

/// One bar for each of `days`, each a link to its day. `seconds` has one entry for each day.
#[component]
pub fn WeekBars(
    days: Vec<Bucket>,
    #[prop(into)] seconds: Signal<Vec<i64>>,
    today: NaiveDate,
    format: DurationFormat,
) -> impl IntoView {
    let many = days.len() > FEW;
    let shape = match days.len() {
        8 => "week-bars week-bars-8",
        _ if many => "week-bars week-bars-many",
        _ => "week-bars",
    };
    let scale = Memo::new(move |_| seconds.with(|seconds| scale(seconds)));
    let bars = days.into_iter().enumerate().map(|(index, day)| {
        let date = day.date;
        let label = if many { date.day().to_string() } else { weekday_letters(date) };
        let bar = move || {
            let value = seconds.with(|seconds| seconds.get(index).copied().unwrap_or(0));
            let height = share(value, scale.get());
            let top = percent(FULL - height);
            html! {
                svg.bar-plot aria-hidden="true" focusable="false" {
                    rect.bar width="100%" rx="4" y=(top) height=(percent(height)) {}
                    text.bar-value x="50%" y=(top) dy="-6" text-anchor="middle" {
                        @if value > 0 { (Seconds(value).written(format)) }
                    }
                }
                span.bar-label aria-hidden="true" { (label) }
                span.visually-hidden { (spoken(date, value, date == today)) }
            }
            .into_string()
        };
        let class = if date == today { "bar-day bar-today" } else { "bar-day" };
        view! {
            <li class=class><a class="bar-link" href=Period::Day(date).path() inner_html=bar></a></li>
        }
        .into_any()
    });
    view! { <ol class=shape>{bars.collect_view()}</ol> }.into_any()
}

/// The seconds that a bar as high as the plot stands for.
pub(super) fn scale(seconds: &[i64]) -> i64 {
    seconds.iter().copied().max().unwrap_or(0).max(LEAST_SCALE)
}

/// `Friday 20 November: 5 h 46 min, today`.
pub(super) fn spoken(date: NaiveDate, seconds: i64, is_today: bool) -> String {
    let length = if seconds > 0 {
        Seconds(seconds).spoken()
    } else {
        "nothing tracked".to_owned()
    };
    format!(
        "{}: {length}{}",
        date::day_and_month(date),
        if is_today { ", today" } else { "" }
    )
}

/// `Mo`.
pub(super) fn weekday_letters(date: NaiveDate) -> String {
    date::weekday(date)[..2].to_owned()
}

/// The height of a bar; what was tracked at all is visible.
fn share(seconds: i64, scale: i64) -> i64 {
    const LEAST: i64 = 150;
    if seconds <= 0 {
        0
    } else {
        (seconds * FULL / scale).clamp(LEAST, FULL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_day_fills_the_plot_unless_it_is_short() {
        assert_eq!(share(9 * 3600, scale(&[9 * 3600, 3600])), FULL);
        assert_eq!(share(3600, scale(&[3600])), FULL / 4);
        assert_eq!(share(1, scale(&[1])), 150);
        assert_eq!(share(0, scale(&[])), 0);
    }

    #[test]
    fn a_day_is_spoken_in_words() {
        let friday = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(
            spoken(friday, 5 * 3600 + 46 * 60, true),
            "Friday 20 November: 5 h 46 min, today"
        );
        assert_eq!(
            spoken(friday, 0, false),
            "Friday 20 November: nothing tracked"
        );
        assert_eq!(weekday_letters(friday), "Fr");
    }
}
