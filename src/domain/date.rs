//! Dates in words and figures. Without format strings: those are taken apart when they are used, and
//! the wasm would have to carry what does that.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// `Friday`.
pub fn weekday(date: NaiveDate) -> &'static str {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    NAMES[date.weekday().num_days_from_monday() as usize]
}

/// `November`.
pub fn month(date: NaiveDate) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[date.month0() as usize]
}

/// `Friday 20 November`.
pub fn day_and_month(date: NaiveDate) -> String {
    format!("{} {} {}", weekday(date), date.day(), month(date))
}

/// `Friday 20 November 2026`.
pub fn long(date: NaiveDate) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

/// `Fri 20 Nov`.
pub fn short(date: NaiveDate) -> String {
    let (weekday, month) = (&weekday(date)[..3], &month(date)[..3]);
    format!("{weekday} {} {month}", date.day())
}

/// The date that `2026-11-20` says, if there is one.
pub fn read(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// For fields that are dates: `#[serde(with = "date")]`.
pub fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// The way back.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| D::Error::custom("no such date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        let check = |text: &str, in_words: &str, in_short: &str| {
            let date = read(text).unwrap();
            assert_eq!(
                (long(date).as_str(), short(date).as_str()),
                (in_words, in_short)
            );
        };
        check("2026-11-20", "Friday 20 November 2026", "Fri 20 Nov");
        check("2028-02-29", "Tuesday 29 February 2028", "Tue 29 Feb");
        check("2026-05-03", "Sunday 3 May 2026", "Sun 3 May");
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2026-13-01",
            "yesterday",
            "2026-11-20-1",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
