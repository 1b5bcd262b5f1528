//! A calendar whose days are the warmer the more was tracked.

use super::week_bars::{scale, spoken, weekday_letters};
use crate::domain::{Bucket, DurationFormat, Period, Seconds, date};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use leptos::prelude::*;

/// `days`, in weeks that begin on `week_start`, each a link to its day with its duration.
/// `seconds` has one entry for each day.
#[component]
pub fn MonthMap(
    days: Vec<Bucket>,
    #[prop(into)] seconds: Signal<Vec<i64>>,
    week_start: Weekday,
    today: NaiveDate,
    format: DurationFormat,
) -> impl IntoView {
    let scale = Memo::new(move |_| seconds.with(|seconds| scale(seconds)));
    let weeks = weeks(&days, week_start);
    let header = week_from(week_start).map(|date| {
        view! { <th scope="col"><abbr title=date::weekday(date)>{weekday_letters(date)}</abbr></th> }.into_any()
    });
    let cell = move |(index, day): (usize, Bucket)| {
        let date = day.date;
        let value =
            Memo::new(move |_| seconds.with(|seconds| seconds.get(index).copied().unwrap_or(0)));
        let class = move || format!("map-day heat-{}", heat(value.get(), scale.get()));
        view! {
            <a class=class class:map-today=date == today href=Period::Day(date).path()>
                <svg class="map-heat" aria-hidden="true" focusable="false"><rect width="100%" height="100%" rx="4"></rect></svg>
                <span class="map-date" aria-hidden="true">{date.day()}</span>
                <span class="map-value" aria-hidden="true">
                    {move || (value.get() > 0).then(|| Seconds(value.get()).written(format))}
                </span>
                <span class="visually-hidden">{move || spoken(date, value.get(), date == today)}</span>
            </a>
        }
        .into_any()
    };
    let rows = weeks.into_iter().map(|week| {
        view! { <tr>{week.into_iter().map(|day| view! { <td>{day.map(cell)}</td> }.into_any()).collect_view()}</tr> }.into_any()
    });
    view! {
        <table class="month-map">
            // The columns are known before the cells have arrived.
            <colgroup span="7"></colgroup>
            <thead><tr>{header.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Seven dates of any week that begins on `week_start`, for the names of its days.
fn week_from(week_start: Weekday) -> impl Iterator<Item = NaiveDate> {
    let monday = NaiveDate::default()
        - Days::new(u64::from(
            NaiveDate::default().weekday().days_since(Weekday::Mon),
        ));
    let first = monday + Days::new(u64::from(week_start.days_since(Weekday::Mon)));
    (0..7).map(move |day| first + Days::new(day))
}

/// Rows of seven: each day with its index, `None` before the first and after the last.
fn weeks(days: &[Bucket], week_start: Weekday) -> Vec<Vec<Option<(usize, Bucket)>>> {
    let before = days
        .first()
        .map_or(0, |day| day.date.weekday().days_since(week_start) as usize);
    let mut cells: Vec<Option<(usize, Bucket)>> = vec![None; before];
    cells.extend(days.iter().copied().enumerate().map(Some));
    cells.resize(cells.len().next_multiple_of(7), None);
    cells.chunks(7).map(<[_]>::to_vec).collect()
}

/// 0 for nothing tracked, then 1 to 5 by fifths of the scale.
fn heat(seconds: i64, scale: i64) -> i64 {
    if seconds <= 0 {
        0
    } else {
        (seconds * 5 - 1) / scale + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: &str, count: u64) -> Vec<Bucket> {
        let first: NaiveDate = first.parse().unwrap();
        let midnight = |date: NaiveDate| date.and_hms_opt(0, 0, 0).unwrap().and_utc();
        let bucket = |date| Bucket {
            date,
            from: midnight(date),
            to: midnight(date + Days::new(1)),
        };
        (0..count)
            .map(|day| bucket(first + Days::new(day)))
            .collect()
    }

    fn check(first: &str, count: u64, week_start: Weekday, expected: &[&str]) {
        let written = |week: &Vec<Option<(usize, Bucket)>>| {
            let cell = |cell: &Option<(usize, Bucket)>| {
                cell.map_or("-".to_owned(), |(_, day)| day.date.day().to_string())
            };
            week.iter().map(cell).collect::<Vec<_>>().join(" ")
        };
        let rows: Vec<String> = weeks(&days(first, count), week_start)
            .iter()
            .map(written)
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_month_is_laid_out_in_weeks() {
        check(
            "2026-11-01",
            30,
            Weekday::Mon,
            &[
                "- - - - - - 1",
                "2 3 4 5 6 7 8",
                "9 10 11 12 13 14 15",
                "16 17 18 19 20 21 22",
                "23 24 25 26 27 28 29",
                "30 - - - - - -",
            ],
        );
        check(
            "2026-02-01",
            28,
            Weekday::Sun,
            &[
                "1 2 3 4 5 6 7",
                "8 9 10 11 12 13 14",
                "15 16 17 18 19 20 21",
                "22 23 24 25 26 27 28",
            ],
        );
    }

    #[test]
    fn the_header_begins_with_the_first_day_of_the_week() {
        let letters = |first| {
            week_from(first)
                .map(weekday_letters)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(letters(Weekday::Mon), "Mo Tu We Th Fr Sa Su");
        assert_eq!(letters(Weekday::Sat), "Sa Su Mo Tu We Th Fr");
    }

    #[test]
    fn warmth_goes_by_fifths() {
        let levels: Vec<i64> = [0, 1, 20, 21, 40, 41, 60, 80, 81, 100]
            .iter()
            .map(|s| heat(*s, 100))
            .collect();
        assert_eq!(levels, [0, 1, 1, 2, 2, 3, 3, 4, 5, 5]);
    }
}
